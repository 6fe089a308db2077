import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, connections, transaction

from nabij.accounts.factories import make_actor, make_municipality
from nabij.accounts.roles import Role
from nabij.audit.actor import ANONYMOUS
from nabij.audit.models import TrailEntry
from nabij.incidents.actions import close_incident, report_incident
from nabij.incidents.actions.facts import known_municipalities
from nabij.incidents.actions.reporting import _received
from nabij.incidents.factories import NIGHT, make_incident, make_report, make_request
from nabij.incidents.facts import place_key
from nabij.incidents.models import HelpRequest, Incident, RepeatLink
from nabij.incidents.queries import open_nearby, same_place_before
from nabij.incidents.refusals import Refused
from nabij.keys.sealing import unseal
from nabij.kit import references
from nabij.kit.references import NoReferenceLeft, as_written, fresh_reference, words

pytestmark = pytest.mark.django_db


def test_a_report_becomes_an_incident_with_a_request_and_two_sentences_in_the_trail():
    nadia = make_actor(Role.DUTY_OFFICER)
    request = report_incident(make_report(), by=nadia, at=NIGHT)
    incident = request.incident
    assert (incident.people, incident.homes, incident.status, incident.grip) == (38, 6, "reported", 0)
    assert incident.municipality_codes == ("GM9001",)
    assert request.is_verified
    assert request.asked_by_id == nadia.id
    assert unseal(request.pk, request.asker_sealed) == "Nadia Vroom"
    assert b"Nadia" not in bytes(request.asker_sealed)
    entries = TrailEntry.objects.filter(thread_id=incident.pk).order_by("id")
    verbs = list(entries.values_list("verb", flat=True))
    assert verbs == ["incident.reported", "request.received"]


