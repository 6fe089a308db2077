"""Envelopes: what one process closes with a public key and only another can open (libsodium sealed boxes)."""

import base64

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox


class CannotOpen(ValueError):
    """This process has no key for the envelope, or the envelope is damaged."""


def close(content: bytes) -> bytes:
    """An envelope that this process itself cannot open again."""
    return SealedBox(PublicKey(base64.b64decode(settings.ENV.spool_public_key))).encrypt(content)


def open_envelope(envelope: bytes) -> bytes:
    """The content, for the process that holds the private key; raises CannotOpen."""
    secret = settings.ENV.spool_private_key.get_secret_value()
    if not secret:
        raise CannotOpen("this process has no private key")
    try:
        return SealedBox(PrivateKey(base64.b64decode(secret))).decrypt(envelope)
    except CryptoError as error:
        raise CannotOpen("damaged, or closed with another key") from error
