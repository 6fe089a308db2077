"""What is kept of a link and of a code: marks, of no use to who steals them."""

import re
from uuid import UUID

from nabij.keys.blind import blind_index


def token_mark(token: str) -> bytes:
    """The mark of the secret part of a link."""
    return blind_index("doorverwijzing", "link", token)


def code_mark(referral_id: UUID, code: str) -> bytes:
    """The mark of a code, however it was spaced."""
    return blind_index("doorverwijzing", f"code:{referral_id}", re.sub(r"\D", "", code))
