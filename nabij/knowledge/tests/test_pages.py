from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nabij.kit import clock
from nabij.knowledge.actions import brief_district, check_door, watch_door
from nabij.knowledge.factories import make_article, make_district
from nabij.knowledge.models import ArticleVersion, Briefing, CatalogueVisit, District, PartnerDoor

pytestmark = pytest.mark.django_db
FORM = {"title": "Na een brand", "topics": ["EVT-10"], "text": "Regel eerst\n\neen <b>slaapplek</b>."}


def text(response):
    return unescape(response.content.decode())


def test_an_officer_shares_what_the_municipality_learned_and_a_volunteer_reads_it(place, as_):
    response = as_(place.els).post(reverse("knowledge:write"), FORM)
    article = ArticleVersion.objects.get()
    assert response.url == reverse("knowledge:article", args=[article.article_id])
    shown = as_(place.vera).get(response.url).content.decode()
    assert "Wijkmanager Vogelwijk" in shown
    assert "&lt;b&gt;slaapplek" in shown
    assert "<p>Regel eerst</p>" in shown
    assert "Wijzigen" not in shown
    assert "Na een brand" in text(as_(place.joost).get(reverse("knowledge:articles"), {"zoek": "SLAAPPLEK"}))


def test_what_was_typed_stays_when_something_lacks(place, as_):
    response = as_(place.els).post(reverse("knowledge:write"), FORM | {"title": ""})
    assert response.status_code == 422
    assert "slaapplek" in text(response)
    assert as_(place.vera).post(reverse("knowledge:write"), FORM).status_code == 403


def test_the_owner_changes_an_article_and_reads_the_old_version(place, as_):
    article = make_article(by=place.els)
    address = reverse("knowledge:change", args=[article.pk])
    client = as_(place.els)
    assert 'name="seen_version" value="1"' in text(client.get(address))
    assert client.post(address, FORM | {"seen_version": "1"}).status_code == 302
    late = client.post(address, FORM | {"seen_version": "1", "title": "Mijn titel"})
    assert late.status_code == 422
    assert "intussen gewijzigd" in text(late)
    assert "Mijn titel" in text(late)
    old = text(client.get(reverse("knowledge:article", args=[article.pk]), {"versie": "1"}))
    assert "Dit is een oude versie." in old
    assert "Ga snel langs." in old
    assert as_(place.olaf).get(address).status_code == 403


def test_an_old_article_waits_on_the_desk_until_the_owner_says_it_is_right(place, as_):
    article = make_article(by=place.els, at=clock.now() - timedelta(days=400))
    client = as_(place.els)
    assert "Na een explosie" in text(client.get(reverse("front:desk")))
    assert "Lang niet nagekeken" in text(client.get(reverse("knowledge:article", args=[article.pk])))
    client.post(reverse("knowledge:check", args=[article.pk]))
    assert "Kennis om na te kijken" not in text(client.get(reverse("front:desk")))


def test_an_officer_opens_the_catalogue_for_a_district_and_the_district_shows_it(place, as_):
    """SVC-10: every district has seen the catalogue."""
    client, address = as_(place.els), reverse("knowledge:district", args=[place.district.pk])
    assert "Nog niemand van deze wijk." in text(client.get(address))
    catalogue = reverse("front:services_of", args=[place.district.pk])
    assert catalogue in text(client.get(address))
    assert "SVC-10" in text(client.get(catalogue))
    assert CatalogueVisit.objects.count() == 1
    assert "Wijkmanager Vogelwijk" in text(client.get(address))
    assert catalogue not in text(as_(place.olaf).get(address))
    assert as_(place.olaf).get(catalogue).status_code == 403


def test_a_briefing_is_written_down_and_the_desk_counts_it(place, as_):
    client, address = as_(place.els), reverse("knowledge:district", args=[place.district.pk])
    today = clock.local(clock.now()).date()
    wrong = client.post(address, {"held_on": (today + timedelta(days=3)).isoformat()})
    assert wrong.status_code == 422
    assert "Deze dag moet nog komen" in text(wrong)
    assert "Vul een dag in" in text(client.post(address, {"held_on": "gisteren"}))
    assert client.post(address, {"held_on": today.isoformat()}).status_code == 302
    assert "1 van 1 wijken" in text(client.get(reverse("front:desk")))


