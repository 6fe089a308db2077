from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nabij.accounts.factories import make_municipality
from nabij.accounts.roles import Role
from nabij.audit.actor import ANONYMOUS
from nabij.audit.models import ReadEntry
from nabij.incidents import actions, clocks
from nabij.incidents.clocks import Clock
from nabij.incidents.factories import NIGHT, make_incident, make_request
from nabij.incidents.models import TimelineNote
from nabij.incidents.tests.desk import Person, text
from nabij.kit import panels

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("night_without_upper_storeys")]


def test_the_list_shows_open_incidents_and_on_request_closed_ones(nadia, bram):
    shown, hidden = make_incident(people=1200), make_incident()
    actions.close_incident(hidden, by=bram.actor, at=NIGHT)
    page = text(nadia.get("overview"))
    assert shown.reference in page
    assert hidden.reference not in page
    assert "1.200" in page
    assert "Waar" in page
    assert hidden.reference in text(nadia.get("overview", query="?toon=afgesloten"))
    everything = text(nadia.get("overview", query="?toon=alle"))
    assert shown.reference in everything
    assert hidden.reference in everything
    assert shown.reference in text(nadia.get("overview", query="?toon=onzin&pagina=xx"))


def test_an_empty_list_says_what_comes_here(nadia):
    assert "Hier staat nu niets" in text(nadia.get("overview"))


def test_the_list_has_25_incidents_on_a_page(nadia):
    for number in range(26):
        make_incident(by=nadia.actor, at=NIGHT - timedelta(minutes=number))
    assert text(nadia.get("overview")).count('<th scope="row">') == 25
    assert text(nadia.get("overview", query="?pagina=2")).count('<th scope="row">') == 1
    assert "Bladzijde 2 van 2" in text(nadia.get("overview", query="?pagina=2"))


def test_a_reference_that_was_heard_leads_to_the_room(nadia):
    request = make_request(by=nadia.actor)
    said = request.incident.reference.replace("-", " ").upper()
    assert nadia.client.get("/werk/gebeurtenissen/", {"kenmerk": said}).url.endswith(
        f"{request.incident_id}/"
    )
    found = nadia.client.get("/werk/gebeurtenissen/", {"kenmerk": request.number})
    assert found.url.endswith(f"{request.incident_id}/")
    assert "twee woorden en een getal" in text(
        nadia.client.get("/werk/gebeurtenissen/", {"kenmerk": "مرحبا 💥"})
    )


def _queries(person, name, *args):
    person.get(name, *args)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert person.get(name, *args).status_code == 200
    return len(found)


def test_the_list_asks_as_many_questions_for_five_incidents_as_for_one(nadia):
    make_incident(by=nadia.actor)
    one = _queries(nadia, "overview")
    for _ in range(4):
        make_incident(by=nadia.actor)
    assert _queries(nadia, "overview") == one


def test_the_room_asks_as_many_questions_for_five_requests_as_for_one(bram):
    incident = make_incident(by=bram.actor)
    actions.write_note(incident, "een", is_shared=True, by=bram.actor, at=NIGHT)
    one = _queries(bram, "room", incident.pk)
    for _ in range(4):
        make_request(incident, by=bram.actor)
        actions.write_note(incident, "nog een", is_shared=True, by=bram.actor, at=NIGHT)
    assert _queries(bram, "room", incident.pk) == one


def test_the_room_shows_clocks_counts_requests_repeats_and_timeline(bram):
    clocks.register(lambda incident, at: [Clock("Terugbellen", NIGHT, NIGHT + timedelta(minutes=10))])
    first = make_incident(happened_at=NIGHT - timedelta(days=3), at=NIGHT - timedelta(days=3))
    incident = make_incident(by=ANONYMOUS, is_exercise=False, people=38, dead=None)
    page = text(bram.get("room", incident.pk))
    for part in (
        incident.reference, "Explosie", "Terugbellen", "38", "herhaling", first.reference,
        "bel eerst terug", "0600000001", "Gebeurtenis gemeld", "Notitie",
    ):  # fmt: skip
        assert part in page
    assert "OEFENING" not in page


def test_an_exercise_says_so_on_every_page(nadia):
    incident = make_incident(by=nadia.actor, is_exercise=True)
    for name in ("room", "facts", "grip", "repeat"):
        assert "OEFENING" in text(nadia.get(name, incident.pk))
    assert "OEFENING" in text(nadia.get("overview"))


def test_the_municipality_sees_counts_and_roles_but_no_names_of_others(nadia, bram):
    incident = make_incident(by=bram.actor, asker="Imke Tol", remarks="Bel Youssef Amrani", people=38)
    actions.activate_incident(incident, by=bram.actor, at=NIGHT)
    actions.write_note(incident, "Youssef komt eraan", is_shared=False, by=bram.actor, at=NIGHT)
    for page in (text(nadia.get("room", incident.pk)), text(nadia.get("live", incident.pk))):
        assert "38" in page
        for name in ("Imke Tol", "Youssef", "Bram Kooistra", "0600000001"):
            assert name not in page
        assert "piketcoördinator" in page


