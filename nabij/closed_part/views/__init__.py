"""Pages of the closed part: for who is in, and for who lets people in."""

from nabij.closed_part.views import answering, codes, door, inside, keeping, own

__all__ = ["answering", "codes", "door", "inside", "keeping", "own"]
