import resource
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from nabij.keys.envelope import CannotOpen, open_envelope
from nabij.people import content, pages
from nabij.people.submissions import from_bytes, reference_of
from nabij.spool import segments
from nabij.spool import writing as spool

HERE = {"Origin": "http://testserver"}


@pytest.fixture
def client(web):
    return Client(headers=HERE)


def _typed(**answers):
    return {"form_key": uuid4().hex, "relation": "resident", "name": "Mirjam Zandstra", **answers}


def _send(client, incident_id=None, **answers):
    return client.post(reverse("people:register", args=[incident_id or uuid4()]), _typed(**answers))


def _kept():
    folder = spool.folder()
    return [piece for path in segments.segments(folder) for piece in segments.pieces(path, 0, is_final=False)]


def test_the_form_is_the_same_for_everybody_and_carries_nothing_of_a_visitor(web):
    incident_id = uuid4()
    page = pages.registration_page(incident_id, "IAC Heidebeek", "nl")
    assert page == pages.registration_page(incident_id, "IAC Heidebeek", "nl")
    assert f'action="/aanmelden/{incident_id}/"' in page
    assert "csrf" not in page
    assert "nonce" not in page
    assert "<style" not in page
    assert 'name="form_key"' in page
    assert 'name="form_key" value' not in page
    assert page.count("consent_") >= 6
    assert "IAC Heidebeek" in page


def test_the_form_exists_in_dutch_and_english_and_falls_back_to_dutch(web):
    dutch, english = (pages.registration_page(uuid4(), "IAC", language) for language in ("nl", "en"))
    assert "Hoe bereiken wij u?" in dutch
    assert "How can we reach you?" in english
    assert 'lang="en"' in english
    assert "Hoe bereiken wij u?" in pages.registration_page(uuid4(), "IAC", "xx")


def test_every_text_of_the_form_is_there_in_every_language():
    found = content.content()
    asked = [*found["section"], *found["consent"].values(), *found["field"].values()]
    texts = [*found["text"].values(), *found["answer"].values(), *asked]
    texts += [choice for field in found["field"].values() for choice in field.get("choice", {}).values()]
    for language in content.LANGUAGES:
        assert all(each[language] for each in texts), language
        for each in asked:
            assert [name for name in ("hint", "text") if f"nl_{name}" in each] == [
                name for name in ("hint", "text") if f"{language}_{name}" in each
            ], (language, each["nl"])
    for section in found["section"]:
        for name in section["fields"]:
            assert name.startswith("consent_") or name in found["field"]


@pytest.mark.parametrize("language", content.ADDED)
def test_what_is_filled_in_is_in_every_text_and_nothing_is_dutch(language):
    texts, dutch = content.texts(language), content.texts("nl")
    same = {name for name in texts if texts[name] == dutch[name]}
    assert not same
    assert all(("{most}" in texts[name]) == ("{most}" in dutch[name]) for name in texts)


@pytest.mark.parametrize(
    ("language", "title", "wrong", "exit_word", "received"),
    [
        ("tr", "Kaydolun", "Lütfen doldurun.", "Hemen çık", "Kaydınız bizde güvende."),
        ("ar", "التسجيل", "من فضلك املأ هذا.", "خروج سريع", "تسجيلك محفوظ عندنا بأمان."),
        (
            "pl",
            "Zgłoś się",
            "Wypełnij to pole.",
            "Szybkie wyjście",
            "Twoje zgłoszenie jest u nas bezpieczne.",
        ),
        ("uk", "Реєстрація", "Будь ласка, заповніть.", "Швидкий вихід", "Ваша реєстрація у нас у безпеці."),
    ],
)
def test_form_errors_and_receipt_are_in_the_language(client, language, title, wrong, exit_word, received):
    direction = "rtl" if language == "ar" else "ltr"
    page = pages.registration_page(uuid4(), "IAC", language)
    refused = _send(client, name="", phone="bel maar", page_language=language)
    receipt = _send(client, page_language=language).content.decode()
    for html in (page, refused.content.decode(), receipt):
        assert f'<html lang="{language}" dir="{direction}"' in html
        assert exit_word in html
    assert f">{title}<" in page
    assert f'name="page_language" value="{language}"' in page
    assert refused.status_code == 422
    assert wrong in refused.content.decode()
    assert content.texts(language)["bad_phone"] in refused.content.decode()
    assert "Kijk dit na" not in refused.content.decode()
    assert "niet verplicht" not in page
    assert received in receipt
    assert '<strong class="reference"><bdi>' in receipt


