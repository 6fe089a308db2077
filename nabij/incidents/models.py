"""Incidents, requests for help, links to earlier incidents, and hand-written notes."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership, Municipality, Organisation
from nabij.audit.actor import Actor
from nabij.incidents.rules import HIGHEST_GRIP, MOST_PEOPLE
from nabij.kit.models import Record

COUNTS = ("people", "injured", "dead", "homes", "children")


class Status(models.TextChoices):
    """Where an incident stands."""

    REPORTED = "reported", _("gemeld")
    ACTIVE = "active", _("in behandeling")
    CLOSED = "closed", _("afgesloten")


ALLOWED: dict[str, set[str]] = {
    Status.REPORTED: {Status.ACTIVE, Status.CLOSED},
    Status.ACTIVE: {Status.CLOSED},
    Status.CLOSED: {Status.ACTIVE},
}


class RequestState(models.TextChoices):
    """Where a request for help stands."""

    OPEN = "open", _("open")
    ANSWERED = "answered", _("beantwoord")
    WITHDRAWN = "withdrawn", _("ingetrokken")


ALLOWED_REQUEST: dict[str, set[str]] = {
    RequestState.OPEN: {RequestState.ANSWERED, RequestState.WITHDRAWN},
    RequestState.ANSWERED: {RequestState.WITHDRAWN},
    RequestState.WITHDRAWN: {RequestState.OPEN},
}


class Wanted(models.TextChoices):
    """What can be asked for."""

    RECEPTION = "reception", _("opvang ter plaatse")
    ADVICE = "advice", _("advies")
    STAFF = "staff", _("medewerkers")
    CENTRE = "centre", _("een informatie- en adviescentrum (IAC)")


def _count(label: str) -> "models.PositiveIntegerField[int | None, int | None]":
    return models.PositiveIntegerField(label, null=True, blank=True)


def _counts_in_bounds(name: str) -> models.CheckConstraint:
    condition = Q()
    for field in COUNTS:
        condition &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (0, MOST_PEOPLE)})
    return models.CheckConstraint(condition=condition, name=name)


def _both_or_none(first: str, second: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
        | Q(**{f"{first}__isnull": False, f"{second}__isnull": False}),
        name=name,
    )


class Incident(Record):
    """A shocking event (gebeurtenis) for which help is asked; a null count is not known yet."""

    reference = models.CharField("kenmerk", max_length=60, unique=True)
    topic = models.CharField("soort gebeurtenis", max_length=40)
    status = models.CharField("status", max_length=12, choices=Status.choices, default=Status.REPORTED)
    grip = models.SmallIntegerField("GRIP", default=0)
    is_exercise = models.BooleanField("oefening", default=False)
    happened_at = models.DateTimeField("gebeurd op")
    reported_at = models.DateTimeField("gemeld op")
    municipalities = models.ManyToManyField(Municipality, verbose_name="gemeenten", related_name="+")
    district = models.CharField("stadsdeel of wijk", max_length=120, blank=True)
    place = models.CharField("straat of plek", max_length=200, blank=True)
    place_key = models.CharField("plek, in zoekvorm", max_length=200, blank=True)
    people = _count("mensen")
    injured = _count("gewonden")
    dead = _count("overledenen")
    homes = _count("onbewoonbare woningen")
    children = _count("kinderen")
    earlier = models.ManyToManyField(
        "self",
        verbose_name="eerdere gebeurtenissen",
        symmetrical=False,
        through="RepeatLink",
        related_name="later",
    )
    closed_at = models.DateTimeField("afgesloten op", null=True)
    closed_by = models.ForeignKey(
        Membership, verbose_name="afgesloten door", null=True, related_name="+", on_delete=models.PROTECT
    )
    # Who was found to see this row, and when: for the rules of one page, never stored.
    seen_by: tuple[Actor, datetime] | None = None

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "gebeurtenissen"
        indexes = [
            models.Index(fields=["status", "-reported_at"], name="incident_by_status"),
            models.Index(fields=["-reported_at"], name="incident_by_report"),
            models.Index(fields=["happened_at"], name="incident_by_moment"),
            models.Index(fields=["place_key", "happened_at"], name="incident_by_place"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(grip__range=(0, HIGHEST_GRIP)), name="grip_from_0_to_5"),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="an_incident_has_a_known_status"
            ),
            _counts_in_bounds("incident_counts_in_bounds"),
            _both_or_none("closed_at", "closed_by", "closed_by_somebody_at_some_moment"),
            models.CheckConstraint(
                condition=Q(status=Status.CLOSED, closed_at__isnull=False)
                | (~Q(status=Status.CLOSED) & Q(closed_at__isnull=True)),
                name="closed_incidents_have_their_moment",
            ),
        ]

    class Privacy:
        harmless = (
            "id", "reference", "topic", "status", "grip", "is_exercise", "happened_at", "reported_at",
            "municipalities", "district", "place", "place_key", "people", "injured", "dead", "homes",
            "children", "earlier", "closed_at", "closed_by",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether help is still being given under this incident."""
        return self.status != Status.CLOSED

    @property
    def municipality_codes(self) -> tuple[str, ...]:
        """The CBS codes of its municipalities, in order of code."""
        return tuple(sorted(each.pk for each in self.municipalities.all()))


