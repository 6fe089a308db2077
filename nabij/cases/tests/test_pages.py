"""The pages of cases: lists, search before create, the file, what opens with a reason, and the police."""

from datetime import timedelta

import pytest

from nabij.audit.models import ReadEntry
from nabij.cases.actions import break_glass
from nabij.cases.factories import give, make_case
from nabij.cases.models import BreakGlass, Case, CaseTie, DeclinedHelp, Part, SpecialReading, Task, TaskKind
from nabij.cases.queries import candidates_for
from nabij.kit import clock
from nabij.notify.contact_rules import rule_of
from nabij.people.models import Person
from nabij.rosters.factories import make_duty
from nabij.rosters.models import Seat
from nabij.vulnerability.models import Alert, Assessment, Level
from nabij.vulnerability.queries import levels_of

pytestmark = pytest.mark.django_db
PERSON = {
    "name": "Ilse Vermaat", "phone": "06 00 00 00 51", "email": "", "address": "Geheimlaan 1",
    "language": "nl", "topic": "EVT-03", "happened_on": "2026-03-01", "capacity": "victim",
}  # fmt: skip
ASSESSMENT = {
    "police_number": "PL-1", "assessed_on": "2027-03-01", "retaliation": "high",
    "measures": ["PM-06", "PM-18"],
    "ban_ends_on": "2027-06-01", "explanation": "Kent het adres", "police_contact": "Hester",
}  # fmt: skip


@pytest.fixture
def as_(client, noordwest):
    def log_in(name):
        client.force_login(getattr(noordwest.member, name).user)
        return client

    return log_in


@pytest.fixture
def case(noordwest):
    return make_case(helper=noordwest.member.ayla, at=clock.now(), address="Kerkstraat 1")


def page_of(case, part=""):
    return f"/werk/dossiers/{case.pk}/{part}"


def test_a_helper_sees_own_cases_and_each_look_is_logged(noordwest, as_, case):
    client = as_("ayla")
    before = ReadEntry.objects.count()
    text = client.get("/werk/dossiers/").content.decode()
    assert "Elske Rademaker" in text
    assert "ellen: eerste contact" in text
    assert ReadEntry.objects.count() == before + 1
    assert "Elske Rademaker" in client.get("/werk/").content.decode()
    page = client.get(page_of(case)).content.decode()
    for words in ("Elske Rademaker", "niet beoordeeld", "Nu te doen", "Plan", "Contactregel", case.reference):
        assert words in page
    assert "<title>" + case.reference in page
    assert "Elske" not in page.split("</title>")[0]
    assert "+31600000051" not in page
    assert "Kerkstraat" not in page
    assert ReadEntry.objects.count() == before + 3


def test_for_everybody_else_the_case_is_the_same_404_as_nothing(noordwest, as_, case):
    gone = f"/werk/dossiers/{noordwest.team.pk}/"
    for who in ("daan", "zuid", "femke", "hester", "imke", "nadia", "rinske"):
        client = as_(who)
        for part in ("", "regel/", "geschiedenis/", "bescherming/", "nu/", "plan/", "contacten/", "adres/"):
            answer = client.get(page_of(case, part))
            assert answer.status_code == 404, (who, part)
        assert client.get(page_of(case)).content == client.get(gone).content


def test_a_list_takes_the_same_number_of_queries_for_one_and_for_five(
    noordwest, as_, case, django_assert_max_num_queries
):
    client = as_("ayla")
    with django_assert_max_num_queries(30) as one:
        client.get("/werk/dossiers/")
    for name in "BCDE":
        make_case(name, helper=noordwest.member.ayla, at=clock.now())
    with django_assert_max_num_queries(30) as five:
        client.get("/werk/dossiers/")
    assert len(one) == len(five)