def test_the_links_around_a_page_in_another_language_lead_to_english_pages_and_say_so(web):
    page = pages.registration_page(uuid4(), "IAC", "ar")
    assert 'href="/ar/' not in page
    assert 'href="/en/' in page
    assert 'lang="en" dir="ltr"' in page


def test_numbers_and_addresses_stay_left_to_right_in_arabic(web):
    page = pages.registration_page(uuid4(), "IAC", "ar")
    for name in ("phone", "email"):
        field = page.split(f'name="{name}"')[1].split(">")[0]
        assert 'dir="ltr"' in field
    assert '<b dir="ltr">112</b>' in page


def test_a_registration_is_acknowledged_without_any_database(client):
    key = uuid4()
    answer = _send(client, form_key=key.hex, phone="06 00000042")
    assert answer.status_code == 200
    assert reference_of(key) in answer.content.decode()
    assert "Ontvangen" in answer.content.decode()
    assert len(_kept()) == 1
    assert not answer.cookies


def test_the_web_process_cannot_read_back_what_it_kept(client):
    _send(client)
    [piece] = _kept()
    with pytest.raises(CannotOpen):
        open_envelope(piece.content)
    assert b"Mirjam" not in b"".join(path.read_bytes() for path in segments.segments(spool.folder()))


def test_the_drain_reads_exactly_what_was_typed(client, drain_key):
    incident_id = uuid4()
    _send(
        client,
        incident_id,
        phone="06-0000 0042",
        email="Mirjam@Example.nl",
        needs=["talk", "money"],
        urgent="yes",
        consent_ggd="yes",
        consent_municipality="no",
    )
    drain_key()
    submission = from_bytes(open_envelope(_kept()[0].content))
    assert submission.incident_id == incident_id
    answers = submission.answers
    assert (answers["phone"], answers["email"]) == ("+31600000042", "mirjam@example.nl")
    assert answers["needs"] == ["talk", "money"]
    assert {receiver: told["given"] for receiver, told in answers["consents"].items()} == {
        "victim_support": False,
        "ggd": True,
        "municipality": False,
    }
    assert answers["consents"]["ggd"]["version"] == content.consent("ggd", "nl")[2]


def test_a_form_sent_twice_shows_the_same_reference(client):
    key = uuid4()
    first, second = (_send(client, form_key=key.hex).content.decode() for _ in range(2))
    assert reference_of(key) in first
    assert reference_of(key) in second


def test_without_a_key_a_last_look_gives_one_so_that_sending_twice_is_once(client, drain_key):
    page = _send(client, form_key="", needs=["talk", "money"], name="<b>Mirjam</b>").content.decode()
    assert "Klopt dit?" in page
    assert "Iemand om mee te praten, Geld" in page
    assert "<b>Mirjam" not in page
    assert not _kept()
    key = page.split('name="form_key" value="')[1].split('"')[0]
    assert page.count('name="needs"') == 2
    _send(client, form_key=key)
    _send(client, form_key=key)
    drain_key()
    assert len({from_bytes(open_envelope(piece.content)).form_key for piece in _kept()}) == 1


def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_stays(client):
    answer = _send(client, name="", phone="bel maar", email="geen adres", household="bij mijn zus 👩‍👧")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Dit telefoonnummer klopt niet" in page
    assert "Dit e-mailadres klopt niet" in page
    assert "Vul dit in." in page
    assert 'value="bel maar"' in page
    assert "bij mijn zus 👩‍👧" in page
    assert not _kept()


def test_errors_and_receipt_are_in_the_language_of_the_page(client):
    assert "Please fill this in." in _send(client, name="", page_language="en").content.decode()
    page = _send(client, page_language="en").content.decode()
    assert "Received" in page
    assert 'lang="en"' in page


def test_no_phone_and_no_email_is_fine_and_the_receipt_says_to_call(client):
    page = _send(client).content.decode()
    assert "Bel de balie" in page
    assert f'href="tel:{content.desk()["dial"]}"' in page
    assert "Naar mijn aanmelding" not in page
    assert "Bel de balie" not in _send(client, email="mirjam@example.nl").content.decode()


