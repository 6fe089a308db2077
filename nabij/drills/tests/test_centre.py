"""A centre is drilled: whole, on the real clock, nothing sent, nothing mixed with what is real, all wiped."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from nabij.accounts.factories import make_membership, make_municipality
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.cases.factories import make_case
from nabij.cases.models import Case
from nabij.centres.actions import commission_centre, enter_spoken_commission, take_offline
from nabij.centres.factories import EVENING, make_order
from nabij.centres.models import AdviceCentre, Commission
from nabij.centres.pages import centre_page, public_pages
from nabij.centres.queries import live_centres
from nabij.closed_part.queries.door import door_counts
from nabij.closed_rooms.actions.groups import open_group_at
from nabij.desk.actions import make_needs
from nabij.desk.models import Need, NeedState
from nabij.drills import actions
from nabij.drills.actions import DrillData
from nabij.drills.centres import last_drills
from nabij.drills.models import Drill, DrillState, Practised
from nabij.drills.paper import as_paper
from nabij.drills.people.content import registering_at_centre
from nabij.drills.playing import next_event
from nabij.drills.tests.test_drills import STAYS
from nabij.drills.words import registered_in_words
from nabij.incidents.factories import make_incident
from nabij.incidents.models import Incident
from nabij.kit import clock
from nabij.moderation.factories import make_shift
from nabij.notify.factories import make_contact_point
from nabij.notify.models import ContactPoint, Delivery, Message, State
from nabij.openings.actions import appoint, run_test, start_opening, tick
from nabij.openings.models import ChecklistItem, Preparation, ReadinessTest
from nabij.openings.tests.conftest import after, own_releases, people, put_live
from nabij.peers.models import Space
from nabij.people import drain as draining
from nabij.people.actions.coming_back import ask_code, send_code
from nabij.people.factories import make_registration
from nabij.people.models import Person, Registration, RegistrationState
from nabij.people.tests.conftest import drain_key, keys, web
from nabij.spool import writing as spool

__all__ = ["drain_key", "keys", "own_releases", "people", "web"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("web")]


def begin(people, by=None):
    data = DrillData(Practised.CENTRE, "disaster", make_municipality(), EVENING, speed=60)
    return actions.begin_drill(data, by=by or people.nadia, at=EVENING)


@pytest.fixture
def drilled(people, own_releases):
    """A drill with the ordinary commission at its event, one minute later, and its list."""
    people.drill = begin(people)
    people.centre = commission_centre(
        people.drill.incident, make_order(wants_closed_part=True), by=people.nadia, at=EVENING
    )
    people.opening = start_opening(people.centre, by=SYSTEM, at=EVENING)
    return people


def tick_off(people, code, by, at):
    tick(ChecklistItem.objects.get(decision__centre=people.centre, code=code), by=by, at=at)


def opened(people, minutes=97):
    """From the commission to open and tested, with a group and its moderator."""
    tick_off(people, "acknowledge", people.bart, after(4))
    tick_off(people, "facts", people.owen, after(31))
    put_live(people, after(minutes - 7))
    group = open_group_at(
        people.centre, "residents", people.cor_m, is_youth=False, by=people.cor, at=after(minutes - 5)
    )
    appoint(people.centre, "community", people.cor_m, by=people.owen, at=after(5))
    make_shift(group.space, people.cor_m, around=EVENING)
    for kind, by in (("registration", people.rosa), ("closed_part", people.cor), ("open_part", people.lin)):
        assert run_test(people.opening, kind, by=by, at=after(minutes - 2)).is_passed, kind
    run_test(people.opening, "desk", heard="Goedenavond", by=people.rosa, at=after(minutes))
    return actions.end_drill(people.drill, by=people.nadia, at=after(minutes + 10))


def test_people_drill_on_the_real_clock_and_the_game_plays_nobody(drilled):
    drill = drilled.drill
    assert (drill.speed, drill.is_paused, drill.starts_at) == (1, False, EVENING)
    assert drill.clock_at(after(30)) == after(30)
    for act in (actions.pause, actions.jump_to_next, actions.play_to_the_end):
        with pytest.raises(ValidationError, match="echte klok"):
            act(drill, by=drilled.nadia, at=after(5))
    with pytest.raises(ValidationError, match="echte klok"):
        actions.run_clock(drill, 60, by=drilled.nadia, at=after(5))
    assert next_event(drill) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Drill.objects.update(speed=10)


def test_the_report_says_what_was_due_done_when_in_which_role_and_the_minutes(drilled):
    drill = opened(drilled)
    told = drill.report
    assert (told["minutes"], told["live_minutes"], told["norm"]) == (97, 90, 120)
    by_code = {each["code"]: each for each in told["items"]}
    assert (by_code["acknowledge"]["result"], by_code["acknowledge"]["minute"]) == ("on_time", 4)
    assert by_code["acknowledge"]["by"] == "on_call_coordinator"
    assert by_code["facts"]["result"] == "late"
    assert by_code["second_reading"]["result"] == "open"
    assert {each["kind"] for each in told["tests"]} == {"open_part", "registration", "desk", "closed_part"}
    assert told["sums"]["late"] == len([each for each in told["items"] if each["result"] == "late"]) == 4
    assert "Owen" not in str(told)
    assert (drill.sent, drill.state) == (0, DrillState.ENDED)
    assert as_paper(drill).startswith(b"%PDF")
    assert Preparation.objects.get().code == "drill"


def test_without_a_commission_the_report_says_so_and_counts_for_nothing(people):
    drill = actions.end_drill(begin(people), by=people.nadia, at=after(5))
    assert (drill.report["commissioned"], drill.report["minutes"], drill.report["norm"]) == ("", None, 120)
    assert as_paper(drill).startswith(b"%PDF")
    found = last_drills(people.bart, after(10))
    assert (found.drills, found.is_due) == ([], True)
    assert not Preparation.objects.exists()


def test_the_page_of_an_exercise_stands_apart_marked_in_each_language_and_is_gone_at_the_end(drilled):
    put_live(drilled, after(90))
    paths = {page.path for page in public_pages()}
    assert drilled.centre.path == f"/oefening/{drilled.centre.slug}/"
    assert {drilled.centre.path, f"/en{drilled.centre.path}aanmelden/"} <= paths
    assert not any("/iac/" in path for path in paths)
    assert drilled.centre.name.startswith("OEFENING ")
    words = {
        "nl": "OEFENING", "en": "EXERCISE", "tr": "TATBİKAT", "ar": "تمرين", "pl": "ĆWICZENIA",
        "uk": "НАВЧАННЯ",
    }  # fmt: skip
    for language, word in words.items():
        page = centre_page(drilled.centre, language)
        assert page.count(word) >= 3, language
        assert page.count("OEFENING") >= 2, language
        assert 'content="noindex"' in page
    assert live_centres() == []
    actions.end_drill(drilled.drill, by=drilled.nadia, at=after(95))
    assert list(public_pages()) == []


def test_no_message_of_a_drill_leaves_the_house_and_each_is_counted(people, own_releases):
    drill = begin(people)
    make_contact_point(people.rosa_m.pk, value="0600000007")
    enter_spoken_commission(drill.incident, make_order(), commissioned_at=EVENING, by=people.bart, at=EVENING)
    person = make_registration(drill.incident, at=after(5), phone="+31600000055", email="").person
    asked = ask_code("phone", "+31600000055", network="198.51.100.0", language="nl", by=SYSTEM, at=after(6))
    assert send_code(asked, by=SYSTEM, at=after(6))
    assert Message.objects.get(recipient_id=person.pk).about_id == drill.incident_id
    drill = actions.end_drill(drill, by=people.nadia, at=after(9))
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.KEPT}
    assert (drill.sent, drill.report["kept"]) == (0, Delivery.objects.count())
    assert drill.report["kept"] >= 2


def test_a_code_goes_to_who_is_real_before_who_is_made_up(people):
    real = make_registration(make_incident(at=EVENING), at=EVENING, phone="+31600000055").person
    make_registration(begin(people).incident, at=after(5), phone="+31600000055")
    asked = ask_code("phone", "+31600000055", network="198.51.100.0", language="nl", by=SYSTEM, at=after(6))
    assert send_code(asked, by=SYSTEM, at=after(6))
    message = Message.objects.get(template="login_code")
    assert (message.recipient_id, message.about_id) == (real.pk, None)
    assert set(message.deliveries.values_list("state", flat=True)) == {State.QUEUED}


def ids_left(gone):
    """Every table in which one of these ids still stands in a column of its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type = 'uuid'"
        )
        found = set()
        for table, column in cursor.fetchall():
            cursor.execute(f'SELECT 1 FROM "{table}" WHERE "{column}" = ANY(%s) LIMIT 1', [gone])
            if cursor.fetchone():
                found.add(table)
    return found


