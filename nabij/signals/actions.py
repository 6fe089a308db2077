"""A signal comes in, two sides decide what to do, and only numbers go back."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.accounts.models import Municipality
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases.actions.opening import Facts, begin
from nabij.cases.models import Case, WayIn
from nabij.guide.topics import OTHER
from nabij.keys.sealing import seal
from nabij.people.actions.receiving import Met, meet_person
from nabij.signals import content
from nabij.signals.models import Signal, SignalDecision, SignalKind
from nabij.signals.policies import can_decide, can_report_contact, can_send, side_of


@dataclass(frozen=True)
class Noticed:
    """What was noticed where; a person only with their yes."""

    kind: SignalKind
    subject: str
    municipality: Municipality
    area: str = ""
    text: str = ""
    met: Met | None = None


@transaction.atomic
def send_signal(noticed: Noticed, *, by: Actor, at: datetime) -> Signal:
    """Tell what is noticed; a person with a yes becomes a case, a name without one is refused and not kept.

    ValidationError with the explanation; source: vulnerability §7.
    """
    if by.id is None or by.organisation_id is None or not can_send(by):
        raise PermissionDenied("Signalen sturen wijkteams en welzijnswerk.")
    is_person = noticed.kind == SignalKind.PERSON
    if is_person and (noticed.met is None or not noticed.met.consent_version):
        raise ValidationError(
            _("Over één persoon schrijven we alleen iets op met een ja. Praat eerst met deze persoon.")
        )
    if content.points_at_somebody(f"{noticed.area} {noticed.text}"):
        raise ValidationError(
            _("Dit lijkt over één persoon te gaan. Laat namen en nummers weg, of vraag eerst een ja.")
        )
    signal = Signal(
        kind=noticed.kind, subject=noticed.subject, municipality=noticed.municipality, area=noticed.area,
        organisation_id=by.organisation_id, sent_by=by.id, sent_at=at,
    )  # fmt: skip
    signal.text_sealed = seal(signal.pk, noticed.text)
    if is_person and noticed.met is not None:
        signal.case = _begin_case(noticed, noticed.met, by, at)
    signal.save(force_insert=True)
    facts: dict[str, trail.Fact] = {"kind": noticed.kind.value}
    trail.record("signal.sent", by=by, at=at, subject=signal, facts=facts)
    return signal


def _begin_case(noticed: Noticed, met: Met, by: Actor, at: datetime) -> Case:
    team = noticed.municipality.safety_region.team
    if team is None:
        raise ValidationError(_("In deze gemeente werkt nog geen team."))
    person = meet_person(met, None, source=WayIn.MUNICIPALITY, by=by, at=at)
    facts = Facts(OTHER, way_in=WayIn.MUNICIPALITY)
    return begin(person, facts, team, incident=None, consent_version=met.consent_version, by=by, at=at)


@transaction.atomic
def decide(signal: Signal, route: str, *, by: Actor, at: datetime) -> SignalDecision:
    """What one's own side wants to do; another choice takes the place of the first."""
    if by.id is None or not can_decide(by, signal, at):
        raise PermissionDenied("Over dit signaal beslist u niet.")
    if route not in dict(content.routes()):
        raise ValidationError("Kies uit de lijst wat u wilt doen.")
    row, _new = SignalDecision.objects.update_or_create(
        signal=signal, side=side_of(by), defaults={"route": route, "by": by.id, "at": at}
    )
    facts: dict[str, trail.Fact] = {"route": route}
    trail.record("signal.decided", by=by, at=at, subject=signal, facts=facts)
    return row


@transaction.atomic
def report_contact(signal: Signal, reached: int, *, by: Actor, at: datetime) -> Signal:
    """How many people were reached so far; the first time counts as the first contact (NORM-13)."""
    held = Signal.objects.select_for_update(of=("self",)).get(pk=signal.pk)
    if not can_report_contact(by, held, at):
        raise PermissionDenied("Dit vertelt Slachtofferhulp.")
    held.reached, held.first_contact_at = reached, held.first_contact_at or at
    held.save(update_fields=["reached", "first_contact_at"])
    trail.record("signal.contacted", by=by, at=at, subject=held)
    return held
