"""What passes from one registration to the other at a merge, and goes back when it is undone."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import ManyToOneRel

from nabij.keys.sealing import Sealer, seal
from nabij.matching.blending import consents_of_both
from nabij.matching.snapshot import WISH, columns_of
from nabij.notify.models import Channel, ContactPoint
from nabij.people.actions.reaching import replace_points
from nabij.people.actions.registering import yes_to_victim_support
from nabij.people.marks import KINDS, marks_of
from nabij.people.models import (
    BlindIndex,
    Consent,
    ContactWish,
    Person,
    Registration,
    RegistrationState,
    WishState,
)
from nabij.people.queries import consents_now, own_answers
from nabij.people.queries.registrations import UNSAFE
from nabij.people.sealing import person_columns, registration_columns, sealed_columns, text_of

Ids = dict[str, list[str]]


def write_answers(
    kept: Registration, folded: Registration, told: Mapping[str, Any], *, is_helped: bool = False
) -> Ids:
    """Seal the answers of both under the one that stays, which alone is reached from now on.

    Who is helped apart stays reached for that help, but never less carefully than the one that stays.
    """
    whose = kept.person_id
    sealed = sealed_columns(Sealer([whose]), whose, told)
    own = told["municipality"] == own_answers(kept)["municipality"]
    code = kept.municipality_code if own else folded.municipality_code
    points = ContactPoint.objects.filter(subject_id__in=(whose, folded.person_id), is_active=True)
    active = [str(pk) for pk in points.values_list("pk", flat=True)]
    Person.objects.filter(pk=whose).update(**person_columns(sealed, told))
    Registration.objects.filter(pk=kept.pk).update(**registration_columns(sealed, told, code))
    replace_points(whose, told, sealed)
    new = ContactPoint.objects.filter(subject_id=whose, is_active=True).values_list("pk", flat=True)
    told_points = {"active": active, "new": [str(pk) for pk in new]}
    if is_helped:
        told_points["unsafe"] = _tighten(folded, str(told["safe_to_call"]))
    else:
        ContactPoint.objects.filter(subject_id=folded.person_id).update(is_active=False)
        BlindIndex.objects.filter(person_id=folded.person_id).delete()
    _mark(kept, told)
    return told_points


def _tighten(folded: Registration, safe_to_call: str) -> list[str]:
    """The strictest answer about calling counts for both; gives which points are unsafe by it."""
    sealed = seal(folded.person_id, safe_to_call) if safe_to_call else b""
    Person.objects.filter(pk=folded.person_id).update(safe_to_call_sealed=sealed)
    if safe_to_call != UNSAFE:
        return []
    calling = ContactPoint.objects.filter(subject_id=folded.person_id, is_safe=True, is_active=True)
    found = [str(pk) for pk in calling.exclude(channel=Channel.EMAIL).values_list("pk", flat=True)]
    ContactPoint.objects.filter(pk__in=found).update(is_safe=False)
    return found


def restore_points(rows: Iterable[Registration], points: Ids) -> None:
    """Both are reached as before; who changed their own number since, is reached by that."""
    kept, folded = rows
    new = ContactPoint.objects.filter(pk__in=points["new"], is_active=True)
    old = ContactPoint.objects.filter(pk__in=points["active"], dropped_at__isnull=True)
    if new.exists() or not ContactPoint.objects.filter(subject_id=kept.person_id, is_active=True).exists():
        new.update(is_active=False)
        old.filter(subject_id=kept.person_id).update(is_active=True)
    if "unsafe" in points:
        ContactPoint.objects.filter(pk__in=points["unsafe"]).update(is_safe=True)
    else:
        old.filter(subject_id=folded.person_id).update(is_active=True)
    for row in rows:
        row.refresh_from_db()
        _mark(row, own_answers(row))


def _mark(row: Registration, told: Mapping[str, Any]) -> None:
    BlindIndex.objects.filter(person_id=row.person_id).delete()
    addresses = {kind: text_of(told, kind) for kind in KINDS}
    BlindIndex.objects.bulk_create(marks_of(row.person_id, row.asked_for, addresses))


def blend_consents(kept: Registration, folded: Registration, *, at: datetime) -> Ids:
    """The answer that counts for each receiver stands with the one that stays; the other's end."""
    mine, theirs = consents_now(kept), consents_now(folded)
    ended, new = [each.pk for each in theirs.values()], []
    for answer in consents_of_both(mine, theirs):
        counts, held = answer.counts, mine.get(answer.receiver)
        if counts is None or counts is held:
            continue
        if held is not None:
            ended.append(held.pk)
        new.append(
            Consent(
                registration=kept, receiver=counts.receiver, is_given=counts.is_given,
                text_version=counts.text_version, language=counts.language, at=counts.at,
            )
        )  # fmt: skip
    Consent.objects.filter(pk__in=ended).update(withdrawn_at=at)
    Consent.objects.bulk_create(new)
    return {"ended": [str(pk) for pk in ended], "new": [str(each.pk) for each in new]}


