from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from nabij.accounts.factories import make_membership, make_municipality
from nabij.accounts.models import Municipality
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import ANONYMOUS
from nabij.incidents.actions import close_incident
from nabij.incidents.forms import NEW
from nabij.incidents.models import HelpRequest, Incident
from nabij.kit import clock
from nabij.on_call.factories import make_answer, make_ask, make_night
from nabij.on_call.links import link_token
from nabij.on_call.models import Deployment, HelpAnswer
from nabij.paging.actions import accept
from nabij.paging.factories import take_due_steps
from nabij.paging.models import Ask, Page, Way

NIGHT = datetime(2027, 1, 10, 2, 31, tzinfo=UTC)
ASK, PUBLIC = "/werk/hulp-vragen/", "/hulp-vragen/"


@pytest.fixture
def night(db):
    clock.move_to(NIGHT)
    return make_night()


@pytest.fixture
def asker(night):
    return log_in(make_membership(Role.DUTY_OFFICER, name="Nadia Vroom"))


def log_in(membership):
    client = Client()
    client.force_login(membership.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.membership = membership
    return client


def typed(**fields):
    return {
        "topic": "EVT-13",
        "municipalities": ["GM9001"],
        "place": "Kokmeeuwstraat",
        "happened_at": "2027-01-10T03:10",
        "people": "38",
        "urgency": "urgent",
        "wanted": ["reception"],
        "asker": "Nadia Vroom",
        "call_back": "06-00000001",
        "form_key": str(uuid4()),
        **fields,
    }


def text_of(answer):
    return answer.content.decode()


def test_help_is_asked_and_answered_at_once_with_number_role_and_call(asker):
    answer = asker.post(ASK, typed(), follow=True)
    text = text_of(answer)
    request = HelpRequest.objects.get()
    assert answer.redirect_chain[0][0] == f"{ASK}{HelpAnswer.objects.get().pk}/"
    assert request.number in text
    assert "De piketcoördinator wordt nu opgeroepen" in text
    assert "Bel ook de meldkamer" in text
    assert "om 03.41 uur" in text
    assert "Wie doet wat" in text
    assert "Bram" not in text
    assert 'data-draft-clear="hulp-vragen"' in text


def test_the_form_keeps_a_draft_and_carries_its_key(asker):
    text = text_of(asker.get(ASK))
    assert 'data-draft="hulp-vragen"' in text
    assert 'name="form_key"' in text


def test_a_wrong_form_comes_back_with_what_was_typed(asker):
    answer = asker.post(ASK, typed(call_back="geen", place="Straat 😀 شارع"))
    assert answer.status_code == 422
    assert "Straat 😀 شارع" in text_of(answer)
    assert not HelpRequest.objects.exists()


def test_the_same_form_sent_twice_shows_the_same_answer(asker):
    form = typed()
    first, second = asker.post(ASK, form), asker.post(ASK, form)
    assert first.headers["Location"] == second.headers["Location"]
    assert (HelpRequest.objects.count(), Page.objects.count()) == (1, 1)


def test_the_key_of_somebody_elses_form_shows_nothing_of_it(asker):
    form = typed()
    asker.post(ASK, form)
    other = log_in(make_membership(Role.DUTY_OFFICER))
    public = Client().post(PUBLIC, typed(form_key=form["form_key"]))
    assert HelpRequest.objects.count() == 1
    assert "antwoord" not in public.headers.get("Location", "")
    assert other.post(ASK, form).status_code != 500


def test_an_open_incident_nearby_is_offered_before_sending(asker):
    asker.post(ASK, typed())
    known = Incident.objects.get()
    offered = asker.post(ASK, again := typed())
    assert offered.status_code == 422
    assert "Hoort dit bij een gebeurtenis die wij al kennen?" in text_of(offered)
    assert known.reference in text_of(offered)
    asker.post(ASK, {**again, "add_to": str(known.pk)})
    assert (Incident.objects.count(), HelpRequest.objects.count(), Page.objects.count()) == (1, 2, 1)
    asker.post(ASK, typed(add_to=NEW))
    assert Incident.objects.count() == 2


def test_who_may_not_ask_is_refused(night):
    assert log_in(night.imke).get(ASK).status_code == 403


def test_without_a_login_the_form_works_and_shows_no_incident_to_anybody(asker):
    asker.post(ASK, typed())
    visitor = Client()
    page = text_of(visitor.get(PUBLIC))
    assert "nog niet geverifieerd: de coördinator belt u eerst terug" in page
    answer = visitor.post(PUBLIC, typed(caller_kind="municipality"), follow=True)
    text = text_of(answer)
    assert answer.status_code == 200
    assert "Nog niet geverifieerd" in text
    assert HelpRequest.objects.get(is_verified=False).number in text
    assert Incident.objects.count() == 2
    for reference in Incident.objects.values_list("reference", flat=True):
        assert reference not in text
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_the_public_form_is_refused_without_its_token(night):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(PUBLIC, typed(caller_kind="municipality")).status_code == 403
    form = strict.get(PUBLIC)
    token = form.context["csrf_token"]
    sent = strict.post(PUBLIC, typed(caller_kind="municipality", csrfmiddlewaretoken=str(token)))
    assert sent.status_code == 302


def test_the_public_answer_is_the_same_for_a_form_sent_twice_and_expires(night):
    form = typed(caller_kind="municipality")
    first, second = Client().post(PUBLIC, form), Client().post(PUBLIC, form)
    address = first.headers["Location"]
    assert address == second.headers["Location"]
    assert Client().get(f"{address}stand/").status_code == 200
    clock.move_to(NIGHT + timedelta(hours=25))
    assert Client().get(address).status_code == 404
    assert Client().get(f"{address}stand/").status_code == 404
    assert Client().get(f"{PUBLIC}antwoord/onzin/").status_code == 404


def test_the_public_answer_shows_how_far_the_help_is_and_nothing_of_who_comes(night):
    answer = make_answer(by=ANONYMOUS)
    accept(make_ask(answer), by=actor_for(night.bram), at=NIGHT, way=Way.APP)
    text = text_of(Client().get(reverse("on_call:public_answer", args=[link_token(answer)])))
    assert "Aangenomen" in text
    for secret in ("Bram", "Nadia", "0600000001"):
        assert secret not in text


@pytest.mark.parametrize(
    "bad",
    [
        {"municipalities": ["GM0000"]},
        {"municipalities": []},
        {"happened_at": "2031-01-01T00:00"},
        {"people": "1000001"},
        {"people": "-1"},
        {"remarks": "x" * 1_000_000},
        {"topic": "EVT-99"},
        {"urgency": ""},
        {"form_key": "geen sleutel"},
    ],
)
def test_bad_input_gets_a_clear_answer_and_makes_nothing(asker, bad):
    answer = asker.post(ASK, typed(**bad))
    assert answer.status_code == 422
    assert "error-summary" in text_of(answer)
    assert not HelpRequest.objects.exists()


@pytest.mark.parametrize(
    "odd",
    [
        {"people": "0"},
        {"people": "1000000"},
        {"people": ""},
        {"place": "🔥" * 20},
        {"place": "شارع الملك"},
        {"remarks": "مرحبا 👋 \u202etfel"},
    ],
)
def test_odd_but_possible_input_is_received_and_paged(asker, odd):
    assert asker.post(ASK, typed(**odd)).status_code == 302
    assert take_due_steps(clock.now()) >= 1


def test_a_merged_municipality_is_answered_by_its_successor(asker):
    heir = make_municipality()
    Municipality.objects.create(
        code="GM9090", name="Oudheide", sort_name="oudheide", province_code="PV27",
        safety_region=heir.safety_region, ends_on=date(2020, 1, 1), merged_into=heir,
    )  # fmt: skip
    assert asker.post(ASK, typed(municipalities=["GM9090"])).status_code == 302
    assert list(Incident.objects.get().municipalities.all()) == [heir]


def test_an_event_in_the_doubled_hour_is_asked_which_hour_and_then_received(night):
    clock.move_to(datetime(2026, 10, 25, 1, 40, tzinfo=UTC))
    asker = log_in(make_membership(Role.DUTY_OFFICER))
    asked = asker.post(ASK, typed(happened_at="2026-10-25T02:30"))
    assert asked.status_code == 422
    assert asker.post(ASK, typed(happened_at="2026-10-25T02:30", which_hour="0")).status_code == 302


def test_the_asker_withdraws_and_hears_it(asker):
    asker.post(ASK, typed())
    pk = HelpAnswer.objects.get().pk
    assert "ingetrokken" in text_of(asker.post(f"{ASK}{pk}/intrekken/", follow=True))
    assert "al ingetrokken" in text_of(asker.post(f"{ASK}{pk}/intrekken/", follow=True))
    assert "Ingetrokken" in text_of(asker.get(f"{ASK}{pk}/stand/"))


def test_an_answer_of_another_municipality_does_not_exist_for_you(asker):
    asker.post(ASK, typed())
    other = log_in(make_membership(Role.DUTY_OFFICER, municipality=make_municipality("GM9002", "Duinrand")))
    pk = HelpAnswer.objects.get().pk
    assert other.get(f"{ASK}{pk}/").status_code == 404
    assert other.get(f"{ASK}{pk}/stand/").status_code == 404
    assert other.post(f"{ASK}{pk}/intrekken/").status_code == 404
    assert other.post(f"{ASK}{pk}/oproepen/").status_code == 404


def test_on_the_phone_one_tap_says_yes_and_one_tap_each_step(night, asker):
    asker.post(ASK, typed(safety="Gasgeur in de straat"))
    take_due_steps(clock.now())
    bram = log_in(night.bram)
    page = text_of(bram.get("/werk/piket/"))
    assert "Ik kom" in page
    assert "Ik kan niet" in page
    ask = Ask.objects.get()
    said = bram.post(reverse("paging:ask", args=[ask.pk]), {"antwoord": "ja"}, follow=True)
    assert 'href="/werk/piket/"' in text_of(said)
    deployment = Deployment.objects.get()
    assert "Gasgeur in de straat" in text_of(bram.get("/werk/piket/"))
    for word, state in (("onderweg", "on_the_way"), ("ter-plaatse", "on_site"), ("klaar", "done")):
        bram.post(f"/werk/piket/inzet/{deployment.pk}/{word}/")
        deployment.refresh_from_db()
        assert deployment.state == state
    refused = bram.post(f"/werk/piket/inzet/{deployment.pk}/onderweg/", follow=True)
    assert "Dat kan niet meer" in text_of(refused)
    assert bram.post(f"/werk/piket/inzet/{deployment.pk}/dansen/").status_code == 404
    assert "U bent niet opgeroepen" in text_of(bram.get("/werk/piket/"))


def test_the_coordinators_page_shows_who_was_asked_and_calls_workers(night, asker):
    asker.post(ASK, typed())
    incident = Incident.objects.get()
    take_due_steps(clock.now())
    bram = log_in(night.bram)
    accept(Ask.objects.get(), by=actor_for(night.bram), at=clock.now(), way=Way.APP)
    address = f"/werk/piket/{incident.pk}/"
    assert "Bram Kooistra" in text_of(bram.get(address))
    wrong = bram.post(f"{address}medewerkers/", {"needed": "0"})
    assert (wrong.status_code, Page.objects.count()) == (422, 1)
    assert "medewerkers opgeroepen" in text_of(
        bram.post(f"{address}medewerkers/", {"needed": "2"}, follow=True)
    )
    assert "was u voor" in text_of(
        log_in(night.sofie).post(f"{address}medewerkers/", {"needed": "1"}, follow=True)
    )
    take_due_steps(clock.now())
    people = text_of(bram.get(f"{address}mensen/"))
    assert "Imke Tol" in people
    assert "Antwoord invoeren" in people
    deployment = Deployment.objects.get()
    moved = log_in(night.sofie).post(f"/werk/piket/inzet/{deployment.pk}/onderweg/")
    assert moved.headers["Location"] == address
    assert "Afgeblazen" in text_of(bram.post(f"{address}afblazen/", follow=True))
    assert "niemand meer" in text_of(bram.post(f"{address}afblazen/", follow=True))


def test_the_coordinators_page_is_not_for_the_municipality(asker):
    asker.post(ASK, typed())
    incident = Incident.objects.get()
    assert asker.get(f"/werk/piket/{incident.pk}/").status_code == 403
    assert asker.get(f"/werk/piket/{uuid4()}/").status_code == 404


def test_the_desk_pages_with_one_button_and_a_second_press_is_answered(night, asker):
    asker.post(ASK, typed(urgency="not_urgent"))
    desk = log_in(make_membership(Role.ADVICE_LINE))
    address = f"{ASK}{HelpAnswer.objects.get().pk}/oproepen/"
    assert "Het piket wordt opgeroepen" in text_of(desk.post(address, follow=True))
    assert "al opgeroepen" in text_of(desk.post(address, follow=True))
    assert Page.objects.count() == 1


def test_the_desk_hears_when_paging_fails_again(night, asker):
    from nabij.on_call.tests.test_asking import break_paging

    break_paging()
    assert "Oproepen mislukt" in text_of(asker.post(ASK, typed(), follow=True))
    desk = log_in(make_membership(Role.ADVICE_LINE))
    panel = text_of(desk.get("/werk/hulp-vragen/wachtend/"))
    assert "oproepen mislukt" in panel
    address = f"{ASK}{HelpAnswer.objects.get().pk}/oproepen/"
    assert "niet gelukt" in text_of(desk.post(address, follow=True))


def test_an_incident_that_closed_meanwhile_is_no_longer_offered_and_the_request_stands(asker, night):
    asker.post(ASK, typed())
    known = Incident.objects.get()
    close_incident(known, by=actor_for(night.bram), at=clock.now())
    assert asker.post(ASK, typed(add_to=str(known.pk))).status_code == 302
    assert Incident.objects.count() == 2
