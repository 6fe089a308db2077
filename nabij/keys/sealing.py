"""Sealing text with the key of the person it is about (AES-256-GCM, data key wrapped by the master key)."""

import base64
import os
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from nabij.keys.models import SubjectKey

NONCE = 12
ERASED = "(gewist)"


class Unreadable(ValueError):
    """The sealed bytes do not belong to this subject, or were changed."""


def _encrypt(key: bytes, text: bytes, bound_to: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, text, bound_to)


def _decrypt(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], bound_to)
    except InvalidTag as error:
        raise Unreadable("sealed for another subject, or damaged") from error


def _master() -> bytes:
    return base64.urlsafe_b64decode(settings.ENV.master_key.get_secret_value())


def _key_of(subject_id: UUID) -> bytes:
    """The data key of this subject, made at first use."""
    row = SubjectKey.objects.filter(subject_id=subject_id).first()
    if row is None:
        fresh = AESGCM.generate_key(256)
        row, _ = SubjectKey.objects.get_or_create(
            subject_id=subject_id, defaults={"wrapped": _encrypt(_master(), fresh, subject_id.bytes)}
        )
    if row.wrapped is None:
        raise Unreadable("the key of this subject was destroyed")
    return _decrypt(_master(), bytes(row.wrapped), subject_id.bytes)


def seal(subject_id: UUID, text: str) -> bytes:
    """The text, readable only with the subject's key; empty text stays empty bytes."""
    return _encrypt(_key_of(subject_id), text.encode(), subject_id.bytes) if text else b""


def seal_all(subject_id: UUID, texts: dict[str, str]) -> dict[str, bytes]:
    """Several texts of one subject, with one look at its key."""
    key = _key_of(subject_id)
    return {
        name: _encrypt(key, text.encode(), subject_id.bytes) if text else b"" for name, text in texts.items()
    }


class Opener:
    """Opens sealed texts of many subjects with one query for their keys."""

    def __init__(self, subject_ids: Iterable[UUID]) -> None:
        rows = SubjectKey.objects.filter(subject_id__in=set(subject_ids), wrapped__isnull=False)
        self._keys = {
            row.subject_id: _decrypt(_master(), bytes(row.wrapped or b""), row.subject_id.bytes)
            for row in rows
        }

    def open(self, subject_id: UUID, sealed: bytes | memoryview | None) -> str:
        """The text, or "(gewist)" when the subject's key was destroyed."""
        if not sealed:
            return ""
        key = self._keys.get(subject_id)
        return ERASED if key is None else _decrypt(key, bytes(sealed), subject_id.bytes).decode()


def unseal(subject_id: UUID, sealed: bytes | memoryview | None) -> str:
    """One sealed text; for lists use Opener."""
    return Opener([subject_id]).open(subject_id, sealed) if sealed else ""


def destroy_key(subject_id: UUID, *, at: datetime) -> None:
    """Erase everything sealed for this subject, for good."""
    SubjectKey.objects.filter(subject_id=subject_id, destroyed_at__isnull=True).update(
        wrapped=None, destroyed_at=at
    )
