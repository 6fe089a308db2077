import time
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from nabij.accounts.factories import make_actor, make_municipality
from nabij.accounts.models import Organisation
from nabij.accounts.roles import Role
from nabij.audit.actor import link_of
from nabij.audit.models import TrailEntry
from nabij.centres import sections
from nabij.centres.actions import build_centre, commission_centre, confirm_commission
from nabij.centres.addresses import fresh_slug
from nabij.centres.factories import EVENING, make_centre, make_order, make_spoken_centre
from nabij.centres.models import AdviceCentre, CentreStatus, CentreText, Commission
from nabij.centres.queries import commission_words, text_states
from nabij.incidents.factories import make_incident
from nabij.incidents.refusals import Refused
from nabij.notify.models import Delivery, Message

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("field", ["controller", "commissioner", "spokesman"])
def test_a_commission_without_one_of_the_three_cannot_be_sent(field):
    with pytest.raises(Refused):
        make_centre(**{field: "  "})
    assert not Commission.objects.exists()
    assert not TrailEntry.objects.filter(verb="centre.commissioned").exists()


@pytest.mark.parametrize(
    "change", [{"controller": ""}, {"commissioner_sealed": b""}, {"spokesman_sealed": b""}]
)
def test_the_database_too_refuses_a_commission_without_one_of_the_three(change):
    centre = make_centre()
    with pytest.raises(IntegrityError), transaction.atomic():
        Commission.objects.filter(pk=centre.commission_id).update(**change)


def test_a_commission_makes_a_whole_centre_in_one_action_within_seconds():
    incident, by = make_incident(at=EVENING), make_actor(Role.DUTY_OFFICER)
    started = time.perf_counter()
    centre = commission_centre(incident, make_order(), by=by, at=EVENING)
    assert time.perf_counter() - started < 5
    assert centre.status == CentreStatus.BUILDING
    states = text_states(centre)
    assert len(states) == 2 * len(sections.sections())
    assert all(state.waiting and state.newest.is_from_template for state in states)
    bodies = [state.newest.body for state in states]
    assert not any("{" in body for body in bodies)
    assert any("Gemeente Heidebeek" in body for body in bodies)
    assert centre.commission.is_confirmed


def test_the_names_in_a_commission_are_sealed():
    centre = make_centre()
    assert b"Marit" not in bytes(centre.commission.commissioner_sealed)
    words = commission_words(centre)
    assert words.commissioner == "Marit Schouten, burgemeester"
    assert words.spokesman == "Owen Baas, 0600000002"
    assert "nabestaanden" in words.audiences


def test_an_incident_has_one_centre():
    incident = make_incident(at=EVENING)
    make_centre(incident)
    with pytest.raises(Refused):
        make_centre(incident)
    assert AdviceCentre.objects.filter(incident=incident).count() == 1


def test_the_database_too_allows_one_centre_for_an_incident():
    first, second = make_centre(), make_centre()
    with pytest.raises(IntegrityError), transaction.atomic():
        AdviceCentre.objects.filter(pk=second.pk).update(incident=first.incident)


def test_should_the_template_fail_then_the_commission_and_its_clock_still_stand(monkeypatch, tmp_path):
    from nabij.centres.actions import writing

    def broken(values, languages):
        raise ValueError("template")

    with monkeypatch.context() as patch:
        patch.setattr(writing, "first_texts", broken)
        centre = make_centre()
    stored = AdviceCentre.objects.get(pk=centre.pk)
    assert stored.status == CentreStatus.COMMISSIONED
    assert stored.target_at == EVENING + timedelta(minutes=120)
    assert not CentreText.objects.filter(centre=centre).exists()
    with pytest.raises(PermissionDenied):
        build_centre(stored, by=make_actor(Role.IAC_EDITOR), at=EVENING)
    built = build_centre(stored, by=make_actor(Role.ON_CALL_COORDINATOR), at=EVENING)
    assert built.status == CentreStatus.BUILDING
    assert CentreText.objects.filter(centre=centre).exists()


def test_an_address_can_be_said_aloud_and_tells_nothing():
    slug = fresh_slug(lambda slug: False)
    assert slug.count("-") == 1
    assert slug.replace("-", "").isalpha()
    assert fresh_slug(lambda slug: True)[-4:].isdigit()
    centre = make_centre()
    assert "heidebeek" not in centre.slug
    assert centre.path == f"/iac/{centre.slug}/"


def test_a_spoken_commission_sends_a_link_and_keeps_only_its_hash():
    centre = make_spoken_centre(EVENING, at=EVENING)
    commission = centre.commission
    assert not commission.is_confirmed
    assert commission.confirm_hash
    assert commission.confirm_until == EVENING + timedelta(hours=72)
    message = Message.objects.get(template="centre_confirm_commission")
    assert (message.recipient_id, message.subject) == (commission.pk, "Bevestig uw opdracht")
    assert Delivery.objects.get(message=message).channel == "email"


def test_the_link_confirms_once_and_not_after_it_expired():
    commission = make_spoken_centre(EVENING, at=EVENING).commission
    holder = link_of(commission.pk)
    with pytest.raises(PermissionDenied):
        confirm_commission(commission, by=holder, at=EVENING + timedelta(hours=72))
    with pytest.raises(PermissionDenied):
        confirm_commission(commission, by=link_of(make_centre().commission_id), at=EVENING)
    confirmed = confirm_commission(commission, by=holder, at=EVENING + timedelta(hours=1))
    assert confirmed.is_confirmed
    with pytest.raises(PermissionDenied):
        confirm_commission(commission, by=holder, at=EVENING + timedelta(hours=2))
    assert TrailEntry.objects.filter(verb="centre.commission_confirmed").count() == 1


def test_a_spoken_commission_is_entered_by_who_coordinates_only():
    with pytest.raises(PermissionDenied):
        make_spoken_centre(EVENING, by=make_actor(Role.DUTY_OFFICER), at=EVENING)


def test_another_municipality_cannot_commission_here():
    elsewhere = make_municipality("GM9002", "Waterdijk")
    stranger = make_actor(Role.DUTY_OFFICER, municipality=elsewhere)
    with pytest.raises(PermissionDenied):
        make_centre(by=stranger)
    assert Organisation.objects.filter(pk=stranger.organisation_id).exists()


def test_who_acts_for_no_organisation_writes_nothing():
    from nabij.audit.actor import SYSTEM
    from nabij.centres.actions.locking import membership_of

    with pytest.raises(PermissionDenied):
        membership_of(SYSTEM)