def test_the_leader_has_lists_decisions_and_gives_a_case(noordwest, as_, case):
    new = make_case("Tijs Vonk", team=noordwest.team, at=clock.now() - timedelta(days=9))
    client = as_("olaf")
    assert client.get("/werk/dossiers/").url == "/werk/dossiers/team/"
    for shown, words in (
        ("alle", "Tijs Vonk"), ("zonder-hulpverlener", "Tijs Vonk"), ("te-laat", "Tijs Vonk"),
        ("benaderen", "Tijs Vonk"), ("afgesloten", "Hier staat nu niets"),
    ):  # fmt: skip
        assert words in client.get(f"/werk/dossiers/team/?wat={shown}&blad=x").content.decode(), shown
    desk = client.get("/werk/").content.decode()
    assert "Hulpverlener toewijzen" in desk
    assert "te laat:" in desk
    form = client.get(page_of(new, "toewijzen/")).content.decode()
    assert "Ayla Demir (1 dossiers)" in form
    assert client.post(page_of(new, "toewijzen/"), {"part": "main"}).status_code == 422
    answer = client.post(
        page_of(new, "toewijzen/"), {"part": "main", "who": str(noordwest.daan.id)}, follow=True
    )
    assert "Daan Oort" in answer.content.decode()
    assert "Daan Oort" in client.get(page_of(new, "toewijzen/?als=deputy")).content.decode()
    moved = client.post(
        "/werk/dossiers/overdragen/",
        {"leaver": str(noordwest.ayla.id), "successor": str(noordwest.daan.id)},
        follow=True,
    )
    assert "1 dossiers zijn overgedragen" in moved.content.decode()
    same = {"leaver": str(noordwest.ayla.id), "successor": str(noordwest.ayla.id)}
    assert client.post("/werk/dossiers/overdragen/", same).status_code == 422
    assert as_("ayla").get(page_of(case, "toewijzen/")).status_code == 404


def test_a_second_page_and_no_count_of_everything(noordwest, as_):
    for number in range(27):
        make_case(f"Persoon {number}", helper=noordwest.member.ayla, at=clock.now())
    client = as_("ayla")
    first = client.get("/werk/dossiers/").content.decode()
    assert "Volgende" in first
    assert "Vorige" not in first
    second = client.get("/werk/dossiers/?blad=2").content.decode()
    assert second.count('class="task ') == 2
    assert "Al mijn dossiers" in client.get("/werk/").content.decode()
    assert "U hebt nu geen dossiers" in as_("daan").get("/werk/dossiers/").content.decode()


def test_search_first_then_a_new_case_that_keeps_what_was_typed(noordwest, as_, case):
    client = as_("ayla")
    assert client.post("/werk/dossiers/zoeken/", {}).status_code == 422
    wrong = client.post("/werk/dossiers/zoeken/", {"phone": "12", "email": "x"}).content.decode()
    assert "Dit is geen telefoonnummer" in wrong
    assert "Dit is geen e-mailadres" in wrong
    found = client.post("/werk/dossiers/zoeken/", {"name": "Elske Bakker"}).content.decode()
    assert "Geen dossier" in found
    assert (
        case.reference in client.post("/werk/dossiers/zoeken/", {"name": "elske RADEMAAKER"}).content.decode()
    )
    hidden = as_("daan").post("/werk/dossiers/zoeken/", {"name": "Elske Rademaker"}).content.decode()
    assert "Vraag het uw teamleider" in hidden
    assert case.reference not in hidden
    first = client.post(
        "/werk/dossiers/nieuw/", {"name": "Miriam", "phone": "", "email": ""}
    ).content.decode()
    assert 'value="Miriam"' in first
    new = PERSON | {"way_in": "own_request"}
    refused = client.post("/werk/dossiers/nieuw/", new)
    assert refused.status_code == 422
    assert "Zonder ja van deze persoon" in refused.content.decode()
    done = client.post("/werk/dossiers/nieuw/", new | {"has_agreed": "on"}, follow=True).content.decode()
    assert "is begonnen" in done
    assert Case.objects.count() == 2
    assert client.get("/werk/dossiers/nieuw/").status_code == 405


def test_the_contact_rule_is_agreed_and_stands_on_top(noordwest, as_, case):
    client = as_("ayla")
    assert client.get(page_of(case, "regel/")).status_code == 200
    half = client.post(page_of(case, "regel/"), {"ways": ["call"], "from_time": "12:00"})
    assert "Vul beide tijden in" in half.content.decode()
    turned = client.post(page_of(case, "regel/"), {"from_time": "13:00", "until_time": "12:00"})
    assert "Het einde ligt voor het begin" in turned.content.decode()
    told = {
        "ways": ["call"], "weekdays": ["1"], "from_time": "12:00", "until_time": "13:00",
        "code_word": "Merel", "has_secret_address": "on",
    }  # fmt: skip
    text = client.post(page_of(case, "regel/"), told, follow=True).content.decode()
    assert "Alleen tussen 12.00 en 13.00 uur. Geen voicemail." in text
    assert "Adres afgeschermd" in text
    assert 'value="Merel"' in client.get(page_of(case, "regel/")).content.decode()
    assert rule_of(case.person_id).weekdays == [1]
    assert as_("olaf").get(page_of(case, "regel/")).status_code == 200


