"""A burglary or a scam is reported; enough of them in a short time are a wave, once."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4, uuid5

from dateutil.relativedelta import relativedelta
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from nabij.accounts.models import Municipality, Organisation
from nabij.audit import trail
from nabij.audit.actor import SYSTEM, Actor
from nabij.campaigns.actions.telling import refuse_address, tell_opened
from nabij.campaigns.content import Family, families, kinds, terms
from nabij.campaigns.marks import area_key, mark_of
from nabij.campaigns.models import Report, Wave
from nabij.campaigns.policies import can_report
from nabij.contact.doors import CallerKind, Urgency
from nabij.contact.working_days import working_days_after
from nabij.incidents.actions import report_incident
from nabij.incidents.facts import ReportData as EventData
from nabij.kit.clock import AMSTERDAM, local


@dataclass(frozen=True)
class ReportData:
    """One report as a form hands it over, clean; the address only makes a mark and is not kept."""

    municipality: Municipality
    kind: str
    happened_on: date
    wants_contact: bool
    area: str = ""
    address: str = ""
    is_attempt: bool = False
    form_key: UUID | None = None


@transaction.atomic
def report(data: ReportData, *, by: Actor, at: datetime) -> Report:
    """Write the report down, once for a form sent twice; the one that reaches the threshold opens a wave.

    ValidationError for an unknown kind, a day still to come, a place without its area, and an address there.
    """
    if not can_report(by, data.municipality.pk) or by.organisation_id is None:
        raise PermissionDenied("In deze gemeente kunt u niets melden.")
    family = _family(data, at)
    # one report at a time in a municipality: two at the same moment open one wave
    Municipality.objects.select_for_update().get(pk=data.municipality.pk)
    # within the own organisation: nobody meets a report of another by its key
    identity = uuid5(by.organisation_id, str(data.form_key or uuid4()))
    known = Report.objects.filter(pk=identity).select_related("wave").first()
    if known is not None:
        return known
    mark = mark_of(data.municipality.pk, data.address)
    area, key = (data.area.strip(), area_key(data.area)) if family.by_area else ("", "")
    row = Report.objects.create(
        pk=identity,
        municipality=data.municipality, kind=data.kind, family=family.code, area=area, area_key=key,
        happened_on=data.happened_on, is_attempt=data.is_attempt, wants_contact=data.wants_contact,
        contact_due_at=working_days_after(at, terms().contact_working_days) if data.wants_contact else None,
        address_mark=mark, is_repeat=_is_repeat(data, mark),
        organisation=Organisation.objects.get(pk=by.organisation_id), reported_at=at,
    )  # fmt: skip
    trail.record("wave.reported", by=by, at=at, subject=row, facts={"kind": data.kind})
    _join_or_open(row, family, at)
    return row


def _family(data: ReportData, at: datetime) -> Family:
    if data.kind not in kinds():
        raise ValidationError({"kind": "Kies een soort uit de lijst."})
    family = families()[kinds()[data.kind].family]
    if data.happened_on > local(at).date():
        raise ValidationError({"happened_on": "Deze dag moet nog komen. Kijk de datum na."})
    if data.happened_on < local(at).date() - relativedelta(months=terms().repeat_months):
        raise ValidationError({"happened_on": "Dit is te lang geleden voor een golf. Kijk de datum na."})
    if family.by_area and not area_key(data.area):
        raise ValidationError({"area": "Schrijf in welke buurt of wijk het was."})
    if family.by_area:
        refuse_address("area", data.area)
    return family


def _is_repeat(data: ReportData, mark: bytes | None) -> bool:
    """Whether the same address was hit not so long ago."""
    since = data.happened_on - relativedelta(months=terms().repeat_months)
    same = Report.objects.filter(municipality=data.municipality, address_mark=mark, happened_on__gte=since)
    return mark is not None and same.exists()


def _join_or_open(row: Report, family: Family, at: datetime) -> None:
    place = {"municipality": row.municipality, "family": row.family, "area_key": row.area_key}
    wave = Wave.objects.filter(**place, closed_at__isnull=True).select_for_update(of=("self",)).first()
    if wave is not None:
        Report.objects.filter(pk=row.pk).update(wave=wave)
        row.wave = wave
        return
    near = Q(happened_on__gt=row.happened_on - family.within, happened_on__lt=row.happened_on + family.within)
    alone = Report.objects.filter(near, **place, wave__isnull=True)
    days = list(alone.values_list("happened_on", flat=True))
    if any(_lie_within(day, days, family) >= family.threshold for day in days):
        row.wave = _open(row, family, at)
        alone.update(wave=row.wave)


def _lie_within(first: date, days: list[date], family: Family) -> int:
    """How many of these days lie within the days of a wave that begins on the first."""
    return sum(first <= day < first + family.within for day in days)


def _open(row: Report, family: Family, at: datetime) -> Wave:
    """The wave, and the event under which its aftercare runs."""
    midnight = datetime(row.happened_on.year, row.happened_on.month, row.happened_on.day, tzinfo=AMSTERDAM)
    told = EventData(
        topic=family.topic, municipality_codes=(row.municipality_id,), happened_at=midnight,
        urgency=Urgency.NOT_URGENT.value, caller_kind=CallerKind.POLICE.value, place=row.area,
        people=family.threshold,
    )  # fmt: skip
    incident = report_incident(told, by=SYSTEM, at=at).incident
    wave = Wave.objects.create(
        municipality=row.municipality, incident=incident, family=family.code, area=row.area,
        area_key=row.area_key, opened_at=at,
    )  # fmt: skip
    trail.record("wave.opened", by=SYSTEM, at=at, subject=wave, thread_id=incident.pk)
    tell_opened(wave, by=SYSTEM, at=at)
    return wave
