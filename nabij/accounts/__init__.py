"""Organisations, the people who work for them, what their roles permit, and how they log in."""
