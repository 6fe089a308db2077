from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.accounts.models import Membership, Organisation
from nabij.aftercare.factories import make_run, make_step, step_of
from nabij.aftercare.tests.conftest import make_world
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.doors.actions import Plan, plan_round
from nabij.doors.addresses import read_addresses
from nabij.doors.queries import elsewhere
from nabij.flyers import actions as flyers
from nabij.flyers import tasks as flyer_tasks
from nabij.flyers.factories import make_approved
from nabij.flyers.models import Edition, EditionState, LetterJob
from nabij.handouts import actions, tasks
from nabij.handouts.models import Handout
from nabij.handouts.queries import addresses_of, known_fields, offered, offered_at, organisation_of
from nabij.incidents.factories import make_incident
from nabij.incidents.models import Incident
from nabij.kit import clock
from nabij.kit.tests.at_once import together
from nabij.meetings.actions.planning import Planned, plan_meeting

pytestmark = pytest.mark.django_db
LETTERS = {"proof": "letter", "fields": [{"name": "letters", "label_nl": "Hoeveel?", "kind": "number"}]}
STEPS = (
    make_step("EXP-17", templates=["T-LET-RES"], evidence=LETTERS),
    make_step("EXP-11", templates=["T-FLY-EXP", "T-DOOR"], evidence={"proof": "door_list"}),
    make_step("EXP-18", templates=["T-INV-MEET", "T-AGENDA"], evidence={"proof": "meeting"}),
    make_step("EXP-01"),
)
FIELDS = {
    "street": "Kokmeeuwstraat", "date": "2027-01-10", "phone": "14 020", "web": "",
    "next_message": "2027-01-12T11:00:00+00:00",
}  # fmt: skip
TYPED = FIELDS | {"next_message": "2027-01-12T12:00"}
LETTER, FLYER = "T-LET-RES", "T-FLY-EXP"