def test_wiping_takes_the_centre_its_people_groups_and_messages_and_nothing_else(drilled):
    real = make_registration(make_incident(at=EVENING), at=EVENING)
    make_registration(drilled.drill.incident, at=after(20), phone="+31600000066")
    drill = opened(drilled)
    made_up = Person.objects.exclude(pk=real.person_id)
    gone = [
        drill.incident_id, drilled.centre.pk, drilled.centre.commission_id, drilled.opening.pk,
        *made_up.values_list("pk", flat=True), *Space.objects.values_list("pk", flat=True),
    ]  # fmt: skip
    assert len(gone) == 6
    drill = actions.wipe_drill(drill, by=drilled.nadia, at=after(120))
    assert ids_left(gone) <= STAYS
    for model in (AdviceCentre, Commission, Space, ReadinessTest):
        assert not model.objects.exists(), model
    assert list(Registration.objects.all()) == [real]
    assert list(Person.objects.all()) == [real.person]
    assert set(ContactPoint.objects.values_list("subject_id", flat=True)) <= {real.person_id}
    assert list(Incident.objects.all()) == [real.incident]
    assert list(public_pages()) == []
    assert (drill.state, drill.report["minutes"]) == (DrillState.WIPED, 97)
    assert as_paper(drill).startswith(b"%PDF")


