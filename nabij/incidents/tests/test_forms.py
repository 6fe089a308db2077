from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.http import QueryDict

from nabij.accounts.factories import make_actor, make_municipality
from nabij.accounts.models import Municipality
from nabij.accounts.roles import Role
from nabij.audit.actor import ANONYMOUS
from nabij.contact.doors import CallerKind
from nabij.incidents.actions import report_incident
from nabij.incidents.factories import NIGHT, make_incident
from nabij.incidents.fields import PhoneField
from nabij.incidents.forms import FactsForm, NoteForm, RequestForm
from nabij.incidents.rules import rules

pytestmark = pytest.mark.django_db
AUTUMN = datetime(2027, 10, 31, 1, 40, tzinfo=UTC)  # 02:40 in Amsterdam, for the second time


def typed(**fields):
    values = {
        "topic": "EVT-13",
        "municipalities": ["GM9001"],
        "happened_at": "2027-01-10T03:10",
        "urgency": "urgent",
        "wanted": ["reception"],
        "asker": "Nadia Vroom",
        "call_back": "06-00000001",
        "caller_kind": "municipality",
        "form_key": str(uuid4()),
        **fields,
    }
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def filled(at=NIGHT, actor=ANONYMOUS, nearby=(), **fields):
    return RequestForm(typed(**fields), actor=actor, at=at, nearby=nearby)


def report_of(form):
    assert form.is_valid(), form.errors
    return form.to_report()


def errors(**fields):
    return {name: " ".join(found) for name, found in filled(**fields).errors.items()}


def test_a_filled_form_becomes_a_report():
    key = uuid4()
    form = filled(form_key=str(key), people="38", remarks="Er staan mensen buiten.")
    assert form.is_valid(), form.errors
    report = form.to_report(door="CHN-03")
    assert report.happened_at == datetime(2027, 1, 10, 2, 10, tzinfo=UTC)
    assert (report.people, report.dead, report.door, report.form_key) == (38, None, "CHN-03", key)
    assert (report.caller_kind, report.add_to, report.is_exercise) == (CallerKind.MUNICIPALITY, None, False)
    assert report_incident(report, by=ANONYMOUS, at=NIGHT).number


def test_an_empty_form_says_beside_each_field_what_is_missing():
    form = RequestForm(QueryDict(), actor=ANONYMOUS, at=NIGHT)
    needed = {"topic", "municipalities", "urgency", "wanted", "asker", "caller_kind", "call_back"}
    assert set(form.errors) == needed
    assert form.errors["municipalities"] == ["Kies de gemeente."]


def test_the_page_that_is_opened_starts_with_now_the_own_name_and_the_own_municipality():
    nadia = make_actor(Role.DUTY_OFFICER, name="Nadia Vroom")
    form = RequestForm(actor=nadia, at=NIGHT)
    assert form["asker"].value() == "Nadia Vroom"
    assert form["municipalities"].value() == ["GM9001"]
    assert 'value="2027-01-10T03:31"' in str(form["happened_at"])
    assert UUID(str(form["form_key"].value()))
    assert "caller_kind" not in form.fields
    assert "control_room_reference" not in form.fields


def test_who_is_logged_in_need_not_say_for_which_organisation():
    form = filled(actor=make_actor(Role.DUTY_OFFICER))
    assert form.is_valid(), form.errors
    assert form.to_report().caller_kind == CallerKind.MUNICIPALITY


def test_who_enters_for_somebody_else_says_for_whom():
    bram = filled(actor=make_actor(), caller_kind="police", organisation_name="Politie Oost")
    assert bram.is_valid(), bram.errors
    assert (bram.to_report().caller_kind, bram.to_report().organisation_name) == ("police", "Politie Oost")
    operator = filled(actor=make_actor(Role.CONTROL_ROOM), control_room_reference="P27", is_exercise="on")
    assert operator.is_valid(), operator.errors
    assert (operator.to_report().control_room_reference, operator.to_report().is_exercise) == ("P27", True)
    assert RequestForm(actor=make_actor(Role.CONTROL_ROOM), at=NIGHT)["caller_kind"].value() == "police"


def test_nobody_without_a_login_starts_an_exercise():
    assert not report_of(filled(is_exercise="on", control_room_reference="P1")).is_exercise


def test_a_form_without_a_key_is_a_new_form():
    form = filled(form_key="")
    assert form.is_valid()
    assert isinstance(form.to_report().form_key, UUID)


def test_open_incidents_nearby_must_be_answered_first():
    incident, nadia = make_incident(), make_actor(Role.DUTY_OFFICER)
    assert "add_to" in filled(actor=nadia, nearby=[incident]).errors
    joined = filled(actor=nadia, nearby=[incident], add_to=str(incident.pk))
    assert joined.is_valid()
    assert joined.to_report().add_to == incident.pk
    fresh = filled(actor=nadia, nearby=[incident], add_to="nieuw")
    assert fresh.is_valid()
    assert fresh.to_report().add_to is None
    assert "er niet meer" in str(filled(actor=nadia, nearby=[incident], add_to=str(uuid4())).errors)


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        ("06-00000001", "0600000001"),
        ("06 12345678", "+31612345678"),
        ("+32 470 12 34 56", "+32470123456"),
        ("+999 12345678", "99912345678"),
        ("(020) 000 00 01", "+31200000001"),
        ("+31600000001", "+31600000001"),
    ],
)
def test_phone_numbers_are_kept_as_they_can_be_dialled(number, kept):
    form = filled(call_back=number)
    assert form.is_valid(), form.errors
    assert form.to_report().call_back == kept


def test_a_form_may_leave_the_phone_number_open():
    assert PhoneField(required=False).clean(" ") == ""


