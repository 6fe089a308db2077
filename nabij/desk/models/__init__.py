"""Needs of people who registered, who belongs together, questions, and work for many."""

from nabij.desk.models.bulk import Bulk, BulkItem, BulkJob, BulkState, ItemState
from nabij.desk.models.needs import ALLOWED, LIVE, Need, NeedState, Together, TogetherMember
from nabij.desk.models.questions import ALLOWED_QUESTION, DeskQuestion, QuestionState

__all__ = [
    "ALLOWED", "ALLOWED_QUESTION", "LIVE", "Bulk", "BulkItem", "BulkJob", "BulkState", "DeskQuestion",
    "ItemState", "Need", "NeedState", "QuestionState", "Together", "TogetherMember",
]  # fmt: skip
