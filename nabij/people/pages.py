"""The registration form as a static page: the same for everybody, without cookie, token or visitor."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils import translation

from nabij.people import content
from nabij.people.forms import RegistrationForm
from nabij.publish.pages import render_public


def registration_page(
    incident_id: UUID,
    centre_name: str,
    language: str,
    action_path: str = "",
    languages: Sequence[Mapping[str, object]] = (),
) -> str:
    """The HTML of the empty form for this incident; `action_path` when it is posted to another address.

    `languages` are the same form in others: code, label, url and is_current of each.
    """
    tongue = content.known(language)
    with translation.override(tongue):
        form = RegistrationForm(page_language=tongue)
        context = {
            "form": form,
            "text": form.texts,
            "action": action_path or reverse("people:register", args=[incident_id]),
            "draft_key": f"aanmelden-{incident_id}",
            "centre_name": centre_name,
            "languages": languages,
        }
        return render_public("people/registration.html", context)
