"""Messages between a person and who helps them, in one case: sealed, read by nobody else, never changed."""
