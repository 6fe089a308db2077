"""Certificates: who sees them, when they end, who is told, and what a file brings."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404

from nabij.academy import actions
from nabij.academy.csv_lines import UnreadableFile
from nabij.academy.factories import make_certificate, make_certified, make_trainer, make_volunteer
from nabij.academy.models import Certificate, ConductCheck, RenewalReminder
from nabij.academy.policies import can_guide
from nabij.academy.queries import (
    Standing,
    by_need,
    certificate_for,
    learnings_of,
    staff_for,
    standing_on,
)
from nabij.academy.queries.importing import preview
from nabij.accounts.factories import make_actor, make_membership, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import ANONYMOUS, SYSTEM
from nabij.notify.models import Message

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 10, 9, tzinfo=UTC)
TODAY = date(2027, 1, 10)


def ending(user, days, module="PIKET"):
    return make_certificate(
        user, module, issued_on=date(2026, 1, 1), last_valid_on=TODAY + timedelta(days=days)
    )


@pytest.mark.parametrize(
    ("role", "of_team", "sees"),
    [
        (Role.TEAM_LEADER, "Noordwest", True),
        (Role.TEAM_LEADER, "Zuid", False),
        (Role.TRAINER, None, True),
        (Role.ON_CALL_COORDINATOR, "Noordwest", False),
        (Role.ON_CALL_WORKER, "Noordwest", False),
        (Role.ADMINISTRATOR, None, False),
        (Role.DUTY_OFFICER, None, False),
    ],
)
def test_who_sees_whose_certificates(role, of_team, sees):
    imke = make_membership(Role.ON_CALL_WORKER, team=make_team("Noordwest"))
    certificate = ending(imke.user, 10)
    reader = make_actor(role, team=make_team(of_team) if of_team else None, is_national=of_team is None)
    assert staff_for(reader, NOW).filter(pk=imke.user_id).exists() is sees
    if sees:
        assert certificate_for(reader, certificate.pk, NOW) == certificate
    else:
        with pytest.raises(Http404):
            certificate_for(reader, certificate.pk, NOW)


def test_everybody_sees_the_own_and_a_visitor_nothing():
    imke = make_membership(Role.ON_CALL_WORKER)
    assert list(staff_for(actor_for(imke), NOW)) == [imke.user]
    assert not staff_for(ANONYMOUS, NOW).exists()


def test_a_national_leader_sees_all_staff_but_never_the_municipality():
    make_membership(Role.ON_CALL_WORKER, team=make_team("Zuid"))
    official = make_membership(Role.DUTY_OFFICER)
    leader = make_actor(Role.TEAM_LEADER, is_national=True)
    seen = set(staff_for(leader, NOW))
    assert len(seen) == 2
    assert official.user not in seen


@pytest.mark.parametrize(
    ("days", "standing"),
    [(61, Standing.VALID), (60, Standing.EXPIRING), (0, Standing.EXPIRING), (-1, Standing.EXPIRED)],
)
def test_how_a_certificate_stands(days, standing):
    certificate = ending(make_membership(Role.ON_CALL_WORKER).user, days)
    assert standing_on(certificate, TODAY) == standing
    certificate.withdrawn_at, certificate.withdrawn_by = NOW, certificate.pk
    assert standing_on(certificate, TODAY) == Standing.WITHDRAWN


def test_who_lacks_something_comes_first_and_then_who_loses_it_soonest(django_assert_num_queries):
    team = make_team()
    fit, soon, unfit = (
        make_membership(Role.ON_CALL_WORKER, team=team, name=name) for name in ("A fit", "B soon", "C unfit")
    )
    make_certified(fit, on=TODAY)
    make_certified(soon, on=TODAY, last_valid_on=TODAY + timedelta(days=3))
    learnings = by_need(learnings_of([fit.user, soon.user, unfit.user], NOW))
    assert [each.user.name for each in learnings] == ["C unfit", "B soon", "A fit"]
    for people in ([fit.user], [fit.user, soon.user, unfit.user]):
        with django_assert_num_queries(5):
            learnings_of(people, NOW)


def test_a_leader_sees_the_conduct_certificate_and_only_the_day_is_kept():
    team = make_team()
    leader = make_membership(Role.TEAM_LEADER, team=team)
    imke = make_membership(Role.ON_CALL_WORKER, team=team)
    check = actions.see_conduct(imke.user, "85", by=actor_for(leader), at=NOW)
    assert (check.seen_on, check.seen_by, check.profile_code) == (TODAY, leader.user, "85")
    assert {field.name for field in ConductCheck._meta.get_fields()} == {
        "id", "user", "profile_code", "seen_on", "seen_by"
    }  # fmt: skip


def test_nobody_checks_his_own_conduct():
    leader = make_membership(Role.TEAM_LEADER)
    assert not can_guide(actor_for(leader), leader.user, NOW)
    with pytest.raises(PermissionDenied):
        actions.see_conduct(leader.user, "85", by=actor_for(leader), at=NOW)
    with pytest.raises(IntegrityError, match="nobody_checks_his_own_conduct"), transaction.atomic():
        ConductCheck.objects.create(user=leader.user, seen_by=leader.user, profile_code="85", seen_on=TODAY)


def test_only_a_trainer_withdraws_and_never_his_own():
    trainer = make_trainer("BASIS", on=TODAY)
    certificate = ending(make_membership(Role.ON_CALL_WORKER).user, 10)
    for wrong, target in (
        (make_actor(Role.TEAM_LEADER), certificate),
        (actor_for(trainer), trainer.user.certificates.first()),
    ):
        with pytest.raises(PermissionDenied):
            actions.withdraw_certificate(target, by=wrong, at=NOW)
    once = actions.withdraw_certificate(certificate, by=actor_for(trainer), at=NOW)
    again = actions.withdraw_certificate(once, by=actor_for(trainer), at=NOW + timedelta(days=1))
    assert again.withdrawn_at == NOW


def test_the_holder_is_told_90_60_and_14_days_ahead_each_once():
    imke = make_membership(Role.ON_CALL_WORKER)
    certificate = ending(imke.user, 120)
    told = []
    for days in range(130):
        moment = NOW + timedelta(days=days)
        for _ in range(2):
            if actions.remind_of_endings(by=SYSTEM, at=moment):
                told.append((certificate.last_valid_on - moment.date()).days)
    assert told == [90, 60, 14]
    assert {each.recipient_id for each in Message.objects.all()} == {imke.pk}
    assert {each.subject for each in Message.objects.all()} == {"Nabij: een certificaat loopt af"}


def test_a_missed_day_is_told_late_and_the_nearest_reminder_is_enough():
    certificate = ending(make_membership(Role.ON_CALL_WORKER).user, 10)
    assert actions.remind_of_endings(by=SYSTEM, at=NOW) == 1
    assert RenewalReminder.objects.get().days_before == 14
    assert actions.remind_of_endings(by=SYSTEM, at=NOW) == 0
    assert certificate.reminders.count() == 1


def test_nobody_is_told_of_what_is_renewed_withdrawn_ended_or_not_theirs_any_more():
    renewed = make_membership(Role.ON_CALL_WORKER)
    ending(renewed.user, 10)
    make_certificate(renewed.user, "PIKET", issued_on=TODAY)
    withdrawn = ending(make_membership(Role.ON_CALL_WORKER).user, 10)
    actions.withdraw_certificate(withdrawn, by=actor_for(make_trainer(on=TODAY)), at=NOW)
    ending(make_membership(Role.ON_CALL_WORKER).user, -1)
    gone = make_membership(Role.ON_CALL_WORKER)
    ending(gone.user, 10)
    gone.ends_at = NOW - timedelta(days=1)
    gone.save()
    assert actions.remind_of_endings(by=SYSTEM, at=NOW) == 0


def test_only_nabij_itself_reminds():
    with pytest.raises(PermissionDenied):
        actions.remind_of_endings(by=make_actor(Role.TRAINER), at=NOW)


HEADING = "e-mailadres;opleiding;behaald op;geldig tot en met\n"


def people():
    return [
        make_membership(Role.ON_CALL_WORKER, email=f"{name}@example.nl", name=name.title())
        for name in ("imke", "youssef")
    ]


def test_a_file_is_shown_first_and_each_wrong_line_says_what_is_wrong():
    imke, _ = people()
    trainer = actor_for(make_trainer(on=TODAY))
    ending(imke.user, 10, "GROEP")
    text = HEADING + "\n".join(
        [
            "imke@example.nl;PIKET;09-01-2027;",
            "Youssef@Example.nl;piket;2027-01-09;31-12-2027",
            "",
            "niemand@example.nl;PIKET;09-01-2027;",
            "imke@example.nl;VLIEGEN;09-01-2027;",
            "imke@example.nl;BASIS;31-02-2027;",
            "imke@example.nl;BASIS;11-01-2027;",
            "imke@example.nl;BASIS;09-01-2027;01-01-2027",
            "imke@example.nl;BASIS;09-01-2027;01-01-2035",
            "imke@example.nl;BASIS;09-01-2027;morgen",
            "imke@example.nl;GROEP;01-01-2026;",
            "imke@example.nl;PIKET;09-01-2027;",
            ";;;x",
            "\u202eimke@example.nl 😀;PIKET;09-01-2027",
        ]
    )
    lines = preview(text, trainer, NOW)
    assert [(line.number, line.name) for line in lines if line.is_good] == [(2, "Imke"), (3, "Youssef")]
    assert {line.number: line.errors for line in lines if not line.is_good} == {
        5: ["bij dit adres hoort geen collega"],
        6: ["deze opleiding kennen we niet"],
        7: ["behaald op is geen datum (schrijf 31-12-2026)"],
        8: ["behaald op ligt in de toekomst"],
        9: ["geldig tot en met ligt voor behaald op"],
        10: ["geldig tot en met is langer dan deze opleiding geldig is"],
        11: ["geldig tot en met is geen datum (schrijf 31-12-2026)"],
        12: ["dit certificaat is er al"],
        13: ["staat ook op regel 2"],
        14: [
            "e-mailadres ontbreekt", "opleiding ontbreekt", "behaald op is geen datum (schrijf 31-12-2026)",
            "geldig tot en met is geen datum (schrijf 31-12-2026)",
        ],
        15: ["bij dit adres hoort geen collega"],
    }  # fmt: skip
    assert Certificate.objects.filter(module="PIKET").count() == 0, "looking writes nothing"


def test_the_good_lines_come_in_once_and_the_others_not():
    imke, youssef = people()
    trainer = make_trainer(on=TODAY)
    text = HEADING + "imke@example.nl;PIKET;09-01-2027;\nyoussef@example.nl;PIKET;9-1-2027;2027-06-30\nx;y;z;"
    for expected in (2, 0):
        lines = actions.import_certificates(text, by=actor_for(trainer), at=NOW)
        assert sum(line.is_good for line in lines) == expected
    rows = Certificate.objects.filter(module="PIKET").order_by("last_valid_on")
    assert [(each.user, each.last_valid_on, each.issued_by) for each in rows] == [
        (youssef.user, date(2027, 6, 30), trainer.user),
        (imke.user, date(2028, 1, 8), trainer.user),
    ]


def test_a_trainer_does_not_bring_in_a_certificate_of_his_own():
    trainer = make_trainer(on=TODAY)
    [line] = preview(HEADING + f"{trainer.user.email};PIKET;09-01-2027;", actor_for(trainer), NOW)
    assert line.errors == ["een certificaat van uzelf kunt u niet invoeren"]


def test_only_a_trainer_brings_in_certificates():
    with pytest.raises(PermissionDenied):
        actions.import_certificates(HEADING, by=make_actor(Role.TEAM_LEADER), at=NOW)


@pytest.mark.parametrize(
    "text", ["", "naam;vak\n", "\0", HEADING + "a" * 200_000, HEADING + "a;b;c\n" * 5001]
)
def test_a_file_that_is_no_list_of_certificates_is_refused_whole(text):
    with pytest.raises(UnreadableFile):
        preview(text, actor_for(make_trainer(on=TODAY)), NOW)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_commas_semicolons_and_tabs_all_read_the_same(separator):
    people()
    text = "\ufeff" + (HEADING + "imke@example.nl;PIKET;09-01-2027;\n").replace(";", separator)
    [line] = preview(text, actor_for(make_trainer(on=TODAY)), NOW)
    assert line.is_good


def test_a_volunteer_without_a_team_leader_in_sight_is_not_seen_by_another_team():
    volunteer = make_membership(Role.VOLUNTEER, team=make_team("Zuid"))
    make_volunteer(volunteer, since=TODAY)
    leader = make_actor(Role.TEAM_LEADER, team=make_team("Noordwest"))
    assert not staff_for(leader, NOW).filter(pk=volunteer.user_id).exists()
