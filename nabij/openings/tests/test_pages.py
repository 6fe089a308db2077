"""The pages: the list on a phone, the board, phases, closing, figures; and who finds none of them."""

import pytest
from django.core.exceptions import PermissionDenied

from nabij.accounts.factories import make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Permission, Role
from nabij.audit.actor import ANONYMOUS, SYSTEM
from nabij.centres.factories import EVENING, make_centre
from nabij.centres.models import AdviceCentre
from nabij.kit import clock
from nabij.openings import policies
from nabij.openings.actions import appoint, decide_phase, start_opening, tick
from nabij.openings.models import BoardSeat, ChecklistItem, Lesson, Opening, Phase, PhaseDecision, Preparation
from nabij.openings.tests.conftest import after
from nabij.openings.tests.test_two_hours import everything_tested
from nabij.openings.tests.test_years import GOOD, LATER, quiet
from nabij.people.models import Registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_(client):
    def log_in(membership):
        client.force_login(membership.user)
        return client

    return log_in


@pytest.fixture
def now(people):
    """A centre commissioned just now, with its list."""
    at = clock.now()
    people.centre = make_centre(by=people.nadia, at=at)
    people.opening = start_opening(people.centre, by=SYSTEM, at=at)
    people.base = f"/werk/iac-opening/{people.centre.pk}/"
    return people


def text_of(client, address, **more):
    return client.get(address, **more).content.decode()


def test_the_list_says_what_now_who_is_missing_and_how_long_is_left(now, as_):
    appoint(now.centre, "facts", now.lin_m, by=now.bart, at=clock.now())
    text = text_of(as_(now.lin_m), now.base)
    assert "Nu voor u" in text
    assert "Vraag politie en regio om de eerste feiten" in text
    assert "nog niemand voor: leider registratie" in text
    assert "Nog 119 minuten" in text
    assert "Nu besluit niemand" in text
    item = ChecklistItem.objects.get(code="facts")
    text = as_(now.lin_m).post(f"{now.base}punt/{item.pk}/", follow=True).content.decode()
    assert "Afgevinkt." in text
    assert "<bdi>Lin Chen</bdi>, " in text
    assert "Toch niet" in text
    text = as_(now.lin_m).post(f"{now.base}punt/{item.pk}/terug/", follow=True).content.decode()
    assert "Weer open." in text


def test_a_tick_on_what_has_a_test_is_refused_in_words(now, as_):
    item = ChecklistItem.objects.get(code="desk")
    text = as_(now.lin_m).post(f"{now.base}punt/{item.pk}/", follow=True).content.decode()
    assert "Doe de test." in text


def test_a_test_call_asks_what_was_heard_and_keeps_what_was_typed(now, as_):
    address, client = f"{now.base}test/desk/", as_(now.rosa_m)
    assert "Wat hoorde of zag u?" in text_of(client, address)
    wrong = client.post(address, {"heard": "Met het loket, goedenavond"})
    assert wrong.status_code == 422
    assert "goedenavond" in wrong.content.decode()
    empty = client.post(address, {"heard": "", "works": "yes"})
    assert empty.status_code == 422
    text = client.post(address, {"heard": "Met het loket", "works": "no"}, follow=True).content.decode()
    assert "werkt niet" in text
    assert "Met het loket" in text
    assert client.get(f"{now.base}test/closed_part/").status_code == 404


def test_nabij_tests_the_site_and_the_form_at_the_press_of_a_button(now, as_):
    client = as_(now.lin_m)
    text = client.post(f"{now.base}test/open_part/", follow=True).content.decode()
    assert "Het centrum is nog niet live." in text
    text = client.post(f"{now.base}test/registration/", follow=True).content.decode()
    assert "Zet het centrum eerst live." in text
    assert client.get(f"{now.base}test/open_part/").status_code == 302
    assert not Registration.objects.exists()


def test_a_late_opening_is_red_and_asks_why(fire, as_):
    everything_tested(fire, after(126))
    base, client = f"/werk/iac-opening/{fire.centre.pk}/", as_(fire.bart_m)
    assert "Open na 126 minuten" in text_of(client, base)
    assert "Schrijf op waarom het later werd" in text_of(client, base)
    assert client.post(f"{base}reden/", {"reason": ""}).status_code == 422
    text = client.post(f"{base}reden/", {"reason": "Feiten kwamen laat."}, follow=True).content.decode()
    assert "Feiten kwamen laat." in text
    assert client.get(f"{base}reden/").status_code == 403
    room = text_of(client, f"/werk/gebeurtenissen/{fire.centre.incident_id}/")
    assert "Open na 126 minuten" in room
    assert "Feiten kwamen laat" not in room


