"""The workplace around a page behind the login: menu, name, organisation."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from nabij.audit.actor import Actor, ActorKind
from nabij.kit import navigation


def workplace(request: HttpRequest) -> dict[str, Any]:
    """Context for desk pages; empty on public pages."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.kind != ActorKind.MEMBERSHIP:
        return {}
    # a page and its panels are one request: made once
    known: dict[str, Any] = request.__dict__
    if "workplace" not in known:
        known["workplace"] = _around(actor, request.path)
    found: dict[str, Any] = known["workplace"]
    return found


def _around(actor: Actor, path: str) -> dict[str, Any]:
    account = [
        {"url": reverse("usersessions_list"), "label": _("Waar ben ik ingelogd")},
        {"url": reverse("mfa_index"), "label": _("Tweede factor")},
        {"url": reverse("account_change_password"), "label": _("Wachtwoord")},
    ]
    return {
        "footer_links": account,
        "organisation_name": actor.organisation_name,
        "actor": actor,
        "user_name": actor.name,
        "menu": navigation.menu_for(actor, path),
    }
