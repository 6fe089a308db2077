"""Places of reception, cards, tallies, group talks, and the presence that was agreed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.incidents.models import Incident
from nabij.kit.models import Record
from nabij.people.models import Person


def _codes(label: str) -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=20), verbose_name=label, default=list, blank=True)


class ReceptionPlace(Record):
    """Where people are received after an event (opvangplek), from when till when, and for how many."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    name = models.CharField("waar", max_length=120)
    capacity = models.PositiveIntegerField("plaats voor", null=True, blank=True)
    opened_at = models.DateTimeField("open sinds")
    opened_by = models.UUIDField("geopend door")
    closed_at = models.DateTimeField("gesloten op", null=True)

    class Meta:
        verbose_name = "opvangplek"
        verbose_name_plural = "opvangplekken"
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="a_place_closes_after_it_opens",
            )
        ]

    class Privacy:
        harmless = ("id", "incident", "name", "capacity", "opened_at", "opened_by", "closed_at")

    def __str__(self) -> str:
        return self.name


class ReceptionCard(Record):
    """Somebody who was received and agreed to be written down (opvangkaart); without consent no card."""

    place = models.ForeignKey(
        ReceptionPlace, verbose_name="opvangplek", related_name="cards", on_delete=models.PROTECT
    )
    person = models.OneToOneField(Person, verbose_name="persoon", related_name="+", on_delete=models.CASCADE)
    number = models.PositiveIntegerField("nummer")
    needs = _codes("wat is nodig")
    met = _codes("wat is geregeld")
    wants_call = models.BooleanField("wil gebeld worden")
    consent_version = models.CharField("versie van de tekst", max_length=40)
    consented_at = models.DateTimeField("toestemming op")
    written_at = models.DateTimeField("geschreven op")
    written_by = models.UUIDField("geschreven door")

    class Meta:
        verbose_name = "opvangkaart"
        verbose_name_plural = "opvangkaarten"
        constraints = [
            models.UniqueConstraint(fields=["place", "number"], name="a_card_number_per_place"),
            models.CheckConstraint(condition=~Q(consent_version=""), name="no_card_without_consent"),
        ]

    class Privacy:
        personal = ("person", "needs", "met", "wants_call")
        harmless = (
            "id", "place", "number", "consent_version", "consented_at", "written_at", "written_by",
        )  # fmt: skip

    @property
    def open_needs(self) -> list[str]:
        """What is still to be arranged."""
        return [code for code in self.needs if code not in self.met]


class Counted(models.TextChoices):
    """Who is counted and not written down."""

    REFUSED = "refused", _("wil niet op een kaart")
    CHILD = "child", _("kind")


class Tally(Record):
    """One more, or one less, of those who are only counted (turfstreep)."""

    place = models.ForeignKey(
        ReceptionPlace, verbose_name="opvangplek", related_name="tallies", on_delete=models.PROTECT
    )
    kind = models.CharField("wie", max_length=10, choices=Counted.choices)
    step = models.SmallIntegerField("erbij of eraf")
    at = models.DateTimeField("op")
    by = models.UUIDField("door")

    class Meta:
        verbose_name = "turfstreep"
        verbose_name_plural = "turfstrepen"
        constraints = [
            models.CheckConstraint(condition=Q(step__in=[-1, 1]), name="a_tally_is_one"),
            models.CheckConstraint(condition=Q(kind__in=Counted.values), name="a_tally_counts_a_known_kind"),
        ]

    class Privacy:
        harmless = ("id", "place", "kind", "step", "at", "by")


class GroupTalk(Record):
    """A talk with a group (groepsgesprek): when, how many, about what; nobody's name."""

    place = models.ForeignKey(
        ReceptionPlace, verbose_name="opvangplek", related_name="talks", on_delete=models.PROTECT
    )
    held_at = models.DateTimeField("gehouden op")
    people = models.PositiveIntegerField("hoeveel mensen")
    leaders = models.PositiveSmallIntegerField("hoeveel begeleiders")
    topics = _codes("waarover")
    written_by = models.UUIDField("geschreven door")

    class Meta:
        verbose_name = "groepsgesprek"
        verbose_name_plural = "groepsgesprekken"
        constraints = [
            models.CheckConstraint(
                condition=Q(people__gte=1, leaders__gte=1), name="a_talk_has_people_and_a_leader"
            )
        ]

    class Privacy:
        harmless = ("id", "place", "held_at", "people", "leaders", "topics", "written_by")


class Party(models.TextChoices):
    """With whom presence is agreed."""

    POLICE = "police", _("politie")
    GGD = "ggd", _("GGD")
    SAFETY_REGION = "safety_region", _("veiligheidsregio")
    MUNICIPALITY = "municipality", _("gemeente")


class Presence(Record):
    """That we are there, agreed with a party (aanwezigheidsafspraak): where and when."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    party = models.CharField("met wie", max_length=20, choices=Party.choices)
    where = models.CharField("waar", max_length=120)
    starts_at = models.DateTimeField("van")
    ends_at = models.DateTimeField("tot")
    staff = models.PositiveSmallIntegerField("met hoeveel medewerkers")
    agreed_at = models.DateTimeField("afgesproken op")
    agreed_by = models.UUIDField("afgesproken door")

    class Meta:
        verbose_name = "aanwezigheidsafspraak"
        verbose_name_plural = "aanwezigheidsafspraken"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="presence_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(staff__gte=1), name="presence_is_of_somebody"),
        ]

    class Privacy:
        harmless = (
            "id", "incident", "party", "where", "starts_at", "ends_at", "staff", "agreed_at", "agreed_by",
        )  # fmt: skip
