"""Pages of the closed part: for who is in, and for who lets people in."""

from nabij.closed_part.views import codes, door, own

__all__ = ["codes", "door", "own"]
