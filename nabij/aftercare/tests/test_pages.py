"""The pages of the aftercare, as the officer, the team leader and strangers see them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nabij.accounts.models import Organisation
from nabij.aftercare import clocks, proofs
from nabij.aftercare.actions.doing import finish_step, skip_step
from nabij.aftercare.factories import POLICE, WORKER, make_plan, make_run, make_step, step_of
from nabij.aftercare.models import Run, RunFact, RunStep, StepState
from nabij.aftercare.tests.test_running import DECISION
from nabij.incidents.factories import make_incident
from nabij.incidents.models import Incident
from nabij.kit import clock
from nabij.protocols.actions import renew_version
from nabij.protocols.factories import make_in_force

pytestmark = pytest.mark.django_db
ANY = {
    "proof": "record",
    "fields": [
        {"name": "place", "label_nl": "Waar is de opvang?"},
        {"name": "opened", "label_nl": "Hoe laat open?", "kind": "moment", "is_required": False},
        {"name": "until", "label_nl": "Tot welke dag?", "kind": "day"},
        {"name": "is_full", "label_nl": "Is het vol?", "kind": "yes_no"},
        {"name": "people", "label_nl": "Hoeveel mensen?", "kind": "number"},
    ],
}  # fmt: skip
STEPS = (
    make_step("EXP-04", evidence=ANY, explanation_nl="Een warme plek.", is_urgent=True),
    make_step("EXP-02", evidence=DECISION, due={"start": "trigger", "offset": "P1D"}),
    make_step("EXP-08", owner=POLICE, due={"start": "trigger", "offset": "P2D"}, phase="days"),
    make_step("EXP-13", owner=WORKER, due={"start": "trigger", "offset": "P3D"}, phase="days"),
    make_step("EXP-11", condition="scene_open", templates=["T-FLY-EXP"], person="consent"),
    make_step("EXP-19", condition="doors_not_reached >= 1", is_optional=True),
    make_step("EXP-18", due={"start": "decision"}),
    make_step("EXP-24", due={"start": "trigger", "offset": "P5W", "not_before": "P1W"}, phase="weeks"),
)  # fmt: skip


@pytest.fixture
def run(world):
    now = clock.now()
    world.incident = make_incident(
        by=world.nadia, at=now, happened_at=now - timedelta(hours=2), place="Dorpsstraat"
    )
    return make_run(*STEPS, incident=world.incident, at=now)


def page(client, address, **fields):
    return client.get(address, **fields).content.decode()


def of(run, part=""):
    return f"/werk/nazorg/{run.pk}/{part}"


def at_step(run, step_id, part=""):
    return f"/werk/nazorg/stap/{step_of(run, step_id).pk}/{part}"


def test_what_now_shows_one_step_on_top_and_the_two_after_it(world, run, as_):
    text = page(as_(world.nadia), of(run, "nu/"))
    assert text.index("Stap EXP-04") < text.index("Doe deze stap") < text.index("Stap EXP-02")
    assert "te laat" in text
    assert "Een warme plek." in text
    assert "Stap EXP-11" not in text
    assert "Stap EXP-24" not in text
    assert "Stap EXP-13" in page(as_(world.tom), of(run, "nu/"))


def test_who_has_nothing_to_do_reads_so(world, as_):
    run = make_run(make_step("EXP-13", owner=WORKER), incident=world.incident)
    assert "U hoeft nu niets te doen" in page(as_(world.nadia), of(run, "nu/"))


def test_the_officer_does_a_step_on_its_page(world, run, as_):
    client, address = as_(world.nadia), at_step(run, "EXP-04")
    text = page(client, address)
    for words in ("Waar is de opvang?", "Schrijf geen namen op", "uiterlijk", "gemeente"):
        assert words in text
    wrong = client.post(address, {"place": "Sporthal De Zilvermeeuw", "people": "-3", "is_full": "no"})
    assert wrong.status_code == 422
    assert "Sporthal De Zilvermeeuw" in wrong.content.decode()
    given = {"place": "Sporthal", "people": "1200", "is_full": "no", "until": "2027-01-12", "opened": ""}
    assert client.post(address, given).url == of(run, "nu/")
    text = page(client, address)
    for words in ("Sporthal", "1.200", "nee", "2027-01-12", "Nadia Vroom", "zet de stap weer open"):
        assert words in text
    again = client.post(address, given, follow=True).content.decode()
    assert "Een collega was u voor" in again
    assert "weer open" in client.post(f"{address}heropenen/", follow=True).content.decode()
    assert step_of(run, "EXP-04").state == StepState.OPEN


def test_an_answer_that_comes_too_early_is_refused_beside_its_field(world, run, as_):
    wrong = as_(world.nadia).post(at_step(run, "EXP-02"), {"answer": "not_reached"})
    assert wrong.status_code == 422
    assert "Dit kan nu nog niet" in wrong.content.decode()
    as_(world.nadia).post(at_step(run, "EXP-02"), {"answer": "text_approved"})
    assert "Tekst goed" in page(as_(world.nadia), at_step(run, "EXP-02"))


def test_a_step_without_questions_is_done_with_one_button(world, run, as_):
    as_(world.nadia).post(at_step(run, "EXP-08"), {})
    assert step_of(run, "EXP-08").state == StepState.DONE


def test_a_step_that_waits_or_is_too_early_says_so_and_has_no_button(world, run, as_):
    client = as_(world.nadia)
    text = page(client, at_step(run, "EXP-11"))
    assert "wacht op" in text
    assert "T-FLY-EXP" in text
    assert "Deze stap is gedaan" not in text
    assert "Niet eerder dan" in page(client, at_step(run, "EXP-24"))
    assert client.post(at_step(run, "EXP-24"), {}).status_code == 422
    client.post(of(run, "feiten/"), {"scene_open": "no"})
    assert "alleen nodig bij" in page(client, at_step(run, "EXP-11"))
    client.post(of(run, "feiten/"), {"scene_open": "yes"})
    assert "toestemming" in page(client, at_step(run, "EXP-11"))


def test_another_part_of_the_house_makes_the_proof(world, as_, monkeypatch):
    monkeypatch.setattr(proofs, "_offers", {})
    proofs.offer("door_list", "Maak de deurlijst", "incidents:room")
    run = make_run(make_step("EXP-11", evidence={"proof": "door_list"}), incident=world.incident)
    text = page(as_(world.nadia), at_step(run, "EXP-11"))
    assert "Maak de deurlijst" in text
    assert f"/werk/gebeurtenissen/{world.incident.pk}/" in text


def test_somebody_tells_what_is_so(world, run, as_):
    client, address = as_(world.nadia), of(run, "feiten/")
    assert "Beantwoord 2 vragen" in page(client, of(run))
    assert "Is de plek vrij" in page(client, address)
    wrong = client.post(address, {"scene_open": "yes", "doors_not_reached": "veel"})
    assert wrong.status_code == 422
    assert not RunFact.objects.exists()
    client.post(address, {"scene_open": "yes", "doors_not_reached": "27"})
    assert RunFact.objects.get(name="doors_not_reached").value == 27
    assert "27" in page(client, address)
    client.post(address, {"scene_open": "", "doors_not_reached": "27"})
    assert RunFact.objects.get(name="scene_open").value is True


def test_a_step_is_skipped_with_a_reason(world, run, as_):
    client, address = as_(world.nadia), at_step(run, "EXP-08", "overslaan/")
    assert "Waarom slaat u deze stap over?" in page(client, address)
    wrong = client.post(address, {"reason": ""})
    assert wrong.status_code == 422
    assert "Schrijf waarom" in wrong.content.decode()
    text = client.post(address, {"reason": "De plek is vrij"}, follow=True).content.decode()
    assert "De plek is vrij" in text
    assert "collega was u voor" in client.post(address, {"reason": "x"}, follow=True).content.decode()


def test_a_step_is_taken_and_handed_over(world, run, as_):
    client, address = as_(world.nadia), at_step(run, "EXP-02", "overdragen/")
    assert "Nadia Vroom" in client.post(at_step(run, "EXP-02", "nemen/"), follow=True).content.decode()
    text = page(client, address)
    assert "Ali Kaya" in text
    assert "Joost Prins" not in text
    both = client.post(address, {"colleague": str(world.ali.id), "org": "police"})
    assert both.status_code == 422
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"colleague": str(world.stranger.id)}).status_code == 422
    client.post(address, {"colleague": str(world.ali.id)})
    assert step_of(run, "EXP-02").owner_id == world.ali.id
    client.post(address, {"org": "victim_support"})
    assert client.post(at_step(run, "EXP-02", "nemen/")).status_code == 404
    assert "Anna Zuid" not in page(as_(world.tom), address)
    finish_step(step_of(run, "EXP-02"), {"answer": "text_approved"}, by=world.tom, at=clock.now())
    late = as_(world.tom).post(at_step(run, "EXP-02", "nemen/"), follow=True).content.decode()
    assert "Deze stap is al klaar" in late


def test_the_day_of_a_step_is_set(world, run, as_):
    client, address = as_(world.nadia), at_step(run, "EXP-18", "moment/")
    assert client.post(address, {"moment": "gisteren"}).status_code == 422
    client.post(address, {"moment": "2027-01-14T19:30"})
    assert "donderdag 14 januari 19:30" in page(client, at_step(run, "EXP-18"))
    assert client.post(at_step(run, "EXP-04", "moment/"), {"moment": "2027-01-14T19:30"}).status_code == 422


def test_the_board_and_the_list_and_the_paper_show_every_step(world, run, as_):
    client = as_(world.nadia)
    board = page(client, of(run))
    assert board.index("Eerste uren") < board.index("Eerste dagen") < board.index("Eerste weken")
    paper = page(client, of(run, "papier/"))
    for row in run.steps.all():
        assert f"Stap {row.step_id}" in board
        assert f"Stap {row.step_id}" in paper
    listed = page(client, of(run, "lijst/"))
    assert listed.index("Van ons") < listed.index("Stap EXP-04") < listed.index("Van partners")
    assert listed.index("Van partners") < listed.index("Stap EXP-13")
    mine = page(as_(world.tom), of(run, "lijst/"))
    assert mine.index("Stap EXP-13") < mine.index("Van partners") < mine.index("Stap EXP-04")


def test_the_room_shows_the_next_things_and_the_desk_what_is_late_or_due_today(world, run, as_):
    room = page(as_(world.nadia), f"/werk/gebeurtenissen/{world.incident.pk}/")
    assert "0 van 8 gedaan" in room
    assert "1 te laat" in room
    desk = page(as_(world.nadia), "/werk/")
    assert "Nazorgstappen" in desk
    assert "Stap EXP-04" in desk
    assert "Stap EXP-13" not in desk
    assert "Nazorgstappen" not in page(as_(world.worker), "/werk/")
    assert "Nazorgstappen" not in page(as_(world.stranger), "/werk/")
    RunStep.objects.filter(step_id__in=["EXP-08", "EXP-13"]).update(due_at=clock.now())
    assert "Stap EXP-08" in page(as_(world.ali), "/werk/")
    tom = page(as_(world.tom), "/werk/")
    assert "Stap EXP-13" in tom
    assert "Stap EXP-08" not in tom


def test_of_another_municipality_or_role_nothing_exists(world, run, as_):
    own = ["", "nu/", "lijst/", "papier/", "feiten/", "huishoudens/", "sluiten/"]
    for nobody in (world.stranger, world.worker, world.other_team):
        client = as_(nobody)
        for part in own:
            assert client.get(of(run, part)).status_code == 404
        for part in ("", "overslaan/", "overdragen/", "moment/"):
            assert client.get(at_step(run, "EXP-04", part)).status_code == 404
        for part in ("nemen/", "heropenen/"):
            assert client.post(at_step(run, "EXP-04", part)).status_code == 404
        assert client.post(of(run, "overstappen/")).status_code == 404
        assert client.get(f"/werk/nazorg/gebeurtenis/{world.incident.pk}/").status_code == 404
    assert as_(world.stranger).get(of(run, "nu/")).status_code == 404
    for address in ("", "vandaag/", "naleving/"):
        assert as_(world.worker).get(f"/werk/nazorg/{address}").status_code == 403
        assert as_(world.stranger).get(f"/werk/nazorg/{address}").status_code == 200
    assert "Heidebeek" not in page(as_(world.stranger), "/werk/nazorg/naleving/")


def test_the_team_sees_the_run_and_does_not_lead_it(world, run, as_):
    client = as_(world.tom)
    assert "Nazorg afsluiten" not in page(client, of(run))
    for part in ("sluiten/", "overstappen/"):
        assert client.post(of(run, part)).status_code == 404
    assert client.post(of(run, "huishoudens/"), {}).status_code == 404
    assert "Wijs deze contactpersoon aan" not in page(client, of(run, "huishoudens/"))
    assert client.post(at_step(run, "EXP-04"), {}).status_code == 404
    assert "Deze stap is gedaan" not in page(client, at_step(run, "EXP-04"))


def test_a_household_gets_its_contact_person(world, run, as_):
    client, address = as_(world.nadia), of(run, "huishoudens/")
    assert "6 huishoudens hebben nog geen contactpersoon" in page(client, address)
    wrong = client.post(address, {"label": "huishouden 1", "contact": str(world.tom.id)})
    assert wrong.status_code == 422
    assert "huishouden 1" in wrong.content.decode()
    given = {"label": "huishouden 1", "contact": str(world.ali.id), "address": "Kokmeeuwstraat 27"}
    text = client.post(address, given, follow=True).content.decode()
    assert "Ali Kaya" in text
    assert "Kokmeeuwstraat 27" not in text
    assert "5 huishoudens" in page(client, of(run))


def test_the_officer_closes_the_aftercare(world, run, as_):
    client, address = as_(world.nadia), of(run, "sluiten/")
    assert "Sluit de nazorg af" in page(client, address)
    assert client.post(address, {"reason": ""}).status_code == 422
    text = client.post(address, {"reason": "Alles is bij de corporatie"}, follow=True).content.decode()
    assert "Alles is bij de corporatie" in text
    assert "afgesloten" in page(client, "/werk/nazorg/")
    assert client.get(address).status_code == 404
    assert "afgesloten" in page(client, f"/werk/gebeurtenissen/{world.incident.pk}/")


def test_compliance_counts_steps_and_says_why_they_were_skipped(world, run, as_):
    at = clock.now()
    skip_step(step_of(run, "EXP-08"), "De plek is vrij", by=world.nadia, at=at)
    finish_step(step_of(run, "EXP-13"), {}, by=world.tom, at=at)
    finish_step(
        step_of(run, "EXP-02"), {"answer": "text_approved"}, by=world.nadia, at=at + timedelta(days=3)
    )
    exercise = make_incident(by=world.nadia, is_exercise=True)
    make_run(make_step("ROB-01"), plan=make_plan(make_step("ROB-01"), code="P-ROB"), incident=exercise)
    text = page(as_(world.nadia), "/werk/nazorg/naleving/")
    assert "P-EXP voorbeeld · Heidebeek" in text
    assert "EXP-08: De plek is vrij" in text
    assert "P-ROB" not in text
    for label, number in (("Op tijd", 1), ("Te laat gedaan", 1), ("Nu te laat", 1), ("Overgeslagen", 1)):
        assert f"<dt>{label}</dt><dd>{number}</dd>" in text


def test_a_version_shows_which_steps_went_wrong_before_and_why(world, as_):
    at = clock.now()
    home = Organisation.objects.get(pk=world.nadia.organisation_id)
    version = make_in_force(home, "P-EXP", by=world.nadia, at=at)
    found = make_run(make_step("EXP-01"), incident=world.incident, at=at)
    skip_step(step_of(found, "EXP-01"), "De meldkamer gaf dit al door.", by=world.nadia, at=at)
    exercise = make_incident(by=world.nadia, is_exercise=True)
    wrong = make_run(make_step("EXP-17"), plan=make_plan(make_step("EXP-17")), incident=exercise)
    skip_step(step_of(wrong, "EXP-17"), "Oefening", by=world.nadia, at=at)
    address = f"/werk/protocollen/versie/{version.pk}/"
    text = page(as_(world.nadia), address)
    assert "Zo ging het tot nu toe" in text
    assert "overgeslagen: De meldkamer gaf dit al door." in text
    assert "0 op tijd, 0 te laat, 0 nog open, 1 overgeslagen" in text
    assert "overgeslagen: Oefening" not in text
    draft = renew_version(version, by=world.nadia, at=at)
    assert f"/versie/{draft.pk}/stap/EXP-01/" in page(
        as_(world.nadia), f"/werk/protocollen/versie/{draft.pk}/"
    )
    assert as_(world.stranger).get(f"/werk/nazorg/naleving/{version.pk}/").status_code == 404


def counted(client, address):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_a_page_asks_the_database_as_often_for_one_row_as_for_five(world, as_):
    at = clock.now()
    client = as_(world.nadia)
    one = make_run(*[make_step("EXP-01")], incident=world.incident, at=at)
    addresses = [
        "",
        "vandaag/",
        "naleving/",
        *(f"{one.pk}/{part}" for part in ("", "nu/", "lijst/", "papier/")),
    ]
    first = [counted(client, f"/werk/nazorg/{part}") for part in addresses]
    RunStep.objects.all().delete()
    Run.objects.all().delete()
    five = [
        make_run(
            *(make_step(f"EXP-0{number}") for number in range(1, 6)),
            incident=make_incident(by=world.nadia),
            at=at,
        )
        for _each in range(5)
    ]
    addresses[3:] = [address.replace(str(one.pk), str(five[0].pk)) for address in addresses[3:]]
    assert [counted(client, f"/werk/nazorg/{part}") for part in addresses] == first


@pytest.mark.parametrize("day", ["9999-12-31T23:59", "0001-01-01T00:00"])
def test_a_day_at_the_end_of_the_calendar_is_refused_beside_its_field(world, run, as_, day):
    row = step_of(run, "EXP-18")
    answer = as_(world.nadia).post(f"/werk/nazorg/stap/{row.pk}/moment/", {"moment": day})
    assert answer.status_code == 422
    assert "ligt te ver weg" in answer.content.decode()
    assert day in answer.content.decode()


def test_at_a_drill_the_panel_tells_the_time_of_the_drill(world, run, as_, monkeypatch):
    panel, before_it_was_late = f"/werk/nazorg/gebeurtenis/{run.incident_id}/", run.started_at
    monkeypatch.setattr(clocks, "_clocks", [lambda incident_id, at: before_it_was_late - timedelta(days=1)])
    assert "te laat" in page(as_(world.nadia), panel)
    Incident.objects.update(is_exercise=True)
    assert "te laat" not in page(as_(world.nadia), panel)


def test_every_page_about_an_exercise_says_so_and_no_other_does(world, run, as_):
    client, row = as_(world.nadia), step_of(run, "EXP-18")
    own, of_step = f"/werk/nazorg/{run.pk}", f"/werk/nazorg/stap/{row.pk}"
    places = [
        f"{own}/{part}" for part in ("", "lijst/", "nu/", "papier/", "feiten/", "huishoudens/", "sluiten/")
    ]
    places += [f"{of_step}/{part}" for part in ("", "overslaan/", "moment/", "overdragen/")]
    start = f"/werk/nazorg/gebeurtenis/{run.incident_id}/starten/"
    places += ["/werk/nazorg/", "/werk/nazorg/vandaag/", start]
    assert [each for each in places if "OEFENING" in page(client, each)] == []
    Incident.objects.update(is_exercise=True)
    assert [each for each in places if "OEFENING" not in page(client, each)] == []
