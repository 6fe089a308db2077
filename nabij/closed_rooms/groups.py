"""The groups of a centre: the closed part stands above them and says who may come in."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from nabij.acting.visit import present
from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.centres.models import AdviceCentre
from nabij.closed_part.entrance import address
from nabij.closed_part.models import AgeClass, Relation, Verification, VerificationState
from nabij.closed_part.queries.entry import entry_of
from nabij.closed_part.telling import tell_leaders
from nabij.closed_rooms.ways import Way
from nabij.kit import clock
from nabij.notify.kept import about
from nabij.notify.sending import Rule, send
from nabij.peers import models as groups
from nabij.peers.actions import expel_from_outside, leave_of
from nabij.peers.outside import Outside, Verified
from nabij.people.content import known
from nabij.people.visit import renew

GROWN = ("18-64", "65+")  # who did not tell is never taken for an adult


def who(request: HttpRequest, owner_id: UUID) -> Verified | None:
    """Who is in this request and let in at this centre, with the rules accepted; nobody otherwise."""
    actor = present(request)
    centre = AdviceCentre.objects.filter(pk=owner_id).first()
    if actor is None or actor.kind != ActorKind.HELPED_PERSON or centre is None:
        return None
    entry = entry_of(actor, centre.slug, clock.now())
    if entry is None or not entry.has_accepted or entry.verification.relation == Relation.APART:
        return None
    found = entry.verification
    return Verified(
        member_id=found.pk,
        relation=groups.Relation(found.relation),
        age=_age_of(found),
        has_guardians_yes=found.guardian_said_yes_at is not None,
        is_kin_of_offender=False,
    )


def _age_of(found: Verification) -> groups.Age:
    if found.age_class != AgeClass.OLDER:
        return groups.Age.UNDER_16
    return groups.Age.ADULT if found.registration.age_group in GROWN else groups.Age.FROM_16


def language(request: HttpRequest) -> str:
    """The language in which this person reads their own pages; one that these have."""
    return known(translation.get_language_from_request(request))


def finish(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The visit lasts again."""
    return renew(answer, request)


def tell(member_id: UUID, template: str, is_exercise: bool, at: datetime) -> None:
    """A notice without content, as this person is safely reached."""
    found = Verification.objects.select_related("registration__person").filter(pk=member_id).first()
    if found is None:
        return  # erased a moment ago: there is nobody to tell
    person = found.registration.person
    send(
        template, to=person.pk, rule=Rule.SAFE_CONTACT, exercise=is_exercise, at=at,
        language=person.language, values={},
        about_id=about(found.registration.incident_id, exercise=is_exercise),
    )  # fmt: skip


def expelled(owner_id: UUID, member_id: UUID, at: datetime) -> None:
    """Put out of the group is not yet out of the closed part: who leads the registrars decides about that."""
    found = Verification.objects.select_related("registration__incident").filter(pk=member_id).first()
    if found is not None:
        tell_leaders(found, "closed_part_out_of_group", at)


def phone_address(owner_id: UUID, member_id: UUID) -> str:
    """Where whoever must phone this member reads the number, as long as the danger is not dealt with."""
    is_known = Verification.objects.filter(pk=member_id).exists()
    return reverse("closed_rooms:phone", args=[member_id]) if is_known else ""


def back(owner_id: UUID) -> str:
    """The first page inside of this centre."""
    return address(AdviceCentre.objects.values_list("slug", flat=True).get(pk=owner_id))


def people(member_ids: Iterable[UUID]) -> list[UUID]:
    """Whom these members are, for the read log that the person reads; never for a page of the groups."""
    rows = Verification.objects.filter(pk__in=list(member_ids))
    return list(rows.values_list("registration__person_id", flat=True))


def members(persons: Iterable[UUID]) -> list[UUID]:
    """By which verifications these persons are members, for what must be kept about them."""
    rows = Verification.objects.filter(registration__person__in=list(persons))
    return list(rows.values_list("pk", flat=True))


OUTSIDE = Outside(who, language, finish, tell, expelled, phone_address, back, people, members)


def way_in(verification: Verification, centre: AdviceCentre) -> Way | None:
    """The way from the first page inside to the group of one's own relation, where there is one."""
    rows = groups.Group.objects.filter(space__owner_id=centre.pk, relation=verification.relation)
    found = rows.select_related("space").first()
    is_there = found is not None and found.space.is_readable(clock.now())
    return Way(_("Uw groep"), reverse("peers:group", args=[found.space_id])) if found and is_there else None


def take_along(verification: Verification, *, by: Actor, at: datetime) -> None:
    """Whose entry ended leaves the group, with all that they wrote; who was shown out never comes back."""
    centre = AdviceCentre.objects.filter(Q(incident_id=verification.registration.incident_id)).first()
    if centre is None:
        return
    is_out = verification.state == VerificationState.REFUSED
    (expel_from_outside if is_out else leave_of)(verification.pk, centre.pk, by=SYSTEM, at=at)
