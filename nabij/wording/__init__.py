"""What a public text may not say, and how hard it is to read."""
