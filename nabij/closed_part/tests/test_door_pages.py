"""The pages of the door: for who asks for entry, and for who lets people in."""

import re

import pytest

from nabij.accounts.factories import make_membership, make_team
from nabij.accounts.roles import Role
from nabij.audit.models import ReadEntry
from nabij.closed_part.actions.codes import give_out_codes, make_codes
from nabij.closed_part.actions.entering import leave
from nabij.closed_part.actions.verifying import expel, refuse_entry
from nabij.closed_part.content import limit, rules_version
from nabij.closed_part.factories import EVENING, make_asker, make_insider, person_of
from nabij.closed_part.models import CodeList, Verification
from nabij.people.factories import enter_own_pages

AT = EVENING
MINE = "/mijn/besloten/"


def page(client, address):
    return client.get(address).content.decode()


def queue_of(door):
    return f"/werk/besloten/{door.incident.pk}/"


def asker_of(row):
    return f"/werk/besloten/aanmelding/{row.pk}/"


@pytest.fixture
def own(client, door):
    enter_own_pages(client, door.asker.person_id)
    return client


def test_who_waits_reads_so_and_comes_in_with_a_code(door, own):
    made = make_codes(door.centre, "police", "bereaved", 1, by=door.lead, at=AT)
    [code] = give_out_codes(made, by=door.lead, at=AT)
    assert "Vul uw code in" in page(own, "/mijn/")
    answer = own.post(MINE, {"code": "fout"})
    assert answer.status_code == 422
    assert 'value="fout"' in answer.content.decode()
    assert "Deze code klopt niet." in answer.content.decode()
    assert own.post(MINE, {"code": code}).status_code == 302
    assert "U bent toegelaten." in page(own, MINE)
    assert "Ga naar het besloten deel" in page(own, "/mijn/")


def test_inside_the_rules_come_first_and_no_title_or_address_tells_who(door, client):
    held = make_insider(door.centre, by=door.rosa, accepts=False)
    enter_own_pages(client, held.registration.person_id)
    home = f"{MINE}{door.centre.slug}/"
    answer = client.get(home)
    assert answer.headers["Location"] == f"{home}regels/"
    rules = page(client, f"{home}regels/")
    assert "Vergelijk verdriet niet." in rules
    assert client.post(f"{home}regels/", {"versie": "2020-01-01"}).status_code == 422
    assert client.post(f"{home}regels/", {"versie": rules_version()}).headers["Location"] == home
    inside = page(client, home)
    for html in (rules, inside):
        assert "<title>Mijn gegevens" in html
        assert "Zandstra" not in html
    assert client.get(home).headers["Cache-Control"].startswith("max-age=0")


def test_for_everybody_else_it_is_the_same_404(door, client, own):
    home = f"{MINE}{door.centre.slug}/"
    outside = [own.get(home), own.get(f"{home}regels/"), own.get(f"{MINE}bestaat-niet/")]
    client.cookies.clear()
    outside += [
        client.get(home),
        client.get(MINE),
        client.get(f"{home}weg/"),
        client.post("/mijn/besloten-opnieuw/"),
    ]
    client.force_login(door.member.lead.user)
    outside.append(client.get(home))
    assert {each.status_code for each in outside} == {404}
    assert "Besloten deel" not in page(client, "/mijn/besloten-deur/")


def test_who_is_shown_out_sees_nothing_at_the_next_request(door, client):
    held = make_insider(door.centre, by=door.rosa)
    enter_own_pages(client, held.registration.person_id)
    home = f"{MINE}{door.centre.slug}/"
    assert client.get(home).status_code == 200
    expel(held, "press", "Schreef een stuk.", by=door.lead, at=AT)
    assert client.get(home).status_code == 404
    text = page(client, MINE)
    assert "is er niet voor de pers" in text
    assert "Schreef een stuk" not in text
    assert "Bel" in text


def test_somebody_leaves_after_reading_what_that_means_and_may_come_back(door, client):
    held = make_insider(door.centre, by=door.rosa)
    enter_own_pages(client, held.registration.person_id)
    address = f"{MINE}{door.centre.slug}/weg/"
    assert "Niemand vraagt waarom." in page(client, address)
    assert client.post(address).headers["Location"] == MINE
    assert "U bent weggegaan" in page(client, MINE)
    client.post("/mijn/besloten-opnieuw/")
    assert "Wij kijken nog of u erbij hoort." in page(client, MINE)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"wants_closed_part": False}, "Verander mijn aanmelding"),
        ({"age_group": "12-15"}, "Hebt u een code gekregen?"),
        ({"age_group": ""}, "Hoe oud bent u?"),
    ],
)
def test_everybody_reads_what_to_do_now(door, client, change, said):
    enter_own_pages(client, make_asker(door.centre, **change).person_id)
    assert said in page(client, MINE)


