"""The workplace around a page behind the login: menu, name, organisation."""

from typing import Any

from django.http import HttpRequest

from nabij.audit.actor import ActorKind
from nabij.kit import navigation


def workplace(request: HttpRequest) -> dict[str, Any]:
    """Context for desk pages; empty on public pages."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.kind != ActorKind.MEMBERSHIP:
        return {}
    return {"actor": actor, "user_name": actor.name, "navigation": navigation.links_for(actor, request.path)}
