"""What is kept of an invitation's link and code: marks, of no use to who steals them."""

import re
from uuid import UUID

from nabij.keys.blind import blind_index


def token_mark(token: str) -> bytes:
    """The mark of the secret part of a link."""
    return blind_index("machtiging", "link", token)


def code_mark(mandate_id: UUID, code: str) -> bytes:
    """The mark of a code, however it was spaced."""
    return blind_index("machtiging", f"code:{mandate_id}", re.sub(r"\D", "", code))
