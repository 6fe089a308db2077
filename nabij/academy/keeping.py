"""How long we keep who applied as a volunteer and was not taken on."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from nabij.academy.models import ConductCheck, Stage, Volunteer
from nabij.accounts.models import Membership, User
from nabij.audit.actor import Actor
from nabij.kit.clock import local


def rejected_applicants(before: datetime) -> QuerySet[Volunteer]:
    """Who left before this moment without ever having begun: no role was given."""
    begun = Membership.objects.filter(user_id=OuterRef("user_id"))
    rows = Volunteer.objects.filter(stage=Stage.LEFT, stage_since_on__lt=local(before).date())
    return rows.exclude(Exists(begun))


def forget_applicants(rows: "QuerySet[Any]", *, by: Actor, at: datetime) -> None:
    """The application goes, with the account: name and address of who never began."""
    users = list(rows.values_list("user_id", flat=True))
    rows.delete()
    ConductCheck.objects.filter(user_id__in=users).delete()
    User.objects.filter(pk__in=users).delete()
