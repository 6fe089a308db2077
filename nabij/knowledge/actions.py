"""Writing and checking articles, telling districts, seeing the catalogue, watching our door."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nabij.accounts.models import Membership
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.kit.clock import local
from nabij.knowledge.models import (
    Article,
    ArticleVersion,
    Briefing,
    CatalogueVisit,
    District,
    PartnerDoor,
)
from nabij.knowledge.policies import (
    can_change_article,
    can_check_door,
    can_see_for_district,
    can_share,
    can_tell_district,
)
from nabij.knowledge.queries import function_of


@dataclass(frozen=True)
class Written:
    """The words of an article and what it is about."""

    title: str
    text: str
    topics: tuple[str, ...] = ()


@transaction.atomic
def write_article(written: Written, *, by: Actor, at: datetime) -> Article:
    """Share something that one knows with all staff. Source: brochure L62-64."""
    if not can_share(by):
        raise PermissionDenied("Kennis delen is voor wie dat in zijn rol heeft.")
    writer = _member(by)
    article = Article.objects.create(
        organisation_id=writer.organisation_id, checked_on=local(at).date(), checked_by=writer
    )
    _write(article, 1, written, writer, at)
    trail.record("article.written", by=by, at=at, subject=article, facts={"version": 1})
    return article


@transaction.atomic
def change_article(
    article: Article, written: Written, *, seen_version: int, by: Actor, at: datetime
) -> ArticleVersion:
    """A new version; the old one stays to be read. It counts as looked at.

    ValidationError when somebody wrote a version after the one that the writer had before them.
    """
    held = Article.objects.select_for_update().get(pk=article.pk)
    if not can_change_article(by, held, at):
        raise PermissionDenied("Dit artikel is van een andere organisatie.")
    writer = _member(by)
    last = held.versions.get(is_current=True)
    if last.number != seen_version:
        raise ValidationError(
            _("Een collega heeft dit artikel intussen gewijzigd. Kijk eerst wat er nu staat.")
        )
    held.versions.update(is_current=False)
    version = _write(held, last.number + 1, written, writer, at)
    _check(held, writer, at)
    trail.record("article.changed", by=by, at=at, subject=held, facts={"version": version.number})
    return version


@transaction.atomic
def check_article(article: Article, *, by: Actor, at: datetime) -> Article:
    """The article is still right as it stands."""
    held = Article.objects.select_for_update().get(pk=article.pk)
    if not can_change_article(by, held, at):
        raise PermissionDenied("Dit artikel is van een andere organisatie.")
    checker = _member(by)
    _check(held, checker, at)
    trail.record("article.checked", by=by, at=at, subject=held)
    return held


@transaction.atomic
def name_district(municipality_code: str, name: str, *, by: Actor, at: datetime) -> District:
    """Add a district of a municipality; ValidationError when it is there already."""
    if not can_tell_district(by, municipality_code, at):
        raise PermissionDenied("Deze gemeente ligt buiten uw gebied.")
    try:
        with transaction.atomic():
            district = District.objects.create(municipality_id=municipality_code, name=name)
    except IntegrityError:
        raise ValidationError({"name": _("Deze wijk staat er al.")}) from None
    trail.record("district.named", by=by, at=at, subject=district)
    return district


@transaction.atomic
def brief_district(district: District, held_on: date, *, by: Actor, at: datetime) -> Briefing:
    """Write down that people of a district were told (brochure L292-297); a day to come is refused."""
    if not can_tell_district(by, district.municipality_id, at):
        raise PermissionDenied("Deze wijk ligt buiten uw gebied.")
    writer = _member(by)
    if held_on > local(at).date():
        raise ValidationError({"held_on": _("Deze dag moet nog komen. Vul in wanneer de voorlichting was.")})
    briefing, is_new = Briefing.objects.get_or_create(
        district=district, held_on=held_on, defaults={"written_by": writer}
    )
    if is_new:
        trail.record("district.briefed", by=by, at=at, subject=district)
    return briefing


@transaction.atomic
def see_catalogue(district: District, *, by: Actor, at: datetime) -> CatalogueVisit:
    """An officer opens the catalogue for a district; a second look on one day is the same one."""
    if not can_see_for_district(by, district, at):
        raise PermissionDenied("Dit telt alleen voor de gemeente zelf.")
    visit, is_new = CatalogueVisit.objects.get_or_create(
        district=district, membership=_member(by), seen_on=local(at).date()
    )
    if is_new:
        trail.record("district.catalogue_seen", by=by, at=at, subject=district)
    return visit


@transaction.atomic
def watch_door(partner: str, place: str, *, by: Actor, at: datetime) -> PartnerDoor:
    """A page or place where our door must stand; who adds it looks after it. Source: brochure L177-185."""
    if not can_share(by):
        raise PermissionDenied("Kennis delen is voor wie dat in zijn rol heeft.")
    watcher = _member(by)
    try:
        with transaction.atomic():
            door = PartnerDoor.objects.create(
                organisation_id=watcher.organisation_id, partner=partner, place=place, checker=watcher
            )
    except IntegrityError:
        raise ValidationError({"place": _("Deze plek van deze partner staat er al.")}) from None
    trail.record("partner_door.watched", by=by, at=at, subject=door)
    return door


@transaction.atomic
def check_door(door: PartnerDoor, is_shown: bool, *, by: Actor, at: datetime) -> PartnerDoor:
    """Somebody looked: our door stands there, or it does not; from now on they look after it."""
    held = PartnerDoor.objects.select_for_update().get(pk=door.pk)
    if not can_check_door(by, held, at):
        raise PermissionDenied("Op deze plek let een andere organisatie.")
    checker = _member(by)
    held.is_shown, held.checked_on, held.checker = is_shown, local(at).date(), checker
    held.save(update_fields=["is_shown", "checked_on", "checker"])
    trail.record("partner_door.checked", by=by, at=at, subject=held, facts={"shown": is_shown})
    return held


def _member(by: Actor) -> Membership:
    return Membership.objects.get(Q(pk=by.id))


def _write(
    article: Article, number: int, written: Written, writer: Membership, at: datetime
) -> ArticleVersion:
    return ArticleVersion.objects.create(
        article=article, number=number, title=written.title, topics=list(written.topics), text=written.text,
        job_title=function_of(writer), written_by=writer, written_at=at,
    )  # fmt: skip


def _check(article: Article, checker: Membership, at: datetime) -> None:
    article.checked_on, article.checked_by = local(at).date(), checker
    article.save(update_fields=["checked_on", "checked_by"])
