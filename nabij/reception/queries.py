"""Reading places, cards, needs and counts."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from nabij.audit.actor import Actor
from nabij.audit.models import TrailEntry
from nabij.incidents.models import Incident
from nabij.incidents.policies import visible_to as incident_visible_to
from nabij.keys.sealing import Opener
from nabij.notify.contact_rules import rule_of
from nabij.on_call.models import Deployment
from nabij.people.content import say
from nabij.people.queries.registrations import UNSAFE
from nabij.reception.content import counted, needs, talk_topics
from nabij.reception.models import Counted, GroupTalk, Presence, ReceptionCard, ReceptionPlace, Tally
from nabij.reception.policies import can_receive, cards_visible_to, reads_exact_counts


def incident_for(actor: Actor, pk: UUID, at: datetime) -> Incident | None:
    """The incident, for who sees it or is deployed there; None for others."""
    going = Deployment.objects.active().filter(Q(membership_id=actor.id)).values("incident_id")
    seen = Q(pk__in=Incident.objects.filter(incident_visible_to(actor, at)).values("pk"))
    return Incident.objects.filter(seen | Q(pk__in=going) if actor.id else seen, pk=pk).first()


def deployment_of_entry(entry_id: int) -> Deployment:
    """The deployment that a line of the trail is about."""
    subject_id = TrailEntry.objects.values_list("subject_id", flat=True).get(pk=entry_id)
    return Deployment.objects.select_related("incident").get(Q(pk=subject_id))


def places_of(incident: Incident) -> QuerySet[ReceptionPlace]:
    """The places at this incident, open ones first; for who may see the incident."""
    return ReceptionPlace.objects.filter(incident=incident).order_by("-closed_at", "opened_at")


def place_to_work_in(actor: Actor, pk: UUID, at: datetime) -> ReceptionPlace | None:
    """The place, for who receives people there; None for others."""
    place = ReceptionPlace.objects.filter(pk=pk).select_related("incident").first()
    return place if place and can_receive(actor, place.incident, at) else None


def card_for(actor: Actor, pk: UUID, at: datetime) -> ReceptionCard | None:
    """The card, for who was given access to this person; None for others."""
    found = ReceptionCard.objects.filter(cards_visible_to(actor, at), pk=pk)
    return found.select_related("place__incident", "person").first()


@dataclass(frozen=True)
class CardLine:
    """One card in the list: its number and what is needed, and whether this reader may open it."""

    card: ReceptionCard
    needs: list[tuple[str, str, bool]]
    may_open: bool


def lines_of(place: ReceptionPlace, actor: Actor, at: datetime) -> list[CardLine]:
    """The cards of a place without names, what is still needed first; for who receives people there."""
    opened = set(
        ReceptionCard.objects.filter(cards_visible_to(actor, at), place=place).values_list("pk", flat=True)
    )
    names = needs()
    cards = sorted(place.cards.order_by("number"), key=lambda card: not card.open_needs)
    return [
        CardLine(
            card=card,
            needs=[(code, names.get(code, code), code in card.met) for code in card.needs],
            may_open=card.pk in opened,
        )
        for card in cards
    ]


@dataclass(frozen=True)
class OpenCard:
    """A card with the name and the number, for who may read them; log the reading before showing it."""

    card: ReceptionCard
    name: str
    phone: str
    is_unsafe: bool


def opened(card: ReceptionCard) -> OpenCard:
    """The card, opened; a number that is not safe to call is not shown."""
    opener, person = Opener([card.person_id]), card.person
    is_unsafe = opener.open(person.pk, person.safe_to_call_sealed) == UNSAFE or rule_of(person.pk) is not None
    return OpenCard(
        card=card,
        name=opener.open(person.pk, person.name_sealed),
        phone="" if is_unsafe else opener.open(person.pk, person.phone_sealed),
        is_unsafe=is_unsafe,
    )


def tally_of(place_id: UUID, kind: Counted) -> int:
    """How many of those who are only counted."""
    rows = Tally.objects.filter(Q(place_id=place_id), kind=kind)
    return int(rows.aggregate(total=Sum("step"))["total"] or 0)


@dataclass(frozen=True)
class Count:
    """A number as this reader may know it, with what it counts."""

    label: str
    number: str


@dataclass(frozen=True)
class Talk:
    """A talk with a group as this reader may know it."""

    held_at: datetime
    people: str
    leaders: int
    topics: list[str]


@dataclass(frozen=True)
class Report:
    """What happened at the reception of one incident, without a single name."""

    places: list[ReceptionPlace]
    cards: Count
    wishes: Count
    refused: Count
    children: Count
    needs: list[Count]
    languages: list[Count]
    talks: list[Talk]
    presences: list[Presence]
    open_needs: Count


def report_of(incident: Incident, actor: Actor) -> Report:
    """The counts of one incident; small numbers are hidden from who does not help these people."""
    exact = reads_exact_counts(actor)
    places = list(places_of(incident))
    cards = list(ReceptionCard.objects.filter(place__in=places).select_related("person"))
    tallies = {kind: sum(tally_of(place.pk, kind) for place in places) for kind in Counted}

    def count(label: str, number: int) -> Count:
        return Count(label, counted(number, exact=exact))

    names = needs()
    asked = Counter(code for card in cards for code in card.needs)
    spoken = Counter(card.person.language for card in cards)
    return Report(
        places=places,
        cards=count("kaarten", len(cards)),
        wishes=count("wil gebeld worden", sum(card.wants_call for card in cards)),
        refused=count("zonder kaart", tallies[Counted.REFUSED]),
        children=count("kinderen", tallies[Counted.CHILD]),
        needs=[count(names.get(code, code), number) for code, number in asked.most_common()],
        languages=[count(say("language", code), number) for code, number in spoken.most_common()],
        talks=[_talk(row, exact) for row in GroupTalk.objects.filter(place__in=places).order_by("held_at")],
        presences=list(presences_of(incident)),
        open_needs=count("nog te regelen", sum(len(card.open_needs) for card in cards)),
    )


def is_anything(incident: Incident) -> bool:
    """Whether there is anything to tell of a reception at this incident; one statement for a quiet room."""
    places = ReceptionPlace.objects.filter(incident=incident).values("pk")
    return bool(places.union(Presence.objects.filter(incident=incident).values("pk"))[:1])


def presences_of(incident: Incident) -> QuerySet[Presence]:
    """What was agreed about our presence, the first one first; for who may see the incident."""
    return Presence.objects.filter(incident=incident).order_by("starts_at")


def _talk(row: GroupTalk, exact: bool) -> Talk:
    names = talk_topics()
    return Talk(
        held_at=row.held_at,
        people=counted(row.people, exact=exact),
        leaders=row.leaders,
        topics=[names.get(code, code) for code in row.topics],
    )


def card_in_place(pk: UUID) -> ReceptionCard | None:
    """The card by its identity, closed; whether somebody works at its place, its policy says."""
    return ReceptionCard.objects.filter(pk=pk).first()