def test_a_list_that_is_not_there_yet_is_made_by_hand(people, as_):
    centre = make_centre(by=people.nadia, at=clock.now())
    base, client = f"/werk/iac-opening/{centre.pk}/", as_(people.lin_m)
    assert "Maak de lijst nu" in text_of(client, base)
    for part in ("fase/", "sluiten/", "cijfers/", "redactie/"):
        assert client.get(base + part).status_code == 200
    assert client.get(f"{base}test/desk/").status_code == 404
    assert client.get(f"{base}reden/").status_code == 403
    client.post(f"{base}starten/")
    assert Opening.objects.count() == 1


def test_a_seat_is_given_on_the_board_and_wrong_input_stays(now, as_):
    client, address = as_(now.bart_m), f"{now.base}redactie/"
    assert "Geef iemand een plaats" in text_of(client, f"{address}?plaats=deputy")
    wrong = client.post(address, {"seat": "facts", "outsider": "", "starts_at": "", "ends_at": ""})
    assert wrong.status_code == 422
    assert "Kies een collega, of schrijf één naam op." in wrong.content.decode()
    form = {
        "seat": "facts", "outsider": "Kees Maas", "starts_at": "2027-05-16T08:00",
        "ends_at": "2027-05-16T07:00",
    }  # fmt: skip
    wrong = client.post(address, form).content.decode()
    assert "Het einde ligt voor het begin" in wrong
    assert "Kees Maas" in wrong
    past = client.post(address, {"seat": "facts", "outsider": "Kees", "ends_at": "2020-05-16T07:00"})
    assert past.status_code == 422
    text = client.post(address, {"seat": "facts", "outsider": "Kees Maas"}, follow=True).content.decode()
    assert "Kees Maas" in text
    assert "Kan dit niet zelf doen in Nabij." in text
    row = BoardSeat.objects.get()
    text = client.post(f"{address}{row.pk}/einde/", follow=True).content.decode()
    assert "De plaats is weer vrij." in text
    assert "Geef iemand een plaats" not in text_of(as_(now.lin_m), address)


def test_the_desk_shows_the_open_items_of_ones_own_seats_for_one_and_for_five(
    now, as_, django_assert_num_queries
):
    client = as_(now.lin_m)
    assert "Uw punten voor het IAC" not in text_of(client, "/werk/")
    at = clock.now()
    appoint(now.centre, "technician", now.lin_m, by=now.bart, at=at)
    assert "Kijk of de naam" in text_of(client, "/werk/")
    address = "/werk/iac-opening/mijn/"
    text_of(client, address)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as one:
        text_of(client, address)
    for seat in ("facts", "content_psh", "deputy", "chief_editor"):
        appoint(now.centre, seat, now.lin_m, by=now.bart, at=at)
    with django_assert_num_queries(len(one)):
        assert text_of(client, address).count("Naar de lijst") > 4
    assert as_(now.worker_m).get(address).status_code == 403


def test_a_phase_is_decided_on_its_page_with_its_reason(now, as_):
    client, address = as_(now.owen_m), f"{now.base}fase/"
    assert "Besluit: een nieuwe fase" in text_of(client, address)
    wrong = client.post(address, {"phase": "aftercare", "reason": ""})
    assert wrong.status_code == 422
    text = client.post(address, {"phase": "aftercare", "reason": "Rustig."}, follow=True).content.decode()
    assert "Fase: eerste nazorg" in text
    assert "Rustig." in text
    assert "brief aan de huisartsen" in text_of(client, now.base)
    assert "Besluit: een nieuwe fase" not in text_of(as_(now.lin_m), address)
    assert as_(now.lin_m).post(address, {"phase": "long", "reason": "x"}).status_code == 403


