"""Who may see a person, how equal addresses are found, and the codes with which a person comes back."""

from django.db import models
from django.db.models import F, Q

from nabij.accounts.models import Membership, Team
from nabij.accounts.roles import Role
from nabij.incidents.models import Incident
from nabij.kit.models import Record
from nabij.people.models.person import Person


class AccessGrant(Record):
    """Who may see one person, or all who registered at one incident, for what and until when (toegang).

    The grantee is one membership; or a role, for an incident; or a role within one team, for one person.
    """

    person = models.ForeignKey(
        Person, verbose_name="persoon", null=True, related_name="access_grants", on_delete=models.CASCADE
    )
    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", null=True, related_name="+", on_delete=models.CASCADE
    )
    grantee = models.ForeignKey(
        Membership, verbose_name="voor", null=True, related_name="+", on_delete=models.CASCADE
    )
    grantee_role = models.CharField("voor rol", max_length=40, choices=Role.choices, blank=True)
    team = models.ForeignKey(
        Team, verbose_name="in team", null=True, related_name="+", on_delete=models.CASCADE
    )
    scope = models.CharField("wat", max_length=20)
    purpose = models.CharField("doel", max_length=40)
    source = models.CharField("op grond van", max_length=40)
    starts_at = models.DateTimeField("van")
    ends_at = models.DateTimeField("tot", null=True)

    class Meta:
        verbose_name = "toegang"
        verbose_name_plural = "toegang"
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, incident__isnull=True)
                | Q(person__isnull=True, incident__isnull=False),
                name="a_grant_is_for_a_person_or_an_incident",
            ),
            models.CheckConstraint(
                condition=Q(grantee__isnull=False, grantee_role="", team__isnull=True)
                | (Q(grantee__isnull=True, incident__isnull=False, team__isnull=True) & ~Q(grantee_role=""))
                | (Q(grantee__isnull=True, person__isnull=False, team__isnull=False) & ~Q(grantee_role="")),
                name="a_grant_to_a_role_is_for_an_incident_or_a_team",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="a_grant_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["incident", "grantee_role", "scope"],
                condition=Q(ends_at__isnull=True) & ~Q(grantee_role=""),
                name="one_running_grant_per_role_and_scope",
            ),
        ]

    class Privacy:
        harmless = (
            "id", "person", "incident", "grantee", "grantee_role", "team", "scope", "purpose", "source",
            "starts_at", "ends_at",
        )  # fmt: skip


class BlindIndex(Record):
    """A phone number or e-mail address as a mark that can be found again but not read (blinde index)."""

    person = models.ForeignKey(
        Person, verbose_name="persoon", related_name="blind_indexes", on_delete=models.CASCADE
    )
    kind = models.CharField("soort", max_length=8, choices=[("email", "e-mail"), ("phone", "telefoon")])
    controller = models.CharField("verantwoordelijke", max_length=60)
    purpose = models.CharField("doel", max_length=40)
    digest = models.BinaryField("kenmerk")

    class Meta:
        verbose_name = "blinde index"
        verbose_name_plural = "blinde indexen"
        indexes = [models.Index(fields=["digest"], name="blind_index_digest")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "controller", "purpose"], name="one_mark_per_address_and_purpose"
            )
        ]

    class Privacy:
        personal = ("digest",)
        harmless = ("id", "person", "kind", "controller", "purpose")


class OwnKey(Record):
    """A few words that the helper handed over in person (eigen sleutel); kept as a mark."""

    person = models.OneToOneField(
        Person, verbose_name="persoon", related_name="own_key", on_delete=models.CASCADE
    )
    key_index = models.BinaryField("kenmerk van de sleutel")
    made_at = models.DateTimeField("gemaakt op")
    made_by = models.UUIDField("gegeven door", null=True)

    class Meta:
        verbose_name = "eigen sleutel"
        verbose_name_plural = "eigen sleutels"

    class Privacy:
        personal = ("key_index",)
        harmless = ("id", "person", "made_at", "made_by")


class LoginCode(Record):
    """A code that was asked for (inlogcode), whether or not the address is known; kept as a keyed mark."""

    address_index = models.BinaryField("kenmerk van het adres")
    network_index = models.BinaryField("kenmerk van het netwerk")
    channel = models.CharField(
        "soort adres", max_length=8, choices=[("email", "e-mail"), ("phone", "telefoon")]
    )
    language = models.CharField("taal", max_length=8)
    code_index = models.BinaryField("kenmerk van de code", null=True)
    asked_at = models.DateTimeField("gevraagd op")
    expires_at = models.DateTimeField("geldig tot")
    tries = models.PositiveSmallIntegerField("pogingen", default=0)
    used_at = models.DateTimeField("gebruikt op", null=True)

    class Meta:
        verbose_name = "inlogcode"
        verbose_name_plural = "inlogcodes"
        indexes = [
            models.Index(fields=["address_index", "asked_at"], name="login_codes_of_address"),
            models.Index(fields=["network_index", "asked_at"], name="login_codes_of_network"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("asked_at")), name="a_code_is_valid_for_a_while"
            )
        ]

    class Privacy:
        personal = ("address_index", "network_index")
        harmless = (
            "id", "channel", "language", "code_index", "asked_at", "expires_at", "tries", "used_at",
        )  # fmt: skip
