from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation

from nabij.accounts.factories import make_actor, make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit import trail
from nabij.audit.actor import ANONYMOUS, SYSTEM, Actor, ActorKind
from nabij.incidents import actions, clocks
from nabij.incidents.clocks import Clock, clocks_of
from nabij.incidents.factories import NIGHT, make_incident
from nabij.incidents.queries import register_facts, timeline, version_of
from nabij.incidents.queries.timeline import MOST_LINES
from nabij.incidents.refusals import Refused
from nabij.keys.models import SubjectKey
from nabij.kit.catalogue import messages_of_source

pytestmark = pytest.mark.django_db


def test_the_timeline_joins_what_happened_and_what_was_written():
    bram, incident = make_actor(), make_incident()
    actions.write_note(
        incident, "Sporthal is open.", is_shared=True, by=bram, at=NIGHT + timedelta(minutes=1)
    )
    actions.set_grip(incident, 2, by=bram, at=NIGHT + timedelta(minutes=2))
    lines = timeline(incident, bram, NIGHT)
    assert [line.what for line in lines] == [
        "Gebeurtenis gemeld", "Hulpverzoek ontvangen", "Notitie", "GRIP-niveau gewijzigd",
    ]  # fmt: skip
    assert lines[2].text == "Sporthal is open."
    assert lines[2].may_erase
    assert lines[1].detail == "mensen 38"
    assert lines[3].detail == "GRIP 2"


def test_a_municipality_sees_roles_and_organisations_never_names():
    bram = actor_for(make_membership(name="Bram Kooistra"))
    nadia = make_actor(Role.DUTY_OFFICER)
    incident = make_incident(by=nadia)
    actions.activate_incident(incident, by=bram, at=NIGHT)
    actions.write_note(incident, "Hallo", is_shared=True, by=bram, at=NIGHT)
    seen_by_nadia = [line.who for line in timeline(incident, nadia, NIGHT)]
    assert not any("Bram" in who for who in seen_by_nadia)
    assert "piketcoördinator, Slachtofferhulp" in seen_by_nadia
    assert any("Bram Kooistra" in line.who for line in timeline(incident, bram, NIGHT))


def test_the_timeline_says_who_acted_without_a_membership():
    incident, bram = make_incident(by=ANONYMOUS), make_actor()
    actions.activate_incident(incident, by=SYSTEM, at=NIGHT)
    organisation = Actor(ActorKind.LINK, organisation_id=bram.organisation_id)
    trail.record("incident.closed", by=organisation, at=NIGHT, subject=incident, thread_id=incident.pk)
    who = [line.who for line in timeline(incident, bram, NIGHT)]
    assert who == ["zonder inlog", "zonder inlog", "Nabij", "Slachtofferhulp"]


def test_an_app_above_can_let_its_numbers_be_shown():
    register_facts({"needed_for_test": "gevraagd"})
    incident = make_incident()
    facts = {"needed_for_test": 1200, "other": 3}
    trail.record("incident.closed", by=SYSTEM, at=NIGHT, subject=incident, thread_id=incident.pk, facts=facts)
    assert timeline(incident, make_actor(), NIGHT)[-1].detail == "gevraagd 1.200"


def test_an_erased_note_leaves_only_that_there_was_one():
    bram, incident = make_actor(), make_incident()
    note = actions.write_note(incident, "Mevrouw De Groot", is_shared=True, by=bram, at=NIGHT)
    erased = actions.erase_note(note, by=bram, at=NIGHT)
    assert (bytes(erased.text_sealed), erased.erased_by_id) == (b"", bram.id)
    assert SubjectKey.objects.get(subject_id=note.pk).wrapped is None
    assert [line.what for line in timeline(incident, bram, NIGHT)][-1] == "Notitie (gewist)"
    with pytest.raises(Refused, match="al gewist"):
        actions.erase_note(note, by=bram, at=NIGHT)


def test_who_may_not_write_or_erase_is_refused_and_nothing_is_not_a_note():
    incident, bram = make_incident(), make_actor()
    editor = make_actor(Role.IAC_EDITOR)
    with pytest.raises(PermissionDenied):
        actions.write_note(incident, "Hallo", is_shared=True, by=editor, at=NIGHT)
    with pytest.raises(Refused, match="Schrijf"):
        actions.write_note(incident, " \n ", is_shared=True, by=bram, at=NIGHT)
    note = actions.write_note(incident, "Hallo", is_shared=True, by=bram, at=NIGHT)
    with pytest.raises(PermissionDenied):
        actions.erase_note(note, by=editor, at=NIGHT)


