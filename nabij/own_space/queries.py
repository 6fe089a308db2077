"""What a person reads of the own file, in plain words and without anything of others."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from nabij.audit.actor import Actor, ActorKind, Scope
from nabij.cases.models import BreakGlass, Case, CaseHelper, SpecialReading
from nabij.consents.queries import ShownConsent, ShownShare, running_consents, shares_of
from nabij.documents.queries import own_documents
from nabij.keys.sealing import Opener
from nabij.kit.content import load_toml
from nabij.notify.contact_rules import in_words, rule_of
from nabij.own_space.exports import gathered, gathered_along
from nabij.own_space.models import OwnRequest
from nabij.own_space.policies import requests_visible_to
from nabij.people.models import ContactWish, Person, Registration
from nabij.people.queries.own import looks_at
from nabij.reception.models import ReceptionCard
from nabij.support.models import Appointment, PlanItem, PlanState
from nabij.vulnerability.models import Level
from nabij.vulnerability.queries import levels_of

_FILE = Path(__file__).parent / "data" / "own_space.toml"


def answer_days() -> int:
    """Within so many days a request about one's own data is answered."""
    return int(load_toml(_FILE)["answer_days"])


@dataclass(frozen=True)
class Step:
    """One part of the plan as the person reads it."""

    text: str
    state: str
    strand: str


@dataclass(frozen=True)
class Meeting:
    """One coming appointment: what, when, with whom (first name)."""

    what: str
    starts_at: datetime
    who: str
    ends_at: datetime
    id: UUID


@dataclass(frozen=True)
class Reading:
    """Something opened with a reason, or in an emergency: who, what, why, when, and what the review said."""

    who: str
    what: str
    why: str
    at: datetime
    review: str = ""


@dataclass(frozen=True)
class ShownRequest:
    """A request with its answer, as the person and the leader read it."""

    request: OwnRequest
    text: str
    answer: str = ""


@dataclass(frozen=True)
class OwnFile:
    """The own space of one person."""

    name: str
    reference: str
    helpers: list[tuple[str, str]]
    plan: list[Step]
    meetings: list[Meeting]
    consents: list[ShownConsent]
    shares: list[ShownShare]
    readings: list[Reading]
    rule: str
    requests: list[ShownRequest]
    has_safe_calendar: bool


def incidents_of(person_id: UUID) -> list[UUID]:
    """The incidents to which this person belongs, in any way."""
    found = [
        *Case.objects.filter(person_id=person_id).values_list("incident_id", flat=True),
        *Registration.objects.filter(person_id=person_id).values_list("incident_id", flat=True),
        *ContactWish.objects.filter(person_id=person_id).values_list("incident_id", flat=True),
        *ReceptionCard.objects.filter(person_id=person_id).values_list("place__incident_id", flat=True),
    ]
    return sorted({each for each in found if each is not None})


def own_file(person_id: UUID, at: datetime) -> OwnFile:
    """Everything of the own space, opened for the person."""
    person, opener = Person.objects.get(pk=person_id), Opener([person_id])
    rule = rule_of(person_id)
    cases = Case.objects.filter(person_id=person_id)
    return OwnFile(
        name=opener.open(person_id, person.name_sealed),
        reference=cases.order_by("-opened_at").values_list("reference", flat=True).first() or "",
        helpers=_helpers_of(person_id),
        plan=_plan_of(person_id, opener),
        meetings=_meetings_of(person_id, at),
        consents=running_consents(person_id, at),
        shares=shares_of(person_id),
        readings=_readings_of(person_id, opener),
        rule=in_words(rule) if rule else _("U hebt nog niet gezegd hoe wij u mogen bereiken."),
        requests=[
            ShownRequest(
                each, opener.open(person_id, each.text_sealed), opener.open(person_id, each.answer_sealed)
            )
            for each in OwnRequest.objects.filter(person_id=person_id).order_by("-asked_at")
        ],
        has_safe_calendar=has_safe_calendar(person_id),
    )


def has_safe_calendar(person_id: UUID) -> bool:
    """Whether an appointment may stand in the person's own calendar: others in the house may read that too.

    Not from level 2, nor while a rule says with whom they live or how to reach them.
    """
    level = levels_of([person_id]).get(person_id)
    return (level is None or level < Level.RAISED) and rule_of(person_id) is None


def own_meeting(person_id: UUID, pk: UUID, at: datetime) -> Meeting | None:
    """One coming appointment of this person, if it may stand in their calendar."""
    if not has_safe_calendar(person_id):
        return None
    return next((each for each in _meetings_of(person_id, at) if each.id == pk), None)


@dataclass(frozen=True)
class FileAlong:
    """What who acts for a person sees: who helps, the plan, appointments, and no more than was given."""

    name: str
    helpers: list[tuple[str, str]]
    plan: list[Step]
    meetings: list[Meeting]
    consents: list[ShownConsent]


def file_along(reader: Actor, person_id: UUID, at: datetime) -> FileAlong:
    """The part of the own space for who acts; log the reading before showing it."""
    person, opener = Person.objects.get(pk=person_id), Opener([person_id])
    return FileAlong(
        first_name(opener.open(person_id, person.name_sealed)),
        _helpers_of(person_id),
        _plan_of(person_id, opener),
        _meetings_of(person_id, at),
        running_consents(person_id, at, of_child=True) if reader.may(Scope.CONSENTS) else [],
    )