def test_the_address_is_shown_once_after_a_reason(noordwest, as_, case):
    client = as_("ayla")
    assert "Kerkstraat" not in client.get(page_of(case, "adres/")).content.decode()
    assert client.post(page_of(case, "adres/"), {}).status_code == 422
    assert "Kerkstraat 1" in client.post(page_of(case, "adres/"), {"reason": "Bezoek"}).content.decode()
    assert SpecialReading.objects.count() == 1
    history = client.get(page_of(case, "geschiedenis/")).content.decode()
    assert "het adres" in history
    assert "Bezoek" in history


def test_kind_case_manager_tie_and_task(noordwest, as_, case):
    client = as_("ayla")
    assert client.get(page_of(case, "soort/")).status_code == 200
    client.post(page_of(case, "soort/"), {"topic": "EVT-28", "is_severe": "on"})
    assert Task.objects.to_do().filter(kind=TaskKind.CASE_MANAGER).exists()
    assert client.get(page_of(case, "casemanager/")).status_code == 403
    leader = as_("olaf")
    assert leader.get(page_of(case, "casemanager/")).status_code == 200
    leader.post(page_of(case, "casemanager/"), {"gets_one": "nee", "reason": "Wil niet"})
    assert Case.objects.get().has_case_manager is False
    client = as_("ayla")
    task = Task.objects.to_do().get(kind=TaskKind.ASK_POLICE)
    client.post(page_of(case, f"taak/{task.pk}/"))
    assert not Task.objects.to_do().filter(pk=task.pk).exists()
    text = client.post(page_of(case, "band/"), follow=True).content.decode()
    assert "U helpt hier niet meer" in text
    assert CaseTie.objects.count() == 1
    assert client.get(page_of(case)).status_code == 404
    closed = give(make_case("B", team=noordwest.team, at=clock.now()), noordwest.member.ayla, at=clock.now())
    Case.objects.filter(pk=closed.pk).update(state="closed")
    for part in ("regel/", "soort/", "niveau/"):
        assert client.get(page_of(closed, part)).status_code == 403


def test_the_police_send_somebody_with_an_assessment_and_see_that_it_was_read(noordwest, as_):
    client = as_("hester")
    assert "Iemand verwijzen" in client.get("/werk/").content.decode()
    assert client.get("/werk/verwijzen/").status_code == 200
    told = PERSON | ASSESSMENT | {
        "municipality": noordwest.municipality.pk, "has_assessment": "on", "safe_ways": ["call"],
        "from_time": "12:00", "until_time": "13:00", "has_secret_address": "on", "code_word": "Merel",
    }  # fmt: skip
    refused = client.post("/werk/verwijzen/", told)
    assert refused.status_code == 422
    assert "wil geen hulp" in refused.content.decode()
    assert not Person.objects.exists()
    late = client.post("/werk/verwijzen/", told | {"has_agreed": "on", "ban_ends_on": "2027-01-01"})
    assert "liep al af" in late.content.decode()
    assert not Person.objects.exists()
    assert (
        client.post("/werk/verwijzen/", told | {"has_agreed": "on", "police_number": ""}).status_code == 422
    )
    client.post("/werk/verwijzen/", told | {"has_agreed": "on"})
    case = Case.objects.get()
    assert levels_of([case.person_id])[case.person_id] == Level.HIGH
    assert rule_of(case.person_id).has_secret_address
    assert "nog niet bevestigd" in client.get("/werk/").content.decode()
    assert client.get("/werk/verwijzen/beoordeling/").status_code == 200
    newer = ASSESSMENT | {"retaliation": "possible", "measures": []}
    assert client.post("/werk/verwijzen/beoordeling/", newer).status_code == 302
    unknown = client.post("/werk/verwijzen/beoordeling/", newer | {"police_number": "PL-9"}).content.decode()
    assert "Onder dit nummer stuurde u nog geen beoordeling" in unknown
    over = client.post("/werk/verwijzen/beoordeling/", ASSESSMENT | {"ban_ends_on": "2027-01-01"})
    assert "liep al af" in over.content.decode()
    assert Assessment.objects.count() == 2
    declined = {"topic": "EVT-12", "municipality": noordwest.municipality.pk, "happened_on": "2026-02-03"}
    client.post("/werk/verwijzen/geen-hulp/", declined)
    assert client.get("/werk/verwijzen/geen-hulp/").status_code == 200
    assert DeclinedHelp.objects.count() == 1
    plain = PERSON | {"municipality": noordwest.municipality.pk, "has_agreed": "on", "name": "Tijs Vonk"}
    client.post("/werk/verwijzen/", plain)
    assert Case.objects.count() == 2
    for address in ("", "beoordeling/", "geen-hulp/", "verstuurd/"):
        assert as_("olaf").get(f"/werk/verwijzen/{address}").status_code == 403
    assert "niveau 2" in as_("olaf").get(page_of(case)).content.decode()


