"""A registration goes and leaves figures: how many, on which day, from where, with which need; never who."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from nabij.accounts.factories import make_municipality
from nabij.audit.actor import SYSTEM
from nabij.cases.factories import WEDNESDAY, make_case
from nabij.cases.models import Case
from nabij.incidents.factories import make_incident
from nabij.incidents.models import Incident
from nabij.people.factories import make_registration
from nabij.people.models import ContactWish, Person, Registration
from nabij.privacy.actions import remove_expired
from nabij.privacy.models import HoldOn, RetentionRun
from nabij.privacy.retention import term_for
from nabij.retention.factories import hold_on
from nabij.retention.keeping import files
from nabij.retention.models import Counted, RegistrationFigure
from nabij.retention.tests.removing import remove
from nabij.support.actions.closing import end_case
from nabij.support.models import CloseReason

YEAR = datetime(2028, 2, 3, 17, 20, 1, tzinfo=UTC)


def closed_incident(by):
    incident = make_incident()
    Incident.objects.filter(pk=incident.pk).update(status="closed", closed_at=WEDNESDAY, closed_by=by)
    return incident


def register(incident, number, **answers):
    return make_registration(
        incident,
        phone=f"+3160000007{number}",
        email=f"m{number}@example.nl",
        name=f"Mens {number}",
        **answers,
    )


def figures(incident):
    rows = RegistrationFigure.objects.filter(incident=incident)
    return {(each.counted, each.answer): each.number for each in rows}


def test_what_stays_is_how_many_on_which_day_from_where_as_who_and_with_which_need(noordwest):
    make_municipality()
    incident = closed_incident(noordwest.member.olaf)
    register(incident, 1, needs=["talk", "money"], municipality="Heidebeek")
    register(incident, 2, needs=["talk"], relation="witness", at=datetime(2027, 1, 10, 23, 30, tzinfo=UTC))
    place = Registration.objects.first().municipality_code
    remove(YEAR)
    assert not Registration.objects.exists()
    assert not Person.objects.exists()
    assert figures(incident) == {
        ("total", ""): 2,
        ("day", "2027-01-10"): 1,
        ("day", "2027-01-11"): 1,  # half past twelve at night, in Amsterdam
        ("relation", "resident"): 1,
        ("relation", "witness"): 1,
        ("municipality", place): 2,
        ("need", "talk"): 2,
        ("need", "money"): 1,
    }


def test_nothing_that_stays_is_personal():
    assert not hasattr(RegistrationFigure.Privacy, "personal")
    assert term_for("registration").then == "anonymise"


def test_a_form_sent_again_and_one_taken_back_are_not_counted(noordwest):
    incident = closed_incident(noordwest.member.olaf)
    first, again, back = (register(incident, number) for number in range(3))
    Registration.objects.filter(pk=again.pk).update(corrects=first, state="correction")
    Registration.objects.filter(pk=back.pk).update(state="withdrawn", withdrawn_at=WEDNESDAY)
    remove(YEAR)
    assert not Registration.objects.exists()
    assert figures(incident)[("total", "")] == 1


def test_what_is_held_is_counted_only_when_it_goes_and_figures_of_two_nights_add_up(noordwest):
    incident = closed_incident(noordwest.member.olaf)
    kept, _ = register(incident, 1), register(incident, 2)
    hold_on(HoldOn.PERSON, kept.person_id, by=noordwest.olaf, at=YEAR, days=9)
    remove(YEAR)
    assert figures(incident)[("total", "")] == 1
    remove(YEAR + timedelta(days=20))
    assert figures(incident)[("total", "")] == 2


def test_a_registration_of_an_unknown_incident_is_counted_under_none(noordwest):
    for number in (1, 2):
        register(make_incident(), number)
    Registration.objects.update(incident=None, state="held", received_at=WEDNESDAY)
    ContactWish.objects.all().delete()
    remove(YEAR)
    assert figures(None)[("total", "")] == 2


def test_figures_and_going_are_one_when_going_fails_nothing_is_counted(noordwest, monkeypatch):
    incident = closed_incident(noordwest.member.olaf)
    register(incident, 1)

    def fails(persons, *, by, at):
        raise RuntimeError("the person is locked")

    monkeypatch.setattr(files, "let_go", fails)
    remove_expired(by=SYSTEM, at=YEAR)
    assert RetentionRun.objects.get(kind="registration").failed == 1
    assert Registration.objects.exists()
    assert not RegistrationFigure.objects.exists()


def test_a_registration_of_who_was_helped_on_goes_with_the_file(noordwest):
    incident = closed_incident(noordwest.member.olaf)
    row = register(incident, 1)
    case = make_case("Elske Rademaker", helper=noordwest.member.ayla)
    Case.objects.filter(pk=case.pk).update(incident=incident, person=row.person)
    case.refresh_from_db()
    end_case(case, CloseReason.DONE, by=SYSTEM, at=WEDNESDAY)
    remove(YEAR)
    assert Registration.objects.filter(pk=row.pk).exists()
    remove(datetime(2033, 2, 3, 17, 20, 1, tzinfo=UTC))
    assert not Registration.objects.exists()
    assert not Person.objects.filter(pk=row.person_id).exists()
    assert figures(incident)[("total", "")] == 1


def test_a_file_of_another_incident_keeps_no_registration(noordwest):
    incident = closed_incident(noordwest.member.olaf)
    row = register(incident, 1)
    case = make_case("Elske Rademaker", helper=noordwest.member.ayla)
    Case.objects.filter(pk=case.pk).update(incident=make_incident(), person=row.person)
    remove(YEAR)
    assert not Registration.objects.exists()
    assert Person.objects.filter(pk=row.person_id).exists()


@pytest.mark.parametrize("has_incident", [True, False])
def test_the_database_keeps_one_figure_for_one_answer_of_a_known_kind(noordwest, has_incident):
    incident = make_incident() if has_incident else None
    told = {"incident": incident, "counted": Counted.NEED, "answer": "talk", "number": 1}
    RegistrationFigure.objects.create(**told)
    for wrong, rule in ((told, "one_figure_per_answer"), ({**told, "counted": "name"}, "known_kind")):
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            RegistrationFigure.objects.create(**wrong)
