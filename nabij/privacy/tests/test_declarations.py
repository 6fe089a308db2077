from django.apps import apps
from django.db import models

from nabij.accounts.models import User
from nabij.privacy import retention
from nabij.privacy.declarations import (
    mistakes_of,
    personal_fields,
    personal_models_without_term,
    unmarked_fields,
)


def _model(**body):
    """A model that exists for this test only and is taken out of the registry again."""
    body |= {"__module__": "nabij.privacy.tests", "Meta": type("Meta", (), {"app_label": "privacy"})}
    made = type("Sketch", (models.Model,), body)
    del apps.all_models["privacy"]["sketch"]
    apps.clear_cache()
    return made


def test_a_field_that_nobody_marked_is_named():
    privacy = type("Privacy", (), {"harmless": ("id",)})
    sketch = _model(name=models.CharField(max_length=5), Privacy=privacy)
    assert mistakes_of(sketch) == ["privacy.Sketch.name: not marked"]


def test_a_model_without_a_declaration_is_all_mistakes():
    assert mistakes_of(_model(name=models.CharField(max_length=5))) == [
        "privacy.Sketch.id: not marked",
        "privacy.Sketch.name: not marked",
    ]


def test_a_field_is_personal_or_harmless_and_never_both_or_absent():
    privacy = type("Privacy", (), {"harmless": ("id", "name", "gone"), "personal": ("name",)})
    sketch = _model(name=models.CharField(max_length=5), Privacy=privacy)
    assert mistakes_of(sketch) == [
        "privacy.Sketch.name: marked twice",
        "privacy.Sketch.gone: marked, but no such field",
    ]


def test_models_of_django_itself_are_left_alone():
    assert not [mistake for mistake in unmarked_fields() if mistake.startswith(("sessions", "auth"))]


def test_the_models_of_accounts_say_all_of_all_fields():
    assert mistakes_of(User) == []


def test_the_register_names_where_something_about_people_stands():
    lines = {(line.app, line.model, line.field): line for line in personal_fields()}
    assert lines["accounts", "gebruiker", "email"].label == "e-mailadres"
    assert not lines["accounts", "gebruiker", "email"].is_sealed


def test_every_model_that_holds_something_personal_has_a_term():
    assert personal_models_without_term() == []


def test_what_the_job_no_longer_removes_has_no_term(register):
    found = personal_models_without_term()
    assert {"signals.Signal", "psh.Advice", "incidents.HelpRequest"} <= set(found)
    assert "vulnerability.Risk" not in found, "it hangs on an assessment, which hangs on a person"
    assert "accounts.User" not in found, "kept as long as they work here"


def test_the_content_names_no_model_that_holds_nothing_personal():
    named = [*retention.kept_with_work(), *(name for term in retention.terms() for name in term.also)]
    personal = {
        model._meta.label
        for model in apps.get_models()
        if getattr(model, "Privacy", None) and getattr(model.Privacy, "personal", ())
    }
    assert len(named) == len(set(named))
    assert set(named) <= personal
