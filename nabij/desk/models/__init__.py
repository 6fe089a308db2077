"""Needs of people who registered, who belongs together, and questions."""

from nabij.desk.models.needs import ALLOWED, LIVE, Need, NeedState, Together, TogetherMember
from nabij.desk.models.questions import ALLOWED_QUESTION, DeskQuestion, QuestionState

__all__ = [
    "ALLOWED", "ALLOWED_QUESTION", "LIVE", "DeskQuestion",
    "Need", "NeedState", "QuestionState", "Together", "TogetherMember",
]  # fmt: skip
