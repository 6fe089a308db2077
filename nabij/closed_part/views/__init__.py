"""Pages of the door: for who is let in, and for who lets people in."""

from nabij.closed_part.views import codes, door, own

__all__ = ["codes", "door", "own"]
