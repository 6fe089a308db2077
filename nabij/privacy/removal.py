"""The register of what can be removed: each app says which rows, about whom, and how they go.

Whether a row may go is not for the app: the job leaves out whatever a hold keeps.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from nabij.audit.actor import Actor
from nabij.keys.models import SubjectKey
from nabij.keys.sealing import destroy_keys
from nabij.privacy.models import HoldGround


@dataclass(frozen=True)
class Held:
    """The persons and incidents about whom nothing may go now."""

    persons: Sequence[UUID] = field(default_factory=list)
    incidents: Sequence[UUID] = field(default_factory=list)


class Remove(Protocol):
    """How rows go; in the transaction of the job, which has locked them."""

    def __call__(self, rows: "QuerySet[Any]", *, by: Actor, at: datetime) -> None:
        """Remove exactly these rows."""


@dataclass(frozen=True)
class Collection:
    """One kind of data (of retention.toml): rows whose term began before a moment, about whom, how they go.

    `rows` gives each row once; `about` turns what is held into a condition on the rows.
    """

    kind: str
    rows: Callable[[datetime], "QuerySet[Any]"]
    about: Callable[[Held], Q]
    remove: Remove


# given persons, those of them about whom nothing may go now; given None, all such persons
Keeper = Callable[[Sequence[UUID] | None], Sequence[UUID]]

_collections: dict[str, Collection] = {}
_keepers: dict[HoldGround, Keeper] = {}


def collect(collection: Collection) -> None:
    """Let the daily job remove this kind of data (called from hooks)."""
    _collections[collection.kind] = collection


def collections() -> list[Collection]:
    """All that the daily job removes, in the order in which it was registered."""
    return list(_collections.values())


def keep(ground: HoldGround, persons: Keeper) -> None:
    """Let an app keep persons by itself, without a hold (called from hooks).

    What makes an app keep somebody must be written after `hold_placing()`, in the same transaction.
    """
    _keepers[ground] = persons


def kept_by_itself(among: Sequence[UUID] | None = None) -> dict[HoldGround, Sequence[UUID]]:
    """For each ground the persons that an app keeps by itself; only of these persons when they are given."""
    return {ground: persons(among) for ground, persons in _keepers.items()}


def nobody(held: Held) -> Q:
    """For rows that cannot be traced to anybody."""
    return Q(pk__in=[])


def delete_rows(rows: "QuerySet[Any]", *, by: Actor, at: datetime) -> None:
    """The rows go, with what hangs on them."""
    rows.delete()


def delete_sealed(rows: "QuerySet[Any]", *, by: Actor, at: datetime) -> None:
    """The key of each row goes first, so that a back-up cannot be read either; then the row."""
    destroy_keys(rows.values_list("pk", flat=True), at=at)
    rows.delete()


def with_living_key(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Rows whose own key was not destroyed yet; what was made unreadable is not found again."""
    living = SubjectKey.objects.filter(subject_id=OuterRef("pk"), destroyed_at__isnull=True)
    return rows.filter(Exists(living))


def table_of(collection: Collection, before: datetime) -> type[Model]:
    """The model of the rows, to lock them without the conditions."""
    model: type[Model] = collection.rows(before).model
    return model
