"""Reporting: a request for help comes in, at a new incident or an open one."""

from dataclasses import replace
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.incidents.actions.facts import known_municipalities, write_facts
from nabij.incidents.actions.locking import locked_incident
from nabij.incidents.actions.repeats import link_repeats
from nabij.incidents.facts import Facts, ReportData, facts_of, place_key
from nabij.incidents.models import COUNTS, HelpRequest, Incident
from nabij.incidents.policies import can_join, can_report
from nabij.incidents.refusals import Refused
from nabij.keys.sealing import seal_all
from nabij.kit.references import fresh_reference


@transaction.atomic
def report_incident(clean: ReportData, *, by: Actor, at: datetime) -> HelpRequest:
    """Receive a request for help; a form sent twice gives the first request, with `already_received`.

    Raises Refused when the chosen incident is closed or not the actor's to see, and PermissionDenied.
    """
    if not can_report(by, at):
        raise PermissionDenied("U kunt hier geen hulp vragen.")
    received = _received(clean)
    if received is not None:
        return received
    try:
        with transaction.atomic():
            return _receive(clean, by=by, at=at)
    except IntegrityError:
        # Sent twice at the same moment: the other was stored while this one waited. Otherwise somebody drew
        # the same reference at the same moment, and a second draw settles it.
        return _received(clean) or _receive(clean, by=by, at=at)


def _received(clean: ReportData) -> HelpRequest | None:
    found = HelpRequest.objects.select_related("incident").filter(form_key=clean.form_key).first()
    if found is not None:
        found.already_received = True
    return found


def _receive(clean: ReportData, *, by: Actor, at: datetime) -> HelpRequest:
    if clean.add_to is None:
        incident = _new_incident(clean, by=by, at=at)
        return _new_request(incident, clean, by=by, at=at)
    incident = _chosen(clean, by=by, at=at)
    request = _new_request(incident, clean, by=by, at=at)
    request.facts_changed = _raise_counts(incident, clean, by=by, at=at)
    request.save(update_fields=["facts_changed"])
    return request


def _new_incident(clean: ReportData, *, by: Actor, at: datetime) -> Incident:
    incident = Incident.objects.create(
        reference=fresh_reference("animals", lambda said: Incident.objects.filter(reference=said).exists()),
        topic=clean.topic,
        is_exercise=clean.is_exercise,
        happened_at=clean.happened_at,
        reported_at=at,
        district=clean.district,
        place=clean.place,
        place_key=place_key(clean.place),
        **{name: getattr(clean, name) for name in COUNTS},
    )
    incident.municipalities.set(known_municipalities(clean.municipality_codes))
    facts: dict[str, trail.Fact] = {"topic": clean.topic, "is_exercise": clean.is_exercise}
    trail.record("incident.reported", by=by, at=at, subject=incident, thread_id=incident.pk, facts=facts)
    link_repeats(incident, by=SYSTEM, at=at)
    return incident


def _chosen(clean: ReportData, *, by: Actor, at: datetime) -> Incident:
    """The open incident that the asker chose, held so that it is not closed meanwhile."""
    if clean.add_to is None or not Incident.objects.filter(pk=clean.add_to).exists():
        raise Refused("Deze gebeurtenis bestaat niet.")
    incident = locked_incident(clean.add_to)
    if not can_join(by, incident, at) or incident.is_exercise != clean.is_exercise:
        raise Refused("Bij deze gebeurtenis kunt u geen verzoek (meer) voegen. Kies: nieuwe gebeurtenis.")
    return incident


def _new_request(incident: Incident, clean: ReportData, *, by: Actor, at: datetime) -> HelpRequest:
    is_member = by.kind == ActorKind.MEMBERSHIP
    request = HelpRequest(
        incident=incident,
        number=fresh_reference("things", lambda said: HelpRequest.objects.filter(number=said).exists()),
        form_key=clean.form_key,
        organisation_id=by.organisation_id,
        asked_by_id=by.id if is_member else None,
        is_verified=is_member,
        caller_kind=clean.caller_kind,
        urgency=clean.urgency,
        door=clean.door,
        wanted=list(clean.wanted),
        asked_at=at,
        **{name: getattr(clean, name) for name in COUNTS},
    )
    texts = ("asker", "job_title", "organisation_name", "call_back", "safety", "remarks")
    for name, sealed in seal_all(request.pk, {name: getattr(clean, name) for name in texts}).items():
        setattr(request, f"{name}_sealed", sealed)
    is_confirmed = bool(clean.control_room_reference) and by.may(Permission.CONFIRM_REQUEST)
    if is_confirmed:
        request.control_room_reference = clean.control_room_reference
        request.confirmed_at, request.confirmed_by_id = at, by.id
    request.save(force_insert=True)
    facts: dict[str, trail.Fact] = {
        "urgency": clean.urgency,
        "is_verified": is_member,
        "people": clean.people,
    }
    trail.record("request.received", by=by, at=at, subject=request, thread_id=incident.pk, facts=facts)
    if is_confirmed:
        trail.record("request.confirmed", by=by, at=at, subject=request, thread_id=incident.pk)
    return request


def _raise_counts(incident: Incident, clean: ReportData, *, by: Actor, at: datetime) -> list[str]:
    """A further request knows more, never less: higher counts and new municipalities become facts."""
    known = facts_of(incident)
    higher: dict[str, int] = {}
    for name in COUNTS:
        told, now = getattr(clean, name), getattr(known, name)
        if told is not None and (now is None or told > now):
            higher[name] = told
    codes = tuple(sorted({*known.municipality_codes, *clean.municipality_codes}))
    new: Facts = replace(known, municipality_codes=codes, **higher)  # type: ignore[arg-type]
    return write_facts(incident, new, by=by, at=at)