def test_after_too_many_tries_the_page_says_to_call(door, own):
    for _ in range(limit("most_tries")):
        own.post(MINE, {"code": "BBBBBBBB"})
    assert "De code klopte te vaak niet." in page(own, MINE)


def test_an_age_that_is_missing_is_asked_beside_the_field(door, client):
    silent = make_asker(door.centre, age_group="")
    enter_own_pages(client, silent.person_id)
    answer = client.post(MINE, {"code": "BBBBBBBB", "age_class": ""})
    assert "Kies hoe oud u bent." in answer.content.decode()
    assert 'value="BBBBBBBB"' in answer.content.decode()


def test_a_registrar_calls_back_on_the_known_number_and_lets_somebody_in(door, log_in):
    client = log_in(door.member.rosa)
    assert "1 wacht" in page(client, "/werk/")
    text = page(client, queue_of(door))
    assert "Mirjam Zandstra" in text
    assert ReadEntry.objects.filter(person_id=door.asker.person_id).count() == 1
    address = asker_of(door.asker)
    assert "+31600000042" in page(client, address)
    answer = client.post(address, {"doe": "bel", "relation": "residents", "note": "Noemde de straat."})
    assert answer.status_code == 422
    assert "Kruis minstens één vraag aan die u stelde." in answer.content.decode()
    assert "Noemde de straat." in answer.content.decode()
    told = {"doe": "bel", "relation": "residents", "asked": ["name"]}
    text = client.post(address, told, follow=True).content.decode()
    assert "Deze persoon is toegelaten" in text
    assert Verification.objects.get().state == "verified"
    assert "Een collega was eerder" in client.post(address, told).content.decode()


def test_two_people_decide_on_the_same_page_one_after_the_other(door, log_in):
    address = asker_of(door.asker)
    client = log_in(door.member.rosa)
    told = {"doe": "samen", "relation": "bereaved", "note": "Zus van, bevestigd door de familie."}
    assert "Nu beslist een tweede persoon." in client.post(address, told, follow=True).content.decode()
    assert "U beslist als tweede" not in page(client, address)
    assert client.post(address, {"doe": "beslis"}).status_code == 403
    client = log_in(door.member.lead)
    assert "Mirjam Zandstra" in page(client, f"{queue_of(door)}?wie=samen")
    assert "Rosa Vink stelt voor: toelaten als nabestaanden." in page(client, address)
    client.post(address, {"doe": "beslis"})
    assert "twee mensen samen" in page(client, address)


def test_refusing_showing_out_and_looking_again_each_say_what_they_did(door, log_in):
    client = log_in(door.member.lead)
    address = asker_of(door.asker)
    answer = client.post(address, {"doe": "weiger", "reason": "", "note": "x"})
    assert answer.status_code == 422
    text = client.post(
        address, {"doe": "weiger", "reason": "press", "note": ""}, follow=True
    ).content.decode()
    assert "leest wie te bellen" in text
    assert "Mirjam Zandstra" in page(client, f"{queue_of(door)}?wie=niet")
    assert "wacht opnieuw" in client.post(address, {"doe": "opnieuw"}, follow=True).content.decode()
    held = make_insider(door.centre, by=door.rosa, name="Piet Pers")
    inside = asker_of(held.registration)
    assert "Zet uit het besloten deel" in page(client, inside)
    told = {"doe": "uit", "reason": "press", "note": "Schreef een stuk."}
    assert "De leiders krijgen bericht." in client.post(inside, told, follow=True).content.decode()
    assert "Uitgezet" in page(client, inside)
    assert client.post(inside, {"doe": "iets"}).status_code == 404
    assert client.post(asker_of(make_asker(door.centre)), {"doe": "beslis"}).status_code == 404