@pytest.mark.parametrize("number", ["112", "bel mij", "0900-SLACHTOFFER", "1" * 16, "٠٦١٢٣٤٥٦٧٨", "0" * 100])
def test_what_is_no_phone_number_is_said(number):
    assert "geen telefoonnummer" in errors(call_back=number)["call_back"]


@pytest.mark.parametrize(
    ("written", "people"),
    [("0", 0), ("1000000", 1_000_000), ("1.200", 1200), ("", None), (" 38 ", 38)],
)
def test_counts_from_nobody_to_a_million(written, people):
    form = filled(people=written)
    assert form.is_valid(), form.errors
    assert form.to_report().people == people


@pytest.mark.parametrize("written", ["-1", "1000001", "veel", "3,5", "9" * 5000, "💥"])
def test_impossible_counts_get_a_clear_answer(written):
    assert errors(people=written)["people"]


def test_there_are_never_more_children_than_people():
    assert "meer kinderen" in errors(people="3", children="7")["children"]
    assert filled(people="", children="7").is_valid()


def test_a_million_characters_get_both_numbers_and_stay_in_the_form():
    form = filled(remarks="x" * 1_000_000)
    assert "1.000.000 tekens" in form.errors["remarks"][0]
    assert "4.000" in form.errors["remarks"][0]
    assert len(form["remarks"].value()) == 1_000_000
    assert "maxlength" not in str(RequestForm(actor=ANONYMOUS, at=NIGHT)["remarks"])


@pytest.mark.parametrize("text", ["💥🏠", "انفجار في الشارع", "x" * 4000])
def test_emoji_and_right_to_left_text_come_through(text):
    form = filled(remarks=text, place=text[:200])
    assert form.is_valid(), form.errors
    assert form.to_report().remarks == text


def test_an_unknown_municipality_or_topic_is_said():
    assert "kennen wij niet" in errors(municipalities=["GM9001", "GM0000"])["municipalities"]
    assert "uit de lijst" in errors(topic="EVT-99")["topic"]
    many = [make_municipality(f"GM80{n:02}", f"Dorp {n}").code for n in range(26)]
    assert "hoogstens 25" in errors(municipalities=many)["municipalities"]


def test_a_municipality_that_merged_becomes_its_successor_and_says_so():
    Municipality.objects.filter(pk="GM9001").update(
        ends_on=date(2027, 1, 1), merged_into=make_municipality("GM9002", "Waterdijk")
    )
    form = filled(municipalities=["GM9001", "GM9002"])
    assert form.is_valid(), form.errors
    assert form.to_report().municipality_codes == ("GM9002",)
    assert form.remarks_on_input == ["Een gekozen gemeente bestaat niet meer. Wij gebruiken nu Waterdijk."]


def test_an_event_across_two_municipalities():
    make_municipality("GM9002", "Waterdijk")
    form = filled(municipalities=["GM9001", "GM9002"])
    assert form.is_valid()
    assert form.to_report().municipality_codes == ("GM9001", "GM9002")


def test_no_moment_means_now_and_ten_minutes_ahead_is_a_clock_that_runs_fast():
    assert report_of(filled(happened_at="")).happened_at == NIGHT
    assert filled(happened_at="2027-01-10T03:41").is_valid()
    assert filled(happened_at="10-01-2027 03:10").is_valid()
    assert "toekomst" in errors(happened_at="2027-01-10T03:42")["happened_at"]
    assert rules().future_allowed == timedelta(minutes=10)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59", "1800-01-01T10:00"])
def test_a_year_that_cannot_be_is_said(moment):
    assert "jaar" in errors(happened_at=moment)["happened_at"]


@pytest.mark.parametrize("moment", ["gisteren", "2027-13-45T99:99", "x" * 1000, "10 januari"])
def test_what_is_no_moment_is_said(moment):
    assert "dag en tijd" in errors(happened_at=moment)["happened_at"]


def test_the_hour_that_the_clock_skipped_did_not_exist():
    spring = datetime(2027, 3, 28, 8, 0, tzinfo=UTC)
    assert "bestond niet" in errors(at=spring, happened_at="2027-03-28T02:30")["happened_at"]
    assert filled(at=spring, happened_at="2027-03-28T03:00").is_valid()


def test_in_the_hour_that_comes_twice_the_form_asks_which_one():
    form = filled(at=AUTUMN, happened_at="2027-10-31T02:30")
    assert "twee keer" in form.errors["which_hour"][0]
    assert str(form["which_hour"]).count('type="radio"') == 2
    summer = report_of(filled(at=AUTUMN, happened_at="2027-10-31T02:30", which_hour="0"))
    winter = report_of(filled(at=AUTUMN, happened_at="2027-10-31T02:30", which_hour="1"))
    assert winter.happened_at - summer.happened_at == timedelta(hours=1)
    assert winter.happened_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def test_in_the_first_of_the_two_hours_there_is_nothing_to_choose():
    first = datetime(2027, 10, 31, 0, 35, tzinfo=UTC)
    assert report_of(filled(at=first, happened_at="2027-10-31T02:30")).happened_at == datetime(
        2027, 10, 31, 0, 30, tzinfo=UTC
    )


def test_the_facts_form_of_an_incident_in_the_doubled_hour_opens_with_the_right_one():
    incident = make_incident(happened_at=datetime(2027, 10, 31, 1, 30, tzinfo=UTC), at=AUTUMN)
    form = FactsForm(incident=incident, at=AUTUMN + timedelta(days=1))
    assert form["which_hour"].value() == 1


def test_a_note_is_required_and_has_its_limit():
    assert NoteForm({"text": " "}).errors["text"] == ["Schrijf eerst iets op."]
    assert "te lang" in NoteForm({"text": "x" * 4001}).errors["text"][0]
