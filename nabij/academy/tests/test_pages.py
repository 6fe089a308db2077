"""The pages of the academy, as each role sees them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nabij.academy.factories import (
    make_certificate,
    make_certified,
    make_enrolment,
    make_session,
    make_trainer,
    make_volunteer,
)
from nabij.academy.models import Certificate, ConductCheck, Enrolment, Session, Stage, Volunteer
from nabij.accounts.factories import make_membership, make_team
from nabij.accounts.roles import Role
from nabij.kit import clock

pytestmark = pytest.mark.django_db
HEADING = "e-mailadres;opleiding;behaald op;geldig tot en met\n"


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def today(now):
    return clock.local(now).date()


def as_(membership) -> Client:
    client = Client()
    client.force_login(membership.user)
    return client


def text(answer):
    return answer.content.decode()


def test_my_learning_says_what_i_may_and_what_is_lacking(today):
    imke = make_membership(Role.ON_CALL_WORKER)
    page = text(as_(imke).get("/werk/opleiding/"))
    assert "Mag nu niet" in page
    assert "Piket en hulp ter plaatse ontbreekt" in page
    assert "Er ontbreekt iets" in text(as_(imke).get("/werk/"))
    make_certified(imke, on=today)
    page = text(as_(imke).get("/werk/opleiding/"))
    assert "Mag nu niet" not in page
    assert "nog 1 keer oefenen" in page
    assert "In orde" in text(as_(imke).get("/werk/"))


@pytest.mark.parametrize("role", [Role.DUTY_OFFICER, Role.CONTROL_ROOM, Role.GHOR_OFFICER])
def test_the_academy_is_not_for_other_organisations(role):
    client = as_(make_membership(role))
    for address in ("opleiding/", "opleiding/kort/", "opleiding/plannen/", "certificaten/", "certificaten/invoeren/", "vrijwilligers/", "vrijwilligers/aanmelden/"):  # fmt: skip  # noqa: E501
        assert client.get(f"/werk/{address}").status_code == 403
    assert "Mijn opleiding" not in text(client.get("/werk/"))


def test_taking_and_leaving_a_seat_in_the_browser(now, today):
    session = make_session(make_trainer(on=today), starts_at=now + timedelta(days=3), seats=1)
    imke, late = (as_(make_membership(Role.ON_CALL_WORKER)) for _ in range(2))
    assert "Schrijf mij in" in text(imke.get("/werk/opleiding/"))
    page = text(imke.post(f"/werk/opleiding/dag/{session.pk}/inschrijven/", follow=True))
    assert "U bent ingeschreven" in page
    assert "Schrijf mij uit" in page
    assert "Vol" in text(late.get("/werk/opleiding/"))
    assert "Deze opleidingsdag is vol" in text(
        late.post(f"/werk/opleiding/dag/{session.pk}/inschrijven/", follow=True)
    )
    imke.post(f"/werk/opleiding/dag/{session.pk}/uitschrijven/")
    assert not Enrolment.objects.exists()


def test_a_trainer_plans_fills_in_and_cancels(now, today):
    trainer = make_trainer("BASIS", on=today)
    client = as_(trainer)
    start = clock.local(now + timedelta(days=2)).replace(hour=9, minute=0)
    form = {"module": "BASIS", "starts_at": f"{start:%Y-%m-%dT%H:%M}", "ends_at": f"{start:%Y-%m-%dT17:00}", "place": "Zwolle", "seats": "8"}  # fmt: skip  # noqa: E501
    assert client.post("/werk/opleiding/plannen/", {**form, "ends_at": form["starts_at"]}).status_code == 422
    past = text(client.post("/werk/opleiding/plannen/", {**form, "starts_at": "2020-01-01T09:00"}))
    assert "al voorbij" in past
    refused = client.post("/werk/opleiding/plannen/", {**form, "module": "COORD"})
    assert refused.status_code == 422
    assert "certificaat als trainer" in text(refused)
    assert "Zwolle" in text(refused), "what was typed is kept"
    assert client.post("/werk/opleiding/plannen/", form).status_code == 302
    session = Session.objects.get()
    address = f"/werk/opleiding/dag/{session.pk}/"
    assert "Nog niemand ingeschreven" in text(client.get(address))
    enrolment = make_enrolment(session, make_membership(Role.ON_CALL_WORKER, name="Imke Tol").user)
    assert "Imke Tol" in text(client.get(address))
    Session.objects.update(starts_at=now - timedelta(hours=5), ends_at=now - timedelta(hours=1))
    prefix = str(enrolment.pk)[:8]
    wrong = client.post(address, {f"{prefix}-attendance": "absent", f"{prefix}-result": "passed"})
    assert wrong.status_code == 422
    assert "Alleen wie er was" in text(wrong)
    unfit = client.post(address, {f"{prefix}-attendance": "flown", f"{prefix}-result": "passed"})
    assert unfit.status_code == 422
    right = client.post(address, {f"{prefix}-attendance": "present", f"{prefix}-result": "passed"})
    assert right.status_code == 302
    assert Certificate.objects.filter(user=enrolment.user, module="BASIS").exists()
    Session.objects.update(starts_at=now + timedelta(hours=5), ends_at=now + timedelta(hours=6))
    assert "Afgelast" in text(client.post(f"{address}afgelasten/", follow=True))


def test_another_trainers_day_does_not_exist(now, today):
    session = make_session(make_trainer(on=today), starts_at=now + timedelta(days=3))
    other = as_(make_trainer(on=today))
    assert other.get(f"/werk/opleiding/dag/{session.pk}/").status_code == 404
    assert other.post(f"/werk/opleiding/dag/{session.pk}/afgelasten/").status_code == 404
    official = as_(make_membership(Role.DUTY_OFFICER))
    assert official.post(f"/werk/opleiding/dag/{session.pk}/inschrijven/").status_code == 404


def test_the_team_page_costs_the_same_for_one_and_for_five(today, django_assert_max_num_queries):
    team = make_team()
    client = as_(make_membership(Role.TEAM_LEADER, team=team))
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(40) as seen:
            assert client.get("/werk/certificaten/").status_code == 200
        counts.append(len(seen))
        for _ in range(5):
            make_certified(make_membership(Role.ON_CALL_WORKER, team=team), on=today)
    assert counts[0] == counts[1]


def test_a_leader_opens_a_colleague_and_notes_the_conduct_certificate():
    team = make_team()
    leader, imke = (
        make_membership(Role.TEAM_LEADER, team=team),
        make_membership(Role.ON_CALL_WORKER, team=team),
    )
    client, address = as_(leader), f"/werk/certificaten/collega/{imke.user_id}/"
    assert "nog niet gezien" in text(client.get(address))
    assert client.post(f"{address}vog/", {"profile_code": ""}).status_code == 422
    assert client.post(f"{address}vog/", {"profile_code": "85"}).status_code == 302
    assert ConductCheck.objects.get().user == imke.user
    stranger = make_membership(Role.ON_CALL_WORKER, team=make_team("Zuid"))
    assert client.get(f"/werk/certificaten/collega/{stranger.user_id}/").status_code == 404
    assert client.post(f"/werk/certificaten/collega/{stranger.user_id}/vog/").status_code == 404


def test_a_trainer_withdraws_in_the_browser(today):
    client = as_(make_trainer(on=today))
    certificate = make_certificate(make_membership(Role.ON_CALL_WORKER).user, "PIKET", issued_on=today)
    page = text(client.post(f"/werk/certificaten/{certificate.pk}/intrekken/", follow=True))
    assert "Ingetrokken" in page
    stranger = as_(make_membership(Role.TEAM_LEADER, team=make_team("Zuid")))
    assert stranger.post(f"/werk/certificaten/{certificate.pk}/intrekken/").status_code == 404


def test_a_file_is_looked_at_first_and_taken_in_after(today):
    trainer = make_trainer(on=today)
    make_membership(Role.ON_CALL_WORKER, email="imke@example.nl", name="Imke Tol")
    client, address = as_(trainer), "/werk/certificaten/invoeren/"
    assert "Kies een CSV-bestand" in text(client.get(address))
    body = HEADING + f"imke@example.nl;PIKET;{today:%d-%m-%Y};\nimke@example.nl;VLIEGEN;{today:%d-%m-%Y};"
    page = text(client.post(address, {"file": SimpleUploadedFile("lijst.csv", body.encode())}))
    assert "1 regel is goed" in page
    assert "deze opleiding kennen we niet" in page
    assert not Certificate.objects.filter(module="PIKET").exists()
    assert "1 certificaat overgenomen" in text(
        client.post(address, {"text": body, "take_in": "1"}, follow=True)
    )
    assert Certificate.objects.filter(module="PIKET").count() == 1


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"\xff\xfe\x00", "geen tekst"),
        (b"x" * 1_000_001, "hooguit 1 MB"),
        (b"naam;vak", "De eerste regel moet zijn"),
    ],
)
def test_an_unfit_file_is_refused_beside_the_field(today, body, says):
    client = as_(make_trainer(on=today))
    answer = client.post("/werk/certificaten/invoeren/", {"file": SimpleUploadedFile("x.csv", body)})
    assert answer.status_code == 422
    assert says in text(answer)


def test_no_file_at_all_is_said(today):
    answer = as_(make_trainer(on=today)).post("/werk/certificaten/invoeren/", {})
    assert answer.status_code == 422
    assert "hooguit 1 MB" in text(answer)


def test_a_leader_guides_a_volunteer_in_the_browser(today):
    team = make_team()
    leader = make_membership(Role.TEAM_LEADER, team=team)
    mentor = make_membership(Role.ON_CALL_WORKER, team=team)
    client = as_(leader)
    assert "Nog geen vrijwilligers" in text(client.get("/werk/vrijwilligers/"))
    form = {"name": "Jet Faber", "email": "jet@example.nl", "team": str(team.pk)}
    assert client.post("/werk/vrijwilligers/aanmelden/", form).status_code == 302
    again = client.post("/werk/vrijwilligers/aanmelden/", form)
    assert again.status_code == 422
    assert "al een account" in text(again)
    volunteer = Volunteer.objects.get()
    step = f"/werk/vrijwilligers/{volunteer.pk}/stap/"

    def go(name, **data):
        return text(client.post(f"{step}{name}/", data, follow=True))

    assert "VOG" in go("opleiden")
    assert "profielcode" in go("vog")
    assert "Bewaard" in go("vog", profile_code="85")
    assert "in opleiding" in go("opleiden")
    assert "Kies eerst een mentor" in go("mentor")
    for code in ("BASIS", "GESPREK", "PRIV"):
        make_certificate(volunteer.user, code, issued_on=today)
    assert "werkt met mentor" in go("mentor", mentor=str(mentor.user_id))
    assert "met pauze" in go("pauze")
    assert "gestopt" in go("afscheid")
    assert client.post(f"{step}vliegen/").status_code == 404
    assert "Jet Faber" in text(client.get("/werk/vrijwilligers/"))


def test_another_teams_volunteer_does_not_exist(today):
    membership = make_membership(Role.VOLUNTEER, team=make_team("Zuid"))
    volunteer = make_volunteer(membership, Stage.ACTIVE, since=today)
    client = as_(make_membership(Role.TEAM_LEADER, team=make_team("Noordwest")))
    assert client.get(f"/werk/vrijwilligers/{volunteer.pk}/").status_code == 404
    assert client.post(f"/werk/vrijwilligers/{volunteer.pk}/stap/afscheid/").status_code == 404
