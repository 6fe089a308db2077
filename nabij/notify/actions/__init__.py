"""Everything that can happen to a delivery, and to the numbers by which staff are reached."""

from nabij.notify.actions.delivering import (
    attempt_delivery,
    report_answer,
    report_delivered,
    report_failed,
    resend,
    withdraw,
)
from nabij.notify.actions.reaching import add_own_point, change_own_wait, confirm_own_point, drop_own_point

__all__ = [
    "add_own_point", "attempt_delivery", "change_own_wait", "confirm_own_point", "drop_own_point",
    "report_answer", "report_delivered", "report_failed", "resend", "withdraw",
]  # fmt: skip
