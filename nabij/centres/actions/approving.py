"""Approving and withdrawing: another pair of eyes, the word check, the embargo, and two at the same time."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.centres.actions.locking import locked_centre, locked_text, tell_readers, user_of
from nabij.centres.models import AdviceCentre, CentreText, Readership, TextAnswer, TextVersion
from nabij.centres.policies import can_approve, can_end_embargo, can_withdraw, is_by_other, needs_reader
from nabij.centres.queries import state_of
from nabij.centres.queries.shown import standing
from nabij.centres.questions import findings
from nabij.incidents.refusals import Refused
from nabij.keys.sealing import seal_all
from nabij.wording.findings import Finding, Level


class Overtaken(Refused):
    """Readers got `other` while this version waited; the approver has to see both and choose."""

    def __init__(self, other: TextVersion) -> None:
        super().__init__(_("Er ging intussen iets anders live. Bekijk het verschil en kies."))
        self.other = other


class Questioned(Refused):
    """The word check found something that must go, or that the approver has not answered yet."""

    def __init__(self, found: list[Finding]) -> None:
        super().__init__(
            _("De woordcontrole vraagt iets bij deze tekst: %(what)s")
            % {"what": " ".join(str(each) for each in found)}
        )
        self.found = found


@transaction.atomic
def approve_version(
    version: TextVersion,
    *,
    by: Actor,
    at: datetime,
    reasons: Mapping[str, str] | None = None,
    over: UUID | None = None,
) -> TextVersion:
    """Approve a version, as another person than its author; readers get it at once, or after its embargo.

    `reasons` says why a finding of the word check may stay; `over` is what the approver knows to be live now.
    """
    centre = locked_centre(version.text.centre_id)
    text = locked_text(version.text_id)
    if not can_approve(by, centre, at):
        raise PermissionDenied(_("Goedkeuren doet de hoofdredacteur."))
    _approve(text, version, reasons or {}, over, by=by, at=at)
    tell_readers(centre, by=by, at=at)
    return version


@transaction.atomic
def approve_texts(
    centre: AdviceCentre, versions: Iterable[TextVersion], *, by: Actor, at: datetime
) -> list[TextVersion]:
    """Approve several versions that one has read together; all, or none when one cannot be approved."""
    centre = locked_centre(centre.pk)
    if not can_approve(by, centre, at):
        raise PermissionDenied(_("Goedkeuren doet de hoofdredacteur."))
    approved = list(versions)
    for version in approved:
        text = locked_text(version.text_id)
        if text.centre_id != centre.pk:
            raise PermissionDenied(_("Deze tekst hoort bij een ander IAC."))
        _approve(text, version, {}, None, by=by, at=at)
    if approved:
        tell_readers(centre, by=by, at=at)
    return approved


@transaction.atomic
def withdraw_version(version: TextVersion, *, reason: str, by: Actor, at: datetime) -> TextVersion:
    """Take a text away in an emergency, alone, with a reason; a newly approved one replaces it.

    What is still under embargo then never becomes public; with the Dutch text go its translations.
    """
    text = locked_text(version.text_id)
    if not can_withdraw(by, text.centre, at):
        raise PermissionDenied(_("Deze tekst kunt u niet intrekken."))
    if not reason.strip():
        raise Refused(_("Schrijf op waarom u de tekst intrekt."))
    for each in [version, *_translations(version)]:
        put_away(each, reason, by=by, at=at)
    tell_readers(text.centre, by=by, at=at, takes_away=True)
    return version


def _translations(version: TextVersion) -> list[TextVersion]:
    """What readers of other languages have of a Dutch text that they read."""
    text = version.text
    if text.language != "nl" or version.approved_at is None:
        return []
    same = {"section": text.section, "message_key": text.message_key}
    others = CentreText.objects.filter(centre=text.centre, **same).exclude(pk=text.pk)
    return [live for each in others.select_for_update() if (live := state_of(each).live)]


def put_away(version: TextVersion, reason: str, *, by: Actor, at: datetime) -> None:
    """Mark a version as withdrawn, once; it is never deleted."""
    version.refresh_from_db()
    if version.withdrawn_at:
        return
    version.withdrawn_at, version.withdrawn_by_id = at, user_of(by)
    version.withdraw_reason_sealed = seal_all(version.pk, {"reason": reason.strip()})["reason"]
    version.save(update_fields=["withdrawn_at", "withdrawn_by", "withdraw_reason_sealed"])
    tell("centre.text_withdrawn", version.text, version, by=by, at=at)


@transaction.atomic
def end_embargoes(*, by: Actor, at: datetime) -> int:
    """Make public what the closed part read first and whose minutes are over; how many texts it was."""
    if not can_end_embargo(by):
        raise PermissionDenied("Alleen Nabij zelf laat een embargo aflopen.")
    due = TextVersion.objects.filter(public_at__lte=at, told_at=None, withdrawn_at=None)
    rows = list(due.select_for_update(of=("self",)).select_related("text__centre__incident"))
    for version in rows:
        version.told_at = at
        version.save(update_fields=["told_at"])
        tell("centre.text_public", version.text, version, by=by, at=at)
    for centre in {row.text.centre_id: row.text.centre for row in rows}.values():
        tell_readers(centre, by=by, at=at)
    return len(rows)


def _approve(
    text: CentreText,
    version: TextVersion,
    reasons: Mapping[str, str],
    over: UUID | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    user_id = user_of(by)
    version.refresh_from_db()
    if not is_by_other(user_id, version):
        raise Refused(_("U schreef deze tekst zelf. Een ander moet hem goedkeuren."))
    if version.approved_at and not version.withdrawn_at:
        return
    state = state_of(text)
    if version.pk not in {each.pk for each in state.proposals}:
        raise Refused(
            _("Er is intussen een nieuwere versie, of deze is ingetrokken. Bekijk de tekst opnieuw.")
        )
    if needs_reader(version):
        raise Refused(_("Eerst moet iemand die deze taal leest de vertaling nalezen."))
    other = standing(version, state)
    if other is not None and other.pk != over and other.approved_at != at:
        raise Overtaken(other)
    _answer(version, reasons, user_id, at=at)
    before = state.approved
    version.approved_at, version.approved_by_id = at, user_id
    version.replaces = before.number if before else 0
    version.public_at = _public_at(text, state.live, at)
    version.told_at = at if version.public_at is not None and version.public_at <= at else None
    version.save(update_fields=["approved_at", "approved_by", "replaces", "public_at", "told_at"])
    tell("centre.text_approved", text, version, by=by, at=at)


def _public_at(text: CentreText, live: TextVersion | None, at: datetime) -> datetime | None:
    """Never for the closed part; after the embargo, which a correction does not begin again."""
    if text.audience == Readership.CLOSED:
        return None
    if live is not None and live.public_at is not None:
        return max(at, live.public_at)
    return at + timedelta(minutes=text.embargo_minutes)


def _answer(version: TextVersion, reasons: Mapping[str, str], user_id: UUID, *, at: datetime) -> None:
    """Keep why each finding may stay; raises Questioned for what must go and for what has no reason."""
    found = [each for each in findings(version) if each.level != Level.TELL]
    given = {each.key: reasons.get(each.key, "").strip() for each in found}
    left = [each for each in found if each.level == Level.REFUSE or not given[each.key]]
    if left:
        raise Questioned(left)
    for each in found:
        sealed = seal_all(version.pk, {"hit_sealed": each.hit, "reason_sealed": given[each.key]})
        TextAnswer.objects.create(version=version, kind=each.kind, by_id=user_id, at=at, **sealed)


def tell(verb: str, text: CentreText, version: TextVersion, *, by: Actor, at: datetime) -> None:
    """Write in the trail what happened to a version."""
    facts: dict[str, trail.Fact] = {
        "section": text.section, "language": text.language, "version": version.number,
        "centre": str(text.centre_id),
    }  # fmt: skip
    trail.record(verb, by=by, at=at, subject=version, thread_id=text.centre.incident_id, facts=facts)
