from datetime import timedelta
from uuid import uuid4

import pytest

from nabij.accounts.factories import make_actor, make_municipality
from nabij.accounts.roles import Role
from nabij.incidents.factories import NIGHT, make_incident, make_request
from nabij.incidents.models import HelpRequest, Incident, RepeatLink
from nabij.incidents.tests.desk import Person, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("night_without_upper_storeys")]


def _facts_form(person, incident):
    form = person.get("facts", incident.pk).context["form"]
    values = {}
    for bound in form:
        value = bound.value()
        if bound.name == "happened_at":
            value = "2027-01-10T03:10"
        values[bound.name] = "" if value is None else value
    return values


def test_changed_facts_are_named(nadia):
    incident = make_incident(by=nadia.actor)
    values = _facts_form(nadia, incident)
    answer = nadia.post("facts", incident.pk, **{**values, "people": "45", "place": "Reigerplein"})
    assert "Gewijzigd: straat of plek, mensen." in text(nadia.client.get(answer.url))
    nothing = nadia.post("facts", incident.pk, **_facts_form(nadia, incident))
    assert "niets gewijzigd" in text(nadia.client.get(nothing.url))
    assert nadia.post("facts", incident.pk, **{**values, "people": "-1"}).status_code == 422


def test_an_emptied_moment_leaves_the_moment_as_it_was(nadia):
    incident = make_incident(by=nadia.actor)
    nadia.post("facts", incident.pk, **{**_facts_form(nadia, incident), "happened_at": "", "people": "40"})
    assert Incident.objects.get().happened_at == incident.happened_at
    assert str(incident) == incident.reference


def test_two_people_with_the_same_form_open_never_undo_each_other(nadia, bram):
    make_municipality("GM9002", "Waterdijk")
    incident = make_incident(by=nadia.actor)
    hers, his = _facts_form(nadia, incident), _facts_form(bram, incident)
    later = {"happened_at": "2027-01-10T03:05", "municipalities": ["GM9001", "GM9002"]}
    bram.post("facts", incident.pk, **{**his, **later, "people": "45", "injured": "5"})
    answer = nadia.post("facts", incident.pk, **{**hers, "people": "50"})
    assert answer.status_code == 422
    assert "net “45” van" in text(answer)
    again = answer.context["form"]
    values = {bound.name: bound.value() for bound in again}
    assert (values["people"], values["injured"], values["happened_at"]) == ("50", "5", "2027-01-10T03:05")
    assert values["municipalities"] == ["GM9001", "GM9002"]
    nadia.post("facts", incident.pk, **values)
    incident.refresh_from_db()
    assert (incident.people, incident.injured) == (50, 5)
    assert incident.municipality_codes == ("GM9001", "GM9002")


def test_a_clash_about_kind_and_municipality_is_said_beside_them(nadia, bram):
    for code in ("GM9002", "GM9004"):
        make_municipality(code, code)
    incident = make_incident(by=nadia.actor)
    hers = _facts_form(nadia, incident)
    bram.post("facts", incident.pk, **{**hers, "topic": "EVT-28", "municipalities": ["GM9002"], "dead": "1"})
    answer = nadia.post(
        "facts", incident.pk, **{**hers, "topic": "EVT-15", "municipalities": ["GM9004"], "dead": "2"}
    )
    assert set(answer.context["form"].errors) == {"topic", "municipalities", "dead"}


def test_a_facts_form_that_lost_its_memory_counts_from_now(nadia):
    incident = make_incident(by=nadia.actor)
    values = {**_facts_form(nadia, incident), "seen": "onzin", "people": "46"}
    assert nadia.post("facts", incident.pk, **values).status_code == 302
    incident.refresh_from_db()
    assert incident.people == 46


def test_grip_is_set_by_a_form(nadia):
    incident = make_incident(by=nadia.actor)
    assert nadia.post("grip", incident.pk, grip="7").status_code == 422
    assert nadia.post("grip", incident.pk, grip="2").status_code == 302
    assert "GRIP 2" in text(nadia.get("room", incident.pk))


