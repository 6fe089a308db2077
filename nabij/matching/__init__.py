"""Finding the same person among registrations of one controller; merging with undo."""
