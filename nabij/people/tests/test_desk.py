from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nabij.accounts.factories import make_actor, make_membership, make_municipality, make_region, make_team
from nabij.accounts.models import Membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import PERMISSIONS, Permission, Role
from nabij.audit.actor import ANONYMOUS, SYSTEM, Actor, ActorKind
from nabij.audit.models import ReadEntry
from nabij.incidents.factories import make_incident
from nabij.kit import clock
from nabij.people import queries
from nabij.people.actions.own import withdraw_registration
from nabij.people.actions.registering import store
from nabij.people.factories import MORNING, make_registration, make_submission
from nabij.people.models import AccessGrant, Person
from nabij.people.policies import can_count, can_list, opened_to, shows_counts, visible_to
from nabij.people.queries import Shown
from nabij.people.submissions import as_given, reference_of
from nabij.spool import segments
from nabij.spool import writing as spool

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _desk_at_nine(settings, db):
    settings.TOTP_REQUIRED = False
    clock.move_to(LATER)


def _client(role, **fields):
    client, membership = Client(), make_membership(role, **fields)
    client.force_login(membership.user)
    return client, membership


def _address(name, incident=None):
    return reverse(f"people:{name}", args=[incident.pk] if incident else [])


REGISTRARS = (Role.IAC_REGISTRAR, Role.IAC_REGISTRAR_LEAD)
COUNTING = {
    Role.DUTY_OFFICER, Role.GHOR_OFFICER, Role.ON_CALL_COORDINATOR, Role.ADVICE_LINE, Role.TEAM_LEADER,
    Role.IAC_EDITOR, Role.IAC_CHIEF, Role.IAC_APPROVER, Role.IAC_REGISTRAR, Role.IAC_REGISTRAR_LEAD,
}  # fmt: skip


@pytest.mark.parametrize("role", Role)
def test_counts_are_for_who_works_on_the_incident_and_names_for_registrars_only(role):
    incident = make_incident()
    make_registration(incident)
    actor = make_actor(role)
    assert can_count(actor, incident, LATER) is (role in COUNTING)
    assert shows_counts(actor, incident) is (role in COUNTING)
    is_registrar = role in REGISTRARS
    assert can_list(actor) is is_registrar
    assert Person.objects.filter(visible_to(actor, LATER)).exists() is is_registrar


def test_no_count_of_an_incident_that_one_does_not_see():
    incident = make_incident()
    elsewhere = make_municipality("GM9002", "Elders", region=make_region("VR92", team=make_team("Zuid")))
    assert not can_count(make_actor(Role.DUTY_OFFICER, municipality=elsewhere), incident, LATER)


@pytest.mark.parametrize("actor", [ANONYMOUS, SYSTEM, Actor(ActorKind.HELPED_PERSON, id=uuid4())])
def test_nobody_without_a_grant_sees_a_person(actor):
    make_registration()
    assert not Person.objects.filter(visible_to(actor, LATER)).exists()


def test_a_person_sees_only_oneself():
    mine, _ = make_registration(), make_registration(name="Tijn")
    actor = Actor(ActorKind.HELPED_PERSON, id=mine.person_id)
    assert list(Person.objects.filter(visible_to(actor, LATER))) == [mine.person]


@pytest.mark.parametrize(
    ("starts", "ends", "sees"), [(-1, None, True), (-1, 1, True), (-2, -1, False), (1, None, False)]
)
def test_a_named_grant_opens_one_person_as_long_as_it_runs(starts, ends, sees):
    row, _ = make_registration(), make_registration(name="Tijn")
    worker = make_actor(Role.ON_CALL_WORKER)
    AccessGrant.objects.create(
        person=row.person,
        grantee=Membership.objects.get(pk=worker.id),
        scope="contact",
        purpose="aftercare",
        source="assignment",
        starts_at=LATER + timedelta(hours=starts),
        ends_at=None if ends is None else LATER + timedelta(hours=ends),
    )
    assert list(Person.objects.filter(visible_to(worker, LATER))) == ([row.person] if sees else [])


def test_registrars_of_another_area_and_after_the_end_see_nobody():
    incident = make_incident()
    make_registration(incident)
    elsewhere = make_actor(Role.IAC_REGISTRAR, team=make_team("Zuid"))
    assert not Person.objects.filter(visible_to(elsewhere, LATER)).exists()
    AccessGrant.objects.update(ends_at=LATER)
    here = make_actor(Role.IAC_REGISTRAR)
    assert not Person.objects.filter(visible_to(here, LATER)).exists()