def test_texts_from_outside_are_escaped_and_keep_their_direction(bram):
    incident = make_incident(place="<script>x</script>", remarks="انفجار <b>")
    page = text(bram.get("room", incident.pk))
    assert "<script>x" not in page
    assert "انفجار &lt;b&gt;" in page
    assert 'dir="auto"' in page


def test_another_municipalitys_incident_is_the_same_404_as_one_that_does_not_exist(bram):
    stranger = Person(Role.DUTY_OFFICER, municipality=make_municipality("GM9003", "Duinrand"))
    request = make_request()
    note = actions.write_note(request.incident, "Hallo", is_shared=True, by=bram.actor, at=NIGHT)
    for name in ("room", "live", "changed", "facts", "grip", "close", "repeat"):
        answers = [stranger.get(name, pk) for pk in (request.incident_id, uuid4())]
        assert [each.status_code for each in answers] == [404, 404], name
        assert answers[0].content == answers[1].content
    for name in ("confirm", "merge", "move"):
        assert stranger.get(name, request.pk).status_code == 404
    for name in ("unmerge", "move_back", "answer", "withdraw", "resume"):
        assert stranger.post(name, request.pk).status_code == 404
    for name in ("note", "reopen"):
        assert stranger.post(name, request.incident_id).status_code == 404
    assert stranger.get("erase", note.pk).status_code == 404


def test_who_may_not_sees_no_form(nadia, operator, bram):
    request = make_request(by=bram.actor)
    for name in ("facts", "repeat"):
        assert operator.get(name, request.incident_id).status_code == 403
    for name in ("confirm", "merge", "move"):
        assert nadia.get(name, request.pk).status_code == 403
    assert Person(Role.IAC_EDITOR).get("grip", request.incident_id).status_code == 403
    assert nadia.post("close", request.incident_id).status_code == 403


def test_without_a_login_there_is_only_the_login(client):
    incident = make_incident()
    assert client.get(f"/werk/gebeurtenissen/{incident.pk}/").status_code == 302


def test_nothing_new_is_204_and_something_new_tells_the_page_to_refresh(bram):
    incident = make_incident()
    reads = ReadEntry.objects.count()
    first = bram.get("changed", incident.pk, query="?na=0")
    assert first["HX-Trigger"] == "incident-changed"
    assert "?na=2" in text(first)
    assert bram.get("changed", incident.pk, query="?na=2").status_code == 204
    actions.write_note(incident, "Hallo", is_shared=True, by=bram.actor, at=NIGHT)
    assert bram.get("changed", incident.pk, query="?na=2").status_code == 200
    assert bram.get("changed", incident.pk, query="?na=onzin").status_code == 200
    assert "Hallo" in text(bram.get("live", incident.pk))
    assert ReadEntry.objects.count() == reads


def test_a_note_goes_into_the_timeline_and_out_again(nadia):
    incident = make_incident(by=nadia.actor)
    assert 'name="is_shared" id="id_is_shared" checked' in text(nadia.get("room", incident.pk)).replace(
        'type="checkbox" ', ""
    )
    written = nadia.post("note", incident.pk, text="Sporthal is open 💥", is_shared="on")
    assert "data-draft-clear" in text(nadia.client.get(written.url))
    assert "Sporthal is open 💥" in text(nadia.get("room", incident.pk))
    note = TimelineNote.objects.get()
    assert "voorgoed" in text(nadia.get("erase", note.pk))
    nadia.post("erase", note.pk)
    page = text(nadia.get("room", incident.pk))
    assert "Sporthal" not in page
    assert "Notitie (gewist)" in page
    assert "al gewist" in text(nadia.client.get(nadia.post("erase", note.pk).url))


def test_a_note_that_is_too_long_comes_back_with_what_was_typed(nadia):
    incident = make_incident(by=nadia.actor)
    answer = nadia.post("note", incident.pk, text="x" * 5000)
    assert answer.status_code == 422
    assert "5.000 tekens" in text(answer)
    assert "x" * 5000 in text(answer)


def test_panels_of_apps_above_stand_in_the_room_also_around_an_error(nadia):
    incident = make_incident(by=nadia.actor)
    panels.add("incident", panels.Panel("Van boven", "incidents:live", lambda actor, subject: True))
    panels.add("incident", panels.Panel("Voor anderen", "incidents:live", lambda actor, subject: False))
    for answer in (nadia.get("room", incident.pk), nadia.post("note", incident.pk, text="")):
        assert "Van boven" in text(answer)
        assert "Voor anderen" not in text(answer)
        assert text(answer).count("Kokmeeuwstraat") == 2
