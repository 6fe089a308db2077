"""Contacts that are due after a heavy deployment, rest after each, and who calls colleagues."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership, Team
from nabij.kit.models import Record


class CareContact(Record):
    """A contact with somebody who was deployed (zorgcontact): by when, and that it was done."""

    membership = models.ForeignKey(Membership, verbose_name="wie", related_name="+", on_delete=models.CASCADE)
    team = models.ForeignKey(Team, verbose_name="team", null=True, related_name="+", on_delete=models.PROTECT)
    source_id = models.UUIDField("na welke inzet")
    code = models.CharField("welk contact", max_length=10)
    is_for_leader = models.BooleanField("door de teamleider")
    from_at = models.DateTimeField("vanaf")
    due_at = models.DateTimeField("uiterlijk")
    done_at = models.DateTimeField("gedaan op", null=True)
    done_by = models.UUIDField("gedaan door", null=True)
    wants_follow_up = models.BooleanField("vervolg afgesproken", null=True)
    told_at = models.DateTimeField("gemeld op", null=True)
    escalated_at = models.DateTimeField("aan de teamleider gemeld op", null=True)

    class Meta:
        verbose_name = "zorgcontact"
        verbose_name_plural = "zorgcontacten"
        constraints = [
            models.UniqueConstraint(fields=["source_id", "code"], name="each_contact_is_planned_once"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True, wants_follow_up__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False, wants_follow_up__isnull=False),
                name="a_contact_was_done_by_somebody",
            ),
        ]

    class Privacy:
        personal = ("membership", "wants_follow_up")
        harmless = (
            "id", "team", "source_id", "code", "is_for_leader", "from_at", "due_at", "done_at", "done_by",
            "told_at", "escalated_at",
        )  # fmt: skip


class Rest(Record):
    """Until when somebody rests after a deployment (rusttijd), and whether people died there."""

    membership = models.ForeignKey(Membership, verbose_name="wie", related_name="+", on_delete=models.CASCADE)
    source_id = models.UUIDField("na welke inzet", unique=True)
    starts_at = models.DateTimeField("van")
    ends_at = models.DateTimeField("tot")
    has_deaths = models.BooleanField("met overledenen")

    class Meta:
        verbose_name = "rusttijd"
        verbose_name_plural = "rusttijden"
        indexes = [models.Index(fields=["membership", "ends_at"], name="rest_of_somebody")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gte=F("starts_at")), name="rest_ends_after_it_begins")
        ]

    class Privacy:
        personal = ("membership", "has_deaths")
        harmless = ("id", "source_id", "starts_at", "ends_at")


class CareColleague(Record):
    """Somebody on the care list of a team (zorgcollega): calls colleagues after a heavy deployment."""

    team = models.ForeignKey(Team, verbose_name="team", related_name="+", on_delete=models.PROTECT)
    membership = models.ForeignKey(Membership, verbose_name="wie", related_name="+", on_delete=models.CASCADE)
    added_at = models.DateTimeField("toegevoegd op")
    added_by = models.UUIDField("toegevoegd door")

    class Meta:
        verbose_name = "zorgcollega"
        verbose_name_plural = "zorgcollega's"
        constraints = [models.UniqueConstraint(fields=["team", "membership"], name="once_on_the_care_list")]

    class Privacy:
        harmless = ("id", "team", "membership", "added_at", "added_by")


WHICH = {"first": _("binnen een dag"), "second": _("na een week"), "third": _("na vier tot zes weken")}
