"""The pages of paging, by subject."""

from nabij.paging.views.answering import ask, link, mine
from nabij.paging.views.laddering import change_ladder, give_up_ladder, ladders

__all__ = ["ask", "change_ladder", "give_up_ladder", "ladders", "link", "mine"]
