"""What happens with exports by consent."""

from nabij.disclosures.actions.collecting import collect
from nabij.disclosures.actions.making import disclose, follow_consent
from nabij.disclosures.actions.naming import end_name, name_receiver
from nabij.disclosures.actions.withdrawing import confirm_deletion, remind

__all__ = [
    "collect", "confirm_deletion", "disclose", "end_name", "follow_consent", "name_receiver", "remind",
]  # fmt: skip
