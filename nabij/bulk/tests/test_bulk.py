import json
from datetime import timedelta
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.audit.models import ReadEntry, TrailEntry
from nabij.bulk import actions, content, tasks
from nabij.bulk.actions import Wanted
from nabij.bulk.keeping import LETTERS, about_incidents, silence
from nabij.bulk.models import BulkItem, BulkJob, BulkState
from nabij.bulk.queries import Selection, bulk_for, failed_of, groups_at, letter_of, papers_of, selected
from nabij.desk.actions import put_together, take_need
from nabij.desk.factories import register
from nabij.desk.models import Need
from nabij.desk.tests.conftest import EVENING
from nabij.keys.sealing import unseal
from nabij.notify.models import ContactRule, Message
from nabij.paging.models import Page
from nabij.people.actions.own import withdraw_registration
from nabij.people.actions.registering import store
from nabij.people.factories import make_submission
from nabij.people.models import Consent, Registration
from nabij.privacy.removal import Held

INVITED = Wanted("desk_invitation", {"when": "dinsdag 18 mei, 19.30 uur", "where": "Buurthuis Oost"})


def text(response):
    return unescape(response.content.decode())


def url(name, *args):
    return reverse(f"bulk:{name}", args=args)


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
    take_need(Need.objects.get(registration=done), by=place.rosa, at=EVENING)
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
    assert room in text(client.get(reverse("desk:desk", args=[place.incident.pk])))
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
    asked = client.post(room, {"what": "assign", "owner": str(place.vera.id), "is_sure": "7"})
    assert (asked.status_code, "Ja, voor 1 mens." in text(asked)) == (422, True)
    assert not BulkJob.objects.exists()
    given = client.post(room, {"what": "assign", "owner": str(place.vera.id), "is_sure": "1"})
    job = BulkJob.objects.get()
    assert given.url == url("job", job.pk)
    assert "0 van 1 gedaan" in text(client.get(given.url))
    assert "HX-Refresh" not in client.get(url("progress", job.pk)).headers
    run()
    assert client.get(url("progress", job.pk)).headers["HX-Refresh"] == "true"
    assert "1 van 1 gedaan" in text(client.get(room))
    assert "niets om opnieuw" in text(client.post(url("again", job.pk), follow=True))
    client.post(room, {"what": "desk_call_us", "is_sure": "1"})
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
    assert as_(place.rosa).get(url("job", job.pk)).status_code == 404
    assert Registration.objects.count() == 1


LETTER = Wanted(
    text="Op dinsdag is er een spreekuur.\n\nU kunt binnenlopen tussen 10 en 12 uur.",
    english="There is a walk-in hour on Tuesday.",
)


def bodies(person_id):
    message = Message.objects.get(template="bulk_letter", recipient_id=person_id)
    return json.loads(unseal(message.pk, message.body_sealed))


def test_a_letter_goes_the_way_and_in_the_language_of_each_and_stands_sealed(place):
    dutch = person(place, "Bo")
    english = person(place, "Tijn", language="en")
    turkish = person(place, "Ayşe", language="tr")
    job = ask(place, wanted=LETTER)
    assert b"spreekuur" not in bytes(job.text_sealed)
    run()
    told = bodies(dutch.person_id)
    assert "Op dinsdag is er een spreekuur.\n\nU kunt binnenlopen" in told["email"]
    assert "spreekuur" not in told["sms"], "a text message is read on a lock screen: it only asks to phone"
    assert "walk-in hour" in bodies(english.person_id)["email"]
    assert "walk-in hour" in bodies(turkish.person_id)["email"]
    assert Message.objects.filter(template="bulk_letter").exclude(subject="Een bericht voor u").count() == 1
    assert (bulk_for(place.lot, EVENING).get().done, Message.objects.count()) == (3, 3)


def test_who_cannot_be_reached_gets_it_on_paper_unless_a_letter_is_no_safe_way(place):
    person(place, "Bo")
    unreachable = person(place, "Noor 🌷", phone="", email="")
    only_mail = person(place, "Sam", phone="", email="")
    ContactRule.objects.create(subject_id=only_mail.person_id, ways=["email"], set_at=EVENING)
    job = ask(place, wanted=LETTER)
    with pytest.raises(ValidationError, match="geen brieven"):
        actions.print_letters(job, by=place.lot, at=EVENING)
    run()
    [paper] = actions.print_letters(job, by=place.lot, at=EVENING)
    assert (paper.name, paper.reference) == ("Noor 🌷", unreachable.reference)
    assert ReadEntry.objects.filter(person_id=unreachable.person_id).count() == 1
    withdraw_registration(
        unreachable, by=Actor(ActorKind.HELPED_PERSON, id=unreachable.person_id), at=EVENING
    )
    assert papers_of(job) == []
    assert papers_of(ask(place)) == [], "a message is no letter"


