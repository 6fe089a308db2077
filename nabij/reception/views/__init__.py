"""The pages of the reception, by subject."""

from nabij.reception.views.arranging import close, count, presence, reception, talk
from nabij.reception.views.cards import card, forget, need, write
from nabij.reception.views.reading import counts, door, report

__all__ = [
    "card", "close", "count", "counts", "door", "forget", "need", "presence", "reception", "report", "talk",
    "write",
]  # fmt: skip