@pytest.fixture
def town(db, client, monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    monkeypatch.setattr(flyer_tasks, "close_old_connections", lambda: None)
    monkeypatch.setattr(elsewhere, "_drawn", lambda addresses: {addresses[0].key})
    world = make_world()
    run = make_run(*STEPS, incident=world.incident)
    town = SimpleNamespace(**vars(world), run=run, at=clock.now(), organisation=organisation_of(run))
    town.step = lambda step_id="EXP-17": step_of(run, step_id)
    town.url = lambda step_id, code, more="": f"/werk/uitdelen/stap/{town.step(step_id).pk}/{code}/{more}"
    town.approve = lambda code=LETTER: make_approved(
        town.organisation, code, by=town.nadia, also_by=town.tom, at=town.at
    )
    town.fill = lambda step_id="EXP-17", code=LETTER, by=None, **changes: actions.fill_handout(
        town.step(step_id), town.organisation, code, FIELDS | changes, by=by or town.nadia, at=town.at
    )

    def log_in(actor):
        client.force_login(Membership.objects.get(pk=actor.id).user)
        return client

    town.as_ = log_in
    return town


def make_doors(town, text="Kokmeeuwstraat 1-7 oneven\nKokmeeuwstraat 3"):
    at = town.incident.happened_at.replace(hour=10) + timedelta(days=1)
    plan = Plan(read_addresses(text), at, at + timedelta(hours=2))
    return plan_round(town.incident, plan, by=town.nadia, at=town.at)


def text_of(answer):
    return answer.content.decode()


def test_only_flyers_and_letters_for_residents_are_filled_in_on_a_step(town):
    def codes(step_id):
        return [each.template.code for each in offered_at(town.step(step_id), town.organisation)]

    assert codes("EXP-11") == ["T-FLY-EXP"]
    assert codes("EXP-18") == ["T-INV-MEET"]
    assert codes("EXP-01") == []
    assert offered(town.step(), town.organisation, "T-DOOR") is None


def test_what_is_known_stands_there_already(town):
    fields = known_fields(town.step(), offered(town.step(), town.organisation, LETTER).template)
    assert fields == {"street": town.incident.place, "date": town.incident.happened_at.date().isoformat()}
    type(town.incident).objects.filter(pk=town.incident.pk).update(place="Laan der Meeuwen 27 b")
    template = offered(town.step(), town.organisation, LETTER).template
    assert known_fields(town.step(), template)["street"] == "Laan der Meeuwen"
    make_doors(town)
    town.fill()
    fields = known_fields(
        town.step("EXP-11"), offered(town.step("EXP-11"), town.organisation, FLYER).template
    )
    assert (fields["street"], fields["phone"]) == ("Kokmeeuwstraat", "14 020")


def test_what_was_typed_in_a_drill_is_never_offered_again(town):
    """A made-up number must not end on a real letter."""
    town.fill(phone="14 999")
    Incident.objects.filter(pk=town.incident.pk).update(is_exercise=True)
    step = step_of(make_run(*STEPS, incident=make_incident()), "EXP-17")
    assert "phone" not in known_fields(step, offered(step, town.organisation, LETTER).template)


def test_an_invitation_knows_where_and_when_the_meeting_is(town):
    starts_at = town.incident.happened_at + timedelta(days=4)
    plan_meeting(
        town.incident, Planned("residents", "Buurthuis", starts_at), by=town.nadia, at=town.at
    )  # fmt: skip
    template = offered(town.step("EXP-18"), town.organisation, "T-INV-MEET").template
    fields = known_fields(town.step("EXP-18"), template)
    assert (fields["place"], fields["meeting"]) == ("Buurthuis", starts_at.isoformat())


def test_from_the_step_the_text_goes_to_the_other_organisation_and_when_printed_the_step_is_done(town):
    nadia = town.as_(town.nadia)
    page = text_of(nadia.get(f"/werk/nazorg/stap/{town.step().pk}/"))
    assert "Vul in" in page
    form = text_of(nadia.get(town.url("EXP-17", LETTER)))
    assert f'value="{town.incident.happened_at.date().isoformat()}"' in form
    assert nadia.post(town.url("EXP-17", LETTER), TYPED | {"street": "Laan 5"}).status_code == 422
    page = text_of(nadia.post(town.url("EXP-17", LETTER), TYPED, follow=True))
    assert "wacht op akkoord" in page
    edition = Edition.objects.get()
    assert (edition.state, edition.approved_kinds) == (EditionState.SENT, ["municipality"])
    assert nadia.get(town.url("EXP-17", LETTER, "printen/")).status_code == 302
    assert str(edition.pk) in text_of(town.as_(town.tom).get("/werk/drukwerk/wachten/"))
    flyers.approve_edition(edition, by=town.tom, at=town.at)
    nadia = town.as_(town.nadia)
    assert "Print" in text_of(nadia.get(f"/werk/nazorg/stap/{town.step().pk}/"))
    wrong = nadia.post(town.url("EXP-17", LETTER, "printen/"), {"languages": ["nl"], "copies": "0"})
    assert wrong.status_code == 422
    paper = nadia.post(town.url("EXP-17", LETTER, "printen/"), {"languages": ["nl"], "copies": "84"})
    assert paper.content.startswith(b"%PDF")
    row = town.step()
    assert (row.state, row.evidence.values) == ("done", {"letters": 84})
    assert "84 stuks" in text_of(nadia.get(f"/werk/nazorg/stap/{row.pk}/"))
    facts = TrailEntry.objects.get(verb="handout.printed").facts
    assert facts == {"template": LETTER, "number": 84}


def test_an_approved_text_is_filled_in_and_printed_at_once(town):
    town.approve()
    nadia = town.as_(town.nadia)
    answer = nadia.post(town.url("EXP-17", LETTER), TYPED)
    assert answer["Location"].endswith("/printen/")
    page = text_of(nadia.get(answer["Location"]))
    assert "Hoeveel stuks" in page
    assert "deurlijst" not in page


def test_each_address_of_the_doors_gets_its_letter_and_then_the_step_is_done(town):
    make_doors(town)
    town.approve()
    town.fill()
    nadia = town.as_(town.nadia)
    printing = town.url("EXP-17", LETTER, "printen/")
    assert "deurlijst (4)" in text_of(nadia.get(printing))
    assert nadia.post(printing, {"languages": ["nl"], "to": "copies"}).status_code == 422
    answer = nadia.post(printing, {"languages": ["nl"], "to": "doors"})
    job = LetterJob.objects.get()
    assert answer["Location"].endswith(f"/{job.pk}/")
    assert (job.count, town.step().state) == (4, "open")
    assert "worden gemaakt" in text_of(nadia.get(f"/werk/nazorg/stap/{town.step().pk}/"))
    flyers.make_letters(job, by=SYSTEM, at=town.at)
    entry = TrailEntry.objects.get(verb="letters.made")
    for _ in range(2):
        tasks.follow_letters(entry.pk)
    row = town.step()
    assert (row.state, row.evidence.values) == ("done", {"letters": 4})
    assert TrailEntry.objects.filter(verb="handout.printed").count() == 1


def test_letters_of_no_step_prove_nothing(town):
    edition = town.approve()
    job = flyers.ask_letters(edition, ["nl"], FIELDS, addresses_here(town), by=town.nadia, at=town.at)
    flyers.make_letters(job, by=SYSTEM, at=town.at)
    tasks.follow_letters(TrailEntry.objects.get(verb="letters.made").pk)
    assert town.step().state == "open"


def addresses_here(town):
    make_doors(town)
    return addresses_of(town.incident)


def test_who_is_not_visited_gets_a_letter_too(town):
    """Leaving a home out of the letters would tell that somebody there is protected."""
    assert [each.lines() for each in addresses_here(town)] == [
        [f"Kokmeeuwstraat {number}", town.organisation.municipality.name] for number in (1, 3, 5, 7)
    ]


def test_a_flyer_is_printed_but_the_doors_prove_the_step(town):
    town.approve(FLYER)
    handout = town.fill("EXP-11", FLYER)
    actions.print_copies(handout, 100, by=town.nadia, at=town.at)
    assert town.step("EXP-11").state == "open"
    assert Handout.objects.get().printed_at == town.at


def test_a_step_that_was_done_meanwhile_or_may_not_be_done_yet_is_left_as_it_is(town):
    town.approve()
    handout = town.fill()
    type(town.step()).objects.filter(step_id="EXP-17").update(not_before_at=town.at + timedelta(hours=1))
    actions.print_copies(handout, 3, by=town.nadia, at=town.at)
    assert town.step().state == "open"


def test_filled_in_again_it_takes_the_place_of_what_stood_there_until_it_is_printed(town):
    first = town.fill()
    assert town.fill(phone="14 023").pk == first.pk
    edition = Edition.objects.get()
    flyers.refuse_edition(edition, "Korter", by=town.tom, at=town.at)
    assert town.fill().edition.state == EditionState.SENT
    with pytest.raises(ValidationError, match="beide organisaties"):
        actions.print_copies(first, 3, by=town.nadia, at=town.at)
    flyers.approve_edition(edition, by=town.tom, at=town.at)
    with pytest.raises(ValidationError, match="hoeveel"):
        actions.print_copies(first, 0, by=town.nadia, at=town.at)
    with pytest.raises(ValidationError, match="geen deurlijst"):
        actions.print_letters(first, ["nl"], by=town.nadia, at=town.at)
    actions.print_copies(first, 3, by=town.nadia, at=town.at)
    with pytest.raises(ValidationError, match="al geprint"):
        actions.print_copies(first, 3, by=town.nadia, at=town.at)
    assert town.fill("EXP-11", FLYER).pk != first.pk


def test_a_text_that_was_withdrawn_before_it_is_printed_is_not_printed(town):
    edition = town.approve()
    town.fill()
    flyers.withdraw_edition(edition, by=town.nadia, at=town.at)
    assert town.as_(town.nadia).get(town.url("EXP-17", LETTER, "printen/")).status_code == 302


def test_a_sign_that_cannot_be_printed_is_said_and_nothing_is_done(town):
    town.approve()
    town.fill(street="Kok😀")
    sent = {"languages": ["nl"], "copies": "3"}
    answer = town.as_(town.nadia).post(town.url("EXP-17", LETTER, "printen/"), sent)
    assert answer.status_code == 422
    assert Handout.objects.get().printed_at is None


def test_what_the_other_organisation_refuses_to_begin_is_said_on_the_form(town, monkeypatch):
    def refuses(edition, *, by, at):
        raise ValidationError("Lees eerst de Nederlandse tekst na.")

    monkeypatch.setattr(flyers, "send_edition", refuses)
    answer = town.as_(town.nadia).post(town.url("EXP-17", LETTER), TYPED)
    assert answer.status_code == 422
    assert "Lees eerst" in text_of(answer)
    assert not Handout.objects.exists()


def test_who_is_too_late_to_print_reads_so_on_the_form(town, monkeypatch):
    def too_late(handout, copies, *, by, at):
        raise ValidationError("Dit is al geprint.")

    town.approve()
    town.fill()
    monkeypatch.setattr(actions, "print_copies", too_late)
    sent = {"languages": ["nl"], "copies": "3"}
    answer = town.as_(town.nadia).post(town.url("EXP-17", LETTER, "printen/"), sent)
    assert (answer.status_code, "al geprint" in text_of(answer)) == (422, True)


@pytest.mark.parametrize("who", ["stranger", "worker", "other_team"])
def test_for_others_there_is_nothing_to_fill_in(town, who):
    town.approve()
    handout = town.fill()
    actor = getattr(town, who)
    with pytest.raises(PermissionDenied):
        town.fill(by=actor)
    with pytest.raises(PermissionDenied):
        actions.print_copies(handout, 3, by=actor, at=town.at)
    for more in ("", "printen/"):
        assert town.as_(actor).get(town.url("EXP-17", LETTER, more)).status_code == 404


def test_what_a_step_does_not_name_is_not_there(town):
    assert town.as_(town.nadia).get(town.url("EXP-17", FLYER)).status_code == 404
    with pytest.raises(PermissionDenied):
        town.fill("EXP-17", FLYER)


def test_a_municipality_that_does_not_take_part_makes_nothing(town):
    Organisation.objects.filter(pk=town.organisation.pk).update(municipality=None, kind="partner")
    assert organisation_of(town.run) is None
    assert "Vul in" not in text_of(town.as_(town.tom).get(f"/werk/uitdelen/stap/{town.step().pk}/"))
    assert town.as_(town.tom).get(town.url("EXP-17", LETTER)).status_code == 404


def test_the_database_keeps_one_open_handout_and_counts_what_is_printed(town):
    handout = town.fill()
    values = {
        "run_step": handout.run_step, "edition": handout.edition, "template": LETTER, "fields": {},
        "filled_at": town.at, "filled_by": town.nadia.id,
    }  # fmt: skip
    for wrong in ({}, {"copies": 0}, {"template": FLYER, "printed_at": town.at}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Handout.objects.create(**values | wrong)


@pytest.mark.django_db(transaction=True)
def test_two_who_fill_in_and_print_at_the_same_moment_do_it_once(town):
    town.approve()
    assert together(town.fill, town.fill) == []
    handout = Handout.objects.get()

    def print_it():
        actions.print_copies(handout, 84, by=town.nadia, at=town.at)

    assert [type(each) for each in together(print_it, print_it)] == [ValidationError]
    assert town.step().evidence.values == {"letters": 84}
    assert TrailEntry.objects.filter(verb="handout.printed").count() == 1
