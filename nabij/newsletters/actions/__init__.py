"""Everything that can happen around the texts of a centre."""

from nabij.newsletters.actions.switching import end_sis, start_sis

__all__ = ["end_sis", "start_sis"]
