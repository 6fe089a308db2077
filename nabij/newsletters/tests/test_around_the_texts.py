"""S05 5 and SVC-27: SIS only while on, with its history; and the telephone script says what the page says."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from nabij.accounts.factories import (
    make_actor,
    make_municipality,
    make_organisation,
    make_region,
    make_team,
)
from nabij.accounts.models import OrganisationKind
from nabij.accounts.roles import Role
from nabij.centres.actions import archive_centre
from nabij.centres.factories import make_news
from nabij.centres.models import CentreText
from nabij.centres.pages import centre_page
from nabij.incidents.refusals import Refused
from nabij.newsletters.actions import add_language, end_sis, start_sis
from nabij.newsletters.queries import sis_history
from nabij.newsletters.tests.conftest import LATER

pytestmark = pytest.mark.django_db


def test_the_sis_number_is_there_only_while_sis_is_on_and_its_history_is_kept(centre):
    chief, who = make_actor(Role.IAC_CHIEF), make_organisation(OrganisationKind.MUNICIPALITY)
    assert "088-0908000" not in centre_page(centre, "nl")
    start_sis(centre, who, by=chief, at=LATER)
    for language in ("nl", "en"):
        assert 'href="tel:0880908000"' in centre_page(centre, language)
    with pytest.raises(Refused):
        start_sis(centre, who, by=chief, at=LATER)
    end_sis(centre, by=chief, at=LATER + timedelta(hours=36))
    assert "088-0908000" not in centre_page(centre, "nl")
    [period] = sis_history(centre)
    assert (period.decided_by, period.since_at, period.ended_at) == (who, LATER, LATER + timedelta(hours=36))
    with pytest.raises(Refused):
        end_sis(centre, by=chief, at=LATER)


def test_an_archive_shows_no_sis_number_and_nobody_switches_it_on_there(centre):
    """Years later nobody answers that number for this event; that it was on stays known."""
    chief, who = make_actor(Role.IAC_CHIEF), make_organisation(OrganisationKind.MUNICIPALITY)
    start_sis(centre, who, by=chief, at=LATER)
    archive_centre(centre, by=chief, at=LATER)
    centre.refresh_from_db()
    assert "088-0908000" not in centre_page(centre, "nl")
    end_sis(centre, by=chief, at=LATER)
    with pytest.raises(PermissionDenied):
        start_sis(centre, who, by=chief, at=LATER)
    assert len(sis_history(centre)) == 1


def test_only_the_chief_editor_switches_sis(centre):
    editor, who = make_actor(Role.IAC_EDITOR), make_organisation(OrganisationKind.MUNICIPALITY)
    with pytest.raises(PermissionDenied):
        start_sis(centre, who, by=editor, at=LATER)
    with pytest.raises(PermissionDenied):
        end_sis(centre, by=editor, at=LATER)


def test_the_chief_switches_sis_on_its_page(centre, log_in):
    desk, on = log_in(Role.IAC_CHIEF), reverse("newsletters:sis", args=[centre.pk])
    detail = reverse("centres:detail", args=[centre.pk])
    assert "SIS aanzetten" in desk.get(detail).content.decode()
    assert desk.post(on, {"decided_by": ""}).status_code == 422
    assert desk.post(on, {"decided_by": centre.commission.organisation_id}).status_code == 302
    assert desk.post(on, {"decided_by": centre.commission.organisation_id}).status_code == 422
    assert "staat aan" in desk.get(detail).content.decode()
    off = reverse("newsletters:sis_off", args=[centre.pk])
    assert "SIS staat uit" in desk.post(off, follow=True).content.decode()
    assert "staat al uit" in desk.post(off, follow=True).content.decode()


def test_an_editor_writes_a_question_and_adds_a_language(centre, log_in):
    desk = log_in(Role.IAC_EDITOR)
    question = reverse("newsletters:question", args=[centre.pk])
    wrong = desk.post(question, {"question": "Mag ik naar huis?", "answer": ""})
    assert wrong.status_code == 422
    assert "Mag ik naar huis?" in wrong.content.decode()
    assert desk.post(question, {"question": "Mag ik naar huis?", "answer": "Nee."}).status_code == 302
    assert CentreText.objects.filter(centre=centre, section__startswith="q-").count() == 1
    language = reverse("newsletters:language", args=[centre.pk])
    assert desk.post(language, {"language": "ar"}).status_code == 302
    assert desk.post(language, {"language": "ar"}).status_code == 422
    assert desk.get(reverse("newsletters:sis", args=[centre.pk])).status_code == 403


def test_the_telephone_script_says_what_the_page_says(centre, log_in):
    make_news(centre, "Het vuur is uit.", at=LATER)
    phone = log_in(Role.IAC_REGISTRAR)
    url = reverse("newsletters:script", args=[centre.pk, "nl"])
    html = phone.get(url).content.decode()
    assert "Het vuur is uit." in html
    assert "Wat u nu kunt doen" in html
    assert phone.get(reverse("newsletters:script", args=[centre.pk, "fr"])).status_code == 404


def test_who_may_not_and_another_municipality(centre, log_in):
    pages = [
        reverse(f"newsletters:{name}", args=[centre.pk]) for name in ("panel", "sis", "question", "language")
    ]
    script = reverse("newsletters:script", args=[centre.pk, "nl"])
    officer = log_in(Role.DUTY_OFFICER)
    assert [officer.get(page).status_code for page in pages] == [200, 403, 403, 403]
    assert log_in(Role.CONTROL_ROOM).get(script).status_code == 404
    elsewhere = make_municipality("GM9002", "Waterdijk")
    far = log_in(Role.DUTY_OFFICER, municipality=elsewhere)
    assert {far.get(page).status_code for page in [*pages, script]} == {404}


def test_who_reads_a_language_reads_the_form_in_it_too_and_nothing_can_be_sent(centre, log_in):
    add_language(centre, "ar", by=make_actor(Role.IAC_EDITOR), at=LATER)
    url = reverse("newsletters:form_preview", args=[centre.pk, "ar"])
    visitor = log_in(Role.IAC_EDITOR)
    html = visitor.get(url).content.decode()
    assert 'dir="rtl"' in html
    assert 'action="#"' in html
    assert visitor.post(url).status_code == 405
    assert url in visitor.get(reverse("newsletters:panel", args=[centre.pk])).content.decode()
    assert visitor.get(reverse("newsletters:form_preview", args=[centre.pk, "pl"])).status_code == 404


def test_the_form_is_read_by_nobody_else(centre, log_in):
    url = reverse("newsletters:form_preview", args=[centre.pk, "nl"])
    assert log_in(Role.VOLUNTEER).get(url).status_code == 404


def test_who_takes_no_part_in_this_centre_did_not_decide_about_sis(centre):
    chief = make_actor(Role.IAC_CHIEF)
    elsewhere = make_municipality("GM9009", "Duinrand", region=make_region("VR99", team=make_team("Zuid")))
    other = make_organisation(OrganisationKind.MUNICIPALITY, municipality=elsewhere)
    with pytest.raises(Refused, match="doet niet mee"):
        start_sis(centre, other, by=chief, at=LATER)
    assert not sis_history(centre)
