import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from nabij.accounts.models import Membership
from nabij.aftercare.actions.households import name_contact
from nabij.aftercare.factories import make_run
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.cases.factories import make_case, make_helper
from nabij.doors import actions
from nabij.doors.addresses import read_addresses
from nabij.doors.content import briefing_points
from nabij.doors.models import Door, Outcome, Round
from nabij.doors.queries import elsewhere, left_to_others, rounds_past, sums_of
from nabij.doors.tests.conftest import ENDS, MORNING, STARTS, STREET, make_ask, make_round, told
from nabij.incidents.factories import make_incident
from nabij.kit import clock
from nabij.notify.actions.agreeing import agree_contact
from nabij.notify.contact_rules import Agreed
from nabij.vulnerability.models import Alert, Level, LevelChange, LevelSource

pytestmark = pytest.mark.django_db
HOME = "Kokmeeuwstraat 5"
HOUR = timedelta(hours=1)


def protect(street, **told):
    case = make_case("Ilse Vermaat", address=f"{HOME}, 1022 AB Amsterdam", **told)
    agree_contact(case.person_id, Agreed(ways=(), has_secret_address=True), by=SYSTEM, at=MORNING)
    return case


def protect_by_level(street):
    case = make_case("Ilse Vermaat", address=HOME)
    LevelChange.objects.create(
        person=case.person, level=Level.HIGH, source=LevelSource.STAFF, reason_sealed=b"x", at=MORNING
    )


def protect_by_measure(street):
    case = make_case("Ilse Vermaat", address=HOME)
    Alert.objects.create(person=case.person, kind="secret_address", raised_at=MORNING)


def house(street):
    name_contact(
        make_run(incident=street.incident), "huishouden 1", street.nadia_membership, address=HOME,
        by=street.nadia, at=MORNING,
    )  # fmt: skip


def draw(street):
    street.draw(read_addresses(HOME)[0].key)


def nothing(street):
    """Only the planner says so."""


REASONS = [protect, protect_by_level, protect_by_measure, house, draw, nothing]


@pytest.fixture
def street(street, monkeypatch):
    drawn = set()
    monkeypatch.setattr(elsewhere, "_drawn", lambda addresses: drawn & {each.key for each in addresses})
    street.draw = drawn.add
    return street


def numbers_left(found):
    return sorted(found.doors.filter(outcome=Outcome.ELSEWHERE).values_list("number", flat=True))


@pytest.mark.parametrize("reason", [each for each in REASONS if each is not nothing])
def test_a_home_that_others_take_care_of_is_not_on_the_route(street, reason):
    reason(street)
    found = make_round(street)
    assert numbers_left(found) == [5]
    sums = sums_of(found)
    assert (sums.doors, sums.left, sums.numbers["elsewhere"]) == (8, 7, 1)


def test_a_case_without_protection_is_visited(street):
    make_case("Elske", address=HOME)
    house(SimpleNamespace(**{**vars(street), "incident": make_incident(by=street.nadia)}))
    assert numbers_left(make_round(street)) == []


def test_a_contact_person_whose_address_nobody_can_read_leaves_nothing_out(street):
    name_contact(
        make_run(incident=street.incident), "huishouden 1", street.nadia_membership, address="bij de brug",
        by=street.nadia, at=MORNING,
    )  # fmt: skip
    assert numbers_left(make_round(street)) == []


def told_to(client, street, reason):
    """Everything that planners and pairs can read of a round, with identities and tokens by their order."""
    reason(street)
    named = read_addresses(HOME) if reason is nothing else ()
    make_ask(street, [street.imke, street.youssef])
    found = make_round(street, elsewhere=named)
    pair = actions.make_pair(found, street.jip.id, street.imke.id, by=street.nadia, at=MORNING)
    actions.brief_pair(pair, list(briefing_points()), by=street.jip, at=MORNING)
    base = f"/werk/deuren/{found.pk}/lopen/"
    read = []
    for actor in (street.nadia, street.olaf, street.jip, street.imke):
        client.force_login(Membership.objects.get(pk=actor.id).user)
        for address in (
            f"/werk/deuren/{street.incident.pk}/", f"/werk/deuren/{street.incident.pk}/aantallen/",
            f"/werk/deuren/ronde/{found.pk}/", base, f"{base}stand/",
        ):  # fmt: skip
            answer = client.get(address)
            read.append((address, answer.status_code, answer.content.decode()))
    actions.close_round(found, by=street.nadia, at=ENDS)
    trail = TrailEntry.objects.filter(thread_id=street.incident.pk, verb__startswith="doors.").order_by("pk")
    read += [(each.verb, each.facts) for each in trail]
    rows = Door.objects.order_by("number").values("number", "outcome", "pair", "position", "counted_id")
    return without_identities(repr([*read, list(rows)]))


