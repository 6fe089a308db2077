"""Colleagues come and go: accounts and memberships begin and end."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.accounts.models import Membership, Team, User
from nabij.accounts.policies import can_bring_in, can_show_out
from nabij.accounts.roles import Role
from nabij.audit import trail
from nabij.audit.actor import Actor


@transaction.atomic
def open_account(*, name: str, email: str, team: Team, by: Actor, at: datetime) -> User:
    """An account that cannot log in yet: it has no role, and its owner chooses the password by mail later.

    ValidationError when the address already belongs to somebody.
    """
    if not can_bring_in(by, team.pk, at):
        raise PermissionDenied("U kunt hier niemand toevoegen.")
    if User.objects.filter(email=email.lower()).exists():
        raise ValidationError("Met dit e-mailadres is er al een account.")
    user = User.objects.create_user(email, name=name)
    trail.record("account.opened", by=by, at=at, subject=user)
    return user


@transaction.atomic
def begin_membership(
    user: User, role: Role, *, team: Team, is_volunteer: bool, by: Actor, at: datetime
) -> Membership:
    """Give a colleague a role in a team, from now on."""
    if not can_bring_in(by, team.pk, at):
        raise PermissionDenied("U kunt hier niemand een rol geven.")
    membership = Membership.objects.create(
        user=user,
        organisation=team.organisation,
        team=team,
        role=role,
        is_volunteer=is_volunteer,
        starts_at=at,
    )
    trail.record("membership.began", by=by, at=at, subject=membership, facts={"role": role.value})
    return membership


@transaction.atomic
def end_memberships(user: User, *, team: Team, by: Actor, at: datetime) -> int:
    """End all that this colleague is in the team's organisation, at once; says how many roles ended."""
    if not can_show_out(by, user.pk, team.pk, at):
        raise PermissionDenied("U kunt deze rechten niet beëindigen.")
    ending = Membership.objects.current(at).filter(user=user, organisation_id=team.organisation_id)
    held = list(ending.select_for_update(of=("self",)))
    for membership in held:
        membership.ends_at = at
        membership.save(update_fields=["ends_at"])
        trail.record("membership.ended", by=by, at=at, subject=membership, facts={"role": membership.role})
    return len(held)
