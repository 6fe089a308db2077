"""Acting for somebody: invited with a code, never more than given, never past a danger, stopped at once."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from dateutil.relativedelta import relativedelta
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.acting import content
from nabij.acting.actions import (
    accept_mandate,
    give_acting_key,
    give_guardian,
    give_helping_hand,
    let_in,
    stop_mandate,
)
from nabij.acting.models import Mandate, MandateKind
from nabij.acting.policies import holds
from nabij.acting.queries import acts_for_guarded, choices_of, invitation, mandate_for, mandates_of, running
from nabij.acting.visit import actor_of
from nabij.audit.actor import ANONYMOUS, Actor, ActorKind
from nabij.audit.models import ReadEntry, TrailEntry
from nabij.cases.factories import WEDNESDAY, make_case
from nabij.keys.sealing import unseal
from nabij.kit import clock
from nabij.kit.clock import local
from nabij.notify.models import ContactPoint, Message
from nabij.people.factories import enter_own_pages
from nabij.people.locks import is_locked
from nabij.people.models import OwnKey, Person
from nabij.vulnerability.actions import raise_alert, raise_level
from nabij.vulnerability.models import Level

SOON = WEDNESDAY + timedelta(hours=1)
TODAY = local(WEDNESDAY).date()
UNTIL = TODAY + timedelta(days=30)
SISTER = "zus@example.nl"


@pytest.fixture
def case(noordwest):
    return make_case("Elske Rademaker", helper=noordwest.member.ayla)


@pytest.fixture
def elske(case):
    return Actor(ActorKind.HELPED_PERSON, id=case.person_id)


def invite(case, by, address=SISTER, until=UNTIL, at=WEDNESDAY):
    return give_helping_hand(case.person, address, until, by=by, at=at)


def take(case, by, at=WEDNESDAY, **told):
    mandate, code = invite(case, by, at=at, **told)
    return accept_mandate(mandate, code, "Marga Rademaker", by=None, at=at)


def guardian(case, by, *, years, has_agreed=False, until=UNTIL):
    born = TODAY - relativedelta(years=years)
    return give_guardian(
        case.person, "ouder@example.nl", until, born, has_agreed=has_agreed, by=by, at=WEDNESDAY
    )


def test_the_invitation_names_nobody_and_its_code_is_kept_nowhere(case, elske):
    mandate, code = invite(case, elske)
    letter = Message.objects.get(template="acting_invited")
    body = unseal(letter.pk, letter.body_sealed)
    assert "Elske" not in body
    assert code not in body
    assert (letter.subject, re.fullmatch(r"\d{6}", code) is not None) == ("Er staat iets voor u klaar", True)
    assert code.encode() not in bytes(mandate.code_index)
    assert choices_of(case.person_id, WEDNESDAY) == []


def test_who_has_link_and_code_looks_along_with_a_login_of_their_own(case, elske):
    mandate = take(case, elske)
    assert unseal(mandate.acting_id, mandate.acting.name_sealed) == "Marga Rademaker"
    assert ContactPoint.objects.filter(subject_id=mandate.acting_id, is_active=True).count() == 1
    assert not ContactPoint.objects.filter(subject_id=mandate.pk, is_active=True).exists()
    assert [each.first_name for each in choices_of(mandate.acting_id, SOON)] == ["Elske"]
    actor = actor_of(mandate)
    assert (actor.kind, actor.id, actor.for_id) == (ActorKind.ACTING, mandate.acting_id, case.person_id)
    assert actor.permissions == {"own.see", "own.messages"}
    assert TrailEntry.objects.get(verb="mandate.accepted").actor_id == mandate.acting_id


def test_a_wrong_code_opens_nothing_and_after_some_tries_the_right_one_neither(case, elske):
    mandate, code = invite(case, elske)
    for _ in range(content.number("code_tries")):
        assert accept_mandate(mandate, "000000" if code != "000000" else "1", "x", by=None, at=SOON) is None
    assert accept_mandate(mandate, code, "Marga", by=None, at=SOON) is None
    assert Person.objects.count() == 1


def test_an_invitation_lapses_and_is_taken_once(case, elske):
    mandate, code = invite(case, elske)
    late = WEDNESDAY + content.days("invitation_days")
    assert accept_mandate(mandate, code, "Marga", by=None, at=late) is None
    assert mandates_of(case.person_id, elske, late) == []
    assert accept_mandate(mandate, code, "Marga", by=None, at=SOON)
    assert accept_mandate(mandate, code, "Marga", by=None, at=SOON) is None
    assert invitation("niets", SOON) is None


def test_nobody_takes_it_without_a_name_for_oneself_or_twice(case, elske):
    mandate, code = invite(case, elske)
    with pytest.raises(ValidationError, match="uw naam"):
        accept_mandate(mandate, code, " ", by=None, at=SOON)
    with pytest.raises(ValidationError, match="iemand anders"):
        accept_mandate(mandate, code, "", by=elske, at=SOON)
    first = accept_mandate(mandate, code, "Marga", by=None, at=SOON)
    again, other = invite(case, elske)
    with pytest.raises(ValidationError, match="Log eerst in"):
        accept_mandate(again, other, "Marga", by=None, at=SOON)
    sister = Actor(ActorKind.HELPED_PERSON, id=first.acting_id)
    with pytest.raises(ValidationError, match="kijkt al mee"):
        accept_mandate(again, other, "", by=sister, at=SOON)
    with pytest.raises(IntegrityError, match="for_themselves"), transaction.atomic():
        Mandate.objects.filter(pk=again.pk).update(acting=case.person, accepted_at=SOON)


def test_a_phone_is_an_address_too(case, elske):
    mandate = take(case, elske, address="06 12345678")
    assert mandate.acting.has_phone


def test_somebody_who_is_helped_too_takes_it_with_their_own_login(noordwest, case, elske):
    other = make_case("Marga Rademaker", phone="+31600000052")
    sister = Actor(ActorKind.HELPED_PERSON, id=other.person_id)
    mandate, code = invite(case, elske)
    assert accept_mandate(mandate, code, "", by=sister, at=SOON).acting == other.person


def test_an_address_that_is_none_a_wrong_day_and_too_many_are_refused_in_words(case, elske):
    for told, match in (
        ({"address": "niets"}, "e-mailadres"),
        ({"until": TODAY - timedelta(days=1)}, "Kies een dag"),
        ({"until": TODAY + timedelta(days=400)}, "Kies een dag"),
    ):
        with pytest.raises(ValidationError, match=match):
            invite(case, elske, **told)
    for number in range(content.number("most_open")):
        invite(case, elske, address=f"zus{number}@example.nl")
    with pytest.raises(ValidationError, match="uitnodigingen open"):
        invite(case, elske)


def test_who_may_invite(noordwest, case, elske):
    stranger = Actor(ActorKind.HELPED_PERSON, id=make_case("Ander").person_id)
    for who in (stranger, noordwest.daan, noordwest.zuid, noordwest.hester, ANONYMOUS):
        with pytest.raises(PermissionDenied):
            invite(case, who)
    with pytest.raises(PermissionDenied):
        guardian(case, elske, years=8)
    assert invite(case, noordwest.ayla)[0].given_by == noordwest.ayla.id


def test_ages_decide_who_acts_and_a_guardian_ends_at_the_next_age(noordwest, case):
    with pytest.raises(ValidationError, match="beslist iemand zelf"):
        guardian(case, noordwest.ayla, years=16)
    with pytest.raises(ValidationError, match="zelf ook ja"):
        guardian(case, noordwest.ayla, years=12)
    assert guardian(case, noordwest.ayla, years=12, has_agreed=True)[0].last_valid_on == UNTIL
    almost = TODAY - relativedelta(years=12) + timedelta(days=3)
    mandate, _ = give_guardian(
        case.person, "ouder@example.nl", UNTIL, almost, has_agreed=False, by=noordwest.ayla, at=WEDNESDAY
    )
    assert mandate.last_valid_on == TODAY + timedelta(days=2)
    assert mandate.kind == MandateKind.GUARDIAN


def test_a_guardian_never_gets_in_where_the_case_keeps_family_apart(noordwest, case):
    mandate, code = guardian(case, noordwest.ayla, years=8)
    mandate = accept_mandate(mandate, code, "Ouder", by=None, at=WEDNESDAY)
    assert holds(mandate, SOON)
    raise_alert(case.person, "same_house", by=noordwest.ayla, at=SOON)
    assert not holds(mandate, SOON)
    with pytest.raises(PermissionDenied):
        let_in(mandate, "Toch", by=noordwest.olaf, at=SOON)
    with pytest.raises(ValidationError, match="geen ouder of voogd"):
        guardian(case, noordwest.ayla, years=8)


def test_from_level_2_nobody_looks_along_until_the_leader_said_why_and_a_higher_level_asks_again(
    noordwest, case, elske
):
    mandate = take(case, elske)
    raise_level(case.person, Level.RAISED, "x", by=noordwest.ayla, at=SOON)
    assert running(mandate.acting_id, mandate.pk, SOON) is None
    [shown] = mandates_of(case.person_id, elske, SOON)
    assert (shown.who, shown.holds, shown.waits) == ("Marga", False, True)
    for who in (noordwest.ayla, noordwest.femke, elske, actor_of(mandate)):
        with pytest.raises(PermissionDenied):
            let_in(mandate, "Veilig", by=who, at=SOON)
    with pytest.raises(ValidationError, match="waarom dit veilig is"):
        let_in(mandate, " ", by=noordwest.olaf, at=SOON)
    let_in(mandate, "De zus woont elders.", by=noordwest.olaf, at=SOON)
    assert running(mandate.acting_id, mandate.pk, SOON) == mandate
    later_on = SOON + timedelta(hours=1)
    raise_level(case.person, Level.HIGH, "x", by=noordwest.ayla, at=later_on)
    assert running(mandate.acting_id, mandate.pk, later_on) is None


def test_from_level_2_a_code_alone_opens_nothing_for_who_acts_either(noordwest, case, elske):
    mandate = take(case, elske)
    assert not is_locked(mandate.acting_id)
    raise_level(case.person, Level.RAISED, "x", by=noordwest.ayla, at=SOON)
    assert acts_for_guarded(mandate.acting_id)
    assert is_locked(mandate.acting_id)
    for who in (elske, noordwest.daan, Actor(ActorKind.HELPED_PERSON, id=mandate.acting_id)):
        with pytest.raises(PermissionDenied):
            give_acting_key(mandate, by=who, at=SOON)
    assert give_acting_key(mandate, by=noordwest.ayla, at=SOON)
    assert OwnKey.objects.get().person_id == mandate.acting_id
    stop_mandate(mandate, by=elske, at=SOON)
    assert not is_locked(mandate.acting_id)
    with pytest.raises(PermissionDenied):
        give_acting_key(mandate, by=noordwest.ayla, at=SOON)
    with pytest.raises(PermissionDenied):
        let_in(mandate, "x", by=noordwest.olaf, at=SOON)


def test_it_ends_by_itself_and_at_once_when_somebody_stops_it(noordwest, case, elske):
    mandate = take(case, elske)
    assert holds(mandate, WEDNESDAY + timedelta(days=30))
    assert not holds(mandate, WEDNESDAY + timedelta(days=31))
    stranger = Actor(ActorKind.HELPED_PERSON, id=make_case("Ander").person_id)
    for who in (stranger, noordwest.daan, noordwest.nadia, ANONYMOUS, actor_of(mandate)):
        with pytest.raises(PermissionDenied):
            stop_mandate(mandate, by=who, at=SOON)
    assert stop_mandate(mandate, by=elske, at=SOON).ended_by == elske.id
    assert stop_mandate(mandate, by=noordwest.ayla, at=SOON).ended_by == elske.id
    assert running(mandate.acting_id, mandate.pk, SOON) is None


def test_who_acts_and_who_helps_stop_it_too(noordwest, case, elske):
    mandate = take(case, elske)
    sister = Actor(ActorKind.HELPED_PERSON, id=mandate.acting_id)
    assert stop_mandate(mandate, by=sister, at=SOON).ended_at == SOON
    waiting, code = invite(case, elske, address="nicht@example.nl")
    assert stop_mandate(waiting, by=noordwest.ayla, at=SOON).ended_at == SOON
    assert accept_mandate(waiting, code, "Nicht", by=None, at=SOON) is None
    assert not ContactPoint.objects.filter(subject_id=waiting.pk, is_active=True).exists()


def test_another_person_and_another_organisation_know_of_no_mandate(noordwest, case, elske):
    mandate = take(case, elske)
    stranger = Actor(ActorKind.HELPED_PERSON, id=make_case("Ander").person_id)
    assert mandate_for(noordwest.ayla, mandate.pk, SOON) == mandate
    for who in (stranger, noordwest.zuid, noordwest.femke, noordwest.nadia, ANONYMOUS, actor_of(mandate)):
        assert mandate_for(who, mandate.pk, SOON) is None
        assert mandates_of(case.person_id, who, SOON) == []


def come_in(client, person_id):
    enter_own_pages(client, person_id)


def fresh(noordwest):
    case = make_case("Elske Rademaker", helper=noordwest.member.ayla, at=clock.now())
    return case, Actor(ActorKind.HELPED_PERSON, id=case.person_id)


def later():
    return local(clock.now()).date() + timedelta(days=30)


def test_the_person_invites_and_stops_on_their_own_pages(client, noordwest):
    case, _ = fresh(noordwest)
    come_in(client, case.person_id)
    wrong = client.post("/mijn/hulp/meekijken/", {"address": "niets", "until": later()})
    assert (wrong.status_code, "Vul een e-mailadres" in wrong.content.decode()) == (422, True)
    assert "niets" in wrong.content.decode()
    done = client.post("/mijn/hulp/meekijken/", {"address": SISTER, "until": later()}).content.decode()
    assert re.search(r"\d{6}", done)
    mandate = Mandate.objects.get()
    client.post(f"/mijn/hulp/meekijken/{mandate.pk}/stop/")
    mandate.refresh_from_db()
    assert mandate.ended_at
    assert client.post(f"/mijn/hulp/meekijken/{uuid4()}/stop/").status_code == 404


def test_a_stranger_with_the_link_learns_nothing_and_with_the_code_comes_in(client, noordwest):
    case, elske = fresh(noordwest)
    _mandate, code = invite(case, elske, until=later(), at=clock.now())
    letter = Message.objects.get(template="acting_invited")
    address = re.search(r"/mijn/uitnodiging/[\w-]+/", unseal(letter.pk, letter.body_sealed)).group()
    page = client.get(address).content.decode()
    assert "Elske" not in page
    wrong = client.post(address, {"code": "1", "name": "Marga"})
    assert (wrong.status_code, "Deze code past niet" in wrong.content.decode()) == (422, True)
    unnamed = client.post(address, {"code": code, "name": ""})
    assert "Vul uw naam in" in unnamed.content.decode()
    assert "Log in met een code" in client.post(address, {"code": code, "name": "Marga"}).content.decode()
    assert client.post("/mijn/uitnodiging/anders/", {"code": code, "name": "x"}).status_code == 422


OWN = (
    "/mijn/hulp/contact/", "/mijn/hulp/vragen/", "/mijn/hulp/gegevens/", "/mijn/hulp/meekijken/",
)  # fmt: skip


def test_who_acts_sees_what_was_given_and_nothing_more_and_each_look_is_theirs(client, noordwest):
    case, elske = fresh(noordwest)
    mandate = take(case, elske, until=later(), at=clock.now())
    come_in(client, mandate.acting_id)
    assert "Kies voor wie u kijkt" in client.get("/mijn/").content.decode()
    assert "Voor Elske" in client.get("/mijn/namens/").content.decode()
    page = client.post("/mijn/namens/", {"voor": mandate.pk}, follow=True).content.decode()
    assert "De hulp voor Elske" in page
    page = client.get("/mijn/hulp/").content.decode()
    assert "U kijkt namens Elske." in page
    assert "Ayla" in page
    for hidden in ("Wie mijn dossier las", "Met wie wij mogen delen", "Download", "Rademaker"):
        assert hidden not in page
    look = ReadEntry.objects.get(person_id=case.person_id)
    assert (look.actor_kind, look.actor_id, look.purpose) == ("acting", mandate.acting_id, "own_space")
    for address in OWN:
        assert client.get(address).status_code == 404, address
        assert client.post(address, {}).status_code in (404, 405), address
    assert client.post(f"/mijn/hulp/toestemming/{uuid4()}/", {}).status_code == 404
    assert client.post(f"/mijn/hulp/meekijken/{mandate.pk}/stop/").status_code == 404
    come_in(client, case.person_id)
    own = client.get("/mijn/hulp/").content.decode()
    assert "1 keer gekeken" in own
    assert "Marga" in own


def test_stop_works_at_once_in_a_session_that_is_open(client, noordwest):
    case, elske = fresh(noordwest)
    mandate = take(case, elske, until=later(), at=clock.now())
    come_in(client, mandate.acting_id)
    client.post("/mijn/namens/", {"voor": mandate.pk})
    assert client.get("/mijn/hulp/").status_code == 200
    stop_mandate(mandate, by=elske, at=clock.now())
    assert client.get("/mijn/hulp/").status_code == 302
    assert "Elske" not in client.get("/mijn/namens/").content.decode()
    client.post("/mijn/namens/", {"voor": ""})
    assert client.get("/mijn/hulp/").status_code == 302


def test_a_forged_choice_and_somebody_elses_mandate_choose_oneself(client, noordwest):
    case, elske = fresh(noordwest)
    mandate = take(case, elske, until=later(), at=clock.now())
    other, _ = make_case("Ander", at=clock.now()), None
    come_in(client, other.person_id)
    client.post("/mijn/namens/", {"voor": mandate.pk})
    assert "Elske" not in client.get("/mijn/hulp/").content.decode()
    client.cookies["mijn_namens"] = str(mandate.pk)
    assert "U kijkt namens" not in client.get("/mijn/hulp/").content.decode()


def test_without_a_visit_every_page_asks_for_one(client, case, elske):
    mandate = take(case, elske)
    for address in ("/mijn/namens/", "/mijn/hulp/meekijken/"):
        assert client.get(address).status_code == 302
    assert client.post(f"/mijn/hulp/meekijken/{mandate.pk}/stop/").status_code == 302
    assert client.get("/mijn/namens/wie/").content.decode().strip() == ""
    assert "Niemand kijkt mee" in client.get("/mijn/hulp/meekijken/deur/").content.decode()


def test_the_pages_of_helper_and_leader(client, noordwest):
    case, elske = fresh(noordwest)
    mandate = take(case, elske, until=later(), at=clock.now())
    raise_level(case.person, Level.RAISED, "x", by=noordwest.ayla, at=clock.now())
    client.force_login(noordwest.member.ayla.user)
    page = client.get(f"/werk/dossiers/{case.pk}/").content.decode()
    assert "een teamleider beslist" in page
    assert f"/werk/meekijken/{mandate.pk}/toelaten/" not in page
    address = f"/werk/dossiers/{case.pk}/meekijken/nieuw/"
    told = {"address": "ouder@example.nl", "until": later(), "kind": "guardian"}
    assert "Vul de geboortedag in" in client.post(address, told).content.decode()
    young = client.post(address, {**told, "born_on": later() - relativedelta(years=20)})
    assert "beslist iemand zelf" in young.content.decode()
    child = client.post(address, {**told, "born_on": later() - relativedelta(years=6)})
    assert re.search(r"\d{6}", child.content.decode())
    hand = {**told, "kind": "helping_hand"}
    assert "Zonder ja" in client.post(address, hand).content.decode()
    assert client.post(address, {**hand, "has_agreed": "on"}).status_code == 200
    assert client.get(f"/werk/meekijken/{mandate.pk}/toelaten/").status_code == 403
    assert "Geef deze woorden" in client.post(f"/werk/meekijken/{mandate.pk}/sleutel/").content.decode()
    client.force_login(noordwest.member.olaf.user)
    unsaid = client.post(f"/werk/meekijken/{mandate.pk}/toelaten/", {"reason": ""})
    assert (unsaid.status_code, "Marga" in unsaid.content.decode()) == (422, True)
    client.post(f"/werk/meekijken/{mandate.pk}/toelaten/", {"reason": "Woont elders."})
    mandate.refresh_from_db()
    assert mandate.decided_level == Level.RAISED
    client.post(f"/werk/meekijken/{mandate.pk}/stop/")
    mandate.refresh_from_db()
    assert mandate.ended_at
    client.force_login(noordwest.member.daan.user)
    assert client.get(address).status_code == 404
    assert client.post(f"/werk/meekijken/{mandate.pk}/stop/").status_code == 404