def test_closing_asks_once_and_can_be_taken_back(bram):
    incident = make_incident(by=bram.actor)
    assert "terugdraaien" in text(bram.get("close", incident.pk))
    bram.post("close", incident.pk)
    assert "Weer openen" in text(bram.get("room", incident.pk))
    assert "al afgesloten" in text(bram.client.get(bram.post("close", incident.pk).url))
    bram.post("reopen", incident.pk)
    assert Incident.objects.get().is_open


def test_a_repeat_is_chosen_and_taken_back(nadia):
    earlier = make_incident(by=nadia.actor, place="Dorpsstraat", happened_at=NIGHT - timedelta(days=3))
    incident = make_incident(by=nadia.actor)
    assert earlier.reference in text(nadia.get("repeat", incident.pk))
    assert nadia.post("repeat", incident.pk, incident=str(uuid4())).status_code == 422
    nadia.post("repeat", incident.pk, incident=str(earlier.pk))
    assert RepeatLink.objects.count() == 1
    nadia.post("unlink", incident.pk, earlier.pk)
    assert RepeatLink.objects.count() == 0


def test_an_earlier_event_at_the_same_place_is_suggested_after_the_link_was_taken_away(nadia):
    earlier = make_incident(by=nadia.actor, happened_at=NIGHT - timedelta(days=3))
    incident = make_incident(by=nadia.actor)
    nadia.post("unlink", incident.pk, earlier.pk)
    assert "Eerder op deze plek" in text(nadia.get("room", incident.pk))


def test_the_operator_confirms_and_the_second_one_hears_which_reference_stands(operator):
    request = make_request()
    assert operator.get("confirm", request.pk).status_code == 200
    assert operator.post("confirm", request.pk, reference="").status_code == 422
    assert operator.post("confirm", request.pk, reference="P27-0110").status_code == 302
    again = Person(Role.CONTROL_ROOM).post("confirm", request.pk, reference="P27-0999")
    assert again.status_code == 422
    assert "P27-0110" in text(again)
    assert "P27-0999" in text(again)
    assert "P27-0110" in text(operator.get("room", request.incident_id))


def test_requests_are_merged_moved_and_put_back_from_the_room(bram):
    first = make_request(by=bram.actor)
    second = make_request(first.incident, by=bram.actor)
    target = make_incident(by=bram.actor, place="Reigerplein")
    assert first.number in text(bram.get("merge", second.pk))
    bram.post("merge", second.pk, main=str(first.pk))
    page = text(bram.get("room", first.incident_id))
    assert "Samenvoegen terugdraaien" in page
    assert f"Samengevoegd met {second.number}" in page
    bram.post("unmerge", second.pk)
    assert "op zichzelf" in text(bram.client.get(bram.post("unmerge", second.pk).url))
    assert target.reference in text(bram.get("move", second.pk))
    assert bram.post("move", second.pk, incident=str(target.pk)).url.endswith(f"{target.pk}/")
    assert "Verplaatsen terugdraaien" in text(bram.get("room", target.pk))
    bram.post("move_back", second.pk)
    assert HelpRequest.objects.get(pk=second.pk).incident_id == first.incident_id
    source = first.incident_id
    for each in (first, second):
        bram.post("move", each.pk, incident=str(target.pk))
    assert "Alle verzoeken zijn verplaatst" in text(bram.get("room", source))


def test_a_request_is_answered_withdrawn_and_taken_up_again_from_the_room(bram, nadia):
    request = make_request(by=nadia.actor)
    bram.post("answer", request.pk)
    assert "beantwoord" in text(nadia.get("room", request.incident_id))
    nadia.post("withdraw", request.pk)
    assert "Toch hulp nodig" in text(nadia.get("room", request.incident_id))
    nadia.post("resume", request.pk)
    assert HelpRequest.objects.get().state == "open"


def test_the_menu_has_incidents_for_who_sees_them(nadia):
    assert "Gebeurtenissen" in text(nadia.get("overview"))
    assert make_actor(Role.ON_CALL_WORKER).may("see_incidents") is False
