"""Everything that can happen with the partners of a region."""

from nabij.partners.actions.agreeing import Agreed, agree, end_agreement, look_again
from nabij.partners.actions.keeping import Reached, change_partner, check_numbers, keep_partner
from nabij.partners.actions.knowing import Known, know_partner, take_partner
from nabij.partners.actions.meeting import Met, meet_partners

__all__ = [
    "Agreed", "Known", "Met", "Reached", "agree", "change_partner", "check_numbers", "end_agreement",
    "keep_partner", "know_partner", "look_again", "meet_partners", "take_partner",
]  # fmt: skip
