"""News of a centre by e-mail and the script for the telephone."""