def test_a_letter_that_would_be_cut_off_is_refused(place):
    person(place, "Bo")
    for wanted, field in (
        (Wanted(text="a\n\nb\n\nc\n\nd"), "text"), (Wanted(text="a", english="x" * 301), "english"),
    ):  # fmt: skip
        with pytest.raises(ValidationError) as refused:
            ask(place, wanted=wanted)
        assert set(refused.value.message_dict) == {field}
    assert not BulkJob.objects.exists()


def test_a_selection_is_also_by_group_and_by_consent(place):
    one, two = person(place, "a"), person(place, "b", yes_to=("municipality",))
    three = person(place, "c", yes_to=("municipality", "ggd"))
    put_together(one, two.reference, by=place.rosa, at=EVENING)
    assert groups_at(place.incident) == [("A", "A")]

    def names(**wanted):
        return set(selected(place.incident, Selection(**wanted), place.lot, EVENING))

    assert names(group="A") == {one, two}
    assert names(group="B") == set()
    assert names(receiver="municipality") == {two, three}
    assert names(receiver="municipality", group="A") == {two}
    Consent.objects.filter(registration=two).update(withdrawn_at=EVENING)
    assert names(receiver="municipality") == {three}


def test_the_lead_writes_a_letter_looks_at_names_and_prints_what_is_left(place, as_):
    person(place, "Bo")
    person(place, "Noor", phone="", email="")
    client, room = as_(place.lot), url("bulk", place.incident.pk)
    assert "Nog niets." in text(client.get(room))
    assert "Vul dit in." in text(client.post(room, {"what": "letter"}))
    named = client.post(room, {"what": "letter", "text": "Bel met mevrouw De Vries."})
    assert "Staat hier een naam?" in text(named)
    assert "Bel met mevrouw De Vries." in text(named)
    long = client.post(room, {"what": "letter", "text": "x" * 301, "is_sure": "2"})
    assert (long.status_code, "Een alinea is te lang" in text(long)) == (422, True)
    given = client.post(
        room, {"what": "letter", "text": "Bel met mevrouw De Vries.", "has_looked": "on", "is_sure": "2"}
    )
    job = BulkJob.objects.get()
    assert given.url == url("job", job.pk)
    assert "geen brieven om te printen" in text(client.post(url("paper", job.pk), follow=True))
    run()
    page = text(client.get(given.url))
    assert "1 persoon krijgt deze brief op papier" in page
    assert "Bel met mevrouw De Vries." in page
    made = client.post(url("paper", job.pk))
    assert made.content.startswith(b"%PDF")
    assert as_(place.rosa).post(url("paper", job.pk)).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.print_letters(job, by=place.rosa, at=EVENING)


def test_a_letter_can_be_read_until_its_term_is_over(place):
    person(place, "Bo")
    job = ask(place, wanted=LETTER)
    assert letter_of(job).english == ["There is a walk-in hour on Tuesday."]
    assert list(LETTERS.rows(EVENING + timedelta(days=1))) == [job]
    assert BulkJob.objects.filter(about_incidents(Held(incidents=[place.incident.pk]))).exists()
    silence(BulkJob.objects.all(), by=SYSTEM, at=EVENING)
    assert letter_of(job).dutch == ["(gewist)"]
    assert not LETTERS.rows(EVENING + timedelta(days=1)).exists()


def _again(place, row, **answers):
    """The form of this registration, sent again with other answers."""
    sent = make_submission(place.incident.pk, form_key=row.form_key, sent_at=EVENING, **answers)
    [found] = store([sent], by=SYSTEM, at=EVENING + timedelta(minutes=1), machine_at=EVENING)
    return found


def test_the_last_form_says_who_is_written_to_and_whether(place):
    first = person(place, "Bo")
    last = _again(place, first, name="Bo", email="nieuw@example.nl", yes_to=("ggd",))
    silent = person(place, "Noor")
    _again(place, silent, name="Noor", yes_to=())
    changed = _again(place, person(place, "Sam", yes_to=()), name="Sam", yes_to=("ggd",))
    ggd = selected(place.incident, Selection(receiver="ggd"), place.lot, EVENING)
    assert set(ggd) == {last, changed}
    ask(place)
    run()
    told = set(Message.objects.filter(template="desk_invitation").values_list("recipient_id", flat=True))
    assert last.person_id in told
    assert first.person_id not in told
    [job] = bulk_for(place.lot, EVENING)
    assert [(reference, reason) for reference, _, reason in failed_of(job)] == [
        (silent.reference, content.reason_in_words("no_consent"))
    ]