def test_a_made_up_person_on_whom_something_real_hangs_is_not_wiped(drilled):
    made_up = make_registration(drilled.drill.incident, at=after(20)).person
    Case.objects.filter(pk=make_case().pk).update(person=made_up)
    drill = actions.end_drill(drilled.drill, by=drilled.nadia, at=after(30))
    with pytest.raises(ValidationError, match="echt"), transaction.atomic():
        actions.wipe_drill(drill, by=drilled.nadia, at=after(31))
    assert Person.objects.filter(pk=made_up.pk).exists()


def test_the_region_sees_its_last_drill_with_minutes_and_is_warned_after_half_a_year(drilled, client):
    opened(drilled, minutes=125)
    [last] = last_drills(drilled.bart, after(200)).drills
    assert (last.minutes, last.is_late, last.is_long_ago) == (125, True, False)
    later = last_drills(drilled.bart, after(200) + timedelta(days=184))
    assert (later.drills[0].is_long_ago, later.is_due) == (True, True)
    assert last_drills(drilled.stranger, after(200)).drills == []
    client.force_login(drilled.bart_m.user)
    page = client.get(reverse("openings:readiness")).content.decode()
    assert "125 van 120 minuten" in page
    assert "Oefen een centrum" not in page
    client.force_login(drilled.worker_m.user)
    assert client.get(reverse("drills:last")).status_code == 404


