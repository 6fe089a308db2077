"""The pages of working groups, as people use them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nabij.kit import clock
from nabij.protocols.models import Version
from nabij.working_groups.actions import begin_group, invite_municipality
from nabij.working_groups.models import GroupDecision, Remark, WorkingGroup

pytestmark = pytest.mark.django_db
STEP = {
    "is_on": "on", "number": "2", "unit": "days", "window_from": "08:00", "window_to": "21:00",
    "owner": "municipality:communication_adviser", "reason": "Samen zo afgesproken",
}  # fmt: skip


@pytest.fixture
def group(place):
    made = begin_group("Noord", place.heidebeek, "P-EXP", by=place.els, at=clock.now())
    invite_municipality(made, place.duinrand, by=place.els, at=clock.now())
    return made


def test_an_officer_begins_a_group_and_invites_another_municipality(place, as_):
    client = as_(place.els)
    home = f"/werk/protocollen/gemeente/{place.heidebeek.pk}/"
    base = f"/werk/werkgroepen/gemeente/{place.heidebeek.pk}/"
    assert base in client.get(home).content.decode()
    assert "nog niet in een werkgroep" in client.get(base).content.decode()
    assert client.get(f"{base}nieuw/").status_code == 200
    wrong = client.post(f"{base}nieuw/", {"name": "", "code": "P-EXP"})
    assert wrong.status_code == 422
    page = client.post(f"{base}nieuw/", {"name": "Noord", "code": "P-EXP"})
    made = WorkingGroup.objects.get()
    assert page.url == f"/werk/werkgroepen/groep/{made.pk}/"
    assert "Noord" in client.get(base).content.decode()
    invited = client.post(f"{page.url}uitnodigen/", {"organisation": place.duinrand.pk}, follow=True)
    assert "Gemeente Duinrand" in invited.content.decode()
    refused = client.post(f"{page.url}uitnodigen/", {"organisation": place.duinrand.pk}, follow=True)
    assert "Kies een gemeente uit de lijst." in refused.content.decode()


def test_a_member_says_something_changes_a_step_and_takes_the_draft(place, as_, group):
    client = as_(place.joost)
    page = f"/werk/werkgroepen/groep/{group.pk}/"
    assert "Nodig een gemeente uit" not in client.get(page).content.decode()
    assert client.post(f"{page}uitnodigen/", {"organisation": place.waterdijk.pk}).status_code == 404
    wrong = client.post(f"{page}zeggen/", {"step_id": "EXP-11", "kind": "remark", "text": ""})
    assert wrong.status_code == 422
    for kind in ("remark", "decision"):
        client.post(f"{page}zeggen/", {"step_id": "EXP-11", "kind": kind, "text": f"Tekst {kind}"})
    assert (Remark.objects.count(), GroupDecision.objects.count()) == (1, 1)
    text = client.get(page).content.decode()
    assert "Tekst remark" in text
    assert "Tekst decision" in text
    step = f"{page}stap/EXP-17/"
    assert client.get(step).status_code == 200
    assert client.post(step, STEP).url == page
    assert "Samen zo afgesproken" in client.get(page).content.decode()
    same = client.post(step, STEP)
    assert same.status_code == 422
    assert "U hebt niets gewijzigd." in same.content.decode()
    off = client.post(f"{page}stap/EXP-04/", STEP | {"is_on": ""})
    assert "EXP-05" in off.content.decode()
    assert client.get(f"{page}stap/EXP-99/").status_code == 404
    taken = client.post(f"{page}overnemen/", {"gemeente": place.duinrand.pk})
    assert taken.url == f"/werk/protocollen/versie/{Version.objects.get().pk}/"
    again = client.post(f"{page}overnemen/", {"gemeente": place.duinrand.pk}, follow=True)
    assert "al een concept" in again.content.decode()
    assert client.post(f"{page}overnemen/", {"gemeente": place.heidebeek.pk}).status_code == 404


def test_a_group_of_others_does_not_exist_for_you(place, as_, group):
    page = f"/werk/werkgroepen/groep/{group.pk}/"
    for stranger in (place.marit, place.hester, place.zoe):
        client = as_(stranger)
        assert client.get(page).status_code == 404
        assert client.post(f"{page}zeggen/", {"kind": "remark", "text": "x"}).status_code == 404
        assert client.get(f"{page}stap/EXP-17/").status_code == 404
    assert as_(place.joost).get(f"/werk/werkgroepen/gemeente/{place.heidebeek.pk}/").status_code == 404


def test_the_list_asks_the_same_questions_for_one_group_and_for_five(
    place, as_, group, django_assert_num_queries
):
    client = as_(place.els)
    address = f"/werk/werkgroepen/gemeente/{place.heidebeek.pk}/"
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(4):
        begin_group(f"Groep {number}", place.heidebeek, "P-EXP", by=place.els, at=clock.now())
    with django_assert_num_queries(len(one)):
        client.get(address)
