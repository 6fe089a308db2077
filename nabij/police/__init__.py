"""What the police send: somebody with a yes, an assessment, a newer one; and whether it was read."""