def test_the_pages_from_begin_to_wiped(people, client, own_releases, settings):
    client.force_login(people.nadia_m.user)
    address = reverse("drills:begin_centre")
    wrong = client.post(address, {"scene": "burglary", "municipality": "GM9001"})
    assert wrong.status_code == 422
    assert not Drill.objects.exists()
    page = client.post(address, {"scene": "disaster", "municipality": "GM9001"}, follow=True)
    drill = Drill.objects.get()
    assert "Nu: geef de opdracht" in page.content.decode()
    assert reverse("centres:commission", args=[drill.incident_id]) in page.content.decode()
    centre = commission_centre(drill.incident, make_order(), by=people.nadia, at=drill.begun_at)
    place = reverse("drills:drill", args=[drill.pk])
    assert "De lijst wordt gemaakt" in client.get(place).content.decode()
    start_opening(centre, by=SYSTEM, at=drill.begun_at)
    page = client.get(place).content.decode()
    assert "bezig" in page
    assert "OEFENING" in page
    assert reverse("openings:checklist", args=[centre.pk]) in page
    part = client.post(f"{place}klok/", {}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "De lijst van twee uur" in part
    page = client.post(f"{place}klok/", {"wens": "verder"}, follow=True).content.decode()
    assert "echte klok" in page
    page = client.post(f"{place}klok/", {"wens": "klaar"}, follow=True).content.decode()
    assert "Niet alles werd open en getest" in page
    assert client.get(f"{place}verslag/").content.startswith(b"%PDF")
    assert "openbare pagina" in client.get(f"{place}wissen/").content.decode()
    assert "Het verslag blijft" in client.post(f"{place}wissen/", follow=True).content.decode()
    assert "niet gehaald" in client.get(reverse("drills:overview")).content.decode()
    for role in (Role.VOLUNTEER, Role.IAC_CHIEF):
        client.force_login(make_membership(role).user)
        assert client.get(address).status_code == 404
        assert client.get(place).status_code == 404


def test_the_leader_of_a_team_may_begin_and_another_gives_the_commission(people, client):
    olaf = make_membership(Role.TEAM_LEADER)
    drill = begin(people, by=actor_for(olaf))
    client.force_login(olaf.user)
    page = client.get(reverse("drills:drill", args=[drill.pk])).content.decode()
    assert reverse("centres:commission", args=[drill.incident_id]) not in page
    assert reverse("incidents:room", args=[drill.incident_id]) in page


def came(drill):
    return [each for each in drill.acted if each.startswith("registers")]


def test_made_up_people_register_by_the_spool_once_the_centre_is_live(drilled, drain_key, client):
    drill, how = drilled.drill, registering_at_centre()
    assert actions.play(drill, by=SYSTEM, at=after(80)) == 0
    put_live(drilled, after(90))
    soon, late = (after(90 + minutes) for minutes in how.minutes)
    assert actions.play(drill, by=SYSTEM, at=soon - timedelta(minutes=1)) == 0
    assert actions.play(drill, by=SYSTEM, at=late) == 12
    drill.refresh_from_db()
    assert len(came(drill)) == len(set(came(drill))) == how.most == 12
    assert actions.play(drill, by=SYSTEM, at=late + timedelta(hours=1)) == 0
    assert not Registration.objects.exists()  # on their way, as real ones are
    drain_key()
    clock.move_to(late)
    assert draining.drain_all(spool.folder()) == 12
    rows = Registration.objects.filter(incident=drill.incident, state=RegistrationState.NEW)
    assert rows.count() == 12
    assert not Person.objects.filter(has_phone=True).exists()
    assert 0 < rows.filter(wants_closed_part=True).count() < 12
    assert door_counts(drill.incident_id).total == 12
    client.force_login(drilled.nadia_m.user)
    page = client.get(reverse("drills:drill", args=[drill.pk])).content.decode()
    assert "Aanmeldingen van verzonnen mensen" in page


def test_the_report_counts_who_registered_and_what_was_taken_up_and_all_is_wiped(drilled, drain_key):
    put_live(drilled, after(60))
    actions.play(drilled.drill, by=SYSTEM, at=after(90))
    drain_key()
    clock.move_to(after(90))
    number = draining.drain_all(spool.folder())
    assert 0 < number < 12
    make_needs(drilled.drill.incident, list(Registration.objects.order_by("pk")), by=SYSTEM, at=after(91))
    needs = list(Need.objects.order_by("pk"))
    Need.objects.filter(pk=needs[0].pk).update(
        taken_at=after(92), owner=drilled.rosa_m, state=NeedState.TAKEN
    )
    drill = actions.end_drill(drilled.drill, by=drilled.nadia, at=after(93))
    told = drill.report["registered"]
    assert (told["registered"], told["needs"], told["taken"]) == (number, len(needs), 1)
    lines = dict(registered_in_words(drill.report))
    assert lines["Vragen opgepakt"] == f"1 van {len(needs)}"
    assert registered_in_words({}) == []
    assert drill.sent == 0
    assert as_paper(drill).startswith(b"%PDF")
    drill = actions.wipe_drill(drill, by=drilled.nadia, at=after(95))
    for model in (Person, Registration, Need):
        assert not model.objects.exists()
    assert drill.acted == []


def test_who_was_still_on_the_way_when_it_was_wiped_lands_nowhere(drilled, drain_key):
    put_live(drilled, after(60))
    drill = actions.end_drill(drilled.drill, by=drilled.nadia, at=after(200))
    assert len(came(drill)) == 12
    assert drill.report["registered"]["registered"] == 0
    actions.wipe_drill(drill, by=drilled.nadia, at=after(201))
    drain_key()
    clock.move_to(after(202))
    assert draining.drain_all(spool.folder()) == 0
    assert not Registration.objects.exists()


def test_a_form_that_the_spool_refuses_stops_no_drill(drilled, monkeypatch):
    def full(_envelope):
        raise OSError("no space left")

    monkeypatch.setattr(spool, "append", full)
    put_live(drilled, after(60))
    drill = actions.end_drill(drilled.drill, by=drilled.nadia, at=after(200))
    assert (drill.state, len(came(drill))) == (DrillState.ENDED, 12)


def test_the_same_number_sends_the_same_people_and_nobody_comes_after_the_end(drilled):
    put_live(drilled, after(60))
    moments = []
    for _ in range(2):
        event = next_event(drilled.drill)
        moments.append((event.key, event.at))
    assert moments[0] == moments[1]
    take_offline(drilled.centre, by=SYSTEM, at=after(61))
    assert next_event(drilled.drill) is None
