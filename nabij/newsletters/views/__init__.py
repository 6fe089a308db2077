"""Pages around the texts of a centre, by subject."""
