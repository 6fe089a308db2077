"""Everything that can happen to commissions, centres and their texts."""

from nabij.centres.actions.approving import (
    Overtaken,
    Questioned,
    approve_texts,
    approve_version,
    end_embargoes,
    withdraw_version,
)
from nabij.centres.actions.archiving import archive_centre, open_again
from nabij.centres.actions.commissioning import (
    CommissionData,
    build_centre,
    commission_centre,
    confirm_commission,
    enter_spoken_commission,
)
from nabij.centres.actions.publishing import give_late_reason, go_live, take_offline
from nabij.centres.actions.writing import (
    adopt_translation,
    announce_next_message,
    write_message,
    write_version,
)

__all__ = [
    "CommissionData", "Overtaken", "Questioned", "adopt_translation", "announce_next_message",
    "approve_texts", "approve_version", "archive_centre", "build_centre", "commission_centre",
    "confirm_commission", "end_embargoes", "enter_spoken_commission", "give_late_reason", "go_live",
    "open_again", "take_offline", "withdraw_version", "write_message", "write_version",
]  # fmt: skip