def test_the_same_form_sent_twice_makes_one_request():
    nadia, data = make_actor(Role.DUTY_OFFICER), make_report()
    first = report_incident(data, by=nadia, at=NIGHT)
    second = report_incident(data, by=nadia, at=NIGHT + timedelta(seconds=3))
    assert second.pk == first.pk
    assert (first.already_received, second.already_received) == (False, True)
    assert (Incident.objects.count(), HelpRequest.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_at_the_same_moment_makes_one_request():
    nadia, data = make_actor(Role.DUTY_OFFICER), make_report()
    found: list[HelpRequest] = []

    def send() -> None:
        try:
            found.append(report_incident(data, by=nadia, at=NIGHT))
        finally:
            connections.close_all()

    with transaction.atomic():
        first = report_incident(data, by=nadia, at=NIGHT)
        thread = threading.Thread(target=send)
        thread.start()
        thread.join(0.7)
        assert not found
    thread.join(10)
    assert [each.pk for each in found] == [first.pk]
    assert found[0].already_received
    assert (Incident.objects.count(), HelpRequest.objects.count()) == (1, 1)


def test_the_same_reference_drawn_at_the_same_moment_is_drawn_again(monkeypatch):
    taken = make_incident().reference
    drawn = iter([taken, "zilver-otter-47"])
    monkeypatch.setattr(
        "nabij.incidents.actions.reporting.fresh_reference",
        lambda kind, is_taken: next(drawn) if kind == "animals" else fresh_reference(kind, is_taken),
    )
    request = report_incident(make_report(), by=make_actor(Role.DUTY_OFFICER), at=NIGHT)
    assert request.incident.reference == "zilver-otter-47"


def test_a_form_not_seen_before_was_not_received():
    assert _received(make_report()) is None


def test_without_a_login_the_request_stands_and_is_marked_unverified():
    request = report_incident(make_report(), by=ANONYMOUS, at=NIGHT)
    assert not request.is_verified
    assert request.organisation is None
    assert request.asked_by is None


def test_who_only_gets_paged_cannot_ask_for_help():
    with pytest.raises(PermissionDenied):
        report_incident(make_report(), by=make_actor(Role.ON_CALL_WORKER), at=NIGHT)


def test_a_second_request_joins_the_open_incident_and_raises_its_counts():
    incident = make_incident(people=38, injured=None, dead=1)
    request = make_request(incident, people=20, injured=3, dead=None, homes=9, children=7)
    incident.refresh_from_db()
    assert request.incident_id == incident.pk
    assert (incident.people, incident.injured, incident.dead, incident.homes) == (38, 3, 1, 9)
    assert request.facts_changed == ["injured", "homes"]


def test_an_event_across_two_municipalities_is_one_incident_for_both():
    waterdijk = make_municipality("GM9002", "Waterdijk")
    incident = make_incident(municipalities=(make_municipality(), waterdijk))
    assert incident.municipality_codes == ("GM9001", "GM9002")


def test_a_request_cannot_join_what_is_closed_unknown_elsewhere_or_of_another_kind():
    nadia = make_actor(Role.DUTY_OFFICER)
    closed = make_incident()
    close_incident(closed, by=make_actor(), at=NIGHT)
    elsewhere = make_incident(municipalities=(make_municipality("GM9003", "Duinrand"),))
    exercise = make_incident(is_exercise=True)
    for pk in (closed.pk, elsewhere.pk, exercise.pk, uuid4()):
        with pytest.raises(Refused):
            report_incident(make_report(add_to=pk), by=nadia, at=NIGHT)
    with pytest.raises(Refused):
        report_incident(make_report(add_to=make_incident().pk), by=ANONYMOUS, at=NIGHT)


def test_an_unknown_municipality_is_refused_in_words():
    with pytest.raises(Refused, match="kennen wij niet"):
        report_incident(
            make_report().__class__(**{**make_report().__dict__, "municipality_codes": ("GM0000",)}),
            by=make_actor(Role.DUTY_OFFICER),
            at=NIGHT,
        )
    with pytest.raises(Refused):
        known_municipalities([])


def test_the_operator_who_enters_a_request_with_a_reference_has_confirmed_it():
    operator = make_actor(Role.CONTROL_ROOM)
    request = report_incident(make_report(control_room_reference="P27-0110"), by=operator, at=NIGHT)
    assert (request.confirmed_by_id, request.confirmed_at) == (operator.id, NIGHT)
    nadia = make_actor(Role.DUTY_OFFICER)
    other = report_incident(make_report(control_room_reference="P1"), by=nadia, at=NIGHT)
    assert other.confirmed_at is None


@pytest.mark.parametrize("text", ["💥🏠 explosie", "انفجار في الشارع", "x" * 4000, "O'Keeffe <b>&"])
def test_emoji_right_to_left_and_long_text_come_back_as_they_went_in(text):
    request = make_request(remarks=text, safety=text[:500])
    assert unseal(request.pk, request.remarks_sealed) == text


@pytest.mark.parametrize("people", [0, 1_000_000, None])
def test_nobody_a_million_and_unknown_are_all_answers(people):
    assert make_incident(people=people).people == people


@pytest.mark.parametrize("people", [-1, 1_000_001])
def test_the_database_itself_refuses_impossible_counts(people):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_incident(people=people)


def test_a_second_event_in_the_same_street_within_a_year_is_a_repeat_at_once():
    first = make_incident(place="Kokmeeuwstraat 27")
    later = NIGHT + timedelta(days=24)
    second = make_incident(place="kokmeeuwstraat", happened_at=later, at=later)
    assert list(second.earlier.all()) == [first]
    much_later = NIGHT + timedelta(days=800)
    assert not make_incident(happened_at=much_later, at=much_later).earlier.exists()
    assert not make_incident(place="", happened_at=later, at=later).earlier.exists()
    assert RepeatLink.objects.count() == 1


def test_an_exercise_is_never_a_repeat_of_something_real():
    make_incident()
    later = NIGHT + timedelta(days=2)
    exercise = make_incident(is_exercise=True, happened_at=later, at=later)
    assert not same_place_before(exercise).exists()


def test_open_events_nearby_in_place_and_time_are_offered_the_nearest_place_first():
    nadia = make_actor(Role.DUTY_OFFICER)
    other_street = make_incident(place="Reigerplein")
    same_street = make_incident(place="Kokmeeuwstraat")
    make_incident(happened_at=NIGHT - timedelta(hours=13))
    make_incident(is_exercise=True)
    make_incident(municipalities=(make_municipality("GM9003", "Duinrand"),))
    close_incident(make_incident(), by=make_actor(), at=NIGHT)
    where = {"municipality_codes": ["GM9001"], "happened_at": NIGHT}
    assert open_nearby(nadia, NIGHT, place="Kokmeeuwstr.", **where) == [same_street, other_street]
    assert {each.pk for each in open_nearby(nadia, NIGHT, **where)} == {same_street.pk, other_street.pk}
    assert open_nearby(ANONYMOUS, NIGHT, place="Kokmeeuwstraat", **where) == []


def test_a_place_is_compared_without_house_numbers_and_capitals():
    assert place_key("Kokmeeuwstraat 27a, (Noord)") == "kokmeeuwstraat noord"
    assert place_key("A2 bij km 34") == "a2 bij km"


def test_references_can_be_said_aloud():
    incident_words, request_words = words("animals"), words("things")
    reference = fresh_reference("animals", lambda _: False)
    first, second, number = reference.split("-")
    assert first in incident_words[0]
    assert second in incident_words[1]
    assert int(number) % 10 != 0
    assert not set(incident_words[1]) & set(request_words[1])
    assert as_written(f" {first.upper()}  {second}, {number} ") == reference


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]


@pytest.mark.parametrize("kind", ["animals", "things"])
@pytest.mark.parametrize("position", [0, 1])
def test_no_two_words_of_a_reference_are_written_nearly_the_same(kind, position):
    found = words(kind)[position]
    assert len(set(found)) == len(found) >= 40
    alike = [(a, b) for i, a in enumerate(found) for b in found[:i] if _distance(a, b) < 3]
    assert alike == []


def test_when_every_draw_is_taken_it_says_so_instead_of_searching_for_ever():
    with pytest.raises(NoReferenceLeft):
        fresh_reference("things", lambda _: True)
    assert references.ATTEMPTS == 50


def test_ten_thousand_incidents_still_use_the_indexes():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'incidents_incident'")
        names = {row[0] for row in cursor.fetchall()}
    assert {"incident_by_status", "incident_by_report", "incident_by_moment", "incident_by_place"} <= names