def test_the_panel_counts_without_a_name():
    incident = make_incident()
    make_registration(incident, urgent="yes", yes_to=("ggd", "municipality"))
    make_registration(incident, name="Tijn", email="")
    make_registration(incident, name="Bo", email="", phone="")
    gone = make_registration(incident, name="Noor", yes_to=("ggd",))
    withdraw_registration(gone, by=Actor(ActorKind.HELPED_PERSON, id=gone.person_id), at=LATER)
    make_registration(make_incident(place="Elders"), name="Anders")
    counts = queries.registration_counts(incident.pk)
    assert (counts.total, counts.urgent, counts.call_back, counts.unreachable, counts.withdrawn) == (
        3,
        1,
        1,
        1,
        1,
    )
    assert counts.consents == {"victim_support": 0, "ggd": 1, "municipality": 1}
    client, _ = _client(Role.DUTY_OFFICER)
    page = client.get(_address("counts", incident)).content.decode()
    assert "Aangemeld" in page
    assert "Mirjam" not in page
    assert "Naar de aanmeldingen" not in page
    assert not ReadEntry.objects.exists()


@pytest.mark.parametrize("name", ["counts", "registrations"])
def test_a_role_without_the_permission_is_refused(name):
    incident = make_incident()
    role = Role.CONTROL_ROOM if name == "counts" else Role.DUTY_OFFICER
    assert _client(role)[0].get(_address(name, incident)).status_code == 403
    assert _client(role)[0].get(_address("held")).status_code == 403


def test_the_list_shows_names_and_writes_one_line_in_the_read_log_for_each():
    incident = make_incident()
    rows = [make_registration(incident, name=f"Persoon {number}", yes_to=("ggd",)) for number in range(3)]
    client, membership = _client(Role.IAC_REGISTRAR)
    page = client.get(_address("registrations", incident)).content.decode()
    assert all(f"Persoon {number}" in page for number in range(3))
    assert "+31600000042" in page
    read = ReadEntry.objects.filter(actor_id=membership.pk)
    assert {entry.person_id for entry in read} == {row.person_id for row in rows}
    assert {entry.purpose for entry in read} == {"aftercare"}


def test_a_list_takes_the_same_number_of_queries_for_one_and_for_five():
    few, many = make_incident(), make_incident(place="Elders")
    make_registration(few)
    for _ in range(5):
        make_registration(many)
    client, _ = _client(Role.IAC_REGISTRAR)
    client.get(_address("registrations", few))
    counted = []
    for incident in (few, many):
        with CaptureQueriesContext(connection) as captured:
            client.get(_address("registrations", incident))
        counted.append(len(captured))
    assert counted[0] == counted[1]


def test_the_lists_of_the_desk_each_show_their_own():
    incident = make_incident()
    for name, answers in {
        "Dringend": {"urgent": "yes"},
        "Terugbel": {"email": "", "safe_to_call": "careful", "preferred_time": "evening"},
        "Belzelf": {"email": "", "phone": ""},
    }.items():
        make_registration(incident, name=name, **answers)
    gone = make_registration(incident, name="Weg")
    withdraw_registration(gone, by=Actor(ActorKind.HELPED_PERSON, id=gone.person_id), at=LATER)
    client, _ = _client(Role.IAC_REGISTRAR)

    def shown(query):
        page = client.get(_address("registrations", incident) + query).content.decode()
        return {name for name in ("Dringend", "Terugbel", "Belzelf", "Weg") if f">{name}</b>" in page}, page

    assert shown("")[0] == {"Dringend", "Terugbel", "Belzelf"}
    assert shown("?wie=vandaag")[0] == {"Dringend"}
    names, page = shown("?wie=terugbellen")
    assert names == {"Terugbel"}
    assert "spreek niets in" in page
    assert "In de avond" in page
    assert shown("?wie=bellen-zelf")[0] == {"Belzelf"}
    assert shown("?wie=ingetrokken")[0] == {"Weg"}
    assert shown("?wie=onzin&blad=onzin")[0] == {"Dringend", "Terugbel", "Belzelf"}
    assert shown(f"?kenmerk={gone.reference.lower()}")[0] == {"Weg"}
    assert queries.shown_of("onzin") == Shown.ALL


def test_a_number_that_is_not_safe_to_call_is_not_even_shown():
    incident = make_incident()
    make_registration(incident, safe_to_call="no")
    client, _ = _client(Role.IAC_REGISTRAR)
    page = client.get(_address("registrations", incident)).content.decode()
    assert "Nee, bel mij niet" in page
    assert "31600000042" not in page
    assert "Belt zelf" not in page


def test_urgent_registrations_come_first_then_in_order_of_arrival():
    incident = make_incident()
    second = make_registration(incident, at=MORNING + timedelta(minutes=2))
    first = make_registration(incident, at=MORNING + timedelta(minutes=1))
    urgent = make_registration(incident, at=MORNING + timedelta(minutes=3), urgent="yes")
    actor = make_actor(Role.IAC_REGISTRAR)
    assert list(queries.registrations_for(actor, LATER)) == [urgent, first, second]


