"""Keeping and removing: what goes of a person after the last term, and holding it back for a case."""
