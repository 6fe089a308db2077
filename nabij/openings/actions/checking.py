"""Ticking what is done, with who and when; and taking a tick back."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.centres.actions.locking import membership_of
from nabij.incidents.refusals import Refused
from nabij.openings.content import items
from nabij.openings.models import ChecklistItem
from nabij.openings.policies import can_check, can_take_back


def _locked(item: ChecklistItem) -> ChecklistItem:
    rows = ChecklistItem.objects.select_for_update(of=("self",)).select_related("decision__centre__incident")
    return rows.get(pk=item.pk)


def _refuse_what_follows(item: ChecklistItem) -> None:
    if items()[item.code].test:
        raise Refused(_("Dit punt is klaar als de test is gelukt. Doe de test."))
    if items()[item.code].is_done_at_start:
        raise Refused(_("Dit punt hoort bij de opdracht zelf."))


@transaction.atomic
def tick(item: ChecklistItem, *, by: Actor, at: datetime) -> ChecklistItem:
    """This is done, by whom and when; ticked twice the first tick stands. What has a test is not ticked."""
    item = _locked(item)
    if not can_check(by, item.decision.centre, at):
        raise PermissionDenied(_("Dit punt kunt u niet afvinken."))
    _refuse_what_follows(item)
    if item.done_at is None:
        stamp(item, by=by, at=at)
    return item


@transaction.atomic
def take_back(item: ChecklistItem, *, by: Actor, at: datetime) -> ChecklistItem:
    """A wrong tap: the item is open again. What was tested stays as it was tested."""
    item = _locked(item)
    if not can_take_back(by, item, at):
        raise PermissionDenied(_("Dit punt heeft iemand anders afgevinkt."))
    _refuse_what_follows(item)
    item.done_at, item.done_by = None, None
    item.save(update_fields=["done_at", "done_by"])
    _tell("centre.item_open_again", item, by=by, at=at)
    return item


def stamp(item: ChecklistItem, *, by: Actor, at: datetime) -> None:
    """Who did it and when, on the item and in the trail."""
    item.done_at, item.done_by_id = at, membership_of(by)
    item.save(update_fields=["done_at", "done_by"])
    _tell("centre.item_done", item, by=by, at=at)


def _tell(verb: str, item: ChecklistItem, *, by: Actor, at: datetime) -> None:
    centre = item.decision.centre
    trail.record(verb, by=by, at=at, subject=centre, thread_id=centre.incident_id, facts={"item": item.code})
