"""Pages inside the closed part, and for who looks after them and answers."""

from nabij.closed_rooms.views import answering, inside, keeping

__all__ = ["answering", "inside", "keeping"]
