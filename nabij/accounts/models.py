"""Municipalities and regions, organisations and teams, users and memberships."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.roles import Role
from nabij.kit.models import Record


class OrganisationKind(models.TextChoices):
    """What kind of organisation somebody works for; it decides the door and the roles."""

    VICTIM_SUPPORT = "victim_support", _("slachtofferhulp")
    MUNICIPALITY = "municipality", _("gemeente")
    POLICE = "police", _("politie")
    GHOR = "ghor", _("GGD GHOR")
    SAFETY_REGION = "safety_region", _("veiligheidsregio")
    PARTNER = "partner", _("partner")


class Organisation(Record):
    """An organisation that takes part (organisatie)."""

    kind = models.CharField("soort", max_length=20, choices=OrganisationKind.choices)
    name = models.CharField("naam", max_length=120)
    municipality = models.ForeignKey(
        "Municipality", verbose_name="gemeente", null=True, blank=True, on_delete=models.PROTECT
    )
    safety_region = models.ForeignKey(
        "SafetyRegion", verbose_name="veiligheidsregio", null=True, blank=True, on_delete=models.PROTECT
    )
    theme = models.JSONField("huisstijl", default=dict, blank=True)

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="municipality") | Q(municipality__isnull=False),
                name="a_municipality_has_its_code",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["safety_region", "ghor", "police"]) | Q(safety_region__isnull=False),
                name="a_regional_service_has_its_region",
            ),
        ]

    class Privacy:
        harmless = ("id", "kind", "name", "municipality", "safety_region", "theme")

    def __str__(self) -> str:
        return self.name


class Team(Record):
    """A regional team of victim support (team)."""

    name = models.CharField("naam", max_length=80, unique=True)
    organisation = models.ForeignKey(Organisation, verbose_name="organisatie", on_delete=models.PROTECT)

    class Meta:
        verbose_name = "team"
        verbose_name_plural = "teams"

    class Privacy:
        harmless = ("id", "name", "organisation")

    def __str__(self) -> str:
        return self.name


class SafetyRegion(models.Model):
    """One of the safety regions (veiligheidsregio), served by exactly one team."""

    code = models.CharField("code", max_length=8, primary_key=True)
    name = models.CharField("naam", max_length=80)
    team = models.ForeignKey(
        Team, verbose_name="team", null=True, related_name="safety_regions", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = "veiligheidsregio"
        verbose_name_plural = "veiligheidsregio's"

    class Privacy:
        harmless = ("code", "name", "team")

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A municipality (gemeente) with its CBS code; codes begin and end, because municipalities merge."""

    code = models.CharField("CBS-code", max_length=8, primary_key=True)
    name = models.CharField("naam", max_length=80)
    sort_name = models.CharField("sorteernaam", max_length=80, db_index=True)
    aliases = models.CharField("andere namen", max_length=200, blank=True)
    province_code = models.CharField("provincie", max_length=8)
    safety_region = models.ForeignKey(SafetyRegion, verbose_name="veiligheidsregio", on_delete=models.PROTECT)
    starts_on = models.DateField("bestaat vanaf", null=True)
    ends_on = models.DateField("bestaat tot", null=True)
    merged_into = models.ForeignKey(
        "self", verbose_name="opgegaan in", null=True, related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gt=models.F("starts_on")),
                name="a_municipality_ends_after_it_starts",
            )
        ]

    class Privacy:
        harmless = (
            "code", "name", "sort_name", "aliases", "province_code", "safety_region", "starts_on", "ends_on",
            "merged_into",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def exists_on(self, day: date) -> bool:
        """Whether this code is in use on that day; the end day itself no longer counts."""
        return (self.starts_on is None or self.starts_on <= day) and (
            self.ends_on is None or day < self.ends_on
        )


class UserManager(BaseUserManager["User"]):
    """Makes staff accounts."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A staff account with this address and password."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A member of staff who can log in (gebruiker); never a helped person."""

    id = models.UUIDField(primary_key=True, default=Record._meta.get_field("id").default, editable=False)
    email = models.EmailField("e-mailadres", unique=True)
    name = models.CharField("naam", max_length=120)
    is_active = models.BooleanField("actief", default=True)
    created_at = models.DateTimeField("gemaakt op", auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"

    class Privacy:
        personal = ("email", "name")
        harmless = ("id", "password", "last_login", "is_active", "created_at")

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships, chainable."""

    def current(self, at: datetime) -> "MembershipQuerySet":
        """Those that hold at this moment, of people whose account is active."""
        return self.filter(
            Q(ends_at__isnull=True) | Q(ends_at__gt=at), starts_at__lte=at, user__is_active=True
        )


class Membership(Record):
    """A person in a role for an organisation, from then till then (lidmaatschap)."""

    user = models.ForeignKey(
        User, verbose_name="gebruiker", related_name="memberships", on_delete=models.PROTECT
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", related_name="memberships", on_delete=models.PROTECT
    )
    team = models.ForeignKey(
        Team, verbose_name="team", null=True, related_name="memberships", on_delete=models.PROTECT
    )
    role = models.CharField("rol", max_length=40, choices=Role.choices)
    job_title = models.CharField("functie", max_length=120, blank=True)
    districts = models.CharField("stadsdelen", max_length=200, blank=True)
    is_volunteer = models.BooleanField("vrijwilliger", default=False)
    is_national = models.BooleanField("landelijk", default=False)
    starts_at = models.DateTimeField("van")
    ends_at = models.DateTimeField("tot", null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "lidmaatschap"
        verbose_name_plural = "lidmaatschappen"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=models.F("starts_at")),
                name="a_membership_ends_after_it_starts",
            )
        ]

    class Privacy:
        harmless = (
            "id", "user", "organisation", "team", "role", "job_title", "districts", "is_volunteer",
            "is_national", "starts_at", "ends_at",
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.user.name} ({self.get_role_display()})"
