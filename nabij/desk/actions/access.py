"""Who gets a need may see its person for as long as it is theirs."""

from datetime import datetime

from nabij.accounts.models import Membership
from nabij.accounts.roles import PERMISSIONS, Permission, Role
from nabij.desk.models import LIVE, Need
from nabij.people.models import AccessGrant
from nabij.privacy.purposes import Purpose

SCOPE = "need"


def open_access(need: Need, owner: Membership, *, at: datetime) -> None:
    """A helper who is no registrar gets this one person; a chief editor who answered a call gets nobody."""
    permissions = PERMISSIONS[Role(owner.role)]
    if Permission.SEE_REGISTRATIONS in permissions or Permission.HELP_PEOPLE not in permissions:
        return
    whose = need.registration.person_id
    running = AccessGrant.objects.filter(person_id=whose, grantee=owner, scope=SCOPE, ends_at__isnull=True)
    if not running.exists():
        AccessGrant.objects.create(
            person_id=whose, grantee=owner, scope=SCOPE, purpose=Purpose.AFTERCARE, source=SCOPE, starts_at=at
        )


def end_access(need: Need, *, at: datetime) -> None:
    """The access ends, unless its owner still has something else of this person."""
    others = Need.objects.filter(registration__person_id=need.registration.person_id, owner_id=need.owner_id)
    if need.owner_id and not others.filter(state__in=LIVE).exclude(pk=need.pk).exists():
        AccessGrant.objects.filter(
            person_id=need.registration.person_id, grantee_id=need.owner_id, scope=SCOPE, ends_at__isnull=True
        ).update(ends_at=at)
