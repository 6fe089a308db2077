"""The pages of a family: the map on a case, the forms, and the leader's desk."""

import pytest

from nabij.audit.models import ReadEntry
from nabij.cases.factories import give, make_case
from nabij.cases.models import Case, Part, Task, TaskKind
from nabij.households.models import Apart, GuardianDecision, Tie, TieProposal
from nabij.kit import clock


@pytest.fixture
def as_(client, noordwest):
    def log_in(name):
        client.force_login(getattr(noordwest.member, name).user)
        return client

    return log_in


@pytest.fixture
def elske(noordwest):
    return make_case("Elske Rademaker", helper=noordwest.member.ayla, at=clock.now())


@pytest.fixture
def joris(noordwest):
    return make_case("Joris Rademaker", helper=noordwest.member.daan, at=clock.now())


def page_of(case, part=""):
    return f"/werk/dossiers/{case.pk}/{part}"


def told(case, kind="partner"):
    return {"reference": case.reference, "kind": kind, "is_same_house": "on"}


def post(client, address, data=None):
    return client.post(address, data or {}, follow=True).content.decode()


def test_a_leader_ties_two_cases_and_sees_them_on_the_map(noordwest, as_, elske, joris):
    client = as_("olaf")
    assert "Familie of huisgenoot erbij" in client.get(page_of(elske)).content.decode()
    assert "Familie of huisgenoot erbij" in client.get(page_of(elske, "familie/erbij/")).content.decode()
    before = ReadEntry.objects.filter(person_id=joris.person_id).count()
    page = post(client, page_of(elske, "familie/erbij/"), told(joris))
    assert "De band staat op de kaart." in page
    assert "Joris Rademaker" in page
    assert "<svg" in page
    assert "Joris" not in page.split("</title>")[0]
    assert ReadEntry.objects.filter(person_id=joris.person_id).count() == before + 1


def test_what_was_typed_wrong_stays_with_a_word_beside_it(as_, elske, joris):
    client = as_("olaf")
    wrong = client.post(page_of(elske, "familie/erbij/"), told(elske))
    assert wrong.status_code == 422
    assert "Dit is dezelfde persoon." in wrong.content.decode()
    assert elske.reference in wrong.content.decode()
    assert client.post(page_of(elske, "familie/erbij/"), {"kind": "neef"}).status_code == 422


def test_a_helper_reads_the_same_whether_the_case_exists_or_not(as_, elske, joris):
    client = as_("ayla")
    answers = [
        client.post(page_of(elske, "familie/erbij/"), {**told(joris), "reference": reference}, follow=True)
        for reference in (joris.reference, "geen-dossier-21")
    ]
    said = [{str(each) for each in found.context["messages"]} for found in answers]
    assert said[0] == said[1] == {"Doorgegeven. Klopt het, dan kijkt een teamleider ernaar."}
    assert all("Joris" not in found.content.decode() for found in answers)
    assert client.get("/werk/dossiers/banden/").status_code == 403
    assert client.post(f"/werk/dossiers/banden/{TieProposal.objects.get().pk}/").status_code == 404


def test_the_leader_decides_on_the_desk(noordwest, as_, elske, joris):
    post(as_("ayla"), page_of(elske, "familie/erbij/"), told(joris))
    client = as_("olaf")
    desk = client.get("/werk/").content.decode()
    assert "Voorgestelde familiebanden" in desk
    assert joris.reference in desk
    assert "Rademaker" not in client.get("/werk/dossiers/banden/").content.decode()
    address = f"/werk/dossiers/banden/{TieProposal.objects.get().pk}/"
    page = post(client, address, {"ja": "1"})
    assert "Besluit bewaard." in page
    assert Tie.objects.count() == 1
    assert client.post(address).status_code == 404
    assert "Er zijn geen voorgestelde banden." in client.get("/werk/dossiers/banden/").content.decode()
    shown = as_("ayla").get(page_of(elske)).content.decode()
    assert "nog iemand: vraag uw teamleider" in shown
    assert "Joris" not in shown


def test_a_proposal_that_became_true_meanwhile_is_said_in_words(noordwest, as_, elske, joris):
    post(as_("ayla"), page_of(elske, "familie/erbij/"), told(joris))
    client = as_("olaf")
    post(client, page_of(elske, "familie/erbij/"), told(joris))
    page = post(client, f"/werk/dossiers/banden/{TieProposal.objects.get().pk}/", {"ja": "1"})
    assert "Deze band staat er al" in page