@pytest.mark.parametrize(
    ("yes_to", "said"),
    [({}, "U gaf niemand toestemming"), ({"consent_ggd": "yes"}, "U gaf iemand toestemming")],
)
def test_the_receipt_says_honestly_whether_anybody_will_make_contact(client, yes_to, said):
    assert said in _send(client, email="mirjam@example.nl", **yes_to).content.decode()


def test_somebody_who_needs_help_today_is_told_not_to_wait(client):
    assert "In gevaar? Bel 112." in _send(client, urgent="yes").content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elders.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Referer": "https://elders.example/pagina"},
        {},
    ],
)
def test_a_form_from_elsewhere_is_refused_and_nothing_is_kept(web, headers):
    answer = _send(Client(headers=headers))
    assert answer.status_code == 403
    assert "Nog niet ontvangen" in answer.content.decode()
    assert not _kept()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://testserver"},
        {"Origin": "http://localhost:8000"},
        {"Referer": "http://testserver/iac/heidebeek/aanmelden/"},
    ],
)
def test_a_form_from_our_own_page_is_taken_by_every_kind_of_browser(web, headers):
    assert _send(Client(headers=headers)).status_code == 200
    assert len(_kept()) == 1


def test_with_the_disk_full_nothing_is_promised_and_the_form_is_kept(client):
    _send(client)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        answer = _send(client, name="Mirjam Zandstra", needs=["money"])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    page = answer.content.decode()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert 'value="Mirjam Zandstra"' in page
    assert "nu even niet bewaren" in page
    assert "Ontvangen</h1>" not in page
    assert len(_kept()) == 1
    assert _send(client).status_code == 200


def test_a_spool_that_cannot_be_made_is_a_503_too(client, web, tmp_path):
    (tmp_path / "spool").write_text("in the way")
    assert _send(client).status_code == 503


@pytest.mark.parametrize(
    "name", ["Zoë 🧡 van ’t Hoff", "مريم الزهراء", "‮omgekeerd", "李小龙", "O'Brien <script>alert(1)</script>"]
)
def test_names_of_every_kind_arrive_as_they_were_typed(client, drain_key, name):
    assert _send(client, name=name).status_code == 200
    drain_key()
    assert from_bytes(open_envelope(_kept()[0].content)).answers["name"] == name.strip()


def test_a_million_characters_are_refused_beside_the_field(client):
    answer = _send(client, household="a" * 1_000_000)
    assert answer.status_code == 422
    assert "Hier passen 1000 tekens" in answer.content.decode()
    assert not _kept()


def test_more_than_can_be_taken_in_is_said_in_words(client):
    answer = _send(client, household="💥" * 4_000_000)
    assert answer.status_code == 413
    assert "te veel tekst" in answer.content.decode()


def test_a_character_that_cannot_be_kept_is_said_beside_the_field(client):
    answer = _send(client, name="Mir\x00jam")
    assert answer.status_code == 422
    assert "teken dat wij niet kunnen bewaren" in answer.content.decode()


def test_an_unknown_choice_is_asked_again(client):
    answer = _send(client, relation="offender", needs=["revenge"])
    assert answer.status_code == 422
    assert answer.content.decode().count("Kies wat past.") >= 2


def test_the_address_is_for_sending_only(client):
    assert client.get(reverse("people:register", args=[uuid4()])).status_code == 405


def test_references_are_two_different_words_and_four_digits():
    for _ in range(200):
        first, second, number = reference_of(uuid4()).split(" ")
        assert first != second
        assert 1000 <= int(number) <= 9999


def test_the_receipt_ends_the_key_and_the_draft_of_exactly_this_form(client, web):
    """After it the same tab begins a new form for somebody else: the script finds both by one name."""
    incident_id = uuid4()
    form = pages.registration_page(incident_id, "IAC", "nl")
    receipt = _send(client, incident_id).content.decode()
    assert f'data-draft="aanmelden-{incident_id}"' in form
    assert f'data-draft-clear="aanmelden-{incident_id}"' in receipt
    for page in (form, receipt):
        assert "people/form-key" in page
    assert form.count("data-form-key") == 1


def test_the_empty_form_is_the_same_for_every_centre_but_for_where_it_is_sent(web):
    one, two = uuid4(), uuid4()
    first, second = (pages.registration_page(each, "IAC", "en") for each in (one, two))
    assert first.replace(str(one), str(two)) == second
    assert "Your name" in first
    drill = pages.registration_page(one, "IAC", "nl", is_exercise=True)
    assert 'name="is_exercise"' in drill
    assert 'name="is_exercise"' not in first
