import pytest

from nabij.kit.content import ContentError
from nabij.notify.templates import MissingValue, _names, _read, all_templates, register, template, write

VALUES = {"reference": "Oranje Reiger 12", "what": "Explosie", "where": "Heidebeek", "link": "http://x/p/y/"}


def test_no_subject_line_holds_anything_of_a_person_or_an_event():
    for found in all_templates().values():
        for text in found.texts.values():
            assert _names(text.subject) == set()
            assert len(text.subject) <= 90


def test_every_message_is_written_in_dutch_and_english_with_the_same_values():
    for found in all_templates().values():
        assert set(found.texts) >= {"nl", "en"}
        used = [_names(each.text) | _names(each.short) | _names(each.spoken) for each in found.texts.values()]
        assert all(each == used[0] for each in used)
        assert set(found.values) == used[0]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_exercise_message_begins_with_the_word_exercise(language):
    for key, found in all_templates().items():
        values = dict.fromkeys(found.values, "x")
        written = write(key, language=language, exercise=True, values=values)
        assert written.subject.startswith("OEFENING")
        assert all(body.startswith("OEFENING") for body in written.bodies.values())
        real = write(key, language=language, exercise=False, values=values)
        assert not any("OEFENING" in body for body in [real.subject, *real.bodies.values()])


def test_a_language_nobody_wrote_falls_back_to_dutch():
    assert write("test_message", language="pl", exercise=False, values={}).subject == "Proefbericht van Nabij"


def test_only_the_values_of_the_template_can_stand_in_a_message():
    written = write("page_stood_down", language="nl", exercise=False, values={**VALUES, "name": "Ayla"})
    assert all("Ayla" not in body and "Heidebeek" not in body for body in written.bodies.values())


def test_a_million_characters_line_breaks_and_braces_become_one_short_line():
    bad = {**VALUES, "what": "a" * 1_000_000, "where": "{reference}\r\nBcc: x@y\u202e😀 {0}"}
    written = write("page_coordinator", language="nl", exercise=False, values=bad)
    assert len(written.bodies["sms"]) < 800
    assert "{reference} Bcc: x@y 😀 {0}" in written.bodies["sms"]
    assert "\n" not in written.bodies["sms"]


def test_a_missing_value_is_said_at_once():
    with pytest.raises(MissingValue, match="where"):
        write(
            "page_coordinator",
            language="nl",
            exercise=False,
            values={"reference": "x", "what": "y", "link": "z"},
        )


def test_an_unknown_template_is_a_content_error():
    with pytest.raises(ContentError):
        template("no_such_text")


@pytest.mark.parametrize(
    ("subject", "text", "language", "reason"),
    [
        ("Aan {name}", "x", "nl", "subject"),
        ("Goed", "{other}", "nl", "not among"),
        ("Goed", "x", "en", "no Dutch"),
    ],
)
def test_an_unfit_template_is_refused(tmp_path, subject, text, language, reason):
    content = {
        "title": "t", "values": ["name"], "answers": False, "needs_approval": True,
        language: {"subject": subject, "text": text, "short": "x"},
    }  # fmt: skip
    with pytest.raises(ContentError, match=reason):
        _read(tmp_path / "x.toml", "bad", content)


def test_a_key_may_stand_in_one_file_only(tmp_path):
    from nabij.notify import templates

    double = tmp_path / "double.toml"
    double.write_text((templates._files[0]).read_text())
    try:
        with pytest.raises(ContentError, match="two files"):
            register(double)
    finally:
        templates._files.remove(double)
        all_templates.cache_clear()
    assert template("test_message")
