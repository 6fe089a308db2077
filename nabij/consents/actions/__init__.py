"""Everything that can happen to consent and sharing."""

from nabij.consents.actions.answering import Answer, answer_consent, expire_consents, withdraw_consent
from nabij.consents.actions.sharing import Sharing, end_share, share

__all__ = [
    "Answer", "Sharing", "answer_consent", "end_share", "expire_consents", "share", "withdraw_consent",
]  # fmt: skip
