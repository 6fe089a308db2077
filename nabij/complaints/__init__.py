"""A complaint about help: read by a leader and never by who helps, answered in words within its term."""
