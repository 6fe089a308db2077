"""The pages of a guardian and of a young child: switches, the file to take along, and what stays closed."""

from datetime import timedelta
from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from nabij.acting.actions import stop_mandate
from nabij.acting.factories import make_guardian
from nabij.acting.models import Mandate
from nabij.acting.visit import actor_of
from nabij.audit.actor import Actor, ActorKind, Scope
from nabij.audit.models import ReadEntry, TrailEntry
from nabij.cases.factories import make_case
from nabij.consents.actions import Sharing, share
from nabij.consents.factories import make_consent
from nabij.consents.models import SharingConsent
from nabij.consents.queries import running_consents
from nabij.documents.factories import make_document
from nabij.kit import clock
from nabij.notify.contact_rules import Agreed, rule_of
from nabij.own_space.actions import answer_again, ask, steer_contact, take_along
from nabij.own_space.models import OwnRequest, RequestKind
from nabij.own_space.tests.test_paper import words_of
from nabij.people.factories import enter_own_pages
from nabij.support.actions import Meeting, add_item, plan_appointment
from nabij.support.models import ContactKind, Strand
from nabij.vulnerability.actions import raise_alert, raise_level
from nabij.vulnerability.models import Level

FILE, PAPER, MINE = "/mijn/hulp/gegevens/", "/mijn/hulp/gegevens.pdf", "/mijn/hulp/"
TOGETHER = "samen met uw ouder of voogd."


@pytest.fixture
def case(noordwest):
    return make_noor(noordwest)


def make_noor(noordwest):
    """A child with one of everything, also something that was shared on a ground of the law."""
    now = clock.now()
    found = make_case("Noor Rademaker", helper=noordwest.member.ayla, at=now, email="noor@example.nl")
    add_item(found, Strand.PRACTICAL, "Naar de nieuwe school", by=noordwest.ayla, at=now)
    start = now + timedelta(days=2)
    told = Meeting(ContactKind.CALL, start, start + timedelta(hours=1), True)
    plan_appointment(found, told, by=noordwest.ayla, at=now)
    make_document(found, "Tekening", by=noordwest.ayla, at=now, is_shown=True)
    make_consent(found.person, by=noordwest.ayla, at=now)
    told = Sharing("specialist", ("contact_data",), "Zorg om de vader", ground="reporting_code", weighing="x")
    share(found.person, told, by=noordwest.olaf, at=now)
    return found


@pytest.fixture
def noor(case):
    return Actor(ActorKind.HELPED_PERSON, id=case.person_id)


@pytest.fixture
def mandate(noordwest, case):
    return make_guardian(case, by=noordwest.ayla, at=clock.now())


def come_in(client, person_id):
    enter_own_pages(client, person_id)


@pytest.fixture
def guardian(client, mandate):
    """The browser of Petra, who looks for Noor."""
    come_in(client, mandate.acting_id)
    client.post("/mijn/namens/", {"voor": mandate.pk})
    return client


@pytest.fixture
def child(client, case, mandate):
    """The browser of Noor, for whom Petra acts."""
    come_in(client, case.person_id)
    return client


def switch(consent):
    return f"/mijn/hulp/toestemming/{consent.pk}/"


def test_a_guardian_finds_switches_and_everybody_reads_who_turned_them(noordwest, case, guardian, mandate):
    consent = SharingConsent.objects.get()
    page = guardian.get(MINE).content.decode()
    assert "U beslist als ouder of voogd. Noor en wie helpt, kunnen zien dat u het was." in page
    assert "door ouder of voogd" not in page
    assert guardian.post(switch(consent), {"stand": "uit"}).url == MINE
    [shown] = running_consents(case.person_id, clock.now())
    assert (shown.state, shown.is_by_guardian) == ("withdrawn", True)
    guardian.post(switch(consent), {"stand": "nee"})
    assert running_consents(case.person_id, clock.now())[0].state == "refused"
    page = guardian.get(MINE).content.decode()
    assert "door ouder of voogd" in page
    assert "Zeg nee" not in page
    guardian.post(switch(consent), {"stand": "aan"})
    latest = SharingConsent.objects.get(withdrawn_at=None)
    assert (latest.is_given, latest.guardian, latest.asked_by) == (True, mandate.acting_id, None)
    assert TrailEntry.objects.filter(verb="consent.answered", actor_kind="acting").count() == 2
    come_in(guardian, case.person_id)
    assert "door ouder of voogd" in guardian.get(MINE).content.decode()
    guardian.force_login(noordwest.member.ayla.user)
    assert "door ouder of voogd" in guardian.get(f"/werk/dossiers/{case.pk}/").content.decode()


