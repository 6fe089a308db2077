"""Search before create, the conversation on the phone, and the paper form."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from nabij.accounts.http import Request
from nabij.audit.reading import log_read
from nabij.desk import actions, content
from nabij.desk.forms import ConversationForm, PaperForm, SearchForm
from nabij.desk.policies import can_register
from nabij.desk.queries.searching import Candidate, Sought, candidates, sought_in
from nabij.desk.views.finding import desk_or_404
from nabij.incidents.models import Incident
from nabij.privacy.purposes import Purpose

PREFILL = "begin"


def _language() -> str:
    return (get_language() or "nl")[:2]


def _look(request: Request, incident: Incident, sought: Sought) -> list[Candidate]:
    """Who may be the same person; each look is written down before it is shown."""
    found = candidates(sought, incident, request.actor, request.at, content.number("most_found"))
    people = [each.line.registration.person_id for each in found]
    log_read(people, by=request.actor, purpose=Purpose.AFTERCARE, at=request.at)
    return found


@never_cache
@require_POST
def search(request: Request, pk: UUID) -> HttpResponse:
    """Who may be the one who phones; and from here on to a new registration."""
    incident = desk_or_404(request, pk)
    form = SearchForm(request.POST)
    sought = sought_in(form.cleaned_data["sought"]) if form.is_valid() else Sought()
    page = {
        "incident": incident,
        "search": form,
        "sought": sought,
        "found": _look(request, incident, sought),
        "may_register": can_register(request.actor, incident, request.at),
    }
    return render(request, "desk/found.html", page, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: Request, pk: UUID) -> HttpResponse:
    """Somebody phones: the conversation, with the consents read aloud."""
    return _register(request, pk, ConversationForm, is_paper=False)


@never_cache
@require_http_methods(["GET", "POST"])
def paper(request: Request, pk: UUID) -> HttpResponse:
    """A paper form is entered later, with its own moment."""
    return _register(request, pk, PaperForm, is_paper=True)


def _register(request: Request, pk: UUID, kind: type[ConversationForm], *, is_paper: bool) -> HttpResponse:
    incident = desk_or_404(request, pk)
    if not can_register(request.actor, incident, request.at):
        raise PermissionDenied("Bij deze gebeurtenis kan niemand meer worden aangemeld.")
    begins = request.method == "POST" and PREFILL in request.POST
    given = {name: request.POST.get(name, "") for name in ("name", "phone", "email")} if begins else {}
    form = kind(
        request.POST if request.method == "POST" and not begins else None,
        page_language=_language(),
        initial=given,
    )
    found: list[Candidate] = []
    if form.is_bound and form.is_valid():
        found = [] if form.cleaned_data["has_looked"] else _look(request, incident, _sought(form))
        if found:
            form.ask_to_look()
        else:
            done = _stored(request, incident, form, is_paper=is_paper)
            if done is not None:
                return done
    page = {"incident": incident, "form": form, "found": found, "is_paper": is_paper}
    return render(request, "desk/new.html", page, status=422 if form.errors else 200)


def _sought(form: ConversationForm) -> Sought:
    told = form.cleaned_data
    return Sought(name=told["name"], phone=told["phone"], email=told["email"])


def _stored(
    request: Request, incident: Incident, form: ConversationForm, *, is_paper: bool
) -> HttpResponse | None:
    """On to the page of this person; None when something is wrong, which then stands beside its field."""
    more: dict[str, Any] = {
        "form_key": form.cleaned_data["form_key"] or uuid4(),
        "language": form.tongue,
        "by": request.actor,
        "at": request.at,
    }
    try:
        if is_paper:
            row = actions.enter_paper(incident, form.answers(), form.cleaned_data["received_at"], **more)
        else:
            row = actions.register_by_phone(incident, form.answers(), **more)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    messages.success(request, _("Aangemeld. Noem het kenmerk: %(reference)s.") % {"reference": row.reference})
    return redirect("desk:registration", row.pk)
