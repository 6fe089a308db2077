import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nabij.accounts.factories import make_membership, make_municipality, make_organisation
from nabij.accounts.roles import Role
from nabij.audit.models import TrailEntry
from nabij.flyers import actions, queries, tasks
from nabij.flyers.actions import letters
from nabij.flyers.content import languages
from nabij.flyers.models import Edition, EditionState, LetterJob
from nabij.flyers.tests.conftest import FLYER, LETTER, LIST


@pytest.fixture
def officer(town, client):
    client.force_login(town.officer.user)
    return client


def told(answer):
    return answer.content.decode()


def typed(edition, **changes):
    data = {}
    for code, words in edition.words.items():
        data |= {f"{code}_title": words.title, f"{code}_body": words.body, f"{code}_checked": "on"}
    return data | changes


def test_a_flyer_from_example_to_paper_by_both_organisations(town, officer, client):
    page = told(officer.get("/werk/drukwerk/", follow=True))
    assert "Flyer na een explosie" in page
    assert "nog niet goedgekeurd" in page
    address = f"{town.base}T-FLY-EXP/"
    assert "Begin met het voorbeeld" in told(officer.get(address))
    assert officer.get(f"{address}printen/").status_code == 404
    page = told(officer.post(f"{address}beginnen/", follow=True))
    assert "Er was een explosie in uw buurt" in page
    edition = Edition.objects.get()
    assert "Bewaard." in told(
        officer.post(f"/werk/drukwerk/uitgave/{edition.pk}/schrijven/", typed(edition), follow=True)
    )
    assert "Voorgelegd" in told(officer.post(f"/werk/drukwerk/uitgave/{edition.pk}/voorleggen/", follow=True))
    client.force_login(town.leader.user)
    desk = told(client.get("/werk/"))
    assert "wacht op uw akkoord" in desk
    assert "Flyer na een explosie" in desk
    assert "U geeft akkoord voor alle nagelezen talen samen." in told(
        client.get(f"/werk/drukwerk/uitgave/{edition.pk}/")
    )
    assert "U bent akkoord" in told(client.post(f"/werk/drukwerk/uitgave/{edition.pk}/akkoord/", follow=True))
    client.force_login(town.officer.user)
    answer = client.post(f"{address}printen/", FLYER | {"languages": list(languages())})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="drukwerk.pdf"'
    assert answer.content.startswith(b"%PDF")


