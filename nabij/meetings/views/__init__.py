"""The pages of meetings and counts, by subject."""

from nabij.meetings.views.counting import counted, counts
from nabij.meetings.views.reading import at_incident, meeting, message, of_incident, overview, waiting
from nabij.meetings.views.writing import answer, cancel, drop, kept, offer, plan, publish, write

__all__ = [
    "answer", "at_incident", "cancel", "counted", "counts", "drop", "kept", "meeting", "message",
    "of_incident", "offer", "overview", "plan", "publish", "waiting", "write",
]  # fmt: skip
