"""How one organisation stands with its partners: who knows them, when they last spoke, what was agreed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from nabij.accounts.models import Membership, Municipality, OrganisationKind, SafetyRegion
from nabij.accounts.queries import municipalities_on
from nabij.accounts.roles import Role
from nabij.audit.actor import Actor
from nabij.kit.clock import local
from nabij.partners.content import most
from nabij.partners.models import PartnerAgreement, PartnerLink, PartnerMeeting, RegionPartner
from nabij.partners.policies import own, regions_visible_to, visible_to


def regions_for(actor: Actor) -> QuerySet[SafetyRegion]:
    """The regions in the actor's area, by name."""
    return SafetyRegion.objects.filter(regions_visible_to(actor)).order_by("name", "code")


def partners_for(actor: Actor) -> QuerySet[RegionPartner]:
    """The partners in the actor's area, by region and name."""
    found = RegionPartner.objects.filter(visible_to(actor)).select_related("safety_region", "checked_by")
    return found.order_by("safety_region__name", "name", "pk")


@dataclass(frozen=True)
class PartnerLine:
    """One partner as the own organisation stands with it."""

    partner: RegionPartner
    link: PartnerLink | None
    spoken_on: date | None
    planned_on: date | None
    look_again_on: date | None
    is_owner_gone: bool

    @property
    def owner(self) -> Membership | None:
        """Who of us knows the partner; None when nobody does, or when who did no longer works here."""
        return None if self.link is None or self.is_owner_gone else self.link.owner


def lines_for(partners: Sequence[RegionPartner], actor: Actor, at: datetime) -> list[PartnerLine]:
    """These partners of `partners_for`, each with what the own organisation has with it: three queries."""
    ids = [each.pk for each in partners]
    links = {
        each.partner_id: each
        for each in PartnerLink.objects.filter(own(actor), partner__in=ids).select_related("owner__user")
    }
    working = set(
        Membership.objects.current(at)
        .filter(pk__in=[each.owner_id for each in links.values()])
        .values_list("pk", flat=True)
    )
    days, looks = _days(ids, actor), _looks(ids, actor)
    today = local(at).date()
    return [
        PartnerLine(
            each,
            link := links.get(each.pk),
            max((day for day in days[each.pk] if day <= today), default=None),
            min((day for day in days[each.pk] if day > today), default=None),
            looks.get(each.pk),
            link is not None and link.owner_id not in working,
        )
        for each in partners
    ]


def line_of(partner: RegionPartner, actor: Actor, at: datetime) -> PartnerLine:
    """One partner as the own organisation stands with it."""
    return lines_for([partner], actor, at)[0]


def _days(ids: list[UUID], actor: Actor) -> dict[UUID, list[date]]:
    found: dict[UUID, list[date]] = defaultdict(list)
    rows = PartnerMeeting.objects.filter(own(actor), partners__in=ids).values_list("partners", "held_on")
    for partner, day in rows:
        found[partner].append(day)
    return found


def _looks(ids: list[UUID], actor: Actor) -> dict[UUID, date]:
    rows = PartnerAgreement.objects.filter(own(actor), partner__in=ids, ended_at__isnull=True)
    found: dict[UUID, date] = {}
    for partner, day in rows.order_by("-look_again_on").values_list("partner_id", "look_again_on"):
        found[partner] = day
    return found


def agreements_of(partner: RegionPartner, actor: Actor) -> QuerySet[PartnerAgreement]:
    """What the own organisation agreed with this partner and still holds, the next to look at first."""
    found = PartnerAgreement.objects.filter(own(actor), partner=partner, ended_at__isnull=True)
    return found.order_by("look_again_on", "pk")


def meetings_of(partner: RegionPartner, actor: Actor) -> QuerySet[PartnerMeeting]:
    """The moments together of the own organisation and this partner, the latest first."""
    found = PartnerMeeting.objects.filter(own(actor), partners=partner).prefetch_related("partners")
    return found.order_by("-held_on", "pk")[: most("lines")]


def candidates_for(actor: Actor, at: datetime) -> QuerySet[Membership]:
    """Who of the own organisation and team may know a partner; never a volunteer."""
    found = Membership.objects.current(at).filter(
        Q(organisation_id=actor.organisation_id), is_volunteer=False
    )
    if actor.organisation_kind == OrganisationKind.VICTIM_SUPPORT:
        found = found.exclude(role=Role.VOLUNTEER)
        if actor.team_id is not None:
            found = found.filter(team_id=actor.team_id)
    return found.select_related("user").order_by("user__name", "pk")


def agreements_for(actor: Actor) -> QuerySet[PartnerAgreement]:
    """What the own organisation agreed with partners in its area and still holds."""
    found = PartnerAgreement.objects.filter(
        own(actor), partner__in=partners_for(actor), ended_at__isnull=True
    )
    return found.select_related("partner")


def places_in(regions: QuerySet[SafetyRegion], at: datetime) -> QuerySet[Municipality]:
    """The municipalities of these regions that exist now."""
    return municipalities_on(local(at).date()).filter(safety_region__in=regions)