def first_name(name: str) -> str:
    """How staff are named towards the person (privacy §7.10)."""
    return name.partition(" ")[0]


def _helpers_of(person_id: UUID) -> list[tuple[str, str]]:
    rows = CaseHelper.objects.filter(case__person_id=person_id, ends_at__isnull=True)
    return [
        (first_name(row.membership.user.name), row.get_part_display())
        for row in rows.select_related("membership__user").order_by("starts_at")
    ]


def _plan_of(person_id: UUID, opener: Opener) -> list[Step]:
    rows = PlanItem.objects.filter(~Q(state=PlanState.DROPPED), case__person_id=person_id)
    return [
        Step(opener.open(person_id, row.text_sealed), row.get_state_display(), row.get_strand_display())
        for row in rows.order_by("state", "due_on", "id")
    ]


def _meetings_of(person_id: UUID, at: datetime) -> list[Meeting]:
    rows = Appointment.objects.filter(case__person_id=person_id, cancelled_at__isnull=True, ends_at__gt=at)
    return [
        Meeting(
            row.get_kind_display(), row.starts_at, first_name(row.membership.user.name), row.ends_at, row.pk
        )
        for row in rows.select_related("membership__user").order_by("starts_at")
        if row.may_take_place
    ]


def _readings_of(person_id: UUID, opener: Opener) -> list[Reading]:
    special = [
        Reading(
            first_name(row.membership.user.name),
            row.get_what_display(),
            opener.open(person_id, row.reason_sealed),
            row.at,
        )
        for row in SpecialReading.objects.filter(case__person_id=person_id).select_related("membership__user")
    ]
    emergencies = [
        Reading(
            first_name(row.membership.user.name),
            "noodtoegang",
            opener.open(person_id, row.reason_sealed),
            row.starts_at,
            {None: "wordt nagekeken", True: "nagekeken: terecht", False: "nagekeken: niet terecht"}[
                row.is_justified
            ],
        )
        for row in BreakGlass.objects.filter(case__person_id=person_id).select_related("membership__user")
    ]
    return sorted([*special, *emergencies], key=lambda each: each.at, reverse=True)


def as_data(person_id: UUID, at: datetime) -> dict[str, Any]:
    """The own file as data to take along (GDPR art. 20), without data of others or of the police."""
    file = own_file(person_id, at)
    opener, person = Opener([person_id]), Person.objects.get(pk=person_id)
    return {
        "naam": file.name,
        "telefoon": opener.open(person_id, person.phone_sealed),
        "e-mail": opener.open(person_id, person.email_sealed),
        "kenmerk": file.reference,
        "contactregel": file.rule,
        **_told_of(file),
        "toestemmingen": _told_consents(file.consents),
        "gedeeld": [
            {
                "met": each.receiver,
                "wat": each.kinds,
                "vanaf": each.share.starts_at,
                "tot": each.share.ended_at,
            }
            for each in file.shares
        ],
        "stukken": [
            {"titel": each.title, "wat": each.kind, "op": each.document.added_at}
            for each in own_documents(Actor(ActorKind.HELPED_PERSON, id=person_id), at)
        ],
        "gelezen": [asdict(each) for each in looks_at(person_id)],
        "met een reden geopend": [asdict(each) for each in file.readings],
        **gathered(person_id),
    }


def as_data_along(reader: Actor, person_id: UUID, at: datetime) -> dict[str, Any]:
    """The file for who acts to take along: what these pages show them, and nothing else."""
    file = file_along(reader, person_id, at)
    told = {"naam": file.name, **_told_of(file)}
    if reader.may(Scope.CONSENTS):
        told["toestemmingen"] = _told_consents(file.consents)
    return told | gathered_along(reader)


def _told_of(file: OwnFile | FileAlong) -> dict[str, Any]:
    return {
        "hulpverleners": [{"naam": name, "als": part} for name, part in file.helpers],
        "plan": [asdict(each) for each in file.plan],
        "afspraken": [
            {"wat": m.what, "met": m.who, "van": m.starts_at, "tot": m.ends_at} for m in file.meetings
        ],
    }


def _told_consents(consents: list[ShownConsent]) -> list[dict[str, Any]]:
    return [
        {
            "met": each.receiver,
            "wat": each.kinds,
            "stand": each.state_words,
            "door": _("ouder of voogd") if each.is_by_guardian else "",
        }
        for each in consents
    ]


def requests_of(person_id: UUID) -> list[ShownRequest]:
    """What this person asks and has no answer to yet."""
    rows = list(OwnRequest.objects.filter(person_id=person_id, answered_at__isnull=True).order_by("asked_at"))
    opener = Opener([person_id] if rows else [])
    return [ShownRequest(each, opener.open(person_id, each.text_sealed)) for each in rows]


def request_for(actor: Actor, pk: UUID, at: datetime) -> OwnRequest | None:
    """One request, if this actor may see it."""
    rows = OwnRequest.objects.select_related("person")
    return rows.filter(requests_visible_to(actor, at), pk=pk).first()