class RepeatLink(Record):
    """Says that an incident is a repeat of an earlier one at the same place (herhaling)."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="repeat_links", on_delete=models.CASCADE
    )
    earlier = models.ForeignKey(
        Incident, verbose_name="eerdere gebeurtenis", related_name="repeated_by", on_delete=models.CASCADE
    )
    linked_at = models.DateTimeField("gekoppeld op")
    linked_by = models.ForeignKey(
        Membership, verbose_name="gekoppeld door", null=True, related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = "herhaling"
        verbose_name_plural = "herhalingen"
        constraints = [
            models.UniqueConstraint(fields=["incident", "earlier"], name="a_repeat_is_linked_once"),
            models.CheckConstraint(condition=~Q(incident=F("earlier")), name="no_repeat_of_itself"),
        ]

    class Privacy:
        harmless = ("id", "incident", "earlier", "linked_at", "linked_by")


class HelpRequest(Record):
    """One organisation's request for help at an incident (hulpverzoek), as it was told then."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="requests", on_delete=models.PROTECT
    )
    number = models.CharField("nummer", max_length=60, unique=True)
    form_key = models.UUIDField("sleutel van het formulier", unique=True)
    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", null=True, related_name="+", on_delete=models.PROTECT
    )
    asked_by = models.ForeignKey(
        Membership, verbose_name="ingevoerd door", null=True, related_name="+", on_delete=models.PROTECT
    )
    is_verified = models.BooleanField("met inlog verstuurd", default=False)
    caller_kind = models.CharField("wie vraagt", max_length=30)
    urgency = models.CharField("hoe snel", max_length=20)
    door = models.CharField("deur", max_length=20, blank=True)
    wanted = models.JSONField("gevraagd", default=list)
    asker_sealed = models.BinaryField("naam van de vrager", blank=True)
    job_title_sealed = models.BinaryField("functie van de vrager", blank=True)
    organisation_name_sealed = models.BinaryField("organisatie van de vrager", blank=True)
    call_back_sealed = models.BinaryField("telefoon om terug te bellen", blank=True)
    safety_sealed = models.BinaryField("veiligheid ter plaatse", blank=True)
    remarks_sealed = models.BinaryField("opmerkingen", blank=True)
    people = _count("mensen")
    injured = _count("gewonden")
    dead = _count("overledenen")
    homes = _count("onbewoonbare woningen")
    children = _count("kinderen")
    facts_changed = models.JSONField("gewijzigde feiten", default=list)
    state = models.CharField("stand", max_length=12, choices=RequestState.choices, default=RequestState.OPEN)
    settled_at = models.DateTimeField("afgehandeld op", null=True)
    asked_at = models.DateTimeField("gevraagd op")
    control_room_reference = models.CharField("kenmerk van de meldkamer", max_length=40, blank=True)
    confirmed_at = models.DateTimeField("bevestigd op", null=True)
    confirmed_by = models.ForeignKey(
        Membership, verbose_name="bevestigd door", null=True, related_name="+", on_delete=models.PROTECT
    )
    merged_into = models.ForeignKey(
        "self", verbose_name="samengevoegd met", null=True, related_name="merged", on_delete=models.PROTECT
    )
    merged_at = models.DateTimeField("samengevoegd op", null=True)
    merged_by = models.ForeignKey(
        Membership, verbose_name="samengevoegd door", null=True, related_name="+", on_delete=models.PROTECT
    )
    moved_from = models.ForeignKey(
        Incident, verbose_name="verplaatst uit", null=True, related_name="+", on_delete=models.PROTECT
    )
    moved_at = models.DateTimeField("verplaatst op", null=True)
    moved_by = models.ForeignKey(
        Membership, verbose_name="verplaatst door", null=True, related_name="+", on_delete=models.PROTECT
    )

    # Not stored: set on what `report_incident` returns when this very form had been received before.
    already_received: bool = False

    class Meta:
        verbose_name = "hulpverzoek"
        verbose_name_plural = "hulpverzoeken"
        indexes = [
            models.Index(fields=["incident", "asked_at"], name="request_of_incident"),
            models.Index(fields=["state", "asked_at"], name="request_by_state"),
        ]
        constraints = [
            _counts_in_bounds("request_counts_in_bounds"),
            _both_or_none("confirmed_at", "confirmed_by", "confirmed_by_somebody_at_some_moment"),
            _both_or_none("merged_at", "merged_into", "merged_into_something_at_some_moment"),
            _both_or_none("moved_at", "moved_from", "moved_from_somewhere_at_some_moment"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="no_merge_into_itself"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | ~Q(control_room_reference=""),
                name="a_confirmation_has_its_reference",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, settled_at__isnull=True)
                | Q(state__in=[RequestState.ANSWERED, RequestState.WITHDRAWN], settled_at__isnull=False),
                name="a_settled_request_has_its_moment",
            ),
        ]

    class Privacy:
        personal = (
            "asker_sealed", "job_title_sealed", "organisation_name_sealed", "call_back_sealed",
            "safety_sealed", "remarks_sealed",
        )  # fmt: skip
        harmless = (
            "id", "incident", "number", "form_key", "organisation", "asked_by", "is_verified", "caller_kind",
            "urgency", "door", "wanted", "people", "injured", "dead", "homes", "children", "facts_changed",
            "state", "settled_at", "asked_at", "control_room_reference", "confirmed_at", "confirmed_by",
            "merged_into", "merged_at", "merged_by", "moved_from", "moved_at", "moved_by",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.number


class TimelineNote(Record):
    """A hand-written line in the timeline (notitie), sealed with its own key so that it can be erased."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="notes", on_delete=models.CASCADE
    )
    text_sealed = models.BinaryField("tekst", blank=True)
    is_shared = models.BooleanField("zichtbaar voor andere organisaties", default=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", related_name="+", on_delete=models.PROTECT
    )
    written_by = models.ForeignKey(
        Membership, verbose_name="geschreven door", related_name="+", on_delete=models.PROTECT
    )
    written_at = models.DateTimeField("geschreven op")
    erased_at = models.DateTimeField("gewist op", null=True)
    erased_by = models.ForeignKey(
        Membership, verbose_name="gewist door", null=True, related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = "notitie"
        verbose_name_plural = "notities"
        indexes = [models.Index(fields=["incident", "written_at"], name="note_of_incident")]
        constraints = [
            _both_or_none("erased_at", "erased_by", "erased_by_somebody_at_some_moment"),
        ]

    class Privacy:
        personal = ("text_sealed",)
        harmless = (
            "id", "incident", "is_shared", "organisation", "written_by", "written_at", "erased_at",
            "erased_by",
        )  # fmt: skip