def restore_consents(consents: Ids, kept: Registration) -> None:
    """Each answer stands again where it was given; what the person answered since stays as they said."""
    Consent.objects.filter(pk__in=consents["new"], withdrawn_at__isnull=True).delete()
    answered = set(consents_now(kept))
    old = Consent.objects.filter(pk__in=consents["ended"])
    if kept.state == RegistrationState.WITHDRAWN:
        old = old.exclude(registration=kept)
    old.exclude(registration=kept, receiver__in=answered).update(withdrawn_at=None)


def blend_wishes(kept: Registration, folded: Registration) -> list[dict[str, Any]]:
    """Wishes for contact pass to the one that stays; two from one source become one, the most pressing."""
    persons = (kept.person_id, folded.person_id)
    rows = list(ContactWish.objects.select_for_update().filter(person_id__in=persons).order_by("pk"))
    before = {row.pk: columns_of(row, WISH) for row in rows}
    mine = {row.source: row for row in rows if row.person_id == kept.person_id}
    consents = list(consents_now(kept).values())
    for row in rows:
        if row.person_id == kept.person_id:
            continue
        other = mine.get(row.source)
        if other is None:
            row.person_id = kept.person_id
            mine[row.source] = row
        else:
            other.state = _pressing(other.state, row.state)
            other.is_urgent = other.is_urgent or row.is_urgent
            row.state = WishState.CANCELLED
    for row in mine.values():
        _follow_consents(row, consents)
    ContactWish.objects.bulk_update(rows, ["person", "state", "is_urgent", "consent_version"])
    return [{"id": str(row.pk), "before": before[row.pk], "after": columns_of(row, WISH)} for row in rows]


def _pressing(one: str, other: str) -> str:
    order = (WishState.TAKEN, WishState.OPEN, WishState.DONE, WishState.CANCELLED)
    return min((one, other), key=lambda state: order.index(WishState(state)))


def _follow_consents(wish: ContactWish, consents: list[Consent]) -> None:
    """Nobody makes contact whom no answer lets."""
    wish.consent_version = yes_to_victim_support(consents)
    if wish.state == WishState.OPEN and not any(each.is_given for each in consents):
        wish.state = WishState.CANCELLED


def restore_wishes(wishes: Iterable[dict[str, Any]], kept: Registration) -> None:
    """As they were; a wish that somebody took up since stays with whom it was taken up for.

    Of who withdrew no wish comes back; those of the other one do, although they ended with that withdrawal.
    """
    for told in wishes:
        row = ContactWish.objects.select_for_update().filter(pk=told["id"]).first()
        if row is None:
            continue
        if kept.state == RegistrationState.WITHDRAWN:
            if told["before"]["person_id"] != str(kept.person_id):
                _come_back(row, told)
        elif columns_of(row, WISH) == told["after"]:
            ContactWish.objects.filter(pk=row.pk).update(**told["before"])


def _come_back(row: ContactWish, told: Mapping[str, Any]) -> None:
    """A wish that ended because somebody else withdrew: as before, or anew when others hold on to it."""
    if row.state == WishState.DONE:
        return
    if columns_of(row, WISH) == told["after"] or not _is_held(row):
        ContactWish.objects.filter(pk=row.pk).update(**told["before"])
    else:
        ContactWish.objects.create(
            **told["before"], incident=row.incident, source=row.source, created_at=row.created_at
        )


def _is_held(row: ContactWish) -> bool:
    """Whether somebody took it up: then it goes on pointing there."""
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: row}).exists()
        for relation in row._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel) and not isinstance(relation.related_model, str)
    )
