"""The registration form as a static page: the same for everybody, without cookie, token or visitor."""

from collections.abc import Mapping, Sequence
from functools import cache
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString

from nabij.people import content
from nabij.people.forms import RegistrationForm
from nabij.publish.pages import render_public


def register_path(incident_id: UUID, *, is_exercise: bool) -> str:
    """Where the form of this incident is sent to."""
    return reverse("people:practise" if is_exercise else "people:register", args=[incident_id])


def registration_page(
    incident_id: UUID,
    centre_name: str,
    language: str,
    languages: Sequence[Mapping[str, object]] = (),
    *,
    is_exercise: bool = False,
    is_preview: bool = False,
) -> str:
    """The HTML of the empty form for this incident; at an exercise it says so and is sent elsewhere.

    `languages`: code, label, url and is_current of the form in each. A preview is sent nowhere.
    """
    tongue = content.known(language)
    with translation.override(tongue):
        context = {
            "questions": _questions(tongue, is_exercise),
            "text": content.texts(tongue),
            "action": "#" if is_preview else register_path(incident_id, is_exercise=is_exercise),
            "is_exercise": is_exercise,
            "draft_key": f"aanmelden-{incident_id}",
            "centre_name": centre_name,
            "desk": content.desk(),
            "languages": languages,
        }
        return render_public("people/registration.html", context)


@cache
def _questions(tongue: str, is_exercise: bool) -> SafeString:
    """All questions, empty, in the language that is active: the same for every centre, so made once."""
    form = RegistrationForm(page_language=tongue, is_exercise=is_exercise)
    page = {"form": form, "text": form.texts, "is_exercise": is_exercise}
    return render_to_string("people/_questions.html", page)
