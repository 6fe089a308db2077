"""Partners of a region, who knows them, what was agreed with them, and moments together."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from nabij.accounts.models import Membership, Municipality, Organisation, SafetyRegion
from nabij.kit.models import Record
from nabij.partners.content import meeting_in_words


class RegionPartner(Record):
    """Who stands beside us in a safety region (regiopartner), and by which number of a role they are reached.

    The partner and its numbers are of the region: everybody there reads the same. There are no names of
    people in it: people change, a role stays.
    """

    safety_region = models.ForeignKey(
        SafetyRegion, verbose_name="veiligheidsregio", related_name="+", on_delete=models.PROTECT
    )
    kind = models.CharField("soort", max_length=40)
    name = models.CharField("naam", max_length=120)
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", null=True, related_name="+", on_delete=models.PROTECT
    )
    day_function = models.CharField("functie overdag", max_length=120, blank=True)
    day_phone = models.CharField("nummer overdag", max_length=20, blank=True)
    night_function = models.CharField("functie 's nachts", max_length=120, blank=True)
    night_phone = models.CharField("nummer 's nachts", max_length=20, blank=True)
    checked_on = models.DateField("nummers nagekeken op")
    checked_by = models.ForeignKey(
        Membership, verbose_name="nummers nagekeken door", related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = "regiopartner"
        verbose_name_plural = "regiopartners"
        constraints = [
            models.UniqueConstraint("safety_region", Lower("name"), name="a_partner_is_once_in_a_region"),
            models.CheckConstraint(
                condition=~Q(day_phone="") | ~Q(night_phone=""), name="a_partner_has_a_number"
            ),
        ]

    class Privacy:
        harmless = (
            "id", "safety_region", "kind", "name", "municipality", "day_function", "day_phone",
            "night_function", "night_phone", "checked_on", "checked_by",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name


class PartnerLink(Record):
    """Who of one organisation knows a partner (band met een partner), and which role they speak to there."""

    partner = models.ForeignKey(
        RegionPartner, verbose_name="partner", related_name="links", on_delete=models.CASCADE
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", related_name="+", on_delete=models.PROTECT
    )
    owner = models.ForeignKey(
        Membership, verbose_name="onze contactpersoon", related_name="+", on_delete=models.PROTECT
    )
    our_phone = models.CharField("ons nummer voor hen", max_length=20, blank=True)
    their_function = models.CharField("met wie wij spreken", max_length=120, blank=True)
    their_phone = models.CharField("nummer van die functie", max_length=20, blank=True)
    since_at = models.DateTimeField("sinds")

    class Meta:
        verbose_name = "band met een partner"
        verbose_name_plural = "banden met partners"
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "organisation"], name="an_organisation_has_one_link_to_a_partner"
            )
        ]

    class Privacy:
        harmless = (
            "id", "partner", "organisation", "owner", "our_phone", "their_function", "their_phone",
            "since_at",
        )  # fmt: skip


class PartnerAgreement(Record):
    """What was agreed with a partner (afspraak met een partner), and on which day to look at it again."""

    partner = models.ForeignKey(
        RegionPartner, verbose_name="partner", related_name="agreements", on_delete=models.CASCADE
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", related_name="+", on_delete=models.PROTECT
    )
    title = models.CharField("afspraak", max_length=160)
    agreed_on = models.DateField("afgesproken op")
    look_again_on = models.DateField("weer bekijken op")
    ended_at = models.DateTimeField("geldt niet meer sinds", null=True)
    written_by = models.ForeignKey(
        Membership, verbose_name="opgeschreven door", related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = "afspraak met een partner"
        verbose_name_plural = "afspraken met partners"
        constraints = [
            models.CheckConstraint(
                condition=Q(look_again_on__gt=models.F("agreed_on")),
                name="an_agreement_is_looked_at_after_it_was_made",
            )
        ]

    class Privacy:
        harmless = (
            "id", "partner", "organisation", "title", "agreed_on", "look_again_on", "ended_at", "written_by",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.title


class PartnerMeeting(Record):
    """A moment together with partners (moment met partners): a talk, a network meeting, an exercise."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", related_name="+", on_delete=models.PROTECT
    )
    partners = models.ManyToManyField(RegionPartner, verbose_name="partners", related_name="meetings")
    kind = models.CharField("soort", max_length=20)
    held_on = models.DateField("op")
    subject = models.CharField("waarover", max_length=160, blank=True)
    written_by = models.ForeignKey(
        Membership, verbose_name="opgeschreven door", related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = "moment met partners"
        verbose_name_plural = "momenten met partners"
        indexes = [models.Index(fields=["organisation", "-held_on"], name="partner_meetings_by_day")]

    class Privacy:
        harmless = ("id", "organisation", "partners", "kind", "held_on", "subject", "written_by")

    @property
    def kind_in_words(self) -> str:
        """What kind of moment it was, in the words of who reads it."""
        return meeting_in_words(self.kind)
