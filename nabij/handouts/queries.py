"""What a step may hand out, how far that is, and what can be filled in from what is known already."""

import re
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from nabij.accounts.models import Organisation, OrganisationKind
from nabij.aftercare.models import Run, RunStep
from nabij.audit.models import TrailEntry
from nabij.doors.addresses import Address as DoorAddress
from nabij.doors.addresses import in_route
from nabij.doors.models import Door
from nabij.flyers.addresses import Address
from nabij.flyers.content import Template, templates
from nabij.flyers.queries import Line, line_of
from nabij.handouts.models import Handout
from nabij.incidents.models import Incident
from nabij.kit.clock import local
from nabij.meetings.models import Meeting, MeetingState

HANDED_OUT = ("flyer", "letter")
_HOUSE = re.compile(r"\s+\d+\s*[a-zA-Z]?$")
KEPT = ("phone", "web", "school")


def templates_of(row: RunStep) -> list[Template]:
    """The flyers and letters that a step names; of any other paper nothing is filled in here."""
    known = templates()
    found = [known[code] for code in row.step.templates if code in known]
    return [each for each in found if each.kind in HANDED_OUT and each.is_for_residents]


def organisation_of(run: Run) -> Organisation | None:
    """The municipality of a run, as an organisation that takes part; None when it does not."""
    return Organisation.objects.filter(
        Q(municipality_id=run.municipality_id), kind=OrganisationKind.MUNICIPALITY
    ).first()


@dataclass(frozen=True)
class Offered:
    """One template of a step, with its edition of the municipality and what was filled in last."""

    template: Template
    line: Line
    handout: Handout | None
    is_exercise: bool = False

    @property
    def is_ready(self) -> bool:
        """Whether it may be printed once it is filled in; in an exercise as an example."""
        return self.is_exercise or self.line.in_force is not None

    @property
    def is_waiting(self) -> bool:
        """Whether it was filled in, and both organisations did not agree yet."""
        return self.handout is not None and not self.is_ready

    @property
    def languages(self) -> set[str]:
        """In which languages it can be printed."""
        return set(self.line.in_force.printable if self.line.in_force else self.template.texts)


def offered_at(row: RunStep, organisation: Organisation) -> list[Offered]:
    """What a step hands out, each with how far it is."""
    last: dict[str, Handout] = {}
    for each in Handout.objects.filter(run_step=row).select_related("letters").order_by("filled_at", "pk"):
        last[each.template] = each
    found = [(each, line_of(organisation, each.code)) for each in templates_of(row)]
    is_exercise = row.run.incident.is_exercise
    return [Offered(each, line, last.get(each.code), is_exercise) for each, line in found if line]


def offered(row: RunStep, organisation: Organisation, code: str) -> Offered | None:
    """One of these; None when the step does not name it."""
    return next((each for each in offered_at(row, organisation) if each.template.code == code), None)


def known_fields(row: RunStep, template: Template) -> dict[str, str]:
    """What is known already of the words of a template, as it is kept in a handout; the rest is left out."""
    incident = row.run.incident
    meeting = _next_meeting(incident)
    known = {
        **_told_before(row.run),
        "street": _street_of(incident),
        "date": local(incident.happened_at).date().isoformat(),
        "place": meeting.where if meeting else "",
        "meeting": meeting.starts_at.isoformat() if meeting else "",
    }
    return {word: known[word] for word in template.fields if known.get(word)}


def _told_before(run: Run) -> dict[str, str]:
    """What somebody of this municipality filled in before and that does not change: its phone and page.

    Never from an exercise: what was typed there is made up.
    """
    real = Handout.objects.filter(run_step__run__incident__is_exercise=False)
    last = real.filter(Q(run_step__run__municipality=run.municipality_id)).order_by("-filled_at")
    found: dict[str, str] = {}
    for fields in last.values_list("fields", flat=True)[:20]:
        found |= {word: fields[word] for word in KEPT if fields.get(word) and word not in found}
    return found


def _street_of(incident: Incident) -> str:
    """The street with most doors; without a round the place of the event, never with a house number."""
    streets = Counter(Door.objects.filter(round__incident=incident).values_list("street", flat=True))
    return streets.most_common(1)[0][0] if streets else _HOUSE.sub("", incident.place.strip())


def _next_meeting(incident: Incident) -> Meeting | None:
    planned = Meeting.objects.filter(Q(incident=incident), state=MeetingState.PLANNED)
    return planned.order_by("starts_at").first()


def addresses_of(incident: Incident) -> list[Address]:
    """Every address of the rounds of an event once, in the order of the street.

    Also those that others take care of: leaving one out would tell which they are.
    """
    doors = Door.objects.filter(round__incident=incident).values_list("street", "number", "addition")
    found = {each.key: each for each in (DoorAddress(*door) for door in doors)}
    town = " / ".join(sorted(each.name for each in incident.municipalities.all()))
    return [
        Address(each.street, str(each.number), each.addition, "", town) for each in in_route(found.values())
    ]


def handout_of_letters(entry_id: int) -> Handout | None:
    """The handout whose letters a line of the trail is about; None for letters of no step."""
    job_id: UUID = TrailEntry.objects.values_list("subject_id", flat=True).get(pk=entry_id)
    return Handout.objects.select_related("run_step__run__incident").filter(Q(letters=job_id)).first()
