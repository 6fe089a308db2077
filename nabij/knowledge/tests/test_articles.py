from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.audit.actor import ANONYMOUS
from nabij.audit.models import TrailEntry
from nabij.kit.tests.at_once import together
from nabij.knowledge.actions import Written, change_article, check_article, write_article
from nabij.knowledge.factories import MORNING, make_article
from nabij.knowledge.models import ArticleVersion
from nabij.knowledge.queries import articles_for, articles_to_check, is_old, versions_of

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=366)
NEW = Written("Na een explosie", "Ga binnen een dag langs.", ("EVT-13",))


def test_what_one_municipality_writes_all_staff_read_under_the_function_of_the_writer(place):
    article = make_article(by=place.els)
    for actor in (place.els, place.joost, place.olaf, place.vera):
        (seen,) = articles_for(actor)
        assert (seen.article_id, seen.job_title) == (article.pk, "Wijkmanager Vogelwijk")
    assert not articles_for(ANONYMOUS).exists()


def test_who_has_no_function_written_down_writes_under_the_role(place):
    make_article(by=place.olaf)
    assert articles_for(place.vera)[0].job_title == "teamleider"


def test_a_volunteer_reads_and_does_not_write(place):
    with pytest.raises(PermissionDenied):
        write_article(NEW, by=place.vera, at=MORNING)


def test_a_change_is_a_version_and_the_one_before_stays(place):
    article = make_article(by=place.els)
    later = MORNING + timedelta(days=3)
    change_article(article, NEW, seen_version=1, by=place.els, at=later)
    assert [each.number for each in versions_of(article)] == [2, 1]
    assert articles_for(place.vera)[0].text == "Ga binnen een dag langs."
    article.refresh_from_db()
    assert article.checked_on == later.date()
    verbs = TrailEntry.objects.filter(subject_id=article.pk).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["article.written", "article.changed"]


def test_another_organisation_changes_nothing_and_does_not_say_it_is_right(place):
    article = make_article(by=place.els)
    with pytest.raises(PermissionDenied):
        change_article(article, NEW, seen_version=1, by=place.olaf, at=MORNING)
    with pytest.raises(PermissionDenied):
        check_article(article, by=place.joost, at=MORNING)


def test_an_article_that_nobody_looked_at_for_a_year_waits_with_its_owner_only(place):
    article = make_article(by=place.els)
    assert not articles_to_check(place.els, MORNING + timedelta(days=365)).exists()
    assert [each.article_id for each in articles_to_check(place.els, MORNING + YEAR)] == [article.pk]
    assert is_old(article, MORNING + YEAR)
    assert not articles_to_check(place.olaf, MORNING + YEAR).exists()
    check_article(article, by=place.els, at=MORNING + YEAR)
    assert not articles_to_check(place.els, MORNING + YEAR).exists()


def test_articles_are_found_by_topic_and_by_word(place):
    make_article(by=place.els)
    assert articles_for(place.vera, topic="EVT-13", said="EXPLOSIE").count() == 1
    assert articles_for(place.vera, said="snel langs").count() == 1
    assert not articles_for(place.vera, topic="EVT-10").exists()
    assert not articles_for(place.vera, said="waterpomp").exists()


def test_who_wrote_on_an_older_version_is_told_and_overwrites_nothing(place):
    article = make_article(by=place.els)
    change_article(article, NEW, seen_version=1, by=place.els, at=MORNING)
    with pytest.raises(ValidationError, match="intussen gewijzigd"):
        change_article(article, Written("Oud", "Oud"), seen_version=1, by=place.els, at=MORNING)
    assert articles_for(place.vera)[0].title == "Na een explosie"


@pytest.mark.django_db(transaction=True)
def test_two_changes_at_once_give_one_new_version(place):
    article = make_article(by=place.els)

    def change():
        change_article(article, NEW, seen_version=1, by=place.els, at=MORNING)

    failed = together(change, change)
    assert [type(each) for each in failed] == [ValidationError]
    assert ArticleVersion.objects.filter(article=article).count() == 2
