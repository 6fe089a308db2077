"""Finding what an address names, among what the visitor may see; the rest does not exist."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from nabij.accounts.http import Request
from nabij.centres.models import AdviceCentre, CentreText, TextVersion
from nabij.centres.policies import sees_panel
from nabij.centres.queries import centres_for, texts_for, versions_for


def centre_or_404(request: Request, pk: UUID) -> AdviceCentre:
    """The centre, when it exists for this visitor and their role works with centres (drafts, names)."""
    centre = get_object_or_404(centres_for(request.actor, request.at), pk=pk)
    if not sees_panel(request.actor, centre.incident):
        raise Http404
    return centre


def text_or_404(request: Request, pk: UUID, text_pk: UUID) -> CentreText:
    """The text of a centre that exists for this visitor."""
    return get_object_or_404(texts_for(centre_or_404(request, pk)), pk=text_pk)


def version_or_404(request: Request, pk: UUID, version_pk: UUID) -> TextVersion:
    """The version of a text of a centre that exists for this visitor."""
    return get_object_or_404(versions_for(centre_or_404(request, pk)), pk=version_pk)


def back_to(centre: AdviceCentre, request: Request, *, done: str = "", wrong: str = "") -> HttpResponse:
    """Back to the page of the centre, with what happened or what is wrong."""
    if done:
        messages.success(request, done)
    if wrong:
        messages.error(request, wrong)
    return redirect("centres:detail", centre.pk)
