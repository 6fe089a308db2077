"""Rounds from door to door, their pairs, doors and notes; sealed wishes; and asks for people."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership, Organisation
from nabij.incidents.models import Incident
from nabij.kit.models import Record


def _languages() -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=8), verbose_name="talen", default=list, blank=True)


class Round(Record):
    """One round from door to door (deurronde), by municipality and victim support together."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    follows = models.OneToOneField(
        "self", verbose_name="tweede ronde van", null=True, related_name="+", on_delete=models.SET_NULL
    )
    starts_at = models.DateTimeField("van")
    ends_at = models.DateTimeField("tot")
    languages = _languages()
    planned_at = models.DateTimeField("gemaakt op")
    planned_by = models.UUIDField("gemaakt door")
    closed_at = models.DateTimeField("gesloten op", null=True)

    class Meta:
        verbose_name = "deurronde"
        verbose_name_plural = "deurrondes"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_round_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~Q(follows=F("id")), name="no_round_follows_itself"),
        ]

    class Privacy:
        harmless = (
            "id", "incident", "follows", "starts_at", "ends_at", "languages", "planned_at", "planned_by",
            "closed_at",
        )  # fmt: skip


class Pair(Record):
    """Two people who walk together (koppel): always one of the municipality and one of victim support."""

    round = models.ForeignKey(Round, verbose_name="deurronde", related_name="pairs", on_delete=models.CASCADE)
    letter = models.CharField("letter", max_length=1)
    municipal = models.ForeignKey(
        Membership, verbose_name="van de gemeente", related_name="+", on_delete=models.PROTECT
    )
    supporter = models.ForeignKey(
        Membership, verbose_name="van slachtofferhulp", related_name="+", on_delete=models.PROTECT
    )
    briefed_at = models.DateTimeField("briefing op", null=True)
    briefed_by = models.UUIDField("briefing afgevinkt door", null=True)

    class Meta:
        verbose_name = "koppel"
        verbose_name_plural = "koppels"
        constraints = [
            models.UniqueConstraint(fields=["round", "letter"], name="a_letter_per_pair"),
            models.UniqueConstraint(fields=["round", "municipal"], name="municipal_walks_in_one_pair"),
            models.UniqueConstraint(fields=["round", "supporter"], name="supporter_walks_in_one_pair"),
            models.CheckConstraint(condition=Q(letter__regex=r"^[A-Z]$"), name="a_pair_is_a_letter"),
            models.CheckConstraint(condition=~Q(municipal=F("supporter")), name="a_pair_is_two_people"),
            models.CheckConstraint(
                condition=Q(briefed_at__isnull=True, briefed_by__isnull=True)
                | Q(briefed_at__isnull=False, briefed_by__isnull=False),
                name="a_briefing_has_its_moment",
            ),
        ]

    class Privacy:
        harmless = ("id", "round", "letter", "municipal", "supporter", "briefed_at", "briefed_by")


class Outcome(models.TextChoices):
    """What came of a door; each door has exactly one."""

    OPEN = "open", _("nog niet")
    TALKED = "talked", _("gesproken")
    FLYER = "flyer", _("alleen flyer")
    REFUSED = "refused", _("wil niet")
    NOBODY = "nobody", _("niemand thuis")
    EMPTY = "empty", _("leeg")
    ELSEWHERE = "elsewhere", _("daar zorgt iemand anders voor")


VISITED = [code for code in Outcome.values if code != Outcome.ELSEWHERE]


class Door(Record):
    """One door on the list (deur): an address and what came of it; there is no room for a name."""

    round = models.ForeignKey(Round, verbose_name="deurronde", related_name="doors", on_delete=models.CASCADE)
    pair = models.ForeignKey(
        Pair, verbose_name="koppel", null=True, related_name="doors", on_delete=models.SET_NULL
    )
    street = models.CharField("straat", max_length=80)
    number = models.PositiveIntegerField("huisnummer")
    addition = models.CharField("toevoeging", max_length=8, blank=True)
    position = models.PositiveIntegerField("plaats in de route")
    outcome = models.CharField("uitkomst", max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    counted_id = models.UUIDField("melding die telt", null=True)
    is_disputed = models.BooleanField("twee telefoons zeggen iets anders", default=False)

    class Meta:
        verbose_name = "deur"
        verbose_name_plural = "deuren"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "street", "number", "addition"], name="a_door_counts_once"
            ),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="a_door_has_one_outcome"),
            models.CheckConstraint(
                condition=Q(outcome__in=[Outcome.OPEN, Outcome.ELSEWHERE]) | Q(counted_id__isnull=False),
                name="an_outcome_was_told",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.ELSEWHERE) | Q(pair__isnull=True, counted_id__isnull=True),
                name="a_door_elsewhere_is_nobodys",
            ),
        ]

    class Privacy:
        personal = ("street", "number", "addition", "outcome")
        harmless = ("id", "round", "pair", "position", "counted_id", "is_disputed")

    @property
    def house(self) -> str:
        """The number with its addition, as on the door."""
        return f"{self.number} {self.addition}".strip()

    @property
    def name(self) -> str:
        """The address in one line."""
        return f"{self.street} {self.house}"