def test_the_guardian_of_a_child_is_named_to_who_calls(door, log_in):
    made = make_codes(door.centre, "police", "bereaved", 1, by=door.lead, at=AT)
    [code] = give_out_codes(made, by=door.lead, at=AT)
    child = make_asker(door.centre, age_group="12-15", guardian="Joke Zandstra")
    client = log_in(door.member.rosa)
    enter_own_pages(client, child.person_id)
    client.post(MINE, {"code": code})
    assert "Daarom bellen wij eerst uw ouder" in page(client, MINE)
    assert "code klopt, bel de ouder" in page(client, queue_of(door))
    assert "Joke Zandstra" in page(client, asker_of(child))
    assert (
        "Het ja is genoteerd." in client.post(asker_of(child), {"doe": "ouder"}, follow=True).content.decode()
    )
    text = client.post(asker_of(door.asker), {"doe": "ouder"}).content.decode()
    assert "Hier wacht niemand op een ouder" in text


def test_codes_are_made_and_given_out_once_on_paper_or_as_a_list(door, log_in):
    client = log_in(door.member.lead)
    address = f"{queue_of(door)}codes/"
    wrong = client.post(address, {"source": "police", "relation": "bereaved", "number": "9000"})
    assert wrong.status_code == 422
    for form, kind in (("pdf", "application/pdf"), ("csv", "text/csv; charset=utf-8")):
        client.post(address, {"source": "police", "relation": "bereaved", "number": "3"})
        made = CodeList.objects.get(given_out_at=None)
        answer = client.post(f"{address}{made.pk}/uitgeven/", {"vorm": form})
        assert answer.headers["Content-Type"] == kind
    assert re.fullmatch(rb"code\r\n(?:[A-Z2-9]{4}-[A-Z2-9]{4}\r\n){3}", answer.content)
    again = client.post(f"{address}{made.pk}/uitgeven/", {"vorm": "csv"}, follow=True).content.decode()
    assert "al uitgegeven" in again
    assert "werken niet meer" in client.post(f"{address}{made.pk}/stoppen/", follow=True).content.decode()
    assert client.post(f"{address}{door.asker.pk}/stoppen/").status_code == 404


def test_the_door_of_another_area_does_not_exist_and_who_only_counts_sees_no_name(door, log_in):
    stranger = make_membership(Role.IAC_REGISTRAR, team=make_team("Zuid"))
    client = log_in(stranger)
    assert client.get(queue_of(door)).status_code == 404
    assert client.get(asker_of(door.asker)).status_code == 404
    client = log_in(make_membership(Role.IAC_EDITOR))
    assert client.get(queue_of(door)).status_code == 404
    assert client.get(asker_of(door.asker)).status_code == 404
    assert client.get("/werk/besloten/mijn/").status_code == 403
    panel = page(client, f"{queue_of(door)}stand/")
    assert "Binnen" in panel
    assert "Naar de deur" not in panel
    client = log_in(door.member.rosa)
    assert client.get(f"{queue_of(door)}codes/").status_code == 404
    client = log_in(make_membership(Role.IAC_TECHNICIAN))
    assert client.get(f"{queue_of(door)}stand/").status_code == 403
    door.centre.commission.__class__.objects.update(wants_closed_part=False)
    client = log_in(door.member.rosa)
    assert client.get(queue_of(door)).status_code == 404
    assert "Hier is geen besloten deel." in page(client, f"{queue_of(door)}stand/")


def test_a_long_queue_asks_the_database_no_more(door, log_in, django_assert_max_num_queries):
    client = log_in(door.member.rosa)
    client.get(queue_of(door))
    with django_assert_max_num_queries(25) as one:
        client.get(queue_of(door))
    for number in range(4):
        make_asker(door.centre, name=f"Vrager {number}")
    refuse_entry(make_asker(door.centre), "unknown", "", by=door.rosa, at=AT)
    with django_assert_max_num_queries(len(one)):
        text = page(client, queue_of(door))
    assert "Vrager 3" in text


def test_a_long_queue_has_pages(door, log_in, monkeypatch):
    monkeypatch.setattr("nabij.closed_part.views.door.PER_PAGE", 1)
    make_asker(door.centre)
    client = log_in(door.member.rosa)
    assert "Blad 1 van 2" in page(client, queue_of(door))
    assert "Blad 2 van 2" in page(client, f"{queue_of(door)}?blad=2")


def test_who_left_is_not_let_in_by_an_old_page(door, log_in):
    held = make_insider(door.centre, by=door.rosa)
    leave(held, by=person_of(held.registration), at=AT)
    client = log_in(door.member.lead)
    assert "zelf gestopt" in page(client, asker_of(held.registration))
    told = {"doe": "uit", "reason": "press", "note": "x"}
    assert client.post(asker_of(held.registration), told).status_code == 403