def test_the_first_page_says_for_whom_a_guardian_looks_until_they_look_for_themselves(guardian):
    page = guardian.get("/mijn/").content.decode()
    assert page.count("U kijkt namens Noor.") == 1
    assert "Kies voor wie u kijkt" not in page
    guardian.post("/mijn/namens/", {"voor": ""})
    page = guardian.get("/mijn/").content.decode()
    assert "U kijkt namens" not in page
    assert "Kies voor wie u kijkt" in page


def test_who_looks_for_one_child_finds_the_way_to_the_other(noordwest, guardian, mandate):
    bas = make_case("Bas Vonk", helper=noordwest.member.ayla, at=clock.now())
    other = make_guardian(bas, by=noordwest.ayla, at=clock.now(), address="vader@example.nl")
    Mandate.objects.filter(pk=other.pk).update(acting=mandate.acting_id)
    page = guardian.get("/mijn/").content.decode()
    assert "U kijkt namens Noor." in page
    assert "Kies voor wie u kijkt" in page


def test_what_may_be_shared_speaks_to_a_guardian_of_the_child_and_to_the_child_of_itself(case, guardian):
    page = guardian.get(MINE).content.decode()
    assert "dat het kind bij ons hulp krijgt" in page
    assert "hoe het kind te bereiken is" in page
    assert "dat u bij ons hulp krijgt" not in page
    assert "dat het kind bij ons hulp krijgt" in words_of(guardian.get(PAPER).content)
    come_in(guardian, case.person_id)
    page = guardian.get(MINE).content.decode()
    assert "dat u bij ons hulp krijgt" in page
    assert "het kind" not in page


def test_where_nothing_is_shared_the_page_says_so_with_the_childs_name(noordwest, client):
    case = make_case("Bas Vonk", helper=noordwest.member.ayla, at=clock.now())
    mandate = make_guardian(case, by=noordwest.ayla, at=clock.now())
    come_in(client, mandate.acting_id)
    client.post("/mijn/namens/", {"voor": mandate.pk})
    assert "Wij delen niets over Bas." in client.get(MINE).content.decode()


def test_a_guardian_takes_along_what_the_pages_show_and_nothing_else(case, guardian, mandate):
    page = guardian.get(MINE).content.decode()
    assert PAPER in page
    told = guardian.get(FILE).json()
    assert set(told) == {"naam", "hulpverleners", "plan", "afspraken", "toestemmingen", "berichten"}
    assert told["naam"] == "Noor"
    words = words_of(guardian.get(PAPER).content)
    for shown in ("Gegevens van het kind", "Noor", "Ayla", "Naar de nieuwe school", "Veilig Thuis"):
        assert shown in words, shown
    for hidden in ("Rademaker", "noor@example.nl", "Tekening", "Zorg om", case.reference, "Mijn "):
        assert hidden not in words + str(told), hidden
    assert TrailEntry.objects.filter(verb="mandate.file_taken", actor_id=mandate.acting_id).count() == 2
    looks = ReadEntry.objects.filter(person_id=case.person_id, actor_id=mandate.acting_id)
    assert looks.count() == 3


def test_the_messages_go_along_only_where_the_guardian_may_read_them(client, case, noor, mandate):
    come_in(client, case.person_id)
    client.post("/mijn/hulp/berichten/", {"key": mandate.pk, "text": "Ik ben bang voor de buurman"})
    mandate.refresh_from_db()
    told = take_along(case.person_id, by=actor_of(mandate), at=clock.now())
    assert [(each["van"], each["tekst"]) for each in told["berichten"]] == [
        ("het kind", "Ik ben bang voor de buurman")
    ]
    mandate.scope = [Scope.SEE, Scope.EXPORT]
    told = take_along(case.person_id, by=actor_of(mandate), at=clock.now())
    assert set(told) == {"naam", "hulpverleners", "plan", "afspraken"}


