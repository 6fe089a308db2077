"""The pages of sharing, referring and asking, by subject."""

from nabij.referrals.views.answering import ask, decide, door, link, take_over, waiting
from nabij.referrals.views.partners import partner, partners
from nabij.referrals.views.sharing import (
    change,
    consent,
    panel,
    refer,
    shared,
    take_back,
    transfer,
    withdraw,
)

__all__ = [
    "ask", "change", "consent", "decide", "door", "link", "panel", "partner", "partners", "refer",
    "shared", "take_back", "take_over", "transfer", "waiting", "withdraw",
]  # fmt: skip
