"""The board of a centre: who sits where, who is missing, who decides now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from nabij.accounts.models import Membership, OrganisationKind
from nabij.accounts.roles import PERMISSIONS, Permission, Role
from nabij.audit.actor import Actor
from nabij.centres.models import AdviceCentre
from nabij.keys.sealing import Opener
from nabij.openings.content import SeatText, covered_hours, seats
from nabij.openings.models import BoardSeat
from nabij.openings.policies import seated, sees_crew

DECIDES = ("chief_editor", "deputy")


def board_rows(centre: AdviceCentre) -> QuerySet[BoardSeat]:
    """Every seat of a centre that one checks, held now, before or later."""
    found = BoardSeat.objects.filter(centre=centre).select_related("membership__user", "centre")
    return found.order_by("starts_at", "pk")


@dataclass(frozen=True)
class Sitting:
    """Somebody on a seat: the name, and whether their role carries the right that the seat asks."""

    row: BoardSeat
    name: str
    is_outsider: bool
    lacks_right: bool
    is_later: bool


@dataclass(frozen=True)
class SeatLine:
    """A seat with who sits there now or later."""

    seat: SeatText
    sitting: list[Sitting]
    is_asked: bool
    shows_names: bool

    @property
    def now(self) -> int:
        """How many sit there at this moment."""
        return sum(not each.is_later for each in self.sitting)

    @property
    def short(self) -> int:
        """How many are missing now; nought for a seat that need not be filled yet."""
        return max(0, self.seat.least - self.now) if self.is_asked else 0

    @property
    def missing(self) -> str:
        """Who is missing, in words; empty when nobody is."""
        if not self.short:
            return ""
        if self.now == 0:
            return _("nog niemand voor: %(seat)s") % {"seat": self.seat.name}
        words = {"number": self.short, "seat": self.seat.name}
        return _("nog %(number)s nodig voor: %(seat)s") % words


def lacks_right(seat: SeatText, membership: Membership | None) -> bool:
    """Whether this colleague's role does not carry what the seat asks; from outside nobody can log in."""
    if not seat.permission:
        return False
    if membership is None:
        return True
    return Permission(seat.permission) not in PERMISSIONS[Role(membership.role)]


def board_of(centre: AdviceCentre, started_at: datetime, actor: Actor, at: datetime) -> list[SeatLine]:
    """All seats in their order with who sits there; names of the crew only for who may see them."""
    rows = list(board_rows(centre).filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at)))
    opener = Opener(row.pk for row in rows)
    wants_closed_part = centre.commission.wants_closed_part
    return [
        SeatLine(
            seat=seat,
            sitting=[_sitting(row, seat, opener, at) for row in rows if row.seat == seat.code],
            is_asked=seat.is_asked(started_at, wants_closed_part, at),
            shows_names=not seat.is_crew or sees_crew(actor),
        )
        for seat in seats().values()
        if wants_closed_part or not seat.needs_closed_part
    ]


def _sitting(row: BoardSeat, seat: SeatText, opener: Opener, at: datetime) -> Sitting:
    outsider = opener.open(row.pk, row.outsider_sealed)
    return Sitting(
        row=row,
        name=row.membership.user.name if row.membership else outsider,
        is_outsider=row.membership is None,
        lacks_right=lacks_right(seat, row.membership),
        is_later=row.starts_at > at,
    )


def missing_seats(lines: Iterable[SeatLine]) -> list[str]:
    """Who is missing, in words."""
    return [line.missing for line in lines if line.missing]


def deciders(incident_id: UUID, at: datetime) -> list[UUID]:
    """Who decides for the centre of this incident now: chief editor first, then deputies; memberships."""
    rows = BoardSeat.objects.filter(
        seated(at), centre__incident_id=incident_id, seat__in=DECIDES, membership__isnull=False
    )
    found = sorted(rows, key=lambda row: (DECIDES.index(row.seat), row.starts_at))
    return [row.membership_id for row in found if row.membership_id]


def uncovered_at(lines: Iterable[SeatLine], at: datetime) -> datetime | None:
    """The first moment in the coming day on which nobody decides; None when there is always somebody."""
    rows = [each.row for line in lines if line.seat.code in DECIDES for each in line.sitting]
    moment, end = at, at + timedelta(hours=covered_hours())
    for row in sorted(rows, key=lambda each: each.starts_at):
        if row.starts_at > moment:
            break
        moment = max(moment, row.ends_at or end)
    return moment if moment < end else None


def candidates(centre: AdviceCentre, at: datetime) -> QuerySet[Membership]:
    """Who is offered for the board: colleagues whose role has a right that some seat asks; by name."""
    rights = {seat.permission for seat in seats().values() if seat.permission}
    roles = [role for role, allowed in PERMISSIONS.items() if rights & allowed]
    people = colleagues(centre, at).filter(role__in=roles)
    return people.select_related("user", "organisation").order_by("user__name", "pk")


def colleagues(centre: AdviceCentre, at: datetime) -> QuerySet[Membership]:
    """Who can sit on the board: staff of who gave the commission, of the region, and of victim support."""
    regions = [each.safety_region_id for each in centre.incident.municipalities.all()]
    regional = [OrganisationKind.GHOR, OrganisationKind.SAFETY_REGION, OrganisationKind.POLICE]
    near = (
        Q(organisation_id=centre.commission.organisation_id)
        | Q(organisation__kind=OrganisationKind.VICTIM_SUPPORT)
        | Q(organisation__kind__in=regional, organisation__safety_region_id__in=regions)
    )
    return Membership.objects.current(at).filter(near)
