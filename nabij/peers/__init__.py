"""Moderated groups of people who went through the same."""
