"""The unguessable address at which somebody without a login follows their request."""

import base64
import hashlib

from nabij.keys.blind import blind_index
from nabij.on_call.models import HelpAnswer


def link_token(answer: HelpAnswer) -> str:
    """The secret part of the address; the same each time, so that a form sent twice leads to one page."""
    secret = blind_index("nabij", "on_call answer link", str(answer.pk))
    return base64.urlsafe_b64encode(secret[:24]).decode()


def token_hash(token: str) -> bytes:
    """What is kept of the address."""
    return hashlib.sha256(token.encode()).digest()
