"""Blind indexes: equal values can be found again within one controller and purpose, and read by nobody."""

import base64
import hashlib
import hmac

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
