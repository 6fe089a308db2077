"""The commission: given by form, or aloud and then confirmed by link; and the centre that follows from it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.accounts.models import Organisation
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.centres.actions.approving import Questioned
from nabij.centres.actions.confirmation import send_confirmation_link
from nabij.centres.actions.locking import locked_centre, membership_of
from nabij.centres.actions.writing import add_texts
from nabij.centres.addresses import fresh_slug
from nabij.centres.links import fresh_token, token_hash
from nabij.centres.models import BASE_LANGUAGES, AdviceCentre, CentreStatus, Commission, CommissionKind
from nabij.centres.norms import norms
from nabij.centres.policies import can_build, can_commission, can_confirm, can_enter_spoken
from nabij.centres.questions import name_findings
from nabij.incidents.models import Incident
from nabij.incidents.refusals import Refused
from nabij.keys.sealing import seal_all
from nabij.wording.findings import Level

log = structlog.get_logger("nabij.centres")


@dataclass(frozen=True)
class CommissionData:
    """What a commission says; `organisation` gives it, `name` is the name of the centre on the site."""

    organisation: Organisation
    commissioner: str
    controller: str
    spokesman: str
    name: str
    area: str
    audiences: tuple[str, ...] = ()
    wants_closed_part: bool = False
    email: str = ""
    name_reason: str = ""


@transaction.atomic
def commission_centre(incident: Incident, data: CommissionData, *, by: Actor, at: datetime) -> AdviceCentre:
    """Give the commission oneself: the two hours start now, and the centre is made at once."""
    if not can_commission(by, incident, at):
        raise PermissionDenied(_("Voor deze gebeurtenis kunt u geen IAC laten inrichten."))
    commission = _commission(incident, data, CommissionKind.FORM, started_at=at, by=by, at=at)
    return _centre(commission, data, by=by, at=at)


@transaction.atomic
def enter_spoken_commission(
    incident: Incident, data: CommissionData, *, commissioned_at: datetime, by: Actor, at: datetime
) -> AdviceCentre:
    """Enter an order given aloud: the two hours start at the stated moment; the commissioner gets a link."""
    if not can_enter_spoken(by, incident, at):
        raise PermissionDenied(_("Een mondelinge opdracht voert de piketcoördinator in."))
    limits = norms()
    if commissioned_at > at + timedelta(minutes=limits.future_minutes):
        raise Refused(_("Het moment van de opdracht ligt in de toekomst."))
    if commissioned_at < at - timedelta(hours=limits.oldest_commission_hours):
        raise Refused(_("Het moment van de opdracht ligt te ver terug."))
    token = fresh_token()
    commission = _commission(
        incident, data, CommissionKind.SPOKEN, started_at=min(commissioned_at, at), by=by, at=at, token=token
    )
    centre = _centre(commission, data, by=by, at=at)
    send_confirmation_link(commission, token, data.email, at=at)
    return centre


@transaction.atomic
def confirm_commission(commission: Commission, *, by: Actor, at: datetime) -> Commission:
    """The commissioner confirms by link what was entered for him; once, and before the link expires."""
    commission = Commission.objects.select_for_update(of=("self",)).get(pk=commission.pk)
    if not can_confirm(by, commission, at):
        raise PermissionDenied(_("Deze link is al gebruikt of verlopen."))
    commission.confirmed_at, commission.confirmed_by = at, by.id
    commission.save(update_fields=["confirmed_at", "confirmed_by"])
    trail.record(
        "centre.commission_confirmed", by=by, at=at, subject=commission, thread_id=commission.incident_id
    )
    return commission


@transaction.atomic
def build_centre(centre: AdviceCentre, *, by: Actor, at: datetime) -> AdviceCentre:
    """Fill a centre from the template once more, when that failed at the commission."""
    centre = locked_centre(centre.pk)
    if not can_build(by, centre, at):
        raise PermissionDenied(_("Dit IAC kunt u niet inrichten."))
    _build(centre, by=by, at=at)
    return centre


def _commission(
    incident: Incident,
    data: CommissionData,
    kind: CommissionKind,
    *,
    started_at: datetime,
    by: Actor,
    at: datetime,
    token: str = "",
) -> Commission:
    """The row, its names sealed with its own key; one for each incident, with a checked name."""
    found = name_findings(data.name, incident, data.organisation.name)
    if any(each.level == Level.REFUSE for each in found) or (found and not data.name_reason.strip()):
        raise Questioned(found)
    Incident.objects.select_for_update().get(pk=incident.pk)
    if Commission.objects.filter(incident=incident).exists():
        raise Refused(_("Voor deze gebeurtenis is er al een opdracht."))
    required = (data.commissioner, data.controller, data.spokesman)
    if not all(text.strip() for text in required):
        raise Refused(
            _("Een opdracht heeft een opdrachtgever, een verwerkingsverantwoordelijke en een woordvoerder.")
        )
    commission = Commission(
        incident=incident,
        kind=kind,
        organisation=data.organisation,
        controller=data.controller,
        area=data.area,
        audiences=list(data.audiences),
        wants_closed_part=data.wants_closed_part,
        commissioned_at=started_at,
        entered_at=at,
        entered_by_id=membership_of(by),
    )
    if kind == CommissionKind.FORM:
        commission.confirmed_at, commission.confirmed_by = at, by.id
    else:
        commission.confirm_hash = token_hash(token)
        commission.confirm_until = at + timedelta(hours=norms().confirmation_valid_hours)
    sealed = seal_all(
        commission.pk,
        {
            "commissioner_sealed": data.commissioner,
            "commissioner_email_sealed": data.email,
            "spokesman_sealed": data.spokesman,
            "name_reason_sealed": data.name_reason.strip() if found else "",
        },
    )
    for name, value in sealed.items():
        setattr(commission, name, value)
    commission.save(force_insert=True)
    return commission


def _centre(commission: Commission, data: CommissionData, *, by: Actor, at: datetime) -> AdviceCentre:
    """The centre of a commission; should the template fail, then the commission and its clock still stand."""
    centre = AdviceCentre.objects.create(
        incident=commission.incident,
        commission=commission,
        name=f"OEFENING {data.name}"[:120] if commission.incident.is_exercise else data.name,
        slug=fresh_slug(lambda slug: AdviceCentre.objects.filter(slug=slug).exists()),
        target_at=norms().target(commission.commissioned_at),
    )
    trail.record(
        "centre.commissioned",
        by=by,
        at=at,
        subject=centre,
        thread_id=centre.incident_id,
        facts={"kind": commission.kind, "target": int(centre.target_at.timestamp())},
    )
    try:
        with transaction.atomic():
            _build(centre, by=by, at=at)
    except Exception as error:
        centre.status, centre.built_at = CentreStatus.COMMISSIONED, None
        log.error("centre.not_built", exception_type=type(error).__name__)
    return centre


def _build(centre: AdviceCentre, *, by: Actor, at: datetime) -> None:
    rows = add_texts(centre, BASE_LANGUAGES, at=at)
    centre.status, centre.built_at = CentreStatus.BUILDING, at
    centre.save(update_fields=["status", "built_at"])
    trail.record(
        "centre.built", by=by, at=at, subject=centre, thread_id=centre.incident_id, facts={"texts": len(rows)}
    )
