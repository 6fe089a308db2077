"""The closed part of a centre: verification, entry, what is shown inside."""