def test_the_timeline_asks_as_many_questions_for_many_lines_as_for_few(django_assert_num_queries):
    bram, incident = make_actor(), make_incident()
    actions.write_note(incident, "een", is_shared=True, by=bram, at=NIGHT)
    with django_assert_num_queries(4):
        timeline(incident, bram, NIGHT)
    for number in range(5):
        actions.write_note(incident, str(number), is_shared=True, by=make_actor(), at=NIGHT)
    with django_assert_num_queries(4):
        assert len(timeline(incident, bram, NIGHT)) == 8
    assert MOST_LINES == 300


def test_the_version_grows_with_everything_that_happens():
    incident, bram = make_incident(), make_actor()
    before = version_of(incident)
    actions.write_note(incident, "Hallo", is_shared=False, by=bram, at=NIGHT)
    assert version_of(incident) == before + 1


def test_clocks_that_run_come_before_clocks_that_are_done(monkeypatch):
    monkeypatch.setattr(clocks, "_sources", [])
    later = NIGHT + timedelta(hours=2)
    done = Clock("Aangenomen", NIGHT, NIGHT + timedelta(minutes=10), NIGHT + timedelta(minutes=7))
    running, first = Clock("IAC", NIGHT, later), Clock("Ter plaatse", NIGHT, later - timedelta(hours=1))
    clocks.register(lambda incident, at: [done, running])
    clocks.register(lambda incident, at: [first])
    assert clocks_of(make_incident(), NIGHT) == [first, running, done]


def test_equal_lines_within_minutes_are_one_line_with_all_moments():
    bram, incident = make_actor(), make_incident()
    minutes = (0, 1, 2, 30)
    for each in minutes:
        at = NIGHT + timedelta(hours=1, minutes=each)
        with transaction.atomic():
            trail.record("incident.reopened", by=bram, at=at, subject=incident, thread_id=incident.pk)
    lines = [line for line in timeline(incident, bram, NIGHT) if line.what == "Gebeurtenis heropend"]
    assert [len(line.moments) for line in lines] == [3, 1]
    assert lines[0].moments == tuple(NIGHT + timedelta(hours=1, minutes=each) for each in (0, 1, 2))


def test_two_notes_are_never_one_line_and_neither_are_two_people():
    bram, sofie, incident = make_actor(), make_actor(), make_incident()
    for by in (bram, bram, sofie):
        actions.write_note(incident, "Zelfde tekst", is_shared=True, by=by, at=NIGHT)
    with transaction.atomic():
        for by in (bram, sofie):
            trail.record("incident.reopened", by=by, at=NIGHT, subject=incident, thread_id=incident.pk)
    what = [line.what for line in timeline(incident, bram, NIGHT)]
    assert what.count("Notitie") == 3
    assert what.count("Gebeurtenis heropend") == 2


def test_two_people_stay_two_lines_for_a_reader_without_names():
    nadia = make_actor(Role.DUTY_OFFICER)
    incident, bram, sofie = make_incident(by=nadia), make_actor(), make_actor()
    with transaction.atomic():
        for by in (bram, sofie):
            trail.record("incident.reopened", by=by, at=NIGHT, subject=incident, thread_id=incident.pk)
    lines = [line for line in timeline(incident, nadia, NIGHT) if line.what == "Gebeurtenis heropend"]
    assert [len(line.moments) for line in lines] == [1, 1]
    assert len({line.who for line in lines}) == 1, "they read alike, so only the actor tells them apart"


def test_an_english_reader_reads_the_timeline_in_english():
    bram, incident = make_actor(), make_incident()
    with translation.override("en"):
        what = [line.what for line in timeline(incident, bram, NIGHT)]
    assert what == ["Event reported", "Request for help received"]


def test_every_sentence_of_the_trail_has_its_english():
    known = {message.text for message in messages_of_source()}
    assert {text for text in trail.sentences().values() if text not in known} <= {"Er gebeurde iets"}
