"""Blind indexes: equal values can be found again within one controller and purpose, and read by nobody."""

import base64
import hashlib
import hmac
from collections.abc import Iterable

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def _key(controller: str, purpose: str) -> bytes:
    secret = base64.urlsafe_b64decode(settings.ENV.blind_key.get_secret_value())
    info = f"nabij blind index\x00{controller}\x00{purpose}".encode()
    return HKDF(SHA256(), 32, salt=None, info=info).derive(secret)


def blind_index(controller: str, purpose: str, value: str) -> bytes:
    """32 bytes for `value` (already in normal form); never equal across controllers or purposes."""
    return hmac.new(_key(controller, purpose), value.encode(), hashlib.sha256).digest()


def blind_indexes(controller: str, purpose: str, values: Iterable[str]) -> list[bytes]:
    """The same for many values of one controller and purpose, with the key derived once."""
    key = _key(controller, purpose)
    return [hmac.digest(key, value.encode(), "sha256") for value in values]
