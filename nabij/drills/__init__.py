"""Exercises: a made-up event on a fast clock, everything marked, nothing sent, all wiped at the end."""
