"""What a phone seals and only the job opens: ECDH on P-256 with a fresh key, HKDF, AES-GCM.

The same steps stand in static/doors/seal.js; the mark binds an envelope to its round and its own identity.
"""

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

POINT, NONCE, PADDED, TAG = 65, 12, 1024, 16
LONGEST = POINT + NONCE + PADDED + TAG
INFO = b"nabij deurwens 1"


class CannotOpen(ValueError):
    """The envelope was closed for another round or identity, or is damaged."""


def new_pair() -> tuple[bytes, bytes]:
    """A fresh key pair: the public half for phones, and the private half."""
    private = generate_private_key(SECP256R1())
    return _point(private), private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def seal(public: bytes, mark: bytes, content: bytes) -> bytes:
    """An envelope for the holder of the private half; every envelope is equally long."""
    fresh, nonce = generate_private_key(SECP256R1()), os.urandom(NONCE)
    shared = fresh.exchange(ECDH(), EllipticCurvePublicKey.from_encoded_point(SECP256R1(), public))
    key = _derived(shared, _point(fresh) + public)
    return _point(fresh) + nonce + AESGCM(key).encrypt(nonce, content.ljust(PADDED), mark)


def open_sealed(private: bytes, mark: bytes, envelope: bytes) -> bytes:
    """The content of an envelope; raises CannotOpen."""
    own = load_der_private_key(private, password=None)
    if not isinstance(own, EllipticCurvePrivateKey):
        raise CannotOpen("not a key of a round")
    point, nonce, sealed = envelope[:POINT], envelope[POINT : POINT + NONCE], envelope[POINT + NONCE :]
    try:
        shared = own.exchange(ECDH(), EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point))
        return AESGCM(_derived(shared, point + _point(own))).decrypt(nonce, sealed, mark).rstrip()
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("closed with another key, or damaged") from error


def mark_of(round_id: UUID, wish_id: UUID) -> bytes:
    """What an envelope belongs to."""
    return f"{round_id}:{wish_id}".encode()


def _point(private: EllipticCurvePrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derived(shared: bytes, salt: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=salt, info=INFO).derive(shared)
