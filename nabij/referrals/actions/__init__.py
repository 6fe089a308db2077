"""Everything that can happen to referrals, transfers and requests for access."""

from nabij.referrals.actions.answering import answer_referral, open_referral
from nabij.referrals.actions.asking_access import ask_access, decide_access
from nabij.referrals.actions.keeping_partners import keep_partner
from nabij.referrals.actions.referring import (
    Referring,
    chase_unanswered,
    end_with_consent,
    new_code,
    refer,
    revoke_referral,
)
from nabij.referrals.actions.transferring import answer_transfer, ask_transfer, revoke_transfer

__all__ = [
    "Referring", "answer_referral", "answer_transfer", "ask_access", "ask_transfer", "chase_unanswered",
    "decide_access", "end_with_consent", "keep_partner", "new_code", "open_referral", "refer",
    "revoke_referral", "revoke_transfer",
]  # fmt: skip
