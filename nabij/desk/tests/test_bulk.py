from html import unescape

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.audit.models import TrailEntry
from nabij.desk import actions, content, tasks
from nabij.desk.actions.bulk import Wanted
from nabij.desk.factories import register
from nabij.desk.models import BulkItem, BulkJob, BulkState, Need
from nabij.desk.queries.bulk import Selection, bulk_for, failed_of, selected
from nabij.desk.tests.conftest import EVENING
from nabij.notify.models import ContactRule, Message
from nabij.paging.models import Page
from nabij.people.actions.own import withdraw_registration
from nabij.people.models import Registration

INVITED = Wanted("desk_invitation", {"when": "dinsdag 18 mei, 19.30 uur", "where": "Buurthuis Oost"})


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)


def text(response):
    return unescape(response.content.decode())


def url(name, *args):
    return reverse(f"desk:{name}", args=args)


def ask(place, selection=None, wanted=INVITED):
    return actions.ask_bulk(place.incident, selection or Selection(), wanted, by=place.lot, at=EVENING)


def run():
    tasks.carry_out_bulk(TrailEntry.objects.filter(verb="bulk.asked").latest("pk").pk)


def person(place, name, **answers):
    return register(place.incident, at=EVENING, name=name, **{"yes_to": ("ggd",), **answers})


def test_everybody_in_a_selection_gets_one_message_by_their_own_rule(place):
    """Bulk work with progress: done of total, what failed is listed with its reason."""
    person(place, "Bo")
    silent = person(place, "Noor", yes_to=())
    unreachable = person(place, "Tijn", phone="", email="")
    ruled = person(place, "Sam")
    ContactRule.objects.create(subject_id=ruled.person_id, ways=["letter"], set_at=EVENING)
    gone = person(place, "Weg")
    ask(place)
    withdraw_registration(gone, by=Actor(ActorKind.HELPED_PERSON, id=gone.person_id), at=EVENING)
    for _ in range(2):
        run()
    job = bulk_for(place.lot, EVENING).get()
    assert (job.total, job.done, job.failed, job.state) == (5, 1, 4, BulkState.READY)
    reasons = {pk: reason for _, pk, reason in failed_of(job)}
    assert reasons == {
        silent.pk: content.reason_in_words("no_consent"),
        unreachable.pk: content.reason_in_words("no_safe_contact_point"),
        ruled.pk: content.reason_in_words("no_safe_contact_point"),
        gone.pk: content.reason_in_words("gone"),
    }
    assert Message.objects.filter(template="desk_invitation").values("recipient_id").distinct().count() == 3
    assert not Message.objects.filter(recipient_id=silent.person_id).exists()


def test_after_a_kill_it_goes_on_where_it_was(place, monkeypatch):
    for number in range(3):
        person(place, f"Persoon {number}")
    job = ask(place)
    monkeypatch.setattr(content, "number", lambda name: 2)
    assert actions.carry_out(job, by=SYSTEM, at=EVENING) == 2
    run()
    assert Message.objects.filter(template="desk_invitation").count() == 3
    assert TrailEntry.objects.filter(verb="bulk.done").count() == 1


def test_what_failed_is_tried_again_and_nothing_else(place):
    person(place, "Bo")
    late = person(place, "Noor", yes_to=())
    job = ask(place)
    with pytest.raises(ValidationError, match="niets om opnieuw"):
        actions.try_again(job, by=place.lot, at=EVENING)
    run()
    late.consents.filter(receiver="ggd").update(is_given=True)
    actions.try_again(job, by=place.lot, at=EVENING)
    run()
    assert not BulkItem.objects.exclude(state="done").exists()
    assert Message.objects.filter(template="desk_invitation").count() == 2
    with pytest.raises(ValidationError, match="niets om opnieuw"):
        actions.try_again(job, by=place.lot, at=EVENING)


