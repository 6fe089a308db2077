"""Aftercare protocols: examples as data, what a municipality made of them, and who approved it."""
