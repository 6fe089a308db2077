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


class Sealer:
    """Seals texts of many subjects; the keys that are not there yet are made together, in three queries."""

    def __init__(self, subject_ids: Iterable[UUID]) -> None:
        wanted = set(subject_ids)
        rows = _rows_of(wanted)
        missing = wanted - {row.subject_id for row in rows}
        if missing:
            fresh = [SubjectKey(subject_id=each, wrapped=_fresh_key(each)) for each in missing]
            # another process may have made one at this moment: then its key counts, so all are read again
            SubjectKey.objects.bulk_create(fresh, ignore_conflicts=True)
            rows = _rows_of(wanted)
        self._keys = _opened(rows)

    @classmethod
    def of_new(cls, subject_id: UUID) -> "Sealer":
        """For a subject that is being made: its key in one query. Raises IntegrityError when it has one."""
        sealer = cls([])
        row = SubjectKey.objects.create(subject_id=subject_id, wrapped=_fresh_key(subject_id))
        sealer._keys = _opened([row])
        return sealer

    def seal_all(self, subject_id: UUID, texts: dict[str, str]) -> dict[str, bytes]:
        """Texts of one subject; empty stays empty. Raises Unreadable after its key was destroyed."""
        return {
            name: self.seal_bytes(subject_id, text.encode()) if text else b"" for name, text in texts.items()
        }

    def seal_bytes(self, subject_id: UUID, content: bytes) -> bytes:
        """A file of one subject. Raises Unreadable after its key was destroyed."""
        if subject_id not in self._keys:
            raise Unreadable("the key of this subject was destroyed")
        return _encrypt(self._keys[subject_id], content, subject_id.bytes)


def _rows_of(subject_ids: set[UUID]) -> list[SubjectKey]:
    if not subject_ids:
        return []
    return list(SubjectKey.objects.filter(subject_id__in=subject_ids))


def _fresh_key(subject_id: UUID) -> bytes:
    return _encrypt(_master(), AESGCM.generate_key(256), subject_id.bytes)


def _opened(rows: Iterable[SubjectKey]) -> dict[UUID, bytes]:
    """The data keys of these rows; who has none any more is left out."""
    master = _master()
    return {
        row.subject_id: _decrypt(master, bytes(row.wrapped), row.subject_id.bytes)
        for row in rows
        if row.wrapped
    }


def seal(subject_id: UUID, text: str) -> bytes:
    """The text, readable only with the subject's key; empty text stays empty bytes."""
    return seal_all(subject_id, {"": text})[""] if text else b""


def seal_all(subject_id: UUID, texts: dict[str, str]) -> dict[str, bytes]:
    """Several texts of one subject, with one look at its key; for many subjects use Sealer."""
    return Sealer([subject_id]).seal_all(subject_id, texts)


def seal_bytes(subject_id: UUID, content: bytes) -> bytes:
    """A file, readable only with the subject's key."""
    return Sealer([subject_id]).seal_bytes(subject_id, content)


class Opener:
    """Opens sealed texts of many subjects with one query for their keys."""

    def __init__(self, subject_ids: Iterable[UUID]) -> None:
        self._keys = _opened(_rows_of(set(subject_ids)))

    def open(self, subject_id: UUID, sealed: bytes | memoryview | None) -> str:
        """The text, or "(gewist)" when the subject's key was destroyed."""
        if not sealed:
            return ""
        content = self.open_bytes(subject_id, sealed)
        return ERASED if content is None else content.decode()

    def open_bytes(self, subject_id: UUID, sealed: bytes | memoryview) -> bytes | None:
        """A file; None when the subject's key was destroyed."""
        key = self._keys.get(subject_id)
        return None if key is None else _decrypt(key, bytes(sealed), subject_id.bytes)


def unseal(subject_id: UUID, sealed: bytes | memoryview | None) -> str:
    """One sealed text; for lists use Opener."""
    return Opener([subject_id]).open(subject_id, sealed) if sealed else ""


def unseal_bytes(subject_id: UUID, sealed: bytes | memoryview) -> bytes | None:
    """A sealed file; None when the subject's key was destroyed."""
    return Opener([subject_id]).open_bytes(subject_id, sealed)


def destroy_keys(subject_ids: Iterable[UUID], *, at: datetime) -> None:
    """Erase everything sealed for these subjects, for good."""
    SubjectKey.objects.filter(subject_id__in=list(subject_ids), destroyed_at__isnull=True).update(
        wrapped=None, destroyed_at=at
    )


def destroy_key(subject_id: UUID, *, at: datetime) -> None:
    """Erase everything sealed for this subject, for good."""
    destroy_keys([subject_id], at=at)