def test_needs_of_many_go_to_one_helper(place):
    rows = [person(place, f"Persoon {number}", urgent="yes", needs=["talk", "money"]) for number in range(2)]
    done = person(place, "Bo", needs=["talk"])
    ask(place, Selection(need="talk"), Wanted(owner=place.members.vera))
    actions.take_need(Need.objects.get(registration=done), by=place.rosa, at=EVENING)
    run()
    mine = Need.objects.filter(owner=place.members.vera)
    assert set(mine.values_list("registration_id", "kind")) == {(row.pk, "talk") for row in rows}
    assert [reason for _, _, reason in failed_of(BulkJob.objects.get())] == ["heeft geen open hulpvraag"]
    assert not Page.objects.filter(closed_at__isnull=False).exists(), "money is still urgent and open"
    ask(place, Selection(), Wanted(owner=place.members.vera))
    run()
    assert not Page.objects.filter(closed_at__isnull=True).exists()


@pytest.mark.parametrize(
    ("selection", "names"),
    [
        (Selection(), {"a", "b", "c"}), (Selection(need="money"), {"b"}),
        (Selection(relation="bereaved"), {"c"}), (Selection(municipality="GM9001"), {"a"}),
        (Selection(has_no_email=True), {"b"}), (Selection(need="money", relation="bereaved"), set()),
    ],
)  # fmt: skip
def test_a_selection_is_by_need_relation_place_and_mail(place, selection, names):
    known = {
        person(place, "a", needs=[]).pk: "a",
        person(place, "b", needs=["money"], municipality="", email="").pk: "b",
        person(place, "c", relation="bereaved", municipality="").pk: "c",
    }
    found = selected(place.incident, selection, place.lot, EVENING)
    assert {known[row.pk] for row in found} == names


def test_the_lead_asks_it_and_follows_it_on_a_page(place, as_):
    person(place, "Bo")
    client, room = as_(place.lot), url("bulk", place.incident.pk)
    assert room in text(client.get(url("desk", place.incident.pk)))
    wrong = client.post(room, {"what": "desk_invitation", "when": "dinsdag", "where": "", "relation": ""})
    assert wrong.status_code == 422
    assert "Vul dit in." in text(wrong)
    assert 'value="dinsdag"' in text(wrong)
    long = client.post(room, {"what": "desk_invitation", "when": "x" * 121, "where": "Oost"})
    assert "Dit is te lang." in text(long)
    nobody = client.post(room, {"what": "desk_call_us", "relation": "witness"})
    assert "Niemand past bij deze keuze." in text(nobody)
    assert client.post(room, {"what": "assign"}).status_code == 422
    assert client.post(room, {}).status_code == 422
    given = client.post(room, {"what": "assign", "owner": str(place.vera.id)})
    job = BulkJob.objects.get()
    assert given.url == url("bulk_job", job.pk)
    assert "0 van 1 gedaan" in text(client.get(given.url))
    assert "HX-Refresh" not in client.get(url("progress", job.pk)).headers
    run()
    assert client.get(url("progress", job.pk)).headers["HX-Refresh"] == "true"
    assert "1 van 1 gedaan" in text(client.get(room))
    assert "niets om opnieuw" in text(client.post(url("again", job.pk), follow=True))
    client.post(room, {"what": "desk_call_us"})
    assert BulkJob.objects.filter(message="desk_call_us").count() == 1


def test_only_the_lead_of_this_area_asks_work_for_many(place, as_):
    person(place, "Bo")
    job = ask(place)
    for actor in (place.rosa, place.zuid, place.els, SYSTEM):
        with pytest.raises(PermissionDenied):
            actions.ask_bulk(place.incident, Selection(), INVITED, by=actor, at=EVENING)
        with pytest.raises(PermissionDenied):
            actions.try_again(job, by=actor, at=EVENING)
        assert not bulk_for(actor, EVENING).exists()
    with pytest.raises(ValidationError) as refused:
        ask(place, wanted=Wanted(owner=place.members.zuid))
    assert "owner" in refused.value.message_dict
    assert as_(place.rosa).get(url("bulk", place.incident.pk)).status_code == 403
    assert as_(place.rosa).get(url("bulk_job", job.pk)).status_code == 404
    assert Registration.objects.count() == 1
