"""A space with its groups, and who is in them: an alias and nothing that says who it is."""

from datetime import datetime, time, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership, Organisation, Team
from nabij.kit.models import Record

SHORTEST_THREE_MONTHS = timedelta(days=89)  # from 1 February; the action counts by the calendar


class SpaceKind(models.TextChoices):
    """What a space belongs to."""

    CENTRE = "centre", _("IAC")
    COMMUNITY = "community", _("landelijk lotgenotencontact")


class Relation(models.TextChoices):
    """What binds somebody to the event; a group has one. There is none for the side of the offender."""

    BEREAVED = "bereaved", _("nabestaanden")
    INJURED = "injured", _("gewonden")
    RESIDENTS = "residents", _("bewoners")
    WITNESSES = "witnesses", _("getuigen")
    RESPONDERS = "responders", _("hulpverleners")


class Age(models.TextChoices):
    """How old somebody is, as far as a group needs to know."""

    UNDER_16 = "under_16", _("jonger dan 16")
    FROM_16 = "from_16", _("16 of 17")
    ADULT = "adult", _("18 of ouder")


class Space(Record):
    """Where the groups of one centre or community live (groepsruimte)."""

    kind = models.CharField("hoort bij", max_length=12, choices=SpaceKind.choices)
    owner_id = models.UUIDField("van", unique=True)
    thread_id = models.UUIDField("gebeurtenis")
    reference = models.CharField("kenmerk", max_length=60)
    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", related_name="+", on_delete=models.PROTECT
    )
    team = models.ForeignKey(Team, verbose_name="team", null=True, related_name="+", on_delete=models.PROTECT)
    phone = models.CharField("telefoon van het contactpunt", max_length=20)
    is_exercise = models.BooleanField("oefening", default=False)
    quiet_from = models.TimeField("rust van", default=time(22))
    quiet_until = models.TimeField("rust tot", default=time(8))
    opened_at = models.DateTimeField("geopend op")
    end_announced_at = models.DateTimeField("einde aangekondigd op", null=True)
    ends_at = models.DateTimeField("eindigt op", null=True)
    erased_at = models.DateTimeField("wordt gewist op", null=True)
    went_on_at = models.DateTimeField("ging toch door op", null=True)

    class Meta:
        verbose_name = "groepsruimte"
        verbose_name_plural = "groepsruimtes"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SpaceKind.values), name="a_known_kind_of_space"),
            models.CheckConstraint(
                condition=Q(end_announced_at__isnull=True, ends_at__isnull=True)
                | Q(
                    end_announced_at__isnull=False,
                    ends_at__gte=F("end_announced_at") + SHORTEST_THREE_MONTHS,
                ),
                name="an_end_is_announced_three_months_ahead",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True, erased_at__isnull=True)
                | Q(ends_at__isnull=False, erased_at__gt=F("ends_at")),
                name="what_ended_is_erased_after_it",
            ),
            models.CheckConstraint(
                condition=Q(went_on_at__isnull=True) | Q(ends_at__isnull=True), name="groups_go_on_or_end"
            ),
        ]

    class Privacy:
        harmless = (
            "id", "kind", "owner_id", "thread_id", "reference", "organisation", "team", "phone",
            "is_exercise", "quiet_from", "quiet_until", "opened_at", "end_announced_at", "ends_at",
            "erased_at", "went_on_at",
        )  # fmt: skip

    def is_open(self, at: datetime) -> bool:
        """Whether people may come in and write at this moment."""
        return self.opened_at <= at and (self.ends_at is None or at < self.ends_at)

    def is_readable(self, at: datetime) -> bool:
        """Whether members read at this moment; after the end a while longer, until all is erased."""
        return self.opened_at <= at and (self.erased_at is None or at < self.erased_at)

    @property
    def last_open_at(self) -> datetime | None:
        """The last second in which people write; None while no end was said."""
        return self.ends_at and self.ends_at - timedelta(seconds=1)

    @property
    def last_readable_at(self) -> datetime | None:
        """The last second in which members read; None while no end was said."""
        return self.erased_at and self.erased_at - timedelta(seconds=1)

    def is_quiet(self, moment: time) -> bool:
        """Whether nobody gets a notice at this time of day; quiet hours may go through midnight."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= moment < self.quiet_until
        return moment >= self.quiet_from or moment < self.quiet_until


class Group(Record):
    """People with the same relation, in one space (lotgenotengroep); never mixed."""

    space = models.ForeignKey(
        Space, verbose_name="groepsruimte", related_name="groups", on_delete=models.CASCADE
    )
    relation = models.CharField("relatie", max_length=12, choices=Relation.choices)
    is_youth = models.BooleanField("jongerengroep", default=False)
    contact = models.ForeignKey(
        Membership, verbose_name="contactpersoon", related_name="+", on_delete=models.PROTECT
    )
    youth_worker = models.ForeignKey(
        Membership, verbose_name="jongerenwerker", null=True, related_name="+", on_delete=models.PROTECT
    )
    opened_at = models.DateTimeField("geopend op")

    class Meta:
        verbose_name = "lotgenotengroep"
        verbose_name_plural = "lotgenotengroepen"
        constraints = [
            models.CheckConstraint(
                condition=Q(relation__in=Relation.values), name="a_group_has_a_known_relation"
            ),
            models.UniqueConstraint(fields=["space", "relation", "is_youth"], name="one_group_per_relation"),
            models.CheckConstraint(
                condition=Q(is_youth=False) | Q(youth_worker__isnull=False),
                name="a_youth_group_has_a_youth_worker",
            ),
            # what a member's row refers to: see the migration
            models.UniqueConstraint(
                fields=["id", "space", "relation", "is_youth"], name="a_group_stays_what_it_is"
            ),
        ]

    class Privacy:
        harmless = ("id", "space", "relation", "is_youth", "contact", "youth_worker", "opened_at")

    def __str__(self) -> str:
        name = self.get_relation_display()
        return f"{name}, {_('jongeren')}" if self.is_youth else name


class Leaving(models.TextChoices):
    """How somebody left."""

    OWN_WISH = "own_wish", _("zelf weggegaan")
    EXPELLED = "expelled", _("uit de groep gezet")
    ENTRY_ENDED = "entry_ended", _("toegang gestopt")
    SPACE_ENDED = "space_ended", _("groepen gestopt")
    INACTIVE = "inactive", _("lang niet geweest")


class GroupMember(Record):
    """Somebody in a group, under an alias (groepslid). Their texts are sealed with a key of this row.

    Group, space, relation and age are tied to the row of the group by the database (see the migration): a
    member of another relation than their group's cannot exist.
    """

    group = models.ForeignKey(
        Group, verbose_name="lotgenotengroep", related_name="members", on_delete=models.CASCADE
    )
    space = models.ForeignKey(Space, verbose_name="groepsruimte", related_name="+", on_delete=models.CASCADE)
    relation = models.CharField("relatie", max_length=12, choices=Relation.choices)
    is_youth = models.BooleanField("jongerengroep", default=False)
    member_id = models.UUIDField("wie", null=True)
    age = models.CharField("leeftijd", max_length=10, choices=Age.choices)
    has_guardians_yes = models.BooleanField("ouder of voogd vindt het goed", default=False)
    alias_sealed = models.BinaryField("schuilnaam")
    alias_mark = models.BinaryField("afdruk van de schuilnaam", null=True)
    alias_changed_at = models.DateTimeField("schuilnaam gewijzigd op", null=True)
    terms_version = models.CharField("versie van de regels", max_length=20)
    entered_at = models.DateTimeField("gekomen op")
    seen_at = models.DateTimeField("laatst geweest op")
    told_at = models.DateTimeField("laatst bericht gekregen op", null=True)
    end_told_at = models.DateTimeField("over het einde verteld op", null=True)
    wants_notices = models.BooleanField("wil bericht bij nieuws", default=False)
    approved_posts = models.PositiveIntegerField("goedgekeurde berichten", default=0)
    silenced_until = models.DateTimeField("eerst gelezen tot", null=True)
    is_open_to_meeting = models.BooleanField("wil iemand leren kennen", default=False)
    meets_about = ArrayField(models.CharField(max_length=20), verbose_name="waarover", default=list)
    is_under_review = models.BooleanField("over blijven wordt beslist", default=False)
    left_at = models.DateTimeField("weggegaan op", null=True)
    leaving = models.CharField("hoe weggegaan", max_length=12, choices=Leaving.choices, blank=True)

    class Meta:
        verbose_name = "groepslid"
        verbose_name_plural = "groepsleden"
        constraints = [
            models.UniqueConstraint(fields=["space", "alias_mark"], name="an_alias_is_of_one"),
            # who was expelled, or is still decided about, keeps this row, so that they do not come back
            models.UniqueConstraint(fields=["space", "member_id"], name="in_one_group_once"),
            models.CheckConstraint(
                condition=~Q(age="under_16") | Q(has_guardians_yes=True, is_youth=True),
                name="under_16_with_a_guardians_yes_among_the_young",
            ),
            models.CheckConstraint(
                condition=~Q(age="adult") | Q(is_youth=False), name="no_adult_among_the_young"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, leaving="", member_id__isnull=False)
                | Q(left_at__isnull=False, leaving="expelled")
                | Q(left_at__isnull=False, is_under_review=True, alias_mark__isnull=True)
                | Q(left_at__isnull=False, member_id__isnull=True, alias_mark__isnull=True),
                name="who_left_is_nobody_any_more",
            ),
        ]

    class Privacy:
        personal = ("member_id", "age", "alias_sealed", "alias_mark", "meets_about", "is_under_review")
        harmless = (
            "id", "group", "space", "relation", "is_youth", "has_guardians_yes", "alias_changed_at",
            "terms_version", "entered_at", "seen_at", "told_at", "end_told_at", "wants_notices",
            "approved_posts", "silenced_until", "is_open_to_meeting", "left_at", "leaving",
        )  # fmt: skip

    def is_silenced(self, at: datetime) -> bool:
        """Whether a moderator reads everything first that this member writes."""
        return self.silenced_until is not None and at < self.silenced_until


class Mute(Record):
    """Somebody whose posts a member does not want to see (gedempt lid); the other never hears it."""

    member = models.ForeignKey(
        GroupMember, verbose_name="wie dempt", related_name="mutes", on_delete=models.CASCADE
    )
    muted = models.ForeignKey(GroupMember, verbose_name="wie", related_name="+", on_delete=models.CASCADE)

    class Meta:
        verbose_name = "gedempt lid"
        verbose_name_plural = "gedempte leden"
        constraints = [
            models.UniqueConstraint(fields=["member", "muted"], name="muted_once"),
            models.CheckConstraint(condition=~Q(member=F("muted")), name="nobody_mutes_themselves"),
        ]

    class Privacy:
        harmless = ("id", "member", "muted")
