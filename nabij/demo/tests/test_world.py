import json
from collections import Counter
from datetime import date, datetime

import pytest
from django.core.management import CommandError, call_command

from nabij.academy.models import Session, Volunteer
from nabij.academy.queries import learnings_of
from nabij.accounts.models import Membership, SafetyRegion
from nabij.accounts.roles import Role
from nabij.cases.models import Case
from nabij.cases.queries.staffing import HELPING
from nabij.demo.world import logins
from nabij.kit import clock
from nabij.notify.models import ContactPoint, Message
from nabij.protocols.models import State, Version
from nabij.rosters.models import Duty, Seat
from nabij.rosters.queries import on_duty

pytestmark = pytest.mark.django_db
OF_A_CENTRE = (
    Role.IAC_APPROVER, Role.IAC_REGISTRAR_LEAD, Role.IAC_TECHNICIAN, Role.AFFECTED_COUNCIL,
    Role.MODERATOR, Role.COMMUNITY_COORDINATOR,
)  # fmt: skip


@pytest.fixture
def seeded(settings, tmp_path):
    settings.ENV = settings.ENV.model_copy(update={"data_dir": tmp_path, "movable_clock": True})
    call_command("seed_demo", "--duties-from", "2027-01-04", "--weeks", "2")
    return tmp_path


def test_sixty_members_of_staff_of_whom_41_volunteers(seeded):
    staff = Membership.objects.filter(organisation__kind="victim_support").exclude(
        role__in=[*HELPING, *OF_A_CENTRE, Role.DATA_PROTECTION_OFFICER]
    )
    assert staff.count() == 60
    assert staff.filter(is_volunteer=True).count() == 41


def test_every_region_has_a_team_and_every_chair_is_taken_at_night(seeded):
    assert not SafetyRegion.objects.filter(team=None).exists()
    night = datetime(2027, 1, 10, 3, 10, tzinfo=clock.AMSTERDAM)
    team = Membership.objects.get(user__name="Bram Kooistra").team_id
    for seat in Seat:
        assert on_duty(seat, team, night)


def test_everybody_is_certified_for_the_own_work_but_the_two_whose_certificate_lapsed(seeded):
    staff = Membership.objects.filter(organisation__kind="victim_support").select_related("user")
    at = datetime(2027, 1, 5, 12, tzinfo=clock.AMSTERDAM)
    learnings = learnings_of([member.user for member in staff], at)
    lapsed = {each.user.email for each in learnings if not each.is_fit}
    assert lapsed == {"piket03@example.nl", "piket04@example.nl"}
    assert Volunteer.objects.filter(stage="active").count() == 42
    assert {each.module for each in Session.objects.all()} == {"PIKET", "PRIV", "VEILIG"}


def test_the_municipalities_agreed_about_their_protocols_long_ago(seeded):
    agreed = Version.objects.filter(state=State.IN_FORCE)
    codes = Counter(agreed.values_list("protocol__code", flat=True))
    assert codes == {"P-EXP": 4, "P-ROB": 4, "P-BUR": 1, "P-SCH": 1}
    assert Version.objects.get(state=State.DRAFT).protocol.code == "P-DIS"
    assert not Message.objects.exists()


def test_seeding_twice_changes_nothing(seeded):
    before = (Membership.objects.count(), Duty.objects.count(), ContactPoint.objects.count())
    call_command("seed_demo", "--duties-from", "2027-01-04", "--weeks", "2")
    assert (Membership.objects.count(), Duty.objects.count(), ContactPoint.objects.count()) == before


def test_a_story_starts_without_people_who_are_helped(seeded):
    assert not Case.objects.exists()


def test_the_demonstration_has_people_who_are_helped(settings, tmp_path):
    settings.ENV = settings.ENV.model_copy(update={"data_dir": tmp_path, "movable_clock": True})
    call_command("seed_demo")
    assert Case.objects.count() == 4
    call_command("seed_demo")
    assert Case.objects.count() == 4
    assert Case.objects.filter(helper=None).count() == 1


def test_numbers_are_made_up_and_the_simulated_phones_know_whose_they_are(seeded):
    cards = json.loads((seeded / "gateway" / "names.json").read_text())
    assert all(key.startswith("+31600000") or key.endswith("@example.nl") for key in cards)


def test_the_six_roles_of_the_night_can_log_in(seeded, client, capsys):
    assert len(logins()) >= 6
    call_command("show_logins")
    said = capsys.readouterr().out
    for person in logins():
        assert person.mail in said
    password = said.rsplit(": ", 1)[1].strip()
    answer = client.post("/inloggen/login/", {"login": logins()[0].mail, "password": password})
    assert answer.status_code == 302


def test_production_has_no_made_up_people(settings):
    settings.IS_PRODUCTION = True
    with pytest.raises(CommandError):
        call_command("seed_demo")


def test_the_clock_is_moved_by_hand(settings, capsys):
    settings.ENV = settings.ENV.model_copy(update={"movable_clock": True})
    call_command("move_clock", "2027-01-10T03:10")
    assert "2027-01-10 03:10" in capsys.readouterr().out
    assert clock.local(clock.now()).date() == date(2027, 1, 10)


def test_somebody_of_the_demonstration_reaches_the_page_about_keeping_and_removing(seeded, client):
    client.force_login(Membership.objects.get(user__name="Samira Idrissi").user)
    assert "Samira Idrissi" in {person.name for person in logins()}
    assert "Bewaren en wissen" in client.get("/werk/bewaren-en-wissen/").content.decode()
