"""Writing in the timeline, and erasing what should not have been written."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nabij.accounts.http import Request
from nabij.incidents.actions import erase_note, write_note
from nabij.incidents.forms import NoteForm
from nabij.incidents.refusals import Refused
from nabij.incidents.views.finding import incident_or_404, note_or_404
from nabij.incidents.views.room import room_context


@require_POST
def note(request: Request, pk: UUID) -> HttpResponse:
    """Write a note; with an error the room comes back with what was typed."""
    incident = incident_or_404(request, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        context = {**room_context(request, incident), "note_form": form}
        return render(request, "incidents/room.html", context, status=422)
    values = form.cleaned_data
    write_note(incident, values["text"], is_shared=values["is_shared"], by=request.actor, at=request.at)
    messages.success(request, _("De notitie staat in de tijdlijn."))
    return redirect(reverse("incidents:room", args=[incident.pk]) + "?notitie=geschreven")


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: Request, pk: UUID) -> HttpResponse:
    """Ask once, then erase the note for good."""
    found = note_or_404(request, pk)
    if request.method == "POST":
        try:
            erase_note(found, by=request.actor, at=request.at)
            messages.success(request, _("De notitie is gewist."))
        except Refused as refusal:
            messages.warning(request, refusal.message)
        return redirect("incidents:room", found.incident_id)
    context = {
        "incident": found.incident,
        "is_exercise": found.incident.is_exercise,
        "title": _("Notitie wissen"),
        "text": _("De tekst verdwijnt voorgoed. In de tijdlijn blijft staan dat er een notitie was."),
        "submit_label": _("Wissen"),
        "submit_class": "button--danger",
    }
    return render(request, "incidents/sure.html", context)