def test_a_house_number_stops_the_saving_beside_the_field_and_what_was_typed_stays(town, officer):
    edition = town.draft()
    wrong = typed(edition, nl_title="Explosie in Kokmeeuwstraat 27")
    answer = officer.post(f"/werk/drukwerk/uitgave/{edition.pk}/schrijven/", wrong)
    assert answer.status_code == 422
    assert "“Kokmeeuwstraat 27”: Een huisnummer" in told(answer)
    assert 'value="Explosie in Kokmeeuwstraat 27"' in told(answer)
    edition.refresh_from_db()
    assert "27" not in edition.words["nl"].title


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"street": "Kokmeeuwstraat 27"}, "geen huisnummer"),
        ({"street": "Kokmeeuwstraat nummer 27 links"}, "geen huisnummer"),
        ({"street": "Laan 3b"}, "geen huisnummer"), ({"phone": "bel ons"}, "geen telefoonnummer"),
        ({"date": "morgen"}, "geldige datum"), ({"languages": []}, "verplicht"),
        ({"web": "http://x.nl"}, "https://"),
        ({"web": "https://x.nl/?wie=ik"}, "https://"), ({"web": "https://["}, "https://"),
        ({"street": "Kok😀"}, "niet kunnen afdrukken"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_said_beside_it_and_gives_no_paper(town, officer, changes, said):
    town.approved()
    answer = officer.post(f"{town.base}T-FLY-EXP/printen/", FLYER | changes)
    assert answer.status_code == 422
    assert said in told(answer)


def test_a_street_may_have_a_year_in_its_name_and_a_school_no_name_of_somebody(town, officer):
    town.approved()
    fields = FLYER | {"street": "Plein 1813", "web": "https://heidebeek.example.nl/hulp"}
    assert officer.post(f"{town.base}T-FLY-EXP/printen/", fields).status_code == 200
    town.approved("T-LET-PAR")
    letter = {key: value for key, value in LETTER.items() if key not in ("street", "date")}
    address = f"{town.base}T-LET-PAR/printen/"
    assert "naam van iemand" in told(officer.post(address, letter | {"school": "School van Fenna"}))
    assert officer.post(address, letter | {"school": "Het Wilgenlyceum"}).status_code == 200


def test_a_paper_for_staff_is_printed_at_once(town, officer):
    assert "klaar voor gebruik" in told(officer.get(town.base))
    assert "voor medewerkers" in told(officer.get(f"{town.base}T-DOOR/"))
    fields = {"languages": ["nl"], "street": "Kokmeeuwstraat", "date": "2027-01-10"}
    assert officer.post(f"{town.base}T-DOOR/printen/", fields).content.startswith(b"%PDF")
    assert officer.get(f"{town.base}T-DOOR/brieven/").status_code == 404


def test_a_page_is_looked_at_as_a_picture_in_any_of_its_languages(town, officer):
    edition = town.draft()
    page = f"/werk/drukwerk/uitgave/{edition.pk}/"
    assert "?taal=ar&amp;blad=2" in told(officer.get(f"{page}?taal=ar"))
    assert officer.get(f"{page}beeld/?taal=ar&blad=2")["Content-Type"] == "image/png"
    assert officer.get(f"{page}beeld/?taal=xx").status_code == 200
    for wrong in ("9", "0", "x"):
        assert officer.get(f"{page}beeld/?blad={wrong}").status_code == 404


def test_a_sign_that_no_font_draws_is_said_on_the_preview(town, officer):
    edition = town.draft()
    wrong = typed(edition, nl_title="Hallo 😀", nl_body="De heks liep met Zilver Zee.")
    page = officer.post(f"/werk/drukwerk/uitgave/{edition.pk}/schrijven/", wrong, follow=True)
    assert "niet kunnen afdrukken" in told(page)
    assert "Zilver Zee" in told(page)
    sent = officer.post(f"/werk/drukwerk/uitgave/{edition.pk}/voorleggen/", follow=True)
    assert "niet kunnen afdrukken" in told(sent)


def test_who_does_not_agree_says_why_and_the_writer_reads_it(town, client):
    edition = actions.send_edition(town.draft(), by=town.nadia, at=town.at)
    client.force_login(town.leader.user)
    address = f"/werk/drukwerk/uitgave/{edition.pk}/niet-akkoord/"
    assert "Schrijf op wat er anders moet" in told(client.post(address, {"reason": ""}, follow=True))
    assert "Teruggegeven" in told(client.post(address, {"reason": "Maak het korter."}, follow=True))
    client.force_login(town.officer.user)
    assert "Maak het korter." in told(client.get(f"{town.base}T-FLY-EXP/"))
    assert "Maak het korter." in told(client.get(f"/werk/drukwerk/uitgave/{edition.pk}/"))


def test_what_was_sent_is_looked_at_and_not_written(town, officer):
    edition = actions.send_edition(town.draft(), by=town.nadia, at=town.at)
    answer = officer.get(f"/werk/drukwerk/uitgave/{edition.pk}/schrijven/")
    assert answer.status_code == 302
    page = told(officer.post(f"/werk/drukwerk/uitgave/{edition.pk}/voorleggen/", follow=True))
    assert "iemand was u voor" in page


def test_a_withdrawn_flyer_is_printed_no_more(town, officer):
    edition = town.approved()
    assert "Ingetrokken" in told(officer.post(f"/werk/drukwerk/uitgave/{edition.pk}/intrekken/", follow=True))
    assert officer.get(f"{town.base}T-FLY-EXP/printen/").status_code == 404
    edition.refresh_from_db()
    assert edition.state == EditionState.WITHDRAWN


def test_letters_from_a_list_to_a_pdf(town, officer, monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    town.approved("T-LET-RES")
    address = f"{town.base}T-LET-RES/brieven/"
    assert "Geen namen" in told(officer.get(address))
    wrong = officer.post(address, LETTER | {"addresses": LIST.replace("toevoeging", "naam")})
    assert wrong.status_code == 422
    assert "gaat over mensen" in told(wrong)
    assert "Kokmeeuwstraat;3" in told(wrong)
    page = told(officer.post(address, LETTER | {"addresses": LIST}, follow=True))
    assert "3 brieven" in page
    assert "wachten op hun beurt" in page
    job = LetterJob.objects.get()
    here = f"/werk/drukwerk/brieven/{job.pk}/"
    assert officer.post(f"{here}pdf/").status_code == 404
    assert "HX-Refresh" not in officer.get(f"{here}voortgang/").headers
    assert "niet mislukt" in told(officer.post(f"{here}opnieuw/", follow=True))
    tasks.make_letters(TrailEntry.objects.get(verb="letters.asked").pk)
    assert officer.get(f"{here}voortgang/").headers["HX-Refresh"] == "true"
    assert "3 van 3" in told(officer.get(here))
    assert officer.post(f"{here}pdf/").content.startswith(b"%PDF")
    assert "Laatste brieven" in told(officer.get(town.base))


def test_many_letters_show_how_far_they_are_and_are_fetched_in_bundles(town, officer, monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    for module in (letters, queries):
        monkeypatch.setattr(module, "letters_per_bundle", lambda: 2)
    town.approved("T-LET-RES")
    officer.post(f"{town.base}T-LET-RES/brieven/", LETTER | {"addresses": LIST})
    job = LetterJob.objects.get()
    here = f"/werk/drukwerk/brieven/{job.pk}/"
    LetterJob.objects.update(state="running", done=2)
    assert '<progress value="2" max="3"' in told(officer.get(f"{here}voortgang/"))
    assert "2 van 3 brieven" in told(officer.get(here))
    LetterJob.objects.update(done=0)
    tasks.make_letters(TrailEntry.objects.get(verb="letters.asked").pk)
    assert "brief 3 tot en met 3" in told(officer.get(here))
    assert officer.post(f"{here}pdf/", {"bundel": "2"}).content.startswith(b"%PDF")
    for wrong in ("3", "x", "1" * 9):
        assert officer.post(f"{here}pdf/", {"bundel": wrong}).status_code == 404


def test_letters_that_failed_say_so_and_are_tried_again(town, officer, monkeypatch):
    town.approved("T-LET-RES")
    officer.post(f"{town.base}T-LET-RES/brieven/", LETTER | {"addresses": LIST})
    LetterJob.objects.update(state="failed", error_code="other")
    here = f"/werk/drukwerk/brieven/{LetterJob.objects.get().pk}/"
    assert "niet gemaakt" in told(officer.get(here))
    assert "wachten op hun beurt" in told(officer.post(f"{here}opnieuw/", follow=True))


def test_letters_of_an_edition_that_was_withdrawn_meanwhile_are_refused(town, officer):
    edition = town.approved("T-LET-RES")
    answer = officer.post(f"{town.base}T-LET-RES/brieven/", LETTER | {"addresses": LIST, "next_message": "x"})
    assert "Vul een datum en een tijd in" in told(answer)
    actions.withdraw_edition(edition, by=town.nadia, at=town.at)
    assert officer.get(f"{town.base}T-LET-RES/brieven/").status_code == 404


def test_another_municipality_finds_nothing(town, client, elsewhere):
    edition = town.approved("T-LET-RES")
    client.force_login(elsewhere.user)
    here = f"/werk/drukwerk/uitgave/{edition.pk}/"
    letter = f"{town.base}T-LET-RES/"
    for address in (town.base, letter, f"{letter}printen/", here, f"{here}beeld/"):
        assert client.get(address).status_code == 404
    for address in (f"{here}akkoord/", f"{here}intrekken/", f"{town.base}T-LET-RES/beginnen/"):
        assert client.post(address).status_code == 404
    assert client.get("/werk/drukwerk/", follow=True).status_code == 200


def test_an_unknown_template_is_not_there(town, officer):
    assert officer.get(f"{town.base}T-NIET/").status_code == 404


def test_who_has_nothing_to_do_with_flyers_finds_no_door(town, client, nobody):
    edition = town.draft()
    client.force_login(nobody.user)
    assert client.get("/werk/drukwerk/").status_code == 403
    assert client.get("/werk/drukwerk/wachten/").status_code == 403
    assert client.get(town.base).status_code == 404
    assert client.get(f"/werk/drukwerk/uitgave/{edition.pk}/").status_code == 404
    assert "Flyers en brieven" not in told(client.get("/werk/"))


def test_a_team_leader_chooses_among_the_municipalities_of_the_area(town, client):
    client.force_login(town.leader.user)
    assert "Gemeente Heidebeek" in told(client.get("/werk/drukwerk/", follow=True))
    other = make_municipality("GM9002", "Duinrand")
    make_organisation("municipality", other)
    page = told(client.get("/werk/drukwerk/"))
    assert "Kies een gemeente" in page
    assert "Gemeente Duinrand" in page


def test_an_area_without_municipalities_says_what_comes_here(db, client):
    client.force_login(make_membership(Role.TEAM_LEADER).user)
    assert "Nog geen gemeente" in told(client.get("/werk/drukwerk/"))


def test_the_list_takes_the_same_number_of_queries_for_one_and_for_five(town, officer):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            officer.get(town.base)
        return len(captured)

    town.approved("T-LET-RES")
    officer.post(f"{town.base}T-LET-RES/brieven/", LETTER | {"addresses": LIST})
    first = queries()
    for code in ("T-FLY-EXP", "T-FLY-ROB", "T-FLY-BUR", "T-FLY-ONL"):
        town.approved(code)
        officer.post(f"{town.base}T-LET-RES/brieven/", LETTER | {"addresses": LIST})
    assert queries() == first


def test_the_panel_takes_the_same_number_of_queries_for_one_and_for_five(town, client):
    client.force_login(town.leader.user)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get("/werk/drukwerk/wachten/")
        return len(captured)

    actions.send_edition(town.draft(), by=town.nadia, at=town.at)
    first = queries()
    for code in ("T-FLY-BIZ", "T-FLY-ROB", "T-FLY-BUR", "T-FLY-ONL"):
        actions.send_edition(town.draft(code), by=town.nadia, at=town.at)
    assert queries() == first