def test_an_old_briefing_says_to_invite_again(place, as_):
    at = clock.now()
    brief_district(place.district, (at - timedelta(days=500)).date(), by=place.els, at=at)
    assert "opnieuw uitnodigen" in text(as_(place.els).get(reverse("knowledge:districts")))


def test_a_district_is_added_in_the_own_area_only(place, as_):
    client, address = as_(place.els), reverse("knowledge:name_district")
    assert client.post(address, {"municipality": "GM9001", "name": "Duinzicht"}).status_code == 302
    twice = client.post(address, {"municipality": "GM9001", "name": "duinzicht"})
    assert twice.status_code == 422
    assert "Deze wijk staat er al." in text(twice)
    assert client.post(address, {"municipality": "GM9002", "name": "Strand"}).status_code == 422
    assert not District.objects.filter(name="Strand").exists()


def test_a_district_of_another_municipality_is_not_found(place, as_):
    for name in ("knowledge:district", "front:services_of"):
        assert as_(place.joost).get(reverse(name, args=[place.district.pk])).status_code == 404
    assert not CatalogueVisit.objects.exists()


def test_who_watches_our_door_adds_a_place_and_looks(place, as_):
    client = as_(place.olaf)
    given = {"partner": "Wijkteam Oost", "place": "Balie"}
    assert client.post(reverse("knowledge:watch_door"), given).status_code == 302
    assert client.post(reverse("knowledge:watch_door"), given).status_code == 422
    assert client.post(reverse("knowledge:watch_door"), {"partner": "", "place": "x"}).status_code == 422
    door = PartnerDoor.objects.get()
    assert "nog niet nagekeken" in text(client.get(reverse("front:desk")))
    client.post(reverse("knowledge:check_door", args=[door.pk]), {"staat": "nee"})
    assert "staat er niet" in text(client.get(reverse("knowledge:doors")))
    client.post(reverse("knowledge:check_door", args=[door.pk]), {"staat": "ja"})
    assert "Kennis om na te kijken" not in text(client.get(reverse("front:desk")))
    assert as_(place.els).post(reverse("knowledge:check_door", args=[door.pk])).status_code == 404


@pytest.mark.parametrize("name", ["districts", "doors", "name_district", "watch_door", "write"])
def test_a_volunteer_opens_no_page_for_who_shares(place, as_, name):
    assert as_(place.vera).get(reverse(f"knowledge:{name}")).status_code == 403


def test_empty_pages_say_what_comes_here(place, as_):
    assert "Nog geen artikelen" in text(as_(place.vera).get(reverse("knowledge:articles")))
    client = as_(place.joost)
    assert "Nog geen wijken" in text(client.get(reverse("knowledge:districts")))
    assert "Nog geen plekken" in text(client.get(reverse("knowledge:doors")))
    assert "staat er nog niets" in text(client.get(reverse("knowledge:articles"), {"zoek": "niets"}))


@pytest.mark.parametrize("name", ["knowledge:articles", "knowledge:districts", "knowledge:doors"])
def test_a_list_asks_as_much_for_one_row_as_for_five(place, as_, name):
    client, at = as_(place.els), clock.now()

    def more(number):
        make_article(by=place.els, title=f"Artikel {number}")
        district = make_district(f"Wijk {number}", municipality=place.heidebeek)
        brief_district(district, at.date() - timedelta(days=1), by=place.els, at=at)
        check_door(watch_door("Partner", f"{number}", by=place.els, at=at), True, by=place.els, at=at)

    def queries():
        client.get(reverse(name))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(reverse(name))
        return len(seen)

    more(1)
    one = queries()
    for number in range(2, 6):
        more(number)
    assert queries() == one
    assert Briefing.objects.count() == 5


@pytest.mark.parametrize("field", ["zoek", "onderwerp"])
def test_what_no_text_can_hold_is_left_out_of_a_search(place, as_, field):
    make_article(by=place.els)
    page = as_(place.els).get(reverse("knowledge:articles"), {field: "\x00"})
    assert "Na een explosie" in text(page)
