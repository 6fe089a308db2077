"""Reading waves: the list, one wave as numbers, and its letters."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet

from nabij.audit.actor import Actor
from nabij.campaigns.content import families, kinds, terms
from nabij.campaigns.models import Report, Wave
from nabij.campaigns.policies import visible_to
from nabij.keys.sealing import Opener


@dataclass(frozen=True)
class Figures:
    """A wave as numbers, never as names."""

    reports: int
    by_kind: list[tuple[str, int]]
    said_yes: int
    reached: int
    reached_in_time: int
    late: int
    left_alone: int
    repeats: int
    letters: list[tuple[str, int]]

    @property
    def addresses(self) -> int:
        """How many addresses get a letter, each once."""
        return sum(number for _template, number in self.letters)


def waves_for(actor: Actor, at: datetime) -> QuerySet[Wave]:
    """The waves that this actor may see: running ones first, then the newest."""
    found = Wave.objects.filter(visible_to(actor, at)).select_related("municipality", "incident")
    return found.annotate(number=Count("reports")).order_by(
        F("closed_at").desc(nulls_first=True), "-opened_at"
    )


def figures_of(wave: Wave, at: datetime) -> Figures:
    """What is known of this wave at this moment."""
    reached = Q(contacted_at__isnull=False)
    sums = wave.reports.aggregate(
        reports=Count("pk"),
        said_yes=Count("pk", filter=Q(wants_contact=True)),
        reached=Count("pk", filter=reached),
        reached_in_time=Count("pk", filter=reached & Q(contacted_at__lte=F("contact_due_at"))),
        late=Count("pk", filter=~reached & Q(contact_due_at__lt=at)),
        left_alone=Count("pk", filter=Q(wants_contact=False)),
        repeats=Count("pk", filter=Q(is_repeat=True)),
    )
    counted = wave.reports.values_list("kind").annotate(number=Count("pk")).order_by("kind")
    letters = wave.letter_addresses.values_list("template").annotate(number=Count("pk")).order_by("template")
    return Figures(
        **sums, by_kind=[(str(kinds()[kind]), number) for kind, number in counted], letters=list(letters)
    )


def waiting_for_contact(wave: Wave) -> QuerySet[Report]:
    """Reports of who said yes and was not reached yet: repeats first, then the oldest."""
    rows = wave.reports.filter(wants_contact=True, contacted_at__isnull=True)
    return rows.order_by("-is_repeat", "contact_due_at", "pk")


def addresses_of(wave: Wave, template: str) -> list[str]:
    """The addresses that get this letter, opened, each once; empty after the wave is over."""
    opener = Opener([wave.pk])
    rows = wave.letter_addresses.filter(template=template).order_by("added_at", "pk")
    return [text for row in rows if (text := opener.open(wave.pk, row.address_sealed))]


def press_may_hear_at(wave: Wave) -> datetime | None:
    """From when the press may hear of an arrest; None while the victims were not told."""
    if wave.told_victims_at is None:
        return None
    return wave.told_victims_at + timedelta(hours=terms().embargo_hours)


def asks_meeting(wave: Wave, figures: Figures) -> bool:
    """Whether so many were hit that a residents' meeting is proposed."""
    return figures.reports >= families()[wave.family].meeting_from