def test_what_is_the_childs_own_stays_closed_for_the_guardian(case, guardian, mandate):
    for address in ("contact/", "vragen/", "meekijken/"):
        assert guardian.get(f"{MINE}{address}").status_code == 404, address
        assert guardian.post(f"{MINE}{address}", {}).status_code == 404, address
    by, now = actor_of(mandate), clock.now()
    for attempt in (
        lambda: ask(RequestKind.ERASE, "x", by=by, at=now),
        lambda: ask(RequestKind.OBJECT, "x", by=by, at=now),
        lambda: ask(RequestKind.CORRECT, "x", by=by, at=now),
        lambda: steer_contact(Agreed(()), by=by, at=now),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert rule_of(case.person_id) is None


@pytest.mark.parametrize("danger", ["alert", "level", "stopped"])
def test_a_danger_a_raised_level_and_stop_close_everything_in_a_session_that_is_open(
    noordwest, case, guardian, mandate, danger
):
    consent, now = SharingConsent.objects.get(), clock.now()
    if danger == "alert":
        raise_alert(case.person, "same_house", by=noordwest.ayla, at=now)
    elif danger == "level":
        raise_level(case.person, Level.RAISED, "x", by=noordwest.ayla, at=now)
    else:
        stop_mandate(mandate, by=noordwest.ayla, at=now)
    for address in (MINE, FILE, PAPER):
        assert b"Noor" not in guardian.get(address).content, address
    guardian.post(switch(consent), {"stand": "uit"})
    assert running_consents(case.person_id, now)[0].is_on
    assert not TrailEntry.objects.filter(verb="mandate.file_taken").exists()


def test_another_childs_consent_does_not_exist_for_a_guardian(noordwest, guardian):
    other = make_case("Bas Vonk", helper=noordwest.member.ayla, at=clock.now())
    consent = make_consent(other.person, by=noordwest.ayla, at=clock.now())
    assert guardian.post(switch(consent), {"stand": "uit"}).status_code == 404


def test_a_young_child_reads_and_writes_and_decides_with_the_guardian(case, child):
    page = child.get(MINE).content.decode()
    assert page.count(TOGETHER) == 2
    assert "Schrijf een bericht aan wie u helpt" in page
    for shown in ("Naar de nieuwe school", "Wie mijn dossier las", "Mijn berichten", "Veilig Thuis"):
        assert shown in page, shown
    for closed in ("U beslist zelf", "Zet uit", PAPER, FILE, "stop of wis"):
        assert closed not in page, closed
    assert child.get(FILE).status_code == 403
    assert child.get(PAPER).status_code == 403
    assert child.post(switch(SharingConsent.objects.get()), {"stand": "uit"}).status_code == 403
    assert running_consents(case.person_id, clock.now())[0].is_on
    assert child.get("/mijn/hulp/berichten/").status_code == 200


def test_a_young_child_asks_to_correct_or_to_be_left_alone_and_erases_with_the_guardian(case, child, noor):
    page = child.get("/mijn/hulp/vragen/").content.decode()
    assert f"wissen doet u {TOGETHER}" in page
    assert 'value="erase"' not in page
    wrong = child.post("/mijn/hulp/vragen/", {"kind": "erase", "text": "Alles weg"})
    assert (wrong.status_code, "Alles weg" in wrong.content.decode()) == (422, True)
    with pytest.raises(PermissionDenied):
        ask(RequestKind.ERASE, "Alles weg", by=noor, at=clock.now())
    child.post("/mijn/hulp/vragen/", {"kind": "object", "text": "Bel mij niet"})
    assert [each.kind for each in OwnRequest.objects.all()] == [RequestKind.OBJECT]
    assert rule_of(case.person_id).ways == []


def test_without_the_guardian_the_child_decides_again(noordwest, case, child, mandate):
    stop_mandate(mandate, by=noordwest.ayla, at=clock.now())
    page = child.get(MINE).content.decode()
    assert TOGETHER not in page
    assert "U beslist zelf" in page
    assert "Zet uit" in page
    assert child.get(FILE).status_code == 200
    assert 'value="erase"' in child.get("/mijn/hulp/vragen/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_who_answer_at_the_same_moment_leave_one_answer(noordwest):
    with transaction.atomic():
        mandate = make_guardian(make_noor(noordwest), by=noordwest.ayla, at=clock.now())
    consent, failed = SharingConsent.objects.get(), []

    def say(is_given):
        try:
            answer_again(consent, is_given=is_given, by=actor_of(mandate), at=clock.now())
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=say, args=[is_given]) for is_given in (True, False, True)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failed == []
    assert SharingConsent.objects.filter(withdrawn_at=None).count() == 1
    assert SharingConsent.objects.count() == 4
