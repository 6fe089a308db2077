"""Articles in versions; districts with what they were told and saw; where partners show our door."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from nabij.accounts.models import Membership, Municipality, Organisation
from nabij.kit.models import Record


class Article(Record):
    """Something one organisation knows and all staff may read (kennisartikel)."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="eigenaar", related_name="+", on_delete=models.PROTECT
    )
    checked_on = models.DateField("nagekeken op")
    checked_by = models.ForeignKey(
        Membership, verbose_name="nagekeken door", related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = "kennisartikel"
        verbose_name_plural = "kennisartikelen"

    class Privacy:
        harmless = ("id", "organisation", "checked_on", "checked_by")


class ArticleVersion(Record):
    """The words of an article as they were written once (versie van een artikel); never changed."""

    article = models.ForeignKey(
        Article, verbose_name="artikel", related_name="versions", on_delete=models.CASCADE
    )
    number = models.PositiveSmallIntegerField("versie")
    is_current = models.BooleanField("geldt nu", default=True)
    title = models.CharField("titel", max_length=120)
    topics = ArrayField(models.CharField(max_length=40), verbose_name="onderwerpen", default=list, blank=True)
    text = models.TextField("tekst")
    job_title = models.CharField("functie van de schrijver", max_length=120)
    written_by = models.ForeignKey(
        Membership, verbose_name="geschreven door", related_name="+", on_delete=models.PROTECT
    )
    written_at = models.DateTimeField("geschreven op")

    class Meta:
        verbose_name = "versie van een artikel"
        verbose_name_plural = "versies van artikelen"
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="an_article_version_is_written_once"),
            models.UniqueConstraint(
                fields=["article"], condition=Q(is_current=True), name="one_version_of_an_article_holds"
            ),
        ]

    class Privacy:
        harmless = (
            "id", "article", "number", "is_current", "title", "topics", "text", "job_title", "written_by",
            "written_at",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.title


class District(Record):
    """A part of a municipality (wijk) that must know what victim support can do."""

    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", related_name="+", on_delete=models.PROTECT
    )
    name = models.CharField("naam", max_length=120)

    class Meta:
        verbose_name = "wijk"
        verbose_name_plural = "wijken"
        constraints = [
            models.UniqueConstraint("municipality", Lower("name"), name="a_district_is_named_once")
        ]

    class Privacy:
        harmless = ("id", "municipality", "name")

    def __str__(self) -> str:
        return self.name


class Briefing(Record):
    """That people of a district were told what victim support can do (voorlichting), on a day."""

    district = models.ForeignKey(
        District, verbose_name="wijk", related_name="briefings", on_delete=models.CASCADE
    )
    held_on = models.DateField("gehouden op")
    written_by = models.ForeignKey(
        Membership, verbose_name="opgeschreven door", related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = "voorlichting"
        verbose_name_plural = "voorlichtingen"
        constraints = [
            models.UniqueConstraint(fields=["district", "held_on"], name="one_briefing_of_a_district_a_day")
        ]

    class Privacy:
        harmless = ("id", "district", "held_on", "written_by")


class CatalogueVisit(Record):
    """That an officer opened the catalogue of services for a district (catalogus bekeken), on a day."""

    district = models.ForeignKey(
        District, verbose_name="wijk", related_name="visits", on_delete=models.CASCADE
    )
    membership = models.ForeignKey(Membership, verbose_name="wie", related_name="+", on_delete=models.PROTECT)
    seen_on = models.DateField("bekeken op")

    class Meta:
        verbose_name = "catalogus bekeken"
        verbose_name_plural = "catalogus bekeken"
        constraints = [
            models.UniqueConstraint(
                fields=["district", "membership", "seen_on"], name="the_catalogue_is_seen_once_a_day"
            )
        ]

    class Privacy:
        harmless = ("id", "district", "membership", "seen_on")


class PartnerDoor(Record):
    """A page or place of a partner where our door must stand (deur bij een partner)."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="wie let erop", related_name="+", on_delete=models.PROTECT
    )
    partner = models.CharField("partner", max_length=120)
    place = models.CharField("pagina of plek", max_length=200)
    is_shown = models.BooleanField("staat er", default=False)
    checked_on = models.DateField("nagekeken op", null=True)
    checker = models.ForeignKey(
        Membership, verbose_name="wie kijkt na", related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = "deur bij een partner"
        verbose_name_plural = "deuren bij partners"
        constraints = [
            models.UniqueConstraint(
                "organisation", Lower("partner"), Lower("place"), name="a_partner_door_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(is_shown=False) | Q(checked_on__isnull=False), name="a_shown_door_was_checked"
            ),
        ]

    class Privacy:
        harmless = ("id", "organisation", "partner", "place", "is_shown", "checked_on", "checker")
