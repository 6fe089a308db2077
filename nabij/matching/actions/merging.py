"""Two registrations of one person become one, by a person's decision; one step puts everything back."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.keys.sealing import seal, unseal
from nabij.matching import following, snapshot
from nabij.matching.actions.keying import renew_keys
from nabij.matching.actions.transferring import (
    blend_consents,
    blend_wishes,
    restore_consents,
    restore_points,
    restore_wishes,
    write_answers,
)
from nabij.matching.blending import blended
from nabij.matching.models import Comparison, Merge, PairState, PossibleDouble
from nabij.matching.policies import can_decide, can_undo
from nabij.people.actions.receiving import forget_person
from nabij.people.models import ContactWish, Registration, RegistrationState
from nabij.people.queries import own_answers
from nabij.people.queries.registrations import COUNTED
from nabij.privacy.queries import holds_on

NOT_YOURS = "Samenvoegen doet een registrator die beide aanmeldingen mag zien."


class TooLate(Exception):
    """Somebody else decided on one of these two in the meantime."""


class UndoneAlready(TooLate):
    """These two were put back before."""


class LaterFirst(TooLate):
    """The one that stays was merged again since: that merge is undone first."""


class HeldBack(Exception):
    """Something hangs on the registration that would be folded away; the message says what to do."""


class SentAgain(HeldBack):
    """One of the two was sent again with other answers: those two come first; the message says what to do."""


@transaction.atomic
def merge_pair(
    pair: PossibleDouble, kept_id: UUID, choices: Mapping[str, str], *, by: Actor, at: datetime
) -> Merge:
    """Fold the other one away under `kept_id`, with the chosen answers. Raises TooLate or HeldBack."""
    kept, folded = _both(pair, kept_id, by, at)
    if any(row.state not in COUNTED or row.incident_id is None for row in (kept, folded)):
        raise TooLate
    _check_forms(kept, folded)
    _hold_wishes(kept, folded)
    if why := following.objection(folded, kept):
        raise HeldBack(why)
    is_helped = following.is_helped_apart(folded.person_id)
    before: dict[str, Any] = {**snapshot.of_pair(kept, folded), "folded_state": folded.state}
    told = blended(
        own_answers(kept), own_answers(folded), choices,
        folded_is_newer=folded.received_at > kept.received_at,
    )  # fmt: skip
    before["points"] = write_answers(kept, folded, told, is_helped=is_helped)
    before["consents"] = blend_consents(kept, folded, at=at)
    before["wishes"] = blend_wishes(kept, folded)
    before["moved"] = following.move(folded, kept)
    before["carried"] = following.take_along(folded, kept, by, at)
    Registration.objects.filter(pk=folded.pk).update(state=RegistrationState.MERGED)
    kept.refresh_from_db()
    before["after"] = snapshot.of_pair(kept, folded)
    merge = Merge(
        incident_id=pair.incident_id, kept=kept, folded=folded, merged_at=at, merged_by=_named(by),
        before_sealed=seal(kept.person_id, snapshot.as_text(before)),
    )  # fmt: skip
    merge.save(force_insert=True)
    _decide(pair, PairState.MERGED, by=by, at=at)
    _renew((kept, folded), by=by, at=at)
    trail.record("double.merged", by=by, at=at, subject=merge, thread_id=pair.incident_id)
    return merge


@transaction.atomic
def undo_merge(merge: Merge, *, by: Actor, at: datetime) -> Merge:
    """Put both back as they were; what the person changed since stays as they said. Raises TooLate.

    The last merge is undone first, so that each finds what it left. Who withdrew since stays withdrawn, and
    only the other one comes back.
    """
    row = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if not can_undo(by, row, at):
        raise PermissionDenied(NOT_YOURS)
    rows = _held().select_related("person")
    both = [pk for pk in (row.kept_id, row.folded_id) if pk is not None]
    found = {each.pk: each for each in rows.filter(pk__in=both).order_by("pk")}
    folded = found.pop(row.folded_id)
    kept = next(iter(found.values()))
    _hold_keys(kept, folded)
    later = Merge.objects.filter(kept=kept, undone_at__isnull=True, merged_at__gt=row.merged_at)
    if row.undone_at is not None:
        raise UndoneAlready
    if kept.state not in (*COUNTED, RegistrationState.WITHDRAWN) or later.exists():
        raise LaterFirst
    before = snapshot.from_text(unseal(kept.person_id, row.before_sealed))
    snapshot.put_back(kept.person, before["person"], before["after"]["person"])
    snapshot.put_back(kept, before["registration"], before["after"]["registration"])
    stricter = before.get("folded_person", {})  # not in a merge of an older version
    snapshot.put_back(folded.person, stricter, before["after"].get("folded_person", {}))
    Registration.objects.filter(pk=folded.pk).update(state=before["folded_state"])
    restore_consents(before["consents"], kept)
    restore_wishes(before["wishes"], kept)
    following.bring_back(before.get("carried", {}), folded, kept, by, at)
    following.move_back(before["moved"], folded, kept)
    restore_points((kept, folded), before["points"])
    row.undone_at, row.undone_by = at, _named(by)
    row.save(update_fields=["undone_at", "undone_by"])
    pairs = PossibleDouble.objects.filter(first_id=min(kept.pk, folded.pk), second_id=max(kept.pk, folded.pk))
    pairs.update(state=PairState.OPEN, decided_at=None, decided_by=None)
    _renew((kept, folded), by=by, at=at)
    trail.record("double.undone", by=by, at=at, subject=row, thread_id=row.incident_id)
    return row


@transaction.atomic
def say_different(pair: PossibleDouble, *, by: Actor, at: datetime) -> PossibleDouble:
    """These are two people: the pair is not shown again. Raises TooLate when it was decided already."""
    row = PossibleDouble.objects.select_for_update().get(pk=pair.pk)
    if not can_decide(by, row, at):
        raise PermissionDenied(NOT_YOURS)
    if row.state != PairState.OPEN:
        raise TooLate
    _decide(row, PairState.DIFFERENT, by=by, at=at)
    trail.record("double.different", by=by, at=at, subject=row, thread_id=row.incident_id)
    return row


@transaction.atomic
def forget_folded(*, by: Actor, at: datetime) -> int:
    """Whoever was folded away under somebody who is gone, goes too; how many.

    Not whoever must be kept, nor who is helped apart: they go when that help is over, like everybody.
    """
    orphans = Merge.objects.filter(kept__isnull=True, undone_at__isnull=True).select_related("folded__person")
    gone = 0
    for merge in orphans.select_for_update(of=("self",), skip_locked=True):
        whose = merge.folded.person_id
        if not holds_on([whose], at) and not following.is_helped_apart(whose):
            forget_person(merge.folded.person, by=by, at=at)
            gone += 1
    return gone


def _held() -> QuerySet[Registration]:
    """Held against another merge, not against the job that compares, which only points at them."""
    return Registration.objects.select_for_update(of=("self",), no_key=True)


def _both(pair: PossibleDouble, kept_id: UUID, by: Actor, at: datetime) -> tuple[Registration, Registration]:
    """The one that stays and the other, held until the end, so that of two at once one is too late."""
    rows = _held().select_related("person").order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=(pair.first_id, pair.second_id))}
    if kept_id not in found or not can_decide(by, pair, at):
        raise PermissionDenied(NOT_YOURS)
    kept = found.pop(kept_id)
    folded = next(iter(found.values()))
    _hold_keys(kept, folded)
    return kept, folded


def _hold_keys(*rows: Registration) -> None:
    """Held before the pair is: the job that compares holds these first and then writes pairs."""
    held = Comparison.objects.select_for_update().filter(pk__in=[each.pk for each in rows])
    list(held.order_by("pk"))


def _hold_wishes(*rows: Registration) -> None:
    """Held before it is asked who is helped: from a wish a case is made by itself."""
    held = ContactWish.objects.select_for_update().filter(person_id__in=[each.person_id for each in rows])
    list(held.order_by("pk"))


def _check_forms(kept: Registration, folded: Registration) -> None:
    """The last form counts for what is shared: none may be left standing beside what the merge makes."""
    if kept.corrects_id == folded.pk:
        raise SentAgain(_("Dit formulier is nog eens verstuurd. Laat het eerste formulier staan."))
    roots = {row.corrects_id or row.pk for row in (kept, folded)}
    family = Registration.objects.filter(Q(pk__in=roots) | Q(corrects_id__in=roots), state__in=COUNTED)
    if family.exclude(pk__in=(kept.pk, folded.pk)).exists():
        told = _("Een van deze twee is nog eens verstuurd. Voeg eerst die twee formulieren samen.")
        raise SentAgain(told)


def _decide(pair: PossibleDouble, state: PairState, *, by: Actor, at: datetime) -> None:
    PossibleDouble.objects.filter(pk=pair.pk).update(state=state, decided_at=at, decided_by=_named(by))


def _named(by: Actor) -> UUID:
    if by.id is None:
        raise PermissionDenied(NOT_YOURS)
    return by.id


def _renew(rows: Iterable[Registration], *, by: Actor, at: datetime) -> None:
    for row in rows:
        renew_keys(row.pk, by=by, at=at)
