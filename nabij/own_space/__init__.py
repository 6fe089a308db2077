"""My own space: what the person who is helped sees, changes and asks; the person steers."""
