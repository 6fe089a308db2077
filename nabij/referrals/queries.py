"""Reading referrals, transfers and requests for access."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from nabij.accounts.models import Team
from nabij.audit.actor import Actor
from nabij.audit.models import TrailEntry
from nabij.cases.models import Case
from nabij.cases.queries.files import opener_of
from nabij.consents import content as sharing
from nabij.guide.topics import topic
from nabij.keys.sealing import Opener
from nabij.notify.contact_rules import rule_of
from nabij.referrals import content
from nabij.referrals.marks import token_mark
from nabij.referrals.models import (
    OPEN,
    AccessRequest,
    PartnerAddress,
    Referral,
    Transfer,
    TransferState,
)
from nabij.referrals.policies import referrals_visible_to, transfers_visible_to


@dataclass(frozen=True)
class ShownReferral:
    """A referral in words, for who helps."""

    referral: Referral
    partner: str
    outcome: str
    kinds: list[str]
    is_late: bool


def referrals_of(case: Case, at: datetime) -> list[ShownReferral]:
    """The referrals of a case, the last first."""
    names, ends = content.partners(), dict(content.outcomes() + content.refusals())
    rows = Referral.objects.filter(case=case).select_related("share", "sent_by__user", "case__team")
    return [
        ShownReferral(
            each,
            names[each.partner].name,
            ends.get(each.outcome, each.outcome),
            sharing.kind_names(each.share.kinds),
            each.state == "sent" and each.due_at < at,
        )
        for each in rows.order_by("-sent_at", "-id")
    ]


@dataclass(frozen=True)
class KnownPartner:
    """A partner, and where it is reached in the area of a team; nothing was written down yet without one."""

    key: str
    name: str
    address: PartnerAddress | None
    is_stale: bool


def partners_known_to(team_id: UUID | None, at: datetime) -> list[KnownPartner]:
    """Every partner with the address that this team knows, and whether that must be checked again."""
    known = {each.partner: each for each in PartnerAddress.objects.filter(Q(team_id=team_id))}
    old = at - timedelta(days=content.term("check_partner_days"))
    return [
        KnownPartner(key, each.name, known.get(key), key in known and known[key].checked_at < old)
        for key, each in content.partners().items()
    ]


def email_of_partner(team_id: UUID, key: str) -> str:
    """The address that this team knows of a partner; empty when it knows none."""
    found = PartnerAddress.objects.filter(team_id=team_id, partner=key)
    return found.values_list("email", flat=True).first() or ""


def referral_for(actor: Actor, pk: UUID, at: datetime) -> Referral | None:
    """One referral, if this actor may see it."""
    rows = Referral.objects.select_related("case__team", "case__person", "share")
    return rows.filter(referrals_visible_to(actor, at), pk=pk).first()


def referral_of_link(token: str, at: datetime) -> Referral | None:
    """The referral behind a link that still works."""
    rows = Referral.objects.select_related("case__person", "share")
    return rows.filter(token_index=token_mark(token), expires_at__gt=at).first()


@dataclass(frozen=True)
class Opened:
    """What a partner reads after the code: only what was shared, and nothing once it ended."""

    referral: Referral
    partner: str
    summary: str
    name: str
    phone: str
    kinds: list[str]


def opened_of(referral: Referral) -> Opened:
    """The shared part of a referral, opened; name and phone only when contact data were shared."""
    share, person = referral.share, referral.case.person
    opener = Opener([person.pk])
    has_contact = "contact_data" in share.kinds
    return Opened(
        referral,
        content.partners()[referral.partner].name,
        opener.open(person.pk, share.summary_sealed),
        opener.open(person.pk, person.name_sealed) if has_contact else "",
        opener.open(person.pk, person.phone_sealed) if has_contact and may_show_phone(referral) else "",
        sharing.kind_names(share.kinds),
    )


def may_show_phone(referral: Referral) -> bool:
    """A number goes along only when no contact rule was agreed: with one, the partner calls our helper."""
    return rule_of(referral.case.person_id) is None


@dataclass(frozen=True)
class ShownTransfer:
    """A transfer in words, without a name until it is accepted."""

    transfer: Transfer
    topic: str
    summary: str
    is_late: bool


def transfers_waiting(actor: Actor, at: datetime) -> list[ShownTransfer]:
    """Cases offered to the team that this actor leads, by due moment."""
    rows = Transfer.objects.filter(
        Q(to_team_id=actor.team_id), state=TransferState.ASKED
    ).select_related("case", "from_team").order_by("due_at", "id")  # fmt: skip
    found = list(rows)
    opener = Opener([each.case.person_id for each in found])
    return [
        ShownTransfer(
            each,
            topic(each.case.topic).label(),
            opener.open(each.case.person_id, each.summary_sealed),
            each.due_at < at,
        )
        for each in found
    ]


def transfer_for(actor: Actor, pk: UUID, at: datetime) -> Transfer | None:
    """One transfer, if this actor may see it."""
    rows = Transfer.objects.select_related("case__team", "case__person", "from_team", "to_team")
    return rows.filter(transfers_visible_to(actor, at), pk=pk).first()


def running_transfer(case: Case) -> Transfer | None:
    """The transfer of this case that waits for an answer."""
    return Transfer.objects.select_related("to_team").filter(case=case, state=TransferState.ASKED).first()


def other_teams(case: Case) -> QuerySet[Team]:
    """The teams of the same organisation to which this case can go."""
    return Team.objects.filter(organisation_id=case.team.organisation_id).exclude(pk=case.team_id)


def access_requests_of(case: Case) -> list[tuple[AccessRequest, str]]:
    """Open requests to see this case, with their reason."""
    opener = opener_of(case)
    rows = AccessRequest.objects.filter(case=case, answered_at__isnull=True)
    return [
        (each, opener.open(case.person_id, each.reason_sealed))
        for each in rows.select_related("membership__user").order_by("asked_at")
    ]


def access_request(pk: UUID) -> AccessRequest | None:
    """One request for access."""
    rows = AccessRequest.objects.select_related("case__team", "case__person", "membership")
    return rows.filter(pk=pk).first()


def consent_of_entry(entry_id: int) -> UUID | None:
    """The answer that this line of the trail tells of."""
    return TrailEntry.objects.filter(pk=entry_id).values_list("subject_id", flat=True).first()


def unfinished(case: Case) -> str:
    """Why this case cannot close: a referral without an end, or a transfer without an answer."""
    if Referral.objects.filter(case=case, state__in=OPEN).exists():
        return "Er loopt nog een doorverwijzing. Wacht op het antwoord, of trek haar in."
    if running_transfer(case) is not None:
        return "Dit dossier is aan een ander team aangeboden. Trek het aanbod eerst in."
    return ""
