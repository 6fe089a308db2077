"""The desk reads and answers what people inside write."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.audit.reading import log_read
from nabij.closed_part.models import Verification, VerificationState
from nabij.closed_part.policies import works_at_door
from nabij.closed_part.queries.door import verification_for
from nabij.closed_rooms.actions import letters as writing
from nabij.closed_rooms.forms import LetterDraftForm, LetterForm
from nabij.closed_rooms.queries.letters import (
    draft_of,
    letter_of,
    letters_at_desk,
    letters_of,
    waiting_letters,
)
from nabij.closed_rooms.views.inside import is_draft
from nabij.incidents.views.finding import incident_or_404, mark, posted
from nabij.privacy.purposes import Purpose


@never_cache
@require_safe
def work(request: Request) -> HttpResponse:
    """Panel of the registrar's desk: per incident how many wait for an answer; never a name."""
    if not works_at_door(request.actor):
        raise PermissionDenied
    rows = letters_at_desk(request.actor, request.at)
    return render(request, "closed_rooms/_work.html", {"rows": rows})


@never_cache
@require_safe
def waiting(request: Request, pk: UUID) -> HttpResponse:
    """Who waits for an answer, the most urgent first."""
    incident = incident_or_404(request, pk)
    if not works_at_door(request.actor):
        raise Http404
    rows = waiting_letters(request.actor, incident, request.at)
    people = [each.verification.registration.person_id for each in rows]
    log_read(people, by=request.actor, purpose=Purpose.AFTERCARE, at=request.at)
    return render(request, "closed_rooms/waiting.html", {"incident": incident, "rows": rows})


def _found(request: Request, pk: UUID) -> Verification:
    found = verification_for(request.actor, pk, request.at)
    if found is None or found.registration.incident is None:
        raise Http404
    mark(request, found.registration.incident)
    return found


@never_cache
@require_http_methods(["GET", "POST"])
def conversation(request: Request, pk: UUID) -> HttpResponse:
    """What somebody wrote, and an answer."""
    found = _found(request, pk)
    by, at = request.actor, request.at
    key, text = draft_of(found, by) or (uuid4(), "")
    kind = LetterDraftForm if is_draft(request) else LetterForm
    form = kind(posted(request), initial={"key": key, "text": text})
    if request.method == "POST" and form.is_valid():
        told = (found, form.cleaned_data["text"], form.cleaned_data["key"])
        try:
            if is_draft(request):
                kept = writing.save_draft(*told, by=by, at=at)
                return render(request, "closed_rooms/_saved.html", {"at": at, "is_kept": bool(kept)})
            writing.send_letter(*told, by=by, at=at)
            messages.success(request, _("Uw antwoord staat klaar voor deze persoon."))
            return redirect("closed_rooms:waiting", found.registration.incident_id)
        except ValidationError as error:
            form.add_error("text", error.messages[0])
    if form.errors and request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    shown = letters_of(found, by, at)
    if request.method == "GET":
        log_read([found.registration.person_id], by=by, purpose=Purpose.AFTERCARE, at=at)
        writing.mark_read(found, by=by, at=at)
    context = {
        "found": found,
        "incident": found.registration.incident,
        "form": form,
        "letters": shown,
        "is_in": found.state == VerificationState.VERIFIED,
    }
    return render(request, "closed_rooms/conversation.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
def settle(request: Request, pk: UUID) -> HttpResponse:
    """What was read needs no answer."""
    found = _found(request, pk)
    writing.settle_letters(found, by=request.actor, at=request.at)
    messages.success(request, _("Genoteerd: geen antwoord nodig."))
    return redirect("closed_rooms:waiting", found.registration.incident_id)


@never_cache
@require_POST
def withdraw(request: Request, pk: UUID, item: UUID) -> HttpResponse:
    """Somebody at the desk takes a message of their own back."""
    found = letter_of(_found(request, pk), item)
    if found is None:
        raise Http404
    writing.take_back(found, by=request.actor, at=request.at)
    return redirect("closed_rooms:conversation", pk)
