"""The desk pages, as people click through them."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nabij.accounts.factories import make_actor, make_membership, make_municipality
from nabij.accounts.roles import Role
from nabij.centres.actions import write_message, write_version
from nabij.centres.factories import EVENING, approve_everything, make_centre, make_live_centre, make_news
from nabij.centres.models import AdviceCentre, CentreText, Commission, Language
from nabij.centres.pages import centre_page
from nabij.centres.queries import state_of
from nabij.incidents.factories import make_incident
from nabij.kit import clock
from nabij.notify.models import Message

pytestmark = pytest.mark.django_db
ORDER = {
    "name": "Brand Kokmeeuwstraat", "commissioner": "Burgemeester", "controller": "Gemeente Heidebeek",
    "spokesman": "Owen Baas", "area": "Oost", "audiences": ["residents"], "wants_closed_part": "nee",
}  # fmt: skip


@pytest.fixture
def now():
    clock.move_to(EVENING)
    return EVENING


@pytest.fixture
def incident(now):
    return make_incident(at=now - timedelta(minutes=20))


def as_role(log_in, role: Role):
    return log_in(make_membership(role))


def test_the_duty_officer_commissions_on_one_page(log_in, incident):
    client = as_role(log_in, Role.DUTY_OFFICER)
    page = client.get(reverse("centres:commission", args=[incident.pk]))
    assert 'value="Gemeente Heidebeek"' in page.content.decode()
    answer = client.post(reverse("centres:commission", args=[incident.pk]), ORDER, follow=True)
    centre = AdviceCentre.objects.get(incident=incident)
    html = answer.content.decode()
    assert answer.redirect_chain[-1][0] == reverse("centres:detail", args=[centre.pk])
    assert "De klok loopt" in html
    assert 'class="clock' in html
    assert "Een goedgekeurde privacytekst" in html
    again = client.post(reverse("centres:commission", args=[incident.pk]), ORDER)
    assert again["Location"] == reverse("centres:detail", args=[centre.pk])


@pytest.mark.parametrize("field", ["commissioner", "controller", "spokesman"])
def test_a_missing_one_is_said_beside_the_field_and_what_was_typed_is_kept(log_in, incident, field):
    client = as_role(log_in, Role.DUTY_OFFICER)
    answer = client.post(reverse("centres:commission", args=[incident.pk]), {**ORDER, field: " "})
    assert answer.status_code == 422
    assert "kan de opdracht niet worden verstuurd" in answer.content.decode()
    assert 'value="Brand Kokmeeuwstraat"' in answer.content.decode()
    assert not Commission.objects.exists()


def test_a_spoken_commission_is_entered_and_confirmed_by_link(log_in, incident, client):
    membership = make_membership(Role.ON_CALL_COORDINATOR)
    desk = log_in(membership)
    url = reverse("centres:spoken", args=[incident.pk])
    organisation = re.search(r'<option value="([0-9a-f-]{36})">', desk.get(url).content.decode())
    assert organisation is not None
    spoken = {
        **ORDER, "organisation": organisation[1], "commissioned_at": "2027-05-15T20:35",
        "email": "b@example.nl",
    }  # fmt: skip
    assert desk.post(url, {**spoken, "email": ""}).status_code == 422
    assert desk.post(url, {**spoken, "commissioned_at": "2027-05-15T21:35"}).status_code == 422
    too_old = desk.post(url, {**spoken, "commissioned_at": "2027-05-10T20:35"})
    assert too_old.status_code == 422
    assert "te ver terug" in too_old.content.decode()
    assert desk.post(url, spoken).status_code == 302
    commission = Commission.objects.get()
    assert commission.commissioned_at == EVENING - timedelta(minutes=6)
    assert not commission.is_confirmed
    assert "nog niet bevestigd" in desk.get(reverse("centres:panel", args=[incident.pk])).content.decode()


def link_in_the_message() -> str:
    from nabij.keys.sealing import unseal

    message = Message.objects.get(template="centre_confirm_commission")
    found = re.search(r"/opdracht/[\w-]+/", unseal(message.pk, message.body_sealed))
    assert found is not None
    return found[0]


def test_looking_at_the_link_changes_nothing_and_the_button_confirms(client, now):
    from nabij.centres.factories import make_spoken_centre

    centre = make_spoken_centre(EVENING, at=EVENING)
    link = link_in_the_message()
    page = client.get(link)
    assert "Ik bevestig de opdracht" in page.content.decode()
    assert "Gemeente Heidebeek" in page.content.decode()
    client.head(link)
    assert not Commission.objects.get(pk=centre.commission_id).is_confirmed
    done = client.post(link, follow=True)
    assert "De opdracht is bevestigd" in done.content.decode()
    assert Commission.objects.get(pk=centre.commission_id).is_confirmed
    assert client.post(link).status_code == 200
    assert client.get("/opdracht/onzin/").status_code == 404


def test_a_browser_may_say_from_where_the_confirmation_comes(now):
    """Under "no-referrer" a browser sends the origin "null", and the button would be refused."""
    from nabij.centres.factories import make_spoken_centre

    centre = make_spoken_centre(EVENING, at=EVENING)
    browser = Client(enforce_csrf_checks=True)
    link = link_in_the_message()
    page = browser.get(link)
    assert b"no-referrer" not in page.content
    assert page.headers["Referrer-Policy"] == "same-origin"
    token = {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    assert browser.post(link, token, headers={"Origin": "null"}).status_code == 403
    assert browser.post(link, token, headers={"Origin": "http://testserver"}).status_code == 302
    assert Commission.objects.get(pk=centre.commission_id).is_confirmed


def test_the_desk_names_languages_in_dutch_and_the_page_in_their_own_words(now):
    assert Language.ENGLISH.label == "Engels"
    html = centre_page(make_centre(), "nl")
    assert ">English</a>" in html


def test_an_expired_link_says_so(client, now):
    from nabij.centres.factories import make_spoken_centre

    centre = make_spoken_centre(EVENING, at=EVENING)
    clock.move_to(EVENING + timedelta(hours=73))
    link = link_in_the_message()
    assert client.get(link).status_code == 410
    client.post(link)
    assert not Commission.objects.get(pk=centre.commission_id).is_confirmed


def test_another_municipalitys_centre_does_not_exist(log_in, now):
    centre = make_centre()
    elsewhere = make_municipality("GM9002", "Waterdijk")
    client = log_in(make_membership(Role.DUTY_OFFICER, municipality=elsewhere))
    version = CentreText.objects.filter(centre=centre)[0].versions.get()
    for name, args in {
        "detail": [centre.pk], "preview": [centre.pk, "nl"], "message": [centre.pk],
        "approve_all": [centre.pk],
        "edit": [centre.pk, version.text_id], "approve": [centre.pk, version.pk],
        "withdraw": [centre.pk, version.pk], "panel": [centre.incident_id],
        "commission": [centre.incident_id],
        "spoken": [centre.incident_id],
    }.items():  # fmt: skip
        assert client.get(reverse(f"centres:{name}", args=args)).status_code == 404, name
    for name in ("live", "offline", "reason", "next_message", "build"):
        assert client.post(reverse(f"centres:{name}", args=[centre.pk])).status_code == 404, name
    assert centre.name not in client.get(reverse("centres:index")).content.decode()


def test_the_municipality_sees_the_centre_and_the_preview_but_no_buttons(log_in, now):
    centre = make_centre()
    make_news(centre)
    client = as_role(log_in, Role.DUTY_OFFICER)
    html = client.get(reverse("centres:detail", args=[centre.pk])).content.decode()
    for name in ("edit", "goedkeuren/", "intrekken", "Zet live"):
        assert f"{name}<" not in html
    assert "Zet live" not in html
    assert "Voorbeeld" in html
    version = CentreText.objects.filter(centre=centre)[0].versions.get()
    assert client.get(reverse("centres:approve", args=[centre.pk, version.pk])).status_code == 403
    preview = client.get(reverse("centres:preview", args=[centre.pk, "nl"]))
    assert preview.content.decode() == centre_page(centre, "nl")
    assert client.get(reverse("centres:preview", args=[centre.pk, "fr"])).status_code == 404
    text = CentreText.objects.filter(centre=centre)[0]
    assert client.get(reverse("centres:edit", args=[centre.pk, text.pk])).status_code == 403
    assert client.get(reverse("centres:message", args=[centre.pk])).status_code == 403
    assert client.get(reverse("centres:approve_all", args=[centre.pk])).status_code == 403
    assert client.post(reverse("centres:live", args=[centre.pk])).status_code == 403


def test_an_editor_writes_and_a_chief_compares_and_approves(log_in, now):
    centre = make_centre()
    approve_everything(centre)
    text = CentreText.objects.get(centre=centre, section="now", language="nl")
    editor = as_role(log_in, Role.IAC_EDITOR)
    url = reverse("centres:edit", args=[centre.pk, text.pk])
    assert editor.post(url, {"body": "Blijf binnen.", "based_on": 0}).status_code == 422
    assert editor.post(url, {"body": "x" * 20_001, "based_on": 1}).status_code == 422
    assert editor.post(url, {"body": "Blijf binnen.", "based_on": 1}).status_code == 302
    message = {"body_nl": "Vuur uit.", "body_en": "Fire is out.", "source": "brandweer", "stated_at": ""}
    assert editor.post(reverse("centres:message", args=[centre.pk]), message).status_code == 302
    assert editor.post(reverse("centres:message", args=[centre.pk]), {"body_nl": "x"}).status_code == 422
    chief = as_role(log_in, Role.IAC_CHIEF)
    approve = reverse("centres:approve", args=[centre.pk, state_of(text).newest.pk])
    html = chief.get(approve).content.decode()
    assert "<ins>" in html
    assert "<del>" in html
    assert chief.post(approve).status_code == 302
    assert "Fire is out." in chief.get(reverse("centres:approve_all", args=[centre.pk])).content.decode()
    waiting = [
        str(each.versions.get().pk) for each in CentreText.objects.filter(centre=centre, is_message=True)
    ]
    assert (
        chief.post(reverse("centres:approve_all", args=[centre.pk]), {"version": waiting}).status_code == 302
    )
    html = chief.get(reverse("centres:detail", args=[centre.pk])).content.decode()
    assert "Zet live" in html
    assert "versie 2 goedgekeurd" in html
    assert chief.post(url, {"body": "Van mij.", "based_on": 2}).status_code == 302
    own = state_of(text).newest
    refused = chief.post(reverse("centres:approve", args=[centre.pk, own.pk]))
    assert refused.status_code == 422
    assert "Een ander moet hem goedkeuren" in refused.content.decode()
    both = chief.post(reverse("centres:approve_all", args=[centre.pk]), {"version": [str(own.pk)]})
    assert both.status_code == 422


def test_live_offline_next_message_and_reason(log_in, now):
    centre = make_centre(at=EVENING - timedelta(minutes=126))
    chief = as_role(log_in, Role.IAC_CHIEF)
    live = reverse("centres:live", args=[centre.pk])
    assert "Er ontbreekt" in chief.post(live, follow=True).content.decode()
    approve_everything(centre)
    html = chief.post(live, follow=True).content.decode()
    assert "Live na 126 minuten" in html
    assert "Waarom werd het later dan twee uur?" in html
    panel = chief.get(reverse("centres:panel", args=[centre.incident_id])).content.decode()
    assert "de reden moet nog" in panel
    reason = reverse("centres:reason", args=[centre.pk])
    assert "Schrijf op waarom" in chief.post(reason, {"reason": ""}, follow=True).content.decode()
    assert (
        "Druk op de lijn." in chief.post(reason, {"reason": "Druk op de lijn."}, follow=True).content.decode()
    )
    soon = reverse("centres:next_message", args=[centre.pk])
    assert chief.post(soon, {"minutes": "30"}).status_code == 302
    assert AdviceCentre.objects.get(pk=centre.pk).next_message_at is not None
    chief.post(soon, {"minutes": ""})
    assert AdviceCentre.objects.get(pk=centre.pk).next_message_at is None
    assert "aantal minuten" in chief.post(soon, {"minutes": "-1"}, follow=True).content.decode()
    assert (
        "Het IAC is offline"
        in chief.post(reverse("centres:offline", args=[centre.pk]), follow=True).content.decode()
    )


def test_an_editor_withdraws_alone_with_a_reason(log_in, now):
    centre = make_live_centre()
    version = CentreText.objects.get(centre=centre, section="now", language="nl").versions.get()
    editor = as_role(log_in, Role.IAC_EDITOR)
    url = reverse("centres:withdraw", args=[centre.pk, version.pk])
    assert "Nu intrekken" in editor.get(url).content.decode()
    assert editor.post(url, {"reason": ""}).status_code == 422
    assert (
        "Ingetrokken" in editor.post(url, {"reason": "Er staat een naam in."}, follow=True).content.decode()
    )
    assert as_role(log_in, Role.DUTY_OFFICER).get(url).status_code == 403


def test_the_panel_and_the_list_lead_on(log_in, incident):
    coordinator = as_role(log_in, Role.ON_CALL_COORDINATOR)
    panel = reverse("centres:panel", args=[incident.pk])
    html = coordinator.get(panel).content.decode()
    assert "Opdracht geven" in html
    assert "Mondelinge opdracht invoeren" in html
    assert "Nog geen IAC" in coordinator.get(reverse("centres:index")).content.decode()
    centre = make_centre(incident)
    html = coordinator.get(panel).content.decode()
    assert "Nog nodig om live te gaan" in html
    assert "Marit" not in html, "process data only"
    assert centre.name in coordinator.get(reverse("centres:index")).content.decode()
    assert as_role(log_in, Role.CONTROL_ROOM).get(panel).status_code == 404
    assert (
        as_role(log_in, Role.CONTROL_ROOM).get(reverse("centres:commission", args=[incident.pk])).status_code
        == 403
    )
    assert (
        as_role(log_in, Role.DUTY_OFFICER).get(reverse("centres:spoken", args=[incident.pk])).status_code
        == 403
    )


def test_the_list_asks_the_same_queries_for_one_and_for_five(log_in, now, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    chief = as_role(log_in, Role.IAC_CHIEF)
    make_centre()
    with CaptureQueriesContext(connection) as one:
        chief.get(reverse("centres:index"))
    for _ in range(4):
        make_centre()
    with django_assert_max_num_queries(len(one)):
        chief.get(reverse("centres:index"))


def test_a_centre_that_was_not_filled_can_be_filled_again(log_in, now, monkeypatch):
    from nabij.centres.actions import writing

    with monkeypatch.context() as patch:
        patch.setattr(writing, "first_texts", lambda values, languages: 1 / 0)
        centre = make_centre()
    chief = as_role(log_in, Role.IAC_CHIEF)
    assert "Opnieuw inrichten" in chief.get(reverse("centres:detail", args=[centre.pk])).content.decode()
    assert "ingericht" in chief.post(reverse("centres:build", args=[centre.pk]), follow=True).content.decode()


def test_the_hour_that_comes_twice_is_asked_for(now):
    from nabij.centres.forms import MessageForm

    at = EVENING.replace(month=10, day=31, hour=6)
    typed = {"body_nl": "x", "source": "politie", "stated_at": "2027-10-31T02:30"}
    asked = MessageForm(typed, at=at)
    assert not asked.is_valid()
    assert "fold" in asked.errors
    for fold, hour in (("0", 0), ("1", 1)):
        form = MessageForm({**typed, "fold": fold}, at=at)
        assert form.is_valid()
        assert form.cleaned_data["stated_at"].hour == hour
    assert "stated_at" in MessageForm({**typed, "stated_at": "2027-03-28T02:30"}, at=at).errors
    assert "stated_at" in MessageForm({**typed, "stated_at": "gisteren"}, at=at).errors


@pytest.mark.parametrize("role", [Role.CONTROL_ROOM, Role.IAC_REGISTRAR])
def test_a_role_that_does_not_work_with_centres_reads_no_drafts_and_no_commissioner(log_in, incident, role):
    centre = make_centre(incident)
    answer = as_role(log_in, role).get(reverse("centres:detail", args=[centre.pk]))
    assert answer.status_code == 404
    assert "Schouten" not in answer.content.decode()


def test_reading_all_that_waits_costs_as_many_queries_for_one_message_as_for_five(log_in, now):
    centre = make_centre(at=now)
    chief, editor = as_role(log_in, Role.IAC_CHIEF), make_actor(Role.IAC_EDITOR)
    address, counted = reverse("centres:approve_all", args=[centre.pk]), []
    for number in (1, 4):
        for each in range(number):
            bodies = {"nl": f"Bericht {each}: Jan Jansen zei dat.", "en": ""}
            write_message(centre, bodies, stated_at=now, source="brandweer", by=editor, at=now)
        text = CentreText.objects.filter(centre=centre, is_message=False, language="nl").order_by("pk")[
            number
        ]
        write_version(text, "Nieuwe tekst.", based_on=1, by=editor, at=now)
        chief.get(address)
        with CaptureQueriesContext(connection) as asked:
            page = chief.get(address).content.decode()
        counted.append(len(asked))
    assert page.count("Jan Jansen zei dat") == 5
    assert counted[0] == counted[1]
    assert counted[0] < 30