def test_closing_goes_from_proposal_to_archive_and_open_again_on_its_pages(fire, as_):
    decide_phase(fire.centre, Phase.AFTERCARE, "Rustig.", by=fire.owen, at=after(9999))
    base = f"/werk/iac-opening/{fire.centre.pk}/"
    address, bart = f"{base}sluiten/", as_(fire.bart_m)
    said = {"council_on": "2027-07-01", "contact_point": "Loket 14 0123", "inquiry": "Het OM", "reason": ""}
    wrong = bart.post(address, said)
    assert wrong.status_code == 422
    assert "Schrijf op waarom het centrum toch kan sluiten." in wrong.content.decode()
    assert "Loket 14 0123" in wrong.content.decode()
    bart.post(address, said | {"reason": "Nieuw loket."})
    owen = as_(fire.owen_m)
    soon = owen.post(f"{address}aankondigen/", {"ends_on": "2026-12-01", "contact_point": "Loket"})
    assert soon.status_code == 422
    assert "op zijn vroegst over drie maanden" in soon.content.decode()
    assert "Nieuw loket." in text_of(owen, address)
    text = owen.post(f"{address}niet/", follow=True).content.decode()
    assert "Het centrum blijft open." in text
    assert owen.post(f"{address}niet/").status_code == 404
    owen.post(address, said | {"reason": "Nieuw loket."})
    assert "U deed dit voorstel zelf." in text_of(owen, address)
    text = as_(fire.ida_m).post(
        f"{address}aankondigen/", {"ends_on": "2040-01-02", "contact_point": "Loket"}, follow=True
    )
    assert "De laatste dag is 2 januari 2040." in text.content.decode()
    text = as_(fire.ida_m).post(f"{address}dicht/", follow=True).content.decode()
    assert "De laatste dag is nog niet geweest." in text


def test_an_archived_centre_is_opened_again_on_its_page(archived_centre, as_):
    people = archived_centre
    base, client = f"/werk/iac-opening/{people.centre.pk}/", as_(people.nadia_m)
    assert "Dit centrum weer openen" in text_of(client, f"{base}fase/")
    assert "Dit centrum is gesloten op 17 oktober 2027." in text_of(client, f"{base}sluiten/")
    assert client.post(f"{base}weer-open/", {"reason": ""}).status_code == 422
    text = client.post(f"{base}weer-open/", {"reason": "Rechtszaak"}, follow=True).content.decode()
    assert "Open in twee uur" in text


@pytest.fixture
def archived_centre(fire):
    from datetime import date

    from nabij.openings.actions import announce_closing, archive, propose_closing

    decide_phase(fire.centre, Phase.AFTERCARE, "Rustig.", by=fire.owen, at=after(9999))
    quiet(fire)
    plan = propose_closing(fire.centre, GOOD, by=fire.bart, at=LATER)
    plan = announce_closing(plan, date(2027, 10, 17), by=fire.owen, at=LATER)
    archive(plan, by=fire.owen, at=EVENING.replace(month=10, day=17))
    return fire


def test_visits_are_typed_with_who_counted(now, as_):
    client, address = as_(now.lin_m), f"{now.base}sluiten/bezoeken/"
    typed = {"bezoeken-day": "2025-06-04", "bezoeken-visits": "12", "bezoeken-source": ""}
    wrong = client.post(address, typed)
    assert wrong.status_code == 422
    assert 'value="12"' in wrong.content.decode()
    big = client.post(address, typed | {"bezoeken-visits": "99999999", "bezoeken-source": "site"})
    assert "Dit getal is te groot." in big.content.decode()
    later = client.post(address, typed | {"bezoeken-day": "2040-01-02", "bezoeken-source": "site"})
    assert "Deze week is nog niet voorbij." in later.content.decode()
    assert client.post(address, typed | {"bezoeken-source": "site"}).status_code == 302


def test_figures_come_as_page_and_as_file_and_lessons_go_into_the_template(now, as_):
    client, address = as_(now.owen_m), f"{now.base}cijfers/"
    assert "Minuten tot de site live was" in text_of(client, address)
    file = client.get(f"{address}csv/")
    assert file.headers["Content-Disposition"] == 'attachment; filename="cijfers-iac.csv"'
    assert "Aangemeld;0" in file.content.decode("utf-8-sig")
    assert client.post(address, {"text": ""}).status_code == 422
    assert "Meer tolken" in client.post(address, {"text": "Meer tolken"}, follow=True).content.decode()
    lesson = Lesson.objects.get()
    one = f"{now.base}lessen/{lesson.pk}/"
    assert "in welke versie" in client.post(one, {"version": ""}, follow=True).content.decode()
    text = client.post(one, {"version": "2028-1"}, follow=True).content.decode()
    assert "sinds versie 2028-1" in text