def test_protection_is_read_followed_and_changed(noordwest, as_, case):
    client = as_("ayla")
    page = page_of(case, "bescherming/")
    assert "Geen beoordeling ontvangen" in client.get(page).content.decode()
    client.post(page_of(case, "aandachtspunt/"), {"kind": "press"})
    client.post(page_of(case, "aandachtspunt/"), {"kind": "onzin"})
    alert = Alert.objects.get()
    assert "Pers actief" in client.get(page_of(case)).content.decode()
    assert client.post(f"/werk/dossiers/aandachtspunt/{alert.pk}/gelezen/").url == page_of(case)
    steps = f"/werk/dossiers/aandachtspunt/{alert.pk}/stap/"
    assert "Schrijf eerst op" in client.post(steps, {"sluiten": "1"}, follow=True).content.decode()
    assert "media-adviseur" in client.post(steps, {"what": "media_adviser"}, follow=True).content.decode()
    assert as_("daan").post(steps, {"what": "media_adviser"}).status_code == 404
    client = as_("ayla")
    client.post(steps, {"sluiten": "1"})
    assert not Alert.objects.filter(closed_at=None).exists()
    assert client.get(page_of(case, "niveau/")).status_code == 200
    client.post(page_of(case, "niveau/"), {"level": "2", "reason": "Bang"})
    refused = client.post(page_of(case, "niveau/"), {"level": "1", "reason": "Minder bang"})
    assert "alleen verhogen" in refused.content.decode()
    as_("olaf").post(page_of(case, "niveau/"), {"level": "1", "reason": "Politie akkoord"})
    assert levels_of([case.person_id])[case.person_id] == Level.ATTENTION
    assert as_("ayla").post(page_of(case, f"bescherming/{case.pk}/")).status_code == 404


def test_a_helper_acknowledges_what_the_police_sent(noordwest, as_):
    told = PERSON | ASSESSMENT | {
        "municipality": noordwest.municipality.pk, "has_assessment": "on", "has_agreed": "on",
    }  # fmt: skip
    as_("hester").post("/werk/verwijzen/", told)
    case = give(Case.objects.select_related("person", "team").get(), noordwest.member.daan, at=clock.now())
    client = as_("daan")
    text = client.get(page_of(case, "bescherming/")).content.decode()
    for words in ("Kent het adres", "Contactverbod", "01-06-2027", "vergelding"):
        assert words in text
    client.post(page_of(case, f"bescherming/{Assessment.objects.get().pk}/"))
    assert Assessment.objects.get().acknowledged_by == noordwest.daan.id
    assert "gelezen" in as_("hester").get("/werk/verwijzen/verstuurd/").content.decode()


