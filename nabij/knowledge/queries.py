"""Articles that hold now, districts with their last briefing, and what must be looked at again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Max, Q, QuerySet

from nabij.accounts.models import Membership
from nabij.audit.actor import Actor
from nabij.kit.clock import local
from nabij.knowledge import content
from nabij.knowledge.models import (
    Article,
    ArticleVersion,
    CatalogueVisit,
    District,
    PartnerDoor,
)
from nabij.knowledge.policies import articles_visible_to, districts_visible_to, doors_visible_to


def articles_for(actor: Actor, *, topic: str = "", said: str = "") -> QuerySet[ArticleVersion]:
    """The version that holds of each article, by title; about a topic, or with these words in it."""
    found = ArticleVersion.objects.filter(
        is_current=True, article__in=Article.objects.filter(articles_visible_to(actor))
    )
    if topic:
        found = found.filter(topics__contains=[topic])
    if said:
        found = found.filter(Q(title__icontains=said) | Q(text__icontains=said))
    return found.select_related("article__organisation").order_by("title", "pk")


def versions_of(article: Article) -> QuerySet[ArticleVersion]:
    """All that was written, the newest first; for who may read the article."""
    return article.versions.order_by("-number")[: content.most("versions")]


def articles_to_check(actor: Actor, at: datetime) -> QuerySet[ArticleVersion]:
    """Articles of the own organisation that nobody looked at for the term, the oldest first."""
    before = content.oldest(content.ARTICLE, local(at).date())
    found = articles_for(actor).filter(Q(article__organisation_id=actor.organisation_id))
    return found.filter(article__checked_on__lt=before).order_by("article__checked_on", "pk")


def is_old(article: Article, at: datetime) -> bool:
    """Whether nobody looked at the article for the term."""
    return article.checked_on < content.oldest(content.ARTICLE, local(at).date())


def districts_for(actor: Actor, at: datetime) -> QuerySet[District]:
    """The districts of the actor's area, with `briefed_on` and `seen_on`: the last days, if any."""
    found = District.objects.filter(districts_visible_to(actor)).select_related("municipality")
    # two joins only make rows double; the highest day stays the highest
    told = found.annotate(briefed_on=Max("briefings__held_on"), seen_on=Max("visits__seen_on"))
    return told.order_by("municipality__sort_name", "name", "pk")


@dataclass(frozen=True)
class DistrictLine:
    """One district: when it was last told and when the catalogue was last seen there."""

    district: District
    briefed_on: date | None
    seen_on: date | None
    is_fresh: bool


def district_lines(districts: Sequence[District], at: datetime) -> list[DistrictLine]:
    """These districts of `districts_for`, each with whether its last briefing still counts."""
    before = content.oldest(content.BRIEFING, local(at).date())
    return [
        DistrictLine(each, told := each.briefed_on, each.seen_on, told is not None and told >= before)  # type: ignore[attr-defined]
        for each in districts
    ]


@dataclass(frozen=True)
class Share:
    """How many districts of the area were told within the term."""

    told: int
    whole: int


def share_told(actor: Actor, at: datetime) -> Share:
    """The share for the desk: "11 van 14 wijken". Source: brochure L292-297."""
    before = content.oldest(content.BRIEFING, local(at).date())
    found = District.objects.filter(districts_visible_to(actor))
    told = found.filter(briefings__held_on__gte=before).distinct().count()
    return Share(told, found.count())


def visits_of(district: District) -> QuerySet[CatalogueVisit]:
    """Who opened the catalogue for this district, the last first; for who may see the district."""
    found = district.visits.select_related("membership__organisation").order_by("-seen_on", "pk")
    return found[: content.most("lines")]


def doors_for(actor: Actor) -> QuerySet[PartnerDoor]:
    """The doors that the own organisation watches: never looked at first, then the longest ago."""
    found = PartnerDoor.objects.filter(doors_visible_to(actor)).select_related("checker")
    return found.order_by(F("checked_on").asc(nulls_first=True), "partner", "pk")


def doors_to_check(actor: Actor, at: datetime) -> QuerySet[PartnerDoor]:
    """Doors that nobody looked at for the term, or where our door was missing."""
    before = content.oldest(content.DOOR, local(at).date())
    return doors_for(actor).filter(Q(checked_on__isnull=True) | Q(checked_on__lt=before) | Q(is_shown=False))


def function_of(membership: Membership) -> str:
    """What somebody does, instead of who they are: the function, otherwise the role."""
    return membership.job_title or membership.get_role_display()
