"""Languages, questions and the right to left: what readers get, and what two people must have read."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from nabij.accounts.factories import make_actor, make_municipality
from nabij.accounts.roles import Role
from nabij.centres import blocks
from nabij.centres.actions import adopt_translation, approve_version, withdraw_version, write_version
from nabij.centres.factories import EVENING, approve_everything, make_centre, make_live_centre
from nabij.centres.models import AdviceCentre, CentreText, Language, TextVersion
from nabij.centres.pages import centre_page, public_pages
from nabij.centres.queries import missing, state_of, text_states
from nabij.centres.sections import needed_sections
from nabij.incidents.refusals import Refused
from nabij.kit import clock
from nabij.newsletters.actions import add_language, offer_answer
from nabij.newsletters.offering import to_editors

pytestmark = pytest.mark.django_db
LATER = EVENING + timedelta(minutes=5)
ADDED = [code for code in Language.values if code not in ("nl", "en")]


@pytest.fixture
def editor():
    make_municipality()
    return make_actor(Role.IAC_EDITOR)


@pytest.fixture
def centre(editor):
    return make_live_centre()


def approved(centre, language, editor, chief):
    for text in add_language(centre, language, by=editor, at=LATER):
        read = adopt_translation(state_of(text).newest, by=editor, at=LATER)
        approve_version(read, by=chief, at=LATER)


def paths():
    return {page.path for page in public_pages()}


@pytest.mark.parametrize("language", ADDED)
def test_the_first_needed_texts_are_ready_in_four_more_languages(language):
    assert needed_sections(language) == ["now", "register", "looking", "feelings", "privacy"]


def test_a_language_is_there_only_when_two_people_read_its_texts(centre, editor):
    chief = make_actor(Role.IAC_CHIEF)
    texts = add_language(centre, "tr", by=editor, at=LATER)
    with pytest.raises(Refused, match="nalezen"):
        approve_version(state_of(texts[0]).newest, by=chief, at=LATER)
    for text in texts:
        assert not {f"/tr{centre.path}", f"/tr{centre.path}aanmelden/"} & paths()
        assert "Türkçe" not in centre_page(centre, "nl")
        read = adopt_translation(state_of(text).newest, by=chief, at=LATER)
        with pytest.raises(Refused, match="zelf"):
            approve_version(read, by=chief, at=LATER)
        approve_version(read, by=make_actor(Role.IAC_CHIEF), at=LATER)
    assert {f"/tr{centre.path}", f"/tr{centre.path}aanmelden/"} <= paths()
    assert "Türkçe" in centre_page(centre, "nl")
    live = state_of(texts[0]).live
    withdraw_version(live, reason="fout", by=editor, at=LATER)
    assert f"/tr{centre.path}" not in paths(), "gone as soon as one of them is"


def test_what_is_not_translated_says_so_and_is_marked_as_dutch(centre, editor):
    approved(centre, "ar", editor, make_actor(Role.IAC_CHIEF))
    html = centre_page(centre, "ar")
    assert '<html lang="ar" dir="rtl"' in html
    assert '<bdi dir="ltr">112</bdi>' in html
    assert "هذا النص غير مترجم" in html
    assert '<div lang="nl" dir="ltr">' in html
    assert 'lang="nl" dir="ltr">Kinderen</h2>' in html
    assert f'href="/ar{centre.path}aanmelden/"' in html, "the form speaks the language of the page"
    [form] = [page.render() for page in public_pages() if page.path == f"/ar{centre.path}aanmelden/"]
    assert f'href="{centre.path}aanmelden/" lang="nl"' in form, "and leads to itself in the others"


def test_a_language_is_added_once_by_an_editor_and_only_a_known_one(centre, editor):
    add_language(centre, "pl", by=editor, at=LATER)
    for wrong in ("pl", "en", "fr"):
        with pytest.raises(Refused):
            add_language(centre, wrong, by=editor, at=LATER)
    with pytest.raises(PermissionDenied):
        add_language(centre, "uk", by=make_actor(Role.DUTY_OFFICER), at=LATER)


def test_who_reads_the_language_says_so_on_the_page_and_the_chief_sees_the_state(log_in, centre, editor):
    clock.move_to(LATER)
    [text, *_] = add_language(centre, "uk", by=editor, at=LATER)
    version = state_of(text).newest
    url = reverse("centres:approve", args=[centre.pk, version.pk])
    reader = log_in(Role.IAC_EDITOR)
    detail = reverse("centres:detail", args=[centre.pk])
    assert "nog niet op de pagina" in reader.get(detail).content.decode()
    assert "Ik lees deze taal" in reader.get(url).content.decode()
    assert reader.post(url, {"keuze": "nagelezen"}).status_code == 302
    assert state_of(text).newest.author_id is not None
    assert (
        reader.get(reverse("centres:approve", args=[centre.pk, state_of(text).newest.pk])).status_code == 403
    )
    message = reader.get(reverse("centres:message", args=[centre.pk])).content.decode()
    assert 'name="body_uk"' in message
    chief = log_in(Role.IAC_CHIEF)
    bulk = chief.get(reverse("centres:approve_all", args=[centre.pk])).content.decode()
    assert bulk.count('lang="uk"') == 1, "only what somebody has read"


def test_a_question_with_its_answer_goes_on_the_page_once_another_approved_it(centre):
    registrar = make_actor(Role.IAC_REGISTRAR)
    version = offer_answer(centre, "Mag ik  naar huis?", "Nee, nog niet.", by=registrar, at=LATER)
    assert "Mag ik naar huis?" not in centre_page(centre, "nl")
    approve_version(version, by=make_actor(Role.IAC_CHIEF), at=LATER)
    html = centre_page(centre, "nl")
    assert "<h3>Mag ik naar huis?</h3><p>Nee, nog niet.</p>" in html
    assert '<article lang="nl" dir="ltr"><h3>Mag ik naar huis?</h3>' in centre_page(centre, "en")
    withdraw_version(version, reason="klopt niet meer", by=make_actor(Role.IAC_EDITOR), at=LATER)
    assert "Mag ik naar huis?" not in centre_page(centre, "nl")


@pytest.mark.parametrize(("question", "answer"), [(" ", "Ja."), ("Mag het?", " \n")])
def test_a_question_without_an_answer_is_refused(centre, editor, question, answer):
    with pytest.raises(Refused):
        offer_answer(centre, question, answer, by=editor, at=LATER)


def test_others_offer_no_answers(centre):
    with pytest.raises(PermissionDenied):
        offer_answer(centre, "Mag het?", "Ja.", by=make_actor(Role.DUTY_OFFICER), at=LATER)


def test_a_question_is_called_by_its_words_at_the_desk(log_in, centre, editor):
    clock.move_to(LATER)
    offer_answer(centre, "Waar slaap ik?", "In de sporthal.", by=editor, at=LATER)
    html = log_in(Role.IAC_CHIEF).get(reverse("centres:detail", args=[centre.pk])).content
    assert "Waar slaap ik? (Nederlands)" in html.decode()


def test_an_app_above_puts_a_block_in_a_section(centre, monkeypatch):
    block = blocks.Block(
        "looking", "Bel SIS", "Als iemand niet zelf kan bellen.", "088-0908000", "0880908000"
    )
    monkeypatch.setattr(blocks, "_sources", [lambda centre, language: [block]])
    assert '<a class="button" href="tel:0880908000">' in centre_page(centre, "nl")


def test_a_source_of_blocks_counts_once(monkeypatch):
    monkeypatch.setattr(blocks, "_sources", [])

    def source(centre, language):
        return []

    blocks.register(source)
    blocks.register(source)
    assert blocks._sources == [source]


def test_the_guard_counts_only_dutch_texts_that_the_public_can_read(editor):
    centre = make_centre()
    assert len(missing(text_states(centre))) == 3
    approve_everything(centre)
    text = CentreText.objects.get(centre=centre, section="contact", language="nl")
    version = write_version(text, "Kom langs.", based_on=1, by=editor, at=LATER)
    approve_version(version, by=make_actor(Role.IAC_CHIEF), at=LATER)
    assert len(missing(text_states(centre))) == 1


def test_an_answer_of_the_desk_is_not_lost_where_no_centre_takes_it(centre):
    registrar = make_actor(Role.IAC_REGISTRAR)
    with pytest.raises(ValidationError, match="nog geen IAC"):
        to_editors(uuid4(), "Mag het?", "Ja.", registrar, LATER)
    AdviceCentre.objects.filter(pk=centre.pk).update(archived_at=LATER)
    with pytest.raises(ValidationError, match="neemt nu geen antwoord aan"):
        to_editors(centre.incident_id, "Mag het?", "Ja.", registrar, LATER)
    AdviceCentre.objects.filter(pk=centre.pk).update(archived_at=None)
    to_editors(centre.incident_id, "Mag het?", "Ja.", registrar, LATER)
    assert TextVersion.objects.filter(text__centre=centre, body__startswith="Mag het?").exists()