def test_what_is_ready_in_peace_time_has_its_page(people, as_):
    client = as_(people.nadia_m)
    assert "Klaar voor een IAC in twee uur" in text_of(client, "/werk/iac-opening/gereed/")
    address = "/werk/iac-opening/gereed/drill/"
    assert "Wij hebben het geoefend" in text_of(client, address)
    future = client.post(address, {"done_on": "2040-01-01"})
    assert future.status_code == 422
    assert "Deze dag moet nog komen." in future.content.decode()
    assert client.post(address, {"done_on": clock.now().date().isoformat()}).status_code == 302
    assert Preparation.objects.get().organisation == people.nadia_m.organisation
    assert client.get("/werk/iac-opening/gereed/party/").status_code == 404
    for other in ("/werk/iac-opening/gereed/", address):
        assert as_(people.lin_m).get(other).status_code == 403


def test_a_centre_of_another_municipality_does_not_exist(now, as_):
    parts = ("", "redactie/", "fase/", "sluiten/", "cijfers/", "cijfers/csv/", "weer-open/", "paneel/")
    for who in (now.stranger_m, now.worker_m):
        client = as_(who)
        assert {part: client.get(now.base + part).status_code for part in parts} == dict.fromkeys(parts, 404)


def test_what_belongs_to_another_centre_does_not_exist_there(now, as_):
    other = make_centre(by=now.nadia, at=clock.now())
    item = ChecklistItem.objects.get(code="facts")
    base, client = f"/werk/iac-opening/{other.pk}/", as_(now.owen_m)
    assert client.post(f"{base}punt/{item.pk}/").status_code == 404
    assert client.post(f"{base}lessen/{item.pk}/").status_code == 404
    assert client.post(f"{base}redactie/{item.pk}/einde/").status_code == 404
    assert client.post(f"{base}sluiten/aankondigen/").status_code == 404


def test_the_panel_in_the_incident_room_is_for_who_checks_centres(now, as_):
    address = f"/werk/iac-opening/paneel/{now.centre.incident_id}/"
    assert "nog niet getest" in text_of(as_(now.nadia_m), address)
    centre_page = f"/werk/iac/{now.centre.pk}/"
    assert "nog niet getest" in text_of(as_(now.owen_m), centre_page)
    psh = make_membership(Role.PSH_LEAD)
    assert as_(psh).get(address).status_code == 404
    assert as_(now.stranger_m).get(address).status_code == 404


def test_who_checks_and_who_decides_by_role(fire):
    for role in Role:
        actor = actor_for(make_membership(role, is_national=True))
        sees = actor.may(Permission.SEE_INCIDENTS)
        checks = actor.may(Permission.CHECK_CENTRE) and sees
        publishes, coordinates = actor.may(Permission.PUBLISH_CENTRE), actor.may(Permission.COORDINATE)
        commissions = actor.may(Permission.COMMISSION_CENTRE)
        expected = {
            "check": checks,
            "decide": role == Role.IAC_CHIEF,
            "appoint": checks and (publishes or coordinates),
            "open_again": checks and (commissions or publishes),
            "crew": publishes or coordinates,
            "prepare": commissions or publishes,
        }
        found = {
            "check": policies.can_check(actor, fire.centre, EVENING),
            "decide": policies.can_decide(actor, fire.centre, EVENING),
            "appoint": policies.can_appoint(actor, fire.centre, EVENING),
            "open_again": policies.can_open_again(actor, fire.centre, EVENING),
            "crew": policies.sees_crew(actor),
            "prepare": policies.can_prepare(actor),
        }
        assert found == expected, role


def test_who_sits_on_a_board_sees_that_centre_while_sitting_there(fire):
    assert not policies.can_check(fire.cor, fire.centre, EVENING)
    row = appoint(
        fire.centre, "community", fire.cor_m, starts_at=after(5), ends_at=after(60), by=fire.bart, at=EVENING
    )
    seen = {minute: policies.can_check(fire.cor, fire.centre, after(minute)) for minute in (4, 5, 59, 60)}
    assert seen == {4: False, 5: True, 59: True, 60: False}
    item = ChecklistItem.objects.get(code="facts")
    assert tick(item, by=fire.cor, at=after(10)).done_by_id == fire.cor.id
    assert row.membership == fire.cor_m
    appoint(fire.centre, "community", fire.worker_m, by=fire.bart, at=after(61))
    assert not policies.can_check(fire.worker, fire.centre, after(62))
    assert not AdviceCentre.objects.filter(policies.visible_to(ANONYMOUS, EVENING)).exists()
    with pytest.raises(PermissionDenied):
        tick(item, by=fire.worker, at=after(62))


def test_each_decision_has_its_number_once(fire):
    from django.db import IntegrityError, transaction

    first = PhaseDecision.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        PhaseDecision.objects.create(
            centre=fire.centre, number=first.number, phase="acute", reason_sealed=b"x", decided_at=EVENING
        )
