"""The pages of partners, by subject."""

from nabij.partners.views.events import at_incident, receive, tell
from nabij.partners.views.keeping import change, check, keep
from nabij.partners.views.overview import attention, overview, partner
from nabij.partners.views.together import agree, end, know, look_again, meet, take

__all__ = [
    "agree", "at_incident", "attention", "change", "check", "end", "keep", "know", "look_again", "meet",
    "overview", "partner", "receive", "take", "tell",
]  # fmt: skip
