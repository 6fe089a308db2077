"""A volunteer's way: apply, VOG, training, mentor, break and goodbye, each step with its condition."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.academy.actions.certificates import note_conduct
from nabij.academy.catalogue import modules, rules
from nabij.academy.models import ALLOWED, ConductCheck, Stage, Volunteer
from nabij.academy.policies import volunteers_visible_to
from nabij.academy.queries.fitness import proofs_of
from nabij.accounts.actions import begin_membership, end_memberships, open_account
from nabij.accounts.models import Team, User
from nabij.accounts.roles import Role
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.kit.clock import local
from nabij.kit.notation import day_in_words


@transaction.atomic
def apply_as_volunteer(*, name: str, email: str, team: Team, by: Actor, at: datetime) -> Volunteer:
    """Note down who wants to help; there are no rights yet. ValidationError for a known address."""
    user = open_account(name=name, email=email, team=team, by=by, at=at)
    day = local(at).date()
    volunteer = Volunteer.objects.create(user=user, team=team, applied_on=day, stage_since_on=day)
    trail.record("volunteer.applied", by=by, at=at, subject=volunteer)
    return volunteer


@transaction.atomic
def see_conduct_of(volunteer: Volunteer, profile_code: str, *, by: Actor, at: datetime) -> ConductCheck:
    """The leader saw the applicant's certificate of conduct (VOG) today."""
    held = _held(volunteer, by, at)
    return note_conduct(held.user, profile_code, by=by, at=at)


@transaction.atomic
def accept_volunteer(volunteer: Volunteer, *, by: Actor, at: datetime) -> Volunteer:
    """The talk was good and the VOG was seen: training begins, with a role that only learns."""
    held = _held(volunteer, by, at)
    if not proofs_of([held.user_id])[held.user_id].has_conduct(local(at).date()):
        raise ValidationError("Vul eerst in dat u de VOG heeft gezien.")
    _move(held, Stage.TRAINING, by=by, at=at)
    begin_membership(held.user, Role.VOLUNTEER, team=held.team, is_volunteer=True, by=by, at=at)
    return held


@transaction.atomic
def give_mentor(volunteer: Volunteer, mentor: User, *, by: Actor, at: datetime) -> Volunteer:
    """The basic courses are passed: from now on the volunteer works beside a mentor."""
    held, day = _held(volunteer, by, at), local(at).date()
    if mentor.pk == held.user_id:
        raise ValidationError("Iemand anders moet de mentor zijn.")
    lacking = proofs_of([held.user_id])[held.user_id].lacking(rules().before_mentor, day)
    if lacking:
        names = ", ".join(modules()[code].name for code in lacking)
        raise ValidationError(f"Eerst zijn deze certificaten nodig: {names}.")
    held.mentor, held.mentored_from_on = mentor, day
    _move(held, Stage.MENTORED, by=by, at=at)
    return held


@transaction.atomic
def make_active(volunteer: Volunteer, *, by: Actor, at: datetime) -> Volunteer:
    """After the time with a mentor, or back from a break; a long break asks the refresher first."""
    held, day = _held(volunteer, by, at), local(at).date()
    if held.stage == Stage.MENTORED:
        _check_mentor_time(held, day)
    if held.stage == Stage.ON_BREAK:
        _check_refresher(held, day)
    _move(held, Stage.ACTIVE, by=by, at=at)
    return held


def _check_mentor_time(volunteer: Volunteer, day: date) -> None:
    ends = rules().mentor_time_ends(volunteer.mentored_from_on or day)
    if day < ends:
        raise ValidationError(f"De tijd met een mentor duurt nog tot {day_in_words(ends)}.")


def _check_refresher(volunteer: Volunteer, day: date) -> None:
    since = volunteer.break_from_on or day
    if not rules().is_long_break(since, day):
        return
    proof = proofs_of([volunteer.user_id])[volunteer.user_id]
    if not any(each.module == rules().refresher and each.issued_on >= since for each in proof.certificates):
        name = modules()[rules().refresher].name
        raise ValidationError(f"Na zo'n lange pauze is eerst nodig: {name}.")


@transaction.atomic
def take_break(volunteer: Volunteer, *, by: Actor, at: datetime) -> Volunteer:
    """The volunteer pauses: nothing is asked, and nothing may be done, until the return."""
    held = _held(volunteer, by, at)
    _move(held, Stage.ON_BREAK, by=by, at=at)
    return held


@transaction.atomic
def say_goodbye(volunteer: Volunteer, *, by: Actor, at: datetime) -> Volunteer:
    """The volunteer leaves: all rights end at once (handbook: within 24 hours); secrecy stays."""
    held = _held(volunteer, by, at)
    _move(held, Stage.LEFT, by=by, at=at)
    end_memberships(held.user, team=held.team, by=by, at=at)
    return held


def _held(volunteer: Volunteer, by: Actor, at: datetime) -> Volunteer:
    """The row, locked, if this actor guides the volunteer; nobody guides himself."""
    rows = Volunteer.objects.filter(volunteers_visible_to(by, at)).select_for_update(of=("self",))
    held = rows.select_related("user", "team__organisation").filter(pk=volunteer.pk).first()
    if held is None or held.user_id == by.user_id:
        raise PermissionDenied("U begeleidt deze vrijwilliger niet.")
    return held


def _move(volunteer: Volunteer, stage: Stage, *, by: Actor, at: datetime) -> None:
    if stage not in ALLOWED[volunteer.stage]:
        raise ValidationError(f"Dat kan niet: deze vrijwilliger is nu {volunteer.get_stage_display()}.")
    day = local(at).date()
    volunteer.stage, volunteer.stage_since_on = stage, day
    volunteer.break_from_on = day if stage == Stage.ON_BREAK else None
    volunteer.save()
    trail.record("volunteer.moved", by=by, at=at, subject=volunteer, facts={"stage": stage.value})
