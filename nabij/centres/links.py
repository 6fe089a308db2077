"""The link by which a commission is confirmed: random, and kept as a hash only."""

import hashlib
import secrets


def fresh_token() -> str:
    """A new secret for one link."""
    return secrets.token_urlsafe(24)


def token_hash(token: str) -> str:
    """What is kept of a link: enough to recognise it, too little to make it."""
    return hashlib.sha256(token.encode()).hexdigest()