class DoorNote(Record):
    """What a phone told of a door (deurmelding), with the phone's own identity and moment; never changed."""

    door = models.ForeignKey(Door, verbose_name="deur", related_name="notes", on_delete=models.CASCADE)
    outcome = models.CharField("uitkomst", max_length=10, choices=Outcome.choices)
    previous_id = models.UUIDField("wat de telefoon daarvoor wist", null=True)
    noted_at = models.DateTimeField("aan de deur op")
    received_at = models.DateTimeField("ontvangen op")
    noted_by = models.UUIDField("door")
    is_disputed = models.BooleanField("nog te kiezen", default=False)

    class Meta:
        verbose_name = "deurmelding"
        verbose_name_plural = "deurmeldingen"
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=VISITED), name="a_note_tells_one_outcome"),
        ]

    class Privacy:
        personal = ("outcome",)
        harmless = ("id", "door", "previous_id", "noted_at", "received_at", "noted_by", "is_disputed")


class RoundKey(Record):
    """The key pair of one round (sleutelpaar): phones seal with one half, the job opens with the other."""

    round = models.OneToOneField(
        Round, verbose_name="deurronde", related_name="key", on_delete=models.CASCADE
    )
    public = models.BinaryField("openbare helft")
    private_sealed = models.BinaryField("geheime helft")
    made_at = models.DateTimeField("gemaakt op")

    class Meta:
        verbose_name = "sleutelpaar van een deurronde"
        verbose_name_plural = "sleutelparen van deurrondes"

    class Privacy:
        harmless = ("id", "round", "public", "private_sealed", "made_at")


class SealedWish(Record):
    """A wish for contact that was sealed on the phone (verzegelde contactwens); empty once it was opened."""

    round = models.ForeignKey(
        Round, verbose_name="deurronde", related_name="wishes", on_delete=models.CASCADE
    )
    envelope = models.BinaryField("verzegelde inhoud", blank=True)
    received_at = models.DateTimeField("ontvangen op")
    received_from = models.UUIDField("van")
    opened_at = models.DateTimeField("geopend op", null=True)
    failed_at = models.DateTimeField("niet te lezen sinds", null=True)

    class Meta:
        verbose_name = "verzegelde contactwens"
        verbose_name_plural = "verzegelde contactwensen"
        constraints = [
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(envelope=b""), name="an_opened_wish_is_emptied"
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(failed_at__isnull=True),
                name="a_wish_was_opened_or_failed",
            ),
        ]

    class Privacy:
        personal = ("envelope",)
        harmless = ("id", "round", "received_at", "received_from", "opened_at", "failed_at")


class AskedFor(models.TextChoices):
    """What people are asked for."""

    DOORS = "doors", _("een deurronde")
    MEETING = "meeting", _("een bewonersbijeenkomst")


class AskState(models.TextChoices):
    """Where an ask for people stands."""

    OPEN = "open", _("wacht op antwoord")
    ACCEPTED = "accepted", _("toegezegd")
    WITHDRAWN = "withdrawn", _("ingetrokken")


ALLOWED: dict[str, set[str]] = {
    AskState.OPEN: {AskState.ACCEPTED, AskState.WITHDRAWN},
    AskState.ACCEPTED: {AskState.WITHDRAWN},
    AskState.WITHDRAWN: set(),
}


class StreetAsk(Record):
    """The municipality asks for people in office hours (vraag om mensen): how many, when, which languages."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="gevraagd door", related_name="+", on_delete=models.PROTECT
    )
    kind = models.CharField("waarvoor", max_length=10, choices=AskedFor.choices)
    number = models.PositiveSmallIntegerField("hoeveel mensen")
    languages = _languages()
    where = models.CharField("waar", max_length=120)
    starts_at = models.DateTimeField("van")
    ends_at = models.DateTimeField("tot")
    state = models.CharField("stand", max_length=10, choices=AskState.choices, default=AskState.OPEN)
    asked_at = models.DateTimeField("gevraagd op")
    asked_by = models.UUIDField("gevraagd door wie")
    accepted_at = models.DateTimeField("toegezegd op", null=True)

    class Meta:
        verbose_name = "vraag om mensen"
        verbose_name_plural = "vragen om mensen"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="people_leave_after_they_come"
            ),
            models.CheckConstraint(condition=Q(number__range=(1, 60)), name="people_are_asked_in_reason"),
            models.CheckConstraint(condition=Q(state__in=AskState.values), name="an_ask_has_a_known_state"),
            models.CheckConstraint(condition=Q(kind__in=AskedFor.values), name="an_ask_has_a_known_kind"),
            models.CheckConstraint(
                condition=~Q(state=AskState.ACCEPTED) | Q(accepted_at__isnull=False),
                name="an_accepted_ask_has_its_moment",
            ),
        ]

    class Privacy:
        harmless = (
            "id", "incident", "organisation", "kind", "number", "languages", "where", "starts_at", "ends_at",
            "state", "asked_at", "asked_by", "accepted_at",
        )  # fmt: skip


class AskedPerson(Record):
    """Somebody of victim support who comes (toegezegde medewerker)."""

    ask = models.ForeignKey(
        StreetAsk, verbose_name="vraag om mensen", related_name="people", on_delete=models.CASCADE
    )
    membership = models.ForeignKey(Membership, verbose_name="wie", related_name="+", on_delete=models.PROTECT)

    class Meta:
        verbose_name = "toegezegde medewerker"
        verbose_name_plural = "toegezegde medewerkers"
        constraints = [
            models.UniqueConstraint(fields=["ask", "membership"], name="promised_once_per_ask"),
        ]

    class Privacy:
        harmless = ("id", "ask", "membership")
