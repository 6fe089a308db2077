"""The desk pages of centres, the panel of the incident room, and the page behind a confirmation link."""

from nabij.centres.views.commissions import build, commission, confirm, spoken
from nabij.centres.views.overview import detail, index, panel, preview
from nabij.centres.views.publishing import live, next_message, offline, reason
from nabij.centres.views.texts import approve, approve_all, edit, message, withdraw

__all__ = [
    "approve", "approve_all", "build", "commission", "confirm", "detail", "edit", "index", "live",
    "message", "next_message", "offline", "panel", "preview", "reason", "spoken", "withdraw",
]  # fmt: skip