def without_identities(text):
    seen = {}
    marks = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[A-Za-z0-9]{64}|data-key=.[^ ]+|\b1[0-9]{9}\.[0-9]+"
    return re.sub(marks, lambda found: f"#{seen.setdefault(found[0], len(seen))}", text)


def test_nobody_without_the_case_can_tell_a_protected_home_from_any_other(street, client):
    """Pages, phones, trail and rows are the same, byte by byte, whatever the reason is."""
    found = {}
    for reason in REASONS:
        mark = transaction.savepoint()
        found[reason.__name__] = told_to(client, street, reason)
        transaction.savepoint_rollback(mark)
    first = found.pop("protect")
    assert "daar zorgt iemand anders voor" in first
    for name, text in found.items():
        assert text == first, name


def test_asking_again_with_other_lists_tells_no_more(street, monkeypatch):
    """One in twenty addresses is left out by chance, and the same ones in every list."""
    monkeypatch.undo()
    whole = read_addresses("Kokmeeuwstraat 1-999")
    drawn = left_to_others(street.incident, whole)
    assert 25 <= len(drawn) <= 80
    for each in (whole[:300], whole[250:650], list(reversed(whole))):
        assert left_to_others(street.incident, each) == drawn & {address.key for address in each}
    twice = read_addresses("KOKMEEUWSTR. 1-999")
    assert left_to_others(street.incident, twice) == drawn


def test_a_round_without_a_door_to_walk_is_refused(street):
    with pytest.raises(ValidationError, match="geen deur over"):
        make_round(street, HOME, elsewhere=read_addresses(HOME))
    with pytest.raises(ValidationError, match="staat niet op de lijst"):
        make_round(street, elsewhere=read_addresses("Laan 1"))
    assert not Round.objects.exists()


def test_nobody_taps_at_such_a_door_and_it_is_in_no_pair(street):
    protect(street)
    make_ask(street, [street.imke])
    found = make_round(street)
    pair = actions.make_pair(found, street.jip.id, street.imke.id, by=street.nadia, at=MORNING)
    actions.brief_pair(pair, list(briefing_points()), by=street.jip, at=MORNING)
    door = found.doors.get(outcome=Outcome.ELSEWHERE)
    assert door.pair is None
    with pytest.raises(ValidationError, match="gaat u niet"):
        actions.note_door(found, told(door), by=street.imke, at=STARTS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Door.objects.filter(pk=door.pk).update(pair=pair)


def test_the_second_round_leaves_it_out_too(street):
    protect(street)
    found = make_round(street)
    actions.close_round(found, by=street.nadia, at=ENDS)
    days = {"starts_at": STARTS + 48 * HOUR, "ends_at": ENDS + 48 * HOUR}
    again = actions.second_round(found, **days, by=street.nadia, at=ENDS)
    assert sorted(again.doors.values_list("number", flat=True)) == [1, 2, 3, 4, 6, 7, 8]


def test_who_helps_in_the_case_reads_that_nobody_rings_there(street, client):
    helper = make_helper(name="Daan Oort", on=clock.local(clock.now()).date())
    case = protect(street, helper=helper, at=clock.now() - HOUR)
    other = make_case("Elske", address="Laan 9", team=case.team)
    found = make_round(street, f"{STREET}\nLaan 1-9", elsewhere=read_addresses("Laan 1"))
    assert rounds_past(case, STARTS) == [found]
    assert rounds_past(other, STARTS) == []
    for user in (street.imke_membership.user, street.nadia_membership.user):
        client.force_login(user)
        assert client.get(f"/werk/deuren/dossier/{case.pk}/").status_code == 404
    client.force_login(helper.user)
    Round.objects.update(starts_at=clock.now(), ends_at=clock.now() + HOUR)
    assert "bellen zij niet aan" in client.get(f"/werk/deuren/dossier/{case.pk}/").content.decode()
    Round.objects.update(closed_at=clock.now())
    assert "geen deurronde" in client.get(f"/werk/deuren/dossier/{case.pk}/").content.decode()
    Round.objects.update(closed_at=None)
    actions.close_round(found, by=street.nadia, at=ENDS)
    assert rounds_past(case, STARTS) == []