def test_an_emergency_in_the_browser(noordwest, as_, case):
    client = as_("imke")
    make_duty(noordwest.member.imke, Seat.WORKER, starts_at=clock.now() - timedelta(hours=1))
    assert client.get("/werk/dossiers/noodtoegang/").status_code == 200
    told = {"reference": "verkeerd", "outside_reference": "112-44", "reason": "Belt in paniek"}
    assert "geen dossier gevonden" in client.post("/werk/dossiers/noodtoegang/", told).content.decode()
    text = client.post("/werk/dossiers/noodtoegang/", told | {"reference": case.reference}, follow=True)
    assert "Elske Rademaker" in text.content.decode()
    review = f"/werk/dossiers/noodtoegang/{BreakGlass.objects.get().pk}/"
    assert as_("daan").post(review, {"oordeel": "terecht"}).status_code == 404
    leader = as_("olaf")
    assert "Was terecht" in leader.get(page_of(case, "geschiedenis/")).content.decode()
    assert "Nagekeken: niet terecht" in leader.post(review, {"oordeel": "nee"}, follow=True).content.decode()
    assert as_("imke").get(page_of(case)).status_code == 404
    assert as_("ayla").get("/werk/dossiers/noodtoegang/").status_code == 403
    for address in ("", "team/", "zoeken/", "overdragen/", "mijn/", "besluiten/"):
        assert as_("nadia").get(f"/werk/dossiers/{address}").status_code == 403, address
    assert client.post("/werk/dossiers/nieuw/").status_code == 403


def test_what_a_page_may_not_do_it_says(noordwest, as_, case):
    leader = as_("olaf")
    who = str(noordwest.daan.id)
    form = {"part": "main", "who": who}
    with_certificate = candidates_for(case, Part.MAIN, clock.now())
    assert who in {str(each.membership.pk) for each in with_certificate if not each.objection}
    Case.objects.filter(pk=case.pk).update(state="closed")
    refused = leader.post(page_of(case, "toewijzen/"), form)
    assert "Heropen het eerst" in refused.content.decode()
    assert as_("ayla").get(page_of(case, "casemanager/")).status_code == 403
    assert as_("ayla").get(page_of(case, "toewijzen/")).status_code == 403


def test_who_looks_in_an_emergency_changes_nothing(noordwest, as_, case):
    make_duty(noordwest.member.imke, Seat.WORKER, starts_at=clock.now() - timedelta(hours=1))
    break_glass(case.reference, "44", "Nood", by=noordwest.imke, at=clock.now())
    client = as_("imke")
    for part in ("regel/", "soort/", "niveau/", "toewijzen/"):
        assert client.get(page_of(case, part)).status_code == 403, part
    assert client.get(page_of(case, "adres/")).status_code == 404
    assert "Contactregel afspreken" not in client.get(page_of(case)).content.decode()


def test_a_deputy_helps_too(noordwest, as_, case):
    give(case, noordwest.member.daan, Part.DEPUTY, at=clock.now())
    assert as_("daan").get(page_of(case, "regel/")).status_code == 200


def test_a_new_number_is_written_without_showing_the_old_and_what_was_typed_wrong_stays(noordwest, as_, case):
    client, address = as_("ayla"), page_of(case, "bereik/")
    page = client.get(address).content.decode()
    assert "Jonger dan 16 jaar" in page
    for known in ("00000051", "Kerkstraat"):
        assert known not in page
    assert "Vul in wat er veranderd is" in client.post(address, {}).content.decode()
    wrong = client.post(address, {"phone": "12", "address": "bij haar moeder"})
    assert wrong.status_code == 422
    for words in ("Dit is geen telefoonnummer", "met het huisnummer", 'value="bij haar moeder"'):
        assert words in wrong.content.decode()
    told = {"address": "Kerkstraat 12, 1234 AB Waterdijk", "gone": ["phone"], "is_minor": "ja"}
    done = client.post(address, told, follow=True).content.decode()
    assert "Het oude wordt niet meer gebruikt" in done
    assert "Kerkstraat" not in done
    assert "via ouder of voogd" in done
    person = Person.objects.get(pk=case.person_id)
    assert (person.has_phone, bool(person.address_sealed)) == (False, True)
    Case.objects.filter(pk=case.pk).update(state="closed")
    assert client.get(address).status_code == 403
    assert as_("daan").post(address, told).status_code == 404


def test_an_address_without_a_house_is_not_taken(noordwest, as_):
    new = PERSON | {"way_in": "own_request", "has_agreed": "on", "address": "Waterdijk"}
    refused = as_("ayla").post("/werk/dossiers/nieuw/", new)
    assert refused.status_code == 422
    assert "met het huisnummer" in refused.content.decode()
    assert not Person.objects.exists()
