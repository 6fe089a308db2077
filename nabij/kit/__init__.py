"""Tools without one domain word: clock, content files, panels, pictures, the look."""
