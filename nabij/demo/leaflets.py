"""The flyer of the demonstration: read over in six languages and approved by both organisations."""

from datetime import datetime

from django.db import transaction

from nabij.accounts.models import Membership
from nabij.accounts.queries import actor_for
from nabij.flyers.factories import make_approved
from nabij.flyers.queries import approved

CODE, OFFICER, LEADER = "T-FLY-EXP", "Nadia Vroom", "Olaf Kruit"


@transaction.atomic
def build_flyers(at: datetime) -> None:
    """Make it unless it is there already."""
    officer, leader = (
        Membership.objects.select_related("user", "organisation").get(user__name=name)
        for name in (OFFICER, LEADER)
    )
    if approved(officer.organisation_id, CODE, "nl") is None:
        by, also_by = actor_for(officer), actor_for(leader)
        make_approved(officer.organisation, CODE, by=by, also_by=also_by, at=at)