@pytest.fixture
def tied(as_, elske, joris):
    as_("olaf").post(page_of(elske, "familie/erbij/"), told(joris))
    return Tie.objects.get()


def test_apart_is_marked_with_a_reason_and_ended_by_the_leader(noordwest, as_, elske, joris, tied):
    client, address = as_("olaf"), page_of(elske, f"familie/{tied.pk}/apart/")
    assert client.get(address).status_code == 200
    empty = client.post(address, {"reason": ""})
    assert (empty.status_code, "Schrijf op waarom." in empty.content.decode()) == (422, True)
    page = post(client, address, {"reason": "Ruzie over de begrafenis"})
    for words in ("Benader Joris Rademaker apart.", "Ruzie over de begrafenis", "Familie apart benaderen"):
        assert words in page
    assert "De teamleider beëindigt dat eerst" in post(client, page_of(elske, f"familie/{tied.pk}/einde/"))
    assert "Benader nog iemand apart" in as_("ayla").get(page_of(elske)).content.decode()
    assert "Niet meer apart benaderen" in as_("olaf").get(page_of(joris)).content.decode()
    assert "Niet meer apart." in post(client, address, {"reason": "Bijgelegd"})
    assert "De band is beëindigd." in post(client, page_of(elske, f"familie/{tied.pk}/einde/"))
    assert client.get(address).status_code == 404


def test_a_helper_changes_no_tie_of_which_they_may_not_open_both(as_, elske, tied):
    client = as_("ayla")
    for part in ("apart", "einde"):
        assert client.post(page_of(elske, f"familie/{tied.pk}/{part}/"), {"reason": "x"}).status_code == 404
    assert not Apart.objects.exists()


def test_a_helper_of_both_marks_apart_and_does_not_end_it(noordwest, as_, elske, joris, tied):
    give(joris, noordwest.member.ayla, Part.DEPUTY, at=clock.now())
    client, address = as_("ayla"), page_of(elske, f"familie/{tied.pk}/apart/")
    post(client, address, {"reason": "Ruzie"})
    assert Apart.objects.get().marked_by == noordwest.ayla.id
    assert client.post(address, {"reason": "Toch niet"}).status_code == 403


def test_the_leader_says_that_a_conflict_was_looked_at(noordwest, as_, elske, joris):
    Case.objects.filter(pk=joris.pk).update(capacity="involved")
    client = as_("olaf")
    page = post(client, page_of(elske, "familie/erbij/"), told(joris))
    assert "Mogelijk conflict" in page
    assert "Gevonden door de conflictcontrole" in page
    task = Task.objects.get(case=elske, kind=TaskKind.CONFLICT)
    address = page_of(elske, f"conflict/{task.about_id}/")
    assert as_("ayla").post(address).status_code == 403
    assert "Bekeken. Wat apart is, blijft apart." in post(as_("olaf"), address)
    assert Apart.objects.filter(ended_at=None).exists()


def test_the_leader_decides_how_a_child_is_reached(noordwest, as_, elske):
    client, address = as_("olaf"), page_of(elske, "voogd/")
    assert client.get(address).status_code == 403
    Case.objects.filter(pk=elske.pk).update(is_minor=True)
    assert "Contact via de ouder of voogd." in client.get(page_of(elske)).content.decode()
    assert client.get(address).status_code == 200
    assert client.post(address, {"is_danger": "ja", "reason": ""}).status_code == 422
    page = post(client, address, {"is_danger": "ja", "reason": "Slaat"})
    assert "Contact niet via de ouder of voogd" in page
    assert GuardianDecision.objects.get().is_danger
    assert as_("ayla").get(address).status_code == 403
    called = as_("ayla").post(page_of(elske, "bellen/"))
    assert "+31600000051" in called.content.decode()


def test_who_does_not_help_reads_the_map_and_changes_nothing(noordwest, as_, elske, tied):
    Case.objects.filter(pk=elske.pk).update(state="closed")
    client = as_("olaf")
    page = client.get(page_of(elske)).content.decode()
    assert "Joris Rademaker" in page
    assert "Band beëindigen" not in page
    assert client.get(page_of(elske, "familie/erbij/")).status_code == 403