def test_a_long_list_comes_in_pages():
    incident = make_incident()
    submissions = [make_submission(incident.pk, name=f"Persoon {number}") for number in range(51)]
    store(submissions, by=SYSTEM, at=MORNING, machine_at=MORNING)
    client, _ = _client(Role.IAC_REGISTRAR)
    assert "Blad 1 van 2" in client.get(_address("registrations", incident)).content.decode()
    assert ReadEntry.objects.count() == 50
    assert "Blad 2 van 2" in client.get(_address("registrations", incident) + "?blad=2").content.decode()


def test_an_incident_of_another_area_does_not_exist_for_a_registrar():
    incident = make_incident()
    client, _ = _client(Role.IAC_REGISTRAR, team=make_team("Zuid"))
    assert client.get(_address("registrations", incident)).status_code == 404
    assert client.get(_address("counts", incident)).status_code == 404


def test_an_empty_list_says_what_comes_there():
    client, _ = _client(Role.IAC_REGISTRAR)
    assert "Nog geen aanmeldingen" in client.get(_address("registrations", make_incident())).content.decode()
    assert "Er wordt niets vastgehouden" in client.get(_address("held")).content.decode()
    assert not ReadEntry.objects.exists()


def test_what_is_held_and_what_could_not_be_read_is_in_sight(web):
    [row] = store([make_submission(uuid4())], by=SYSTEM, at=MORNING, machine_at=MORNING)
    spool.make_folder(spool.folder())
    segments.set_aside(spool.folder(), "a.sealed", b"x")
    client, _ = _client(Role.IAC_REGISTRAR)
    page = client.get(_address("held")).content.decode()
    assert row.reference in page
    assert "Mirjam" not in page
    assert "1 aanmelding kon niet gelezen worden" in page
    assert not queries.held_for(make_actor(Role.DUTY_OFFICER)).exists()


def test_the_permission_for_names_belongs_to_registrars_alone():
    seeing = {role for role, may in PERMISSIONS.items() if Permission.SEE_REGISTRATIONS in may}
    assert seeing == set(REGISTRARS)


def test_the_registrars_desk_counts_per_incident_what_is_needed_today(
    client, settings, django_assert_num_queries
):
    settings.TOTP_REQUIRED = False
    calm, busy = make_incident(place="Kade"), make_incident(place="Markt")
    make_registration(calm, name="Tijn")
    for name in ("Bo", "Noor"):
        make_registration(busy, name=name, urgent="yes", email="")
    closed = make_incident(place="Plein")
    make_registration(closed, name="Sam")
    closed.status, closed.closed_at, closed.closed_by_id = "closed", LATER, make_membership().pk
    closed.save()
    registrar = make_membership(Role.IAC_REGISTRAR)
    actor = actor_for(registrar)
    with django_assert_num_queries(1):
        rows = queries.counts_by_incident(actor, LATER)
    assert [(row.incident_id, row.total, row.urgent, row.by_phone) for row in rows] == [
        (busy.pk, 2, 2, 2), (calm.pk, 1, 0, 0),
    ]  # fmt: skip
    assert queries.counts_by_incident(make_actor(Role.IAC_EDITOR), LATER) == []
    client.force_login(registrar.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get("/werk/").content.decode()
    assert "2 vandaag nodig" in page
    assert f"/werk/gebeurtenissen/{busy.pk}/aanmeldingen/?wie=vandaag" in page
    assert "Noor" not in page
    assert not ReadEntry.objects.exists(), "counting opens nobody"


@pytest.mark.parametrize("role", [role for role in Role if role not in REGISTRARS])
def test_nobody_else_has_registrations_on_the_desk(client, settings, role):
    settings.TOTP_REQUIRED = False
    client.force_login(
        make_membership(role).user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert client.get("/werk/aanmeldingen/mijn/").status_code == 403


@pytest.mark.parametrize("said", ["{}", " {} ", "upper", "lower"])
def test_a_reference_is_found_however_it_was_typed(said):
    given = reference_of(uuid4())
    typed = getattr(given, said)() if said in ("upper", "lower") else said.format(given)
    assert as_given(typed.replace(" ", "  ")) == given


def test_an_incident_is_opened_only_to_staff_with_a_running_grant():
    incident = make_registration().incident
    registrar = make_actor(Role.IAC_REGISTRAR)
    assert list(opened_to(registrar, LATER)) == [incident]
    assert not opened_to(make_actor(Role.DUTY_OFFICER), LATER).exists()
    for nobody in (ANONYMOUS, SYSTEM, Actor(ActorKind.HELPED_PERSON, id=uuid4())):
        assert not opened_to(nobody, LATER).exists()
    AccessGrant.objects.update(ends_at=LATER)
    assert not opened_to(registrar, LATER).exists()
