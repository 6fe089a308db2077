"""Holding data back from the seat of the leader, the person and the administrator."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from nabij.accounts.factories import make_membership
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.cases.factories import WEDNESDAY, give, make_case
from nabij.cases.models import Case, Part
from nabij.incidents.factories import make_incident
from nabij.kit import clock
from nabij.own_space.actions import ask
from nabij.own_space.models import RequestKind
from nabij.people.factories import enter_own_pages
from nabij.privacy.actions import remove_expired
from nabij.privacy.models import HoldGround, HoldOn, LegalHold, RetentionRun
from nabij.privacy.queries import shown_purposes
from nabij.privacy.retention import terms
from nabij.retention.actions import Keeping, hold_case, hold_longer, release_hold
from nabij.retention.factories import hold_on, make_hold
from nabij.retention.queries import hold_for, holds_for, kept_longer
from nabij.vulnerability.actions import raise_level
from nabij.vulnerability.models import Level

DAY = timedelta(days=1)


@pytest.fixture
def case(noordwest):
    return make_case("Elske Rademaker", helper=noordwest.member.ayla, at=clock.now())


@pytest.fixture
def olaf(noordwest, client):
    client.force_login(noordwest.member.olaf.user)
    return client


def own(client, case):
    enter_own_pages(client, case.person_id)
    return client


def text(answer):
    return answer.content.decode()


def filled(days=30, **changes):
    day = clock.local(clock.now()).date() + timedelta(days=days)
    return {"ground": "court", "reason": "Zaak 05-123", "last_day": day.isoformat(), **changes}


def keep(case, *, by, at, **changes):
    told = {
        "subject_kind": HoldOn.PERSON, "ground": HoldGround.COURT, "reason": "x",
        "last_day": (at + 9 * DAY).date(), **changes,
    }  # fmt: skip
    return hold_case(case, Keeping(**told), by=by, at=at)


def test_the_leader_places_prolongs_and_lifts_a_hold(olaf, case):
    address = f"/werk/dossiers/{case.pk}/"
    assert "Bewaren voor een zaak of klacht</a>" in text(olaf.get(address))
    done = text(olaf.post(f"{address}bewaren/nieuw/", filled(), follow=True))
    assert "De wisstop loopt." in done
    assert "Zaak 05-123" in done
    row = LegalHold.objects.get()
    later = filled(60)["last_day"]
    assert olaf.get(f"{address}bewaren/{row.pk}/langer/").status_code == 200
    assert "verlengd" in text(
        olaf.post(f"{address}bewaren/{row.pk}/langer/", {"last_day": later}, follow=True)
    )
    assert "vannacht" in text(olaf.get(f"{address}bewaren/{row.pk}/opheffen/"))
    assert LegalHold.objects.get().lifted_at is None
    assert "opgeheven" in text(olaf.post(f"{address}bewaren/{row.pk}/opheffen/", follow=True))
    assert "Bewaren voor een zaak of klacht</a>" in text(olaf.get(address))
    for gone in ("langer", "opheffen"):
        assert olaf.post(f"{address}bewaren/{row.pk}/{gone}/", {"last_day": later}).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"reason": ""}, "Schrijf op waarom"),
        ({"last_day": ""}, "Kies een datum"),
        ({"last_day": "morgen"}, "Vul een datum in"),
        ({"days": -1}, "Kies een dag die nog komt"),
        ({"days": 900}, "Kies een dag tot en met"),
    ],
)
def test_a_wrong_form_says_so_beside_the_field_and_keeps_what_was_typed(olaf, case, wrong, message):
    answer = olaf.post(
        f"/werk/dossiers/{case.pk}/bewaren/nieuw/", filled(**{"reason": "Zaak 05-123", **wrong})
    )
    assert answer.status_code == 422
    assert message in text(answer)
    if "reason" not in wrong:
        assert "Zaak 05-123" in text(answer)
    assert not LegalHold.objects.exists()


def test_the_same_ground_twice_and_a_day_that_is_not_later_are_refused(olaf, case):
    address = f"/werk/dossiers/{case.pk}/bewaren/"
    olaf.post(f"{address}nieuw/", filled())
    twice = olaf.post(f"{address}nieuw/", filled(reason="Nog een zaak"))
    assert (twice.status_code, "Verleng die" in text(twice), "Nog een zaak" in text(twice)) == (
        422,
        True,
        True,
    )
    row = LegalHold.objects.get()
    earlier = olaf.post(f"{address}{row.pk}/langer/", {"last_day": filled(3)["last_day"]})
    assert (earlier.status_code, "na de einddatum van nu" in text(earlier)) == (422, True)


def test_who_helps_may_not_hold_and_does_not_read_why(noordwest, client, case):
    make_hold(case, by=noordwest.olaf, at=clock.now())
    client.force_login(noordwest.member.ayla.user)
    address = f"/werk/dossiers/{case.pk}/"
    shown = text(client.get(f"{address}bewaren/"))
    assert not shown.strip()
    assert "Zaak 5" not in shown + text(client.get(address))
    row = LegalHold.objects.get()
    for path in ("nieuw/", f"{row.pk}/langer/", f"{row.pk}/opheffen/"):
        assert client.post(f"{address}bewaren/{path}", filled()).status_code == 403
    for wrong in (
        lambda: keep(case, by=noordwest.ayla, at=clock.now()),
        lambda: hold_longer(case, row, row.ends_at.date() + DAY, by=noordwest.ayla, at=clock.now()),
        lambda: release_hold(case, row, by=noordwest.ayla, at=clock.now()),
    ):
        with pytest.raises(PermissionDenied):
            wrong()


def test_for_another_team_and_organisation_there_is_nothing(noordwest, client, case):
    row = make_hold(case, by=noordwest.olaf, at=clock.now())
    for member in (noordwest.member.femke, noordwest.member.nadia, noordwest.member.hester):
        client.force_login(member.user)
        for path in ("", "nieuw/", f"{row.pk}/langer/"):
            assert client.get(f"/werk/dossiers/{case.pk}/bewaren/{path}").status_code == 404
        assert client.post(f"/werk/dossiers/{case.pk}/bewaren/{row.pk}/opheffen/").status_code == 404
    assert hold_for(noordwest.femke, case, row.pk, clock.now()) is None


def test_a_hold_of_one_case_is_not_found_under_another(noordwest, olaf, case):
    row = make_hold(case, by=noordwest.olaf, at=clock.now())
    other = make_case("Iemand Anders", helper=noordwest.member.ayla, at=clock.now())
    assert olaf.post(f"/werk/dossiers/{other.pk}/bewaren/{row.pk}/opheffen/").status_code == 404


def test_at_level_3_only_the_named_leader_holds(noordwest, case):
    raise_level(case.person, Level.HIGH, "x", by=noordwest.ayla, at=clock.now())
    second = make_membership(Role.TEAM_LEADER, name="Tweede Leider", team=noordwest.team)
    by = Actor(
        ActorKind.MEMBERSHIP, id=second.pk, team_id=second.team_id, permissions=noordwest.olaf.permissions
    )
    assert holds_for(by, case, clock.now()) == []
    with pytest.raises(PermissionDenied):
        keep(case, by=by, at=clock.now())


def test_the_hold_of_another_organisation_is_shown_without_its_reason_and_is_theirs_to_lift(
    noordwest, case, olaf
):
    incident = make_incident()
    Case.objects.update(incident=incident)
    case.refresh_from_db()
    row = hold_on(HoldOn.INCIDENT, incident.pk, by=noordwest.nadia, at=clock.now())
    shown = text(olaf.get(f"/werk/dossiers/{case.pk}/"))
    assert "Van een andere organisatie" in shown
    assert "Zaak 6" not in shown
    assert hold_for(noordwest.olaf, case, row.pk, clock.now()) is None
    with pytest.raises(PermissionDenied):
        release_hold(case, row, by=noordwest.olaf, at=clock.now())


def test_everybody_at_the_incident_is_held_when_there_is_one(noordwest, case, olaf):
    address = f"/werk/dossiers/{case.pk}/bewaren/nieuw/"
    assert "iedereen bij deze gebeurtenis" not in text(olaf.get(address))
    with pytest.raises(ValidationError, match="hoort niet bij een gebeurtenis"):
        keep(case, by=noordwest.olaf, at=clock.now(), subject_kind=HoldOn.INCIDENT)
    incident = make_incident()
    Case.objects.update(incident=incident)
    assert "iedereen bij deze gebeurtenis" in text(olaf.get(address))
    olaf.post(address, filled(subject_kind="incident"))
    assert LegalHold.objects.get().subject_id == incident.pk
    assert kept_longer(case.person_id, clock.now()) is not None


def test_a_file_that_was_removed_at_this_very_moment_is_not_held(noordwest):
    case = make_case("Elske Rademaker", helper=noordwest.member.ayla, at=WEDNESDAY)
    Case.objects.filter(pk=case.pk).delete()
    case.seen_by = (noordwest.olaf, WEDNESDAY)  # the page found it just before
    with pytest.raises(ValidationError, match="zojuist gewist"):
        keep(case, by=noordwest.olaf, at=WEDNESDAY)
    assert not LegalHold.objects.exists()


def test_the_person_reads_until_when_and_for_what(noordwest, client, case):
    page = own(client, case)
    assert "langer" not in text(page.get("/mijn/hulp/"))
    row = make_hold(case, by=noordwest.olaf, at=clock.now())
    shown = text(page.get("/mijn/hulp/"))
    assert "Uw gegevens zijn nog nodig voor een rechtszaak." in shown
    assert "of stuur een klacht" in shown
    assert f"{(row.ends_at - DAY / 2).astimezone(clock.AMSTERDAM):%d-%m-%Y}" in shown
    assert "Zaak 5" not in shown
    assert "U vroeg ons om te wissen" not in shown


def test_where_somebody_may_read_along_the_ground_is_left_out(noordwest, client, case):
    make_hold(case, by=noordwest.olaf, at=clock.now())
    raise_level(case.person, Level.RAISED, "x", by=noordwest.ayla, at=clock.now())
    kept = kept_longer(case.person_id, clock.now())
    assert kept is not None
    assert kept.ground == ""
    shown = text(own(client, case).get("/mijn/hulp/bewaren/deur/"))
    assert "rechtszaak" not in shown
    assert "Uw gegevens zijn nog nodig." in shown


def test_who_asked_to_erase_hears_that_it_cannot_be_done_yet_and_so_does_the_leader(noordwest, client, case):
    make_hold(case, by=noordwest.olaf, at=clock.now())
    asked = ask(RequestKind.ERASE, "", by=Actor(ActorKind.HELPED_PERSON, id=case.person_id), at=clock.now())
    assert "U vroeg ons om te wissen. Dat mogen wij nu nog niet doen." in text(
        own(client, case).get("/mijn/hulp/")
    )
    client.force_login(noordwest.member.olaf.user)
    assert "Wissen kan nu niet" in text(client.get(f"/werk/dossiers/{case.pk}/"))
    address = reverse("own_space:answer", args=[case.pk, asked.pk])
    refused = client.post(address, {"granted": "ja", "text": "Alles is gewist."})
    assert (refused.status_code, "er loopt een wisstop" in text(refused)) == (422, True)
    assert "Alles is gewist." in text(refused)
    assert Case.objects.filter(pk=case.pk).exists()
    client.post(address, {"granted": "nee", "text": "Dat kan na de zaak."})
    assert "U vroeg ons om te wissen" not in text(own(client, case).get("/mijn/hulp/bewaren/deur/"))


def test_without_a_visit_the_card_says_nothing(client, db):
    assert text(client.get("/mijn/hulp/bewaren/deur/")).strip() == ""


def test_the_administrator_sees_terms_and_counts_and_no_names(noordwest, client, case, settings):
    boss = make_membership(Role.ADMINISTRATOR, name="Bea Beheer")
    client.force_login(boss.user)
    page = text(client.get("/werk/bewaren-en-wissen/"))
    assert "Cliëntdossier van slachtofferhulp" in page
    assert "nog niet gedaan" in page
    assert "6 jaar" in page
    assert "Vraagt een besluit" in page
    assert "Doet het beheer" in page
    assert "zonder echte gegevens" in page
    make_hold(case, by=noordwest.olaf, at=clock.now())
    remove_expired(by=SYSTEM, at=clock.now())
    RetentionRun.objects.filter(kind="client_file").update(
        seen=12, removed=7, held_back=3, failed=2, ended_at=None
    )
    page = text(client.get("/werk/bewaren-en-wissen/"))
    assert "7 van 12 gewist, 3 tegengehouden, <strong>2 mislukt</strong>" in page
    assert "2 rijen konden niet worden gewist" in page
    assert "1 soort is nog niet af" in page
    assert "Rademaker" not in page
    assert case.reference not in page
    RetentionRun.objects.update(started_at=clock.now() - 3 * DAY)
    settings.IS_PRODUCTION = True
    page = text(client.get("/werk/bewaren-en-wissen/"))
    assert "al twee nachten niet gewist" in page
    assert "pas na dat besluit" in page


def test_what_goes_well_is_folded_by_purpose_and_what_failed_stands_open(client, db):
    client.force_login(make_membership(Role.ADMINISTRATOR, name="Bea Beheer").user)
    page = text(client.get("/werk/bewaren-en-wissen/"))
    assert "<strong>Nazorg</strong>" in page
    assert '<details class="card" open>' not in page
    assert {one.term.kind for each in shown_purposes() for one in each.terms} == {one.kind for one in terms()}
    RetentionRun.objects.create(
        ran_on=clock.now().date(), kind="client_file", seen=2, failed=2, started_at=clock.now(),
        ended_at=clock.now(),
    )  # fmt: skip
    page = text(client.get("/werk/bewaren-en-wissen/"))
    assert page.count('<details class="card" open>') == 1


def test_only_who_manages_accounts_sees_the_overview(noordwest, client):
    for member in vars(noordwest.member).values():
        client.force_login(member.user)
        assert client.get("/werk/bewaren-en-wissen/").status_code == 403


def test_the_overview_asks_as_much_for_many_runs_as_for_none(client, db, django_assert_max_num_queries):
    boss = make_membership(Role.ADMINISTRATOR, name="Bea Beheer")
    client.force_login(boss.user)
    client.get("/werk/bewaren-en-wissen/")
    for number in range(40):
        RetentionRun.objects.create(
            ran_on=clock.now().date() - number * DAY, kind="message", started_at=clock.now()
        )
    with django_assert_max_num_queries(14):
        client.get("/werk/bewaren-en-wissen/")


def test_a_hold_that_does_not_exist_is_not_found(olaf, case):
    assert olaf.post(f"/werk/dossiers/{case.pk}/bewaren/{uuid4()}/opheffen/").status_code == 404


def test_a_leader_of_another_team_does_not_see_by_an_empty_panel_that_something_is_held(client, noordwest):
    now = clock.now()
    case = make_case("Elske Rademaker", helper=noordwest.member.ayla, at=now)
    make_hold(case, by=noordwest.olaf, at=now)
    give(case, noordwest.member.femke, Part.DEPUTY, at=now)
    client.force_login(noordwest.member.femke.user)
    page = client.get(f"/werk/dossiers/{case.pk}/")
    assert page.status_code == 200
    assert "Bewaren voor een zaak of klacht" not in page.content.decode()
