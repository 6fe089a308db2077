from html.parser import HTMLParser

from django import forms
from django.template.loader import render_to_string
from django.test import RequestFactory

from nabij.kit.emergency import emergency_numbers


class Ask(forms.Form):
    where = forms.CharField(label="Waar is het?", help_text="Straat en plaats.")
    note = forms.CharField(label="Bijzonderheden", required=False, widget=forms.Textarea)
    urgent = forms.ChoiceField(label="Nu?", choices=[("j", "Ja"), ("n", "Nee")], widget=forms.RadioSelect)
    what = forms.MultipleChoiceField(
        choices=[("a", "A")], widget=forms.CheckboxSelectMultiple, required=False
    )
    agree = forms.BooleanField(label="Ik ga akkoord")
    key = forms.CharField(widget=forms.HiddenInput)


class Elements(HTMLParser):
    """All start tags with their attributes."""

    def __init__(self, html):
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def ids(self):
        return [attrs["id"] for _, attrs in self.found if "id" in attrs]

    def with_name(self, name):
        return [attrs for _, attrs in self.found if attrs.get("name") == name]


def test_every_field_has_a_label_a_hint_and_its_error_beside_it():
    page = Elements(str(Ask({})))
    (where,) = page.with_name("where")
    assert where["aria-invalid"] == "true"
    assert where["aria-describedby"] == "id_where_helptext id_where_error"
    assert {"id_where_helptext", "id_where_error"} <= set(page.ids())
    assert any(tag == "label" and attrs.get("for") == "id_where" for tag, attrs in page.found)


def test_the_summary_leads_to_fields_that_exist():
    html = str(Ask({}))
    page = Elements(html)
    targets = [(attrs["href"] or "")[1:] for tag, attrs in page.found if tag == "a"]
    assert targets == ["id_where", "id_urgent", "id_agree"]
    assert set(targets) <= set(page.ids())
    assert len(page.ids()) == len(set(page.ids()))


def test_a_form_not_yet_sent_has_no_summary_and_no_invalid_fields():
    html = str(Ask())
    assert "error-summary" not in html
    assert "aria-invalid" not in html


def test_choices_are_whole_rows_within_a_group_with_a_legend():
    html = str(Ask()["urgent"].as_field_group())
    assert "<legend>Nu?" in html
    assert html.count('<label class="choice"') == 2


def test_what_is_optional_says_so():
    assert "niet verplicht" in str(Ask()["note"].as_field_group())
    assert "niet verplicht" not in str(Ask()["where"].as_field_group())


def test_what_was_typed_is_kept_and_never_becomes_markup():
    html = str(Ask({"where": "<b>Dam</b>"}))
    assert "&lt;b&gt;Dam&lt;/b&gt;" in html


def test_an_error_in_a_hidden_field_is_told_once():
    form = Ask({"where": "Dam", "urgent": "j", "agree": "on"})
    assert str(form).count("Dit veld is verplicht.") == 1


def test_a_whole_form_keeps_a_draft_and_a_public_one_carries_no_token():
    context = {"form": Ask(), "draft_key": "ask", "csrf_token": "secret", "submit_label": "Vraag hulp"}
    inside = render_to_string("kit/_form.html", context)
    outside = render_to_string("kit/_form.html", {**context, "is_public": True})
    assert 'data-draft="ask"' in inside
    assert "csrfmiddlewaretoken" in inside
    assert "secret" not in outside


def test_a_public_page_shows_the_emergency_numbers_and_the_way_out():
    page = render_to_string("kit/public.html", {"emergency_numbers": emergency_numbers()})
    for line in emergency_numbers():
        assert f'href="tel:{line.dial}"' in page
        assert line.number in page
    assert "data-quick-exit" in page


def test_a_public_page_is_the_same_for_every_visitor():
    pages = {
        render_to_string("404.html", {"emergency_numbers": emergency_numbers(), "csrf_token": token})
        for token in ("one", "two")
    }
    assert len(pages) == 1
    assert "nonce" not in pages.pop()


def test_no_page_has_inline_script_style_or_handlers():
    for name in ("400.html", "403.html", "404.html", "500.html", "503.html", "kit/desk.html"):
        for tag, attrs in Elements(render_to_string(name, {"is_exercise": True, "is_demo": True})).found:
            assert tag != "style"
            assert tag != "script" or attrs.get("src")
            assert not [each for each in attrs if each == "style" or each.startswith("on")]


def test_error_pages_stand_without_anything_around_them_and_still_say_112():
    for name in ("400", "403", "404", "500", "503"):
        assert 'href="tel:112"' in render_to_string(f"{name}.html")


def test_the_desk_marks_the_current_page_and_an_exercise():
    entry = {"label": "Mijn werk", "url": "/werk/", "is_current": True}
    request = RequestFactory().get("/werk/")
    page = render_to_string(
        "kit/desk.html", {"menu": {"first": [entry]}, "is_exercise": True, "request": request}
    )
    assert 'aria-current="page">Mijn werk' in page
    assert "OEFENING" in page
