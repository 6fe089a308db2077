"""Reading templates, editions and letters."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from nabij.accounts.models import Organisation, OrganisationKind
from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor
from nabij.audit.models import TrailEntry
from nabij.flyers.content import Template, letters_per_bundle, templates
from nabij.flyers.models import OPEN, Edition, EditionState, Leaflet, LetterJob
from nabij.flyers.paper import Senders, Sheet
from nabij.flyers.policies import organisations_visible_to, visible_to
from nabij.keys.sealing import unseal_bytes

_RECENT = 20


def approved(municipality_organisation_id: UUID, template: str, language: str) -> Edition | None:
    """The edition in force of this municipality, when it was read over in this language; for other apps."""
    return Edition.objects.filter(
        Q(leaflet__organisation_id=municipality_organisation_id),
        leaflet__template=template, state=EditionState.APPROVED, checked_languages__contains=[language],
    ).first()  # fmt: skip


def organisations_for(actor: Actor) -> QuerySet[Organisation]:
    """The municipalities whose leaflets this actor sees, by name."""
    return Organisation.objects.filter(organisations_visible_to(actor)).order_by("name", "id")


def organisation_for(actor: Actor, pk: UUID) -> Organisation | None:
    """One of them; None for any other."""
    return organisations_for(actor).filter(pk=pk).first()


@dataclass(frozen=True)
class Line:
    """A template in the list of a municipality, with the edition in force and the one that is made."""

    template: Template
    in_force: Edition | None
    being_made: Edition | None

    @property
    def is_printable(self) -> bool:
        """Whether it may be handed out: approved, or a paper for staff."""
        return self.in_force is not None or not self.template.is_for_residents


def lines_of(organisation: Organisation) -> list[Line]:
    """Every template with where it stands in this municipality."""
    rows = Edition.objects.filter(
        Q(leaflet__organisation=organisation), state__in=[*OPEN, EditionState.APPROVED]
    )
    found = {(each.leaflet.template, each.state in OPEN): each for each in rows.select_related("leaflet")}
    return [
        Line(each, found.get((code, False)), found.get((code, True))) for code, each in templates().items()
    ]


def line_of(organisation: Organisation, code: str) -> Line | None:
    """One of these; None when there is no such template."""
    return next((each for each in lines_of(organisation) if each.template.code == code), None)


def editions_of(organisation: Organisation, code: str) -> QuerySet[Edition]:
    """All editions of a leaflet with their approvals, the newest first."""
    rows = Edition.objects.filter(Q(leaflet__organisation=organisation), leaflet__template=code)
    return rows.order_by("-number").prefetch_related("approvals__organisation")


def edition_for(actor: Actor, pk: UUID) -> Edition | None:
    """The edition, for who sees this municipality; None for others."""
    seen = Leaflet.objects.filter(visible_to(actor)).values("pk")
    rows = Edition.objects.filter(Q(leaflet__in=seen), pk=pk)
    return rows.select_related("leaflet__organisation").first()


def waiting_for(actor: Actor) -> list[Edition]:
    """What waits for the agreement of this actor's organisation, the oldest first."""
    if not actor.may(Permission.APPROVE_FLYER):
        return []
    seen = Leaflet.objects.filter(visible_to(actor)).values("pk")
    rows = Edition.objects.filter(Q(leaflet__in=seen), state=EditionState.SENT)
    rows = rows.exclude(approved_kinds__contains=[actor.organisation_kind])
    return list(rows.select_related("leaflet__organisation").order_by("sent_at", "id")[:_RECENT])


def template_of(edition: Edition) -> Template:
    """The template that an edition was made of."""
    return templates()[edition.leaflet.template]


def senders_of(organisation: Organisation) -> Senders:
    """Both names as they stand on paper."""
    support = Organisation.objects.filter(kind=OrganisationKind.VICTIM_SUPPORT).order_by("name").first()
    return Senders(organisation.name, support.name if support else "", organisation.theme)


def sheet_of(
    line: Line, languages: list[str], fields: Mapping[str, str], *, is_exercise: bool = False
) -> Sheet:
    """What is printed in these languages: the edition in force, or the example (for staff, in exercises)."""
    if line.in_force is not None:
        texts, number = line.in_force.printable, line.in_force.number
    else:
        texts, number = dict(line.template.texts), 0
    chosen = {each: texts[each] for each in languages}
    return Sheet(line.template, chosen, fields, number, is_exercise=is_exercise)


def job_for(actor: Actor, pk: UUID) -> LetterJob | None:
    """A job of letters without its sealed parts, for who sees this municipality; None for others."""
    seen = Leaflet.objects.filter(visible_to(actor)).values("pk")
    rows = LetterJob.objects.filter(Q(edition__leaflet__in=seen), pk=pk).defer("addresses_sealed")
    return rows.select_related("edition__leaflet__organisation").first()


def jobs_of(organisation: Organisation) -> QuerySet[LetterJob]:
    """The latest jobs of letters of a municipality, without their sealed parts."""
    rows = LetterJob.objects.filter(Q(edition__leaflet__organisation=organisation))
    rows = rows.defer("addresses_sealed").select_related("edition__leaflet")
    return rows.order_by("-asked_at", "id")[:_RECENT]


def bundles_of(job: LetterJob) -> list[tuple[int, int, int]]:
    """The bundles that are there: number, and from which to which letter."""
    size, rows = letters_per_bundle(), job.bundles.order_by("number").values_list("number", "count")
    return [(number, (number - 1) * size + 1, (number - 1) * size + count) for number, count in rows]


def letters_of(job: LetterJob, number: int = 1) -> bytes | None:
    """One bundle of letters as PDF; None when it is not there or was removed."""
    bundle = job.bundles.filter(number=number).first()
    return unseal_bytes(job.pk, bundle.paper_sealed) if bundle else None


def job_of_entry(entry_id: int) -> LetterJob | None:
    """The job that a line of the trail is about; None when it was removed meanwhile."""
    subject_id = TrailEntry.objects.values_list("subject_id", flat=True).get(pk=entry_id)
    return LetterJob.objects.select_related("edition__leaflet__organisation").filter(Q(pk=subject_id)).first()
