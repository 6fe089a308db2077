"""What of the apps below can be removed: the rows, whom they are about, and how they go."""
