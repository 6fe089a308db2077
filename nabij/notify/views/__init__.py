"""The pages of notify, by subject."""

from nabij.notify.views.delivering import failed, report, resend
from nabij.notify.views.reaching import add, change, confirm, drop, reach

__all__ = ["add", "change", "confirm", "drop", "failed", "reach", "report", "resend"]
