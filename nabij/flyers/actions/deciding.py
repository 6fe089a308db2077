"""An edition is sent, both organisations agree or one does not, and it is replaced or withdrawn."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.flyers.filling import examples_of
from nabij.flyers.models import ALLOWED, BOTH, Edition, EditionApproval, EditionState
from nabij.flyers.paper import Sheet, Unprintable, as_pdf
from nabij.flyers.policies import can_decide, can_make
from nabij.flyers.queries import senders_of, template_of


@transaction.atomic
def send_edition(edition: Edition, *, by: Actor, at: datetime) -> Edition:
    """Ask both organisations to agree; who may approve agrees for the own organisation by sending."""
    held = _held(edition)
    if not can_make(by, held.leaflet.organisation):
        raise PermissionDenied("Dit drukwerk kunt u niet voorleggen.")
    _follow(held, EditionState.SENT)
    if "nl" not in held.checked_languages:
        raise ValidationError(_("Lees eerst de Nederlandse tekst na."))
    _print_once(held)
    held.state, held.sent_at = EditionState.SENT, at
    held.save(update_fields=["state", "sent_at"])
    trail.record("flyer.sent", by=by, at=at, subject=held, facts={"number": held.number})
    if can_decide(by, held):
        _agree(held, by, at)
    return held


@transaction.atomic
def approve_edition(edition: Edition, *, by: Actor, at: datetime) -> Edition:
    """Agree for the own organisation; when both did, this edition is in force and replaces the former."""
    held = _held(edition)
    if not can_decide(by, held):
        raise PermissionDenied("Hier kunt u niet mee akkoord gaan.")
    _agree(held, by, at)
    return held


@transaction.atomic
def refuse_edition(edition: Edition, reason: str, *, by: Actor, at: datetime) -> Edition:
    """Not agree, with why: it is a draft again, and nobody agreed."""
    held = _held(edition)
    if not can_decide(by, held):
        raise PermissionDenied("Hierover kunt u niet beslissen.")
    if not reason.strip():
        raise ValidationError({"reason": _("Schrijf op wat er anders moet.")})
    held.approvals.all().delete()
    held.state, held.sent_at, held.approved_kinds, held.refusal = EditionState.DRAFT, None, [], reason.strip()
    held.save(update_fields=["state", "sent_at", "approved_kinds", "refusal"])
    trail.record("flyer.refused", by=by, at=at, subject=held, facts={"number": held.number})
    return held


@transaction.atomic
def withdraw_edition(edition: Edition, *, by: Actor, at: datetime) -> Edition:
    """Take it out of use: nobody prints it from now on."""
    held = _held(edition)
    if not can_make(by, held.leaflet.organisation):
        raise PermissionDenied("Dit drukwerk kunt u niet intrekken.")
    _follow(held, EditionState.WITHDRAWN)
    held.state, held.ended_at = EditionState.WITHDRAWN, at
    held.save(update_fields=["state", "ended_at"])
    trail.record("flyer.withdrawn", by=by, at=at, subject=held, facts={"number": held.number})
    return held


def _agree(held: Edition, by: Actor, at: datetime) -> None:
    EditionApproval.objects.create(
        edition=held, organisation_kind=by.organisation_kind, organisation_id=cast(UUID, by.organisation_id),
        approved_at=at, approved_by=cast(UUID, by.id),
    )  # fmt: skip
    held.approved_kinds = [*held.approved_kinds, by.organisation_kind]
    trail.record("flyer.agreed", by=by, at=at, subject=held, facts={"number": held.number})
    if set(held.approved_kinds) == set(BOTH):
        former = Edition.objects.filter(Q(leaflet=held.leaflet_id), state=EditionState.APPROVED)
        former.update(state=EditionState.REPLACED, ended_at=at)
        held.state, held.approved_at = EditionState.APPROVED, at
        trail.record("flyer.approved", by=by, at=at, subject=held, facts={"number": held.number})
    held.save(update_fields=["approved_kinds", "state", "approved_at"])


def _held(edition: Edition) -> Edition:
    """The row, locked with its leaflet: two who agree at the same moment wait for each other."""
    rows = Edition.objects.select_for_update(of=("self", "leaflet"))
    return rows.select_related("leaflet__organisation").get(Q(pk=edition.pk))


def _follow(held: Edition, state: EditionState) -> None:
    if state not in ALLOWED[EditionState(held.state)]:
        raise ValidationError(_("Dit kan nu niet meer: iemand was u voor."))


def _print_once(held: Edition) -> None:
    """Whatever cannot be printed is said now, and not on the day itself."""
    template = template_of(held)
    sheet = Sheet(template, held.printable, examples_of(template.fields), held.number)
    try:
        as_pdf(sheet, senders_of(held.leaflet.organisation))
    except Unprintable as error:
        raise ValidationError(_("Er staat een teken in dat we niet kunnen afdrukken.")) from error
