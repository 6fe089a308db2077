"""Writing, comparing, approving and withdrawing texts."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nabij.accounts.http import Request
from nabij.centres import policies
from nabij.centres.actions import (
    approve_texts,
    approve_version,
    withdraw_version,
    write_message,
    write_version,
)
from nabij.centres.differences import difference
from nabij.centres.forms import MessageForm, ReasonForm, TextForm
from nabij.centres.markup import to_html
from nabij.centres.queries import in_page_order, state_of, text_states
from nabij.centres.sections import section_title
from nabij.centres.views.finding import back_to, centre_or_404, text_or_404, version_or_404
from nabij.incidents.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: UUID, text_pk: UUID) -> HttpResponse:
    """Write the next version of a text; the approved one stays up until this one is approved."""
    text = text_or_404(request, pk, text_pk)
    if not policies.can_edit(request.actor, text.centre, request.at):
        raise PermissionDenied
    newest = state_of(text).newest
    form = TextForm(request.POST or None, initial={"body": newest.body, "based_on": newest.number})
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        try:
            write_version(text, clean["body"], based_on=clean["based_on"], by=request.actor, at=request.at)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            return back_to(
                text.centre, request, done=_("Opgeslagen. De tekst wacht op goedkeuring door een ander.")
            )
    context = {
        "form": form, "text": text, "centre": text.centre, "title": section_title(text.section, "nl"),
        "is_exercise": text.centre.incident.is_exercise,
    }  # fmt: skip
    return render(request, "centres/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def message(request: Request, pk: UUID) -> HttpResponse:
    """Write a news message."""
    centre = centre_or_404(request, pk)
    if not policies.can_edit(request.actor, centre, request.at):
        raise PermissionDenied
    form = MessageForm(request.POST or None, at=request.at)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        bodies = {"nl": clean["body_nl"], "en": clean["body_en"]}
        write_message(
            centre,
            bodies,
            stated_at=clean["stated_at"],
            source=clean["source"],
            by=request.actor,
            at=request.at,
        )
        return back_to(
            centre, request, done=_("Opgeslagen. Het bericht wacht op goedkeuring door een ander.")
        )
    context = {
        "form": form, "centre": centre, "title": _("Nieuw bericht"),
        "is_exercise": centre.incident.is_exercise,
    }  # fmt: skip
    return render(request, "centres/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: Request, pk: UUID, version_pk: UUID) -> HttpResponse:
    """Compare a version with the approved one, and approve it."""
    version = version_or_404(request, pk, version_pk)
    centre = version.text.centre
    if not policies.can_approve(request.actor, centre, request.at):
        raise PermissionDenied
    wrong = ""
    if request.method == "POST":
        try:
            approve_version(version, by=request.actor, at=request.at)
        except Refused as refused:
            wrong = refused.message
        else:
            return back_to(centre, request, done=_("Goedgekeurd."))
    before = state_of(version.text).approved
    context = {
        "version": version,
        "centre": centre,
        "title": section_title(version.text.section, "nl"),
        "before": before,
        "pieces": difference(before.body if before else "", version.body),
        "html": to_html(version.body),
        "wrong": wrong,
        "is_exercise": centre.incident.is_exercise,
    }
    return render(request, "centres/approve.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def approve_all(request: Request, pk: UUID) -> HttpResponse:
    """Read all waiting texts on one page, and approve those that were ticked."""
    centre = centre_or_404(request, pk)
    if not policies.can_approve(request.actor, centre, request.at):
        raise PermissionDenied
    states = text_states(centre)
    news = [(section_title(each.text.section, "nl"), each) for each in states if each.text.is_message]
    waiting = [(title, each.waiting) for title, each in [*news, *in_page_order(states)] if each.waiting]
    wrong = ""
    if request.method == "POST":
        ticked = set(request.POST.getlist("version"))
        chosen = [version for _title, version in waiting if version is not None and str(version.pk) in ticked]
        try:
            approve_texts(centre, chosen, by=request.actor, at=request.at)
        except Refused as refused:
            wrong = refused.message
        else:
            done = _("%(count)s teksten goedgekeurd.") % {"count": len(chosen)}
            return back_to(centre, request, done=done)
    rows = [(title, version, to_html(version.body)) for title, version in waiting if version is not None]
    context = {"centre": centre, "rows": rows, "wrong": wrong, "is_exercise": centre.incident.is_exercise}
    return render(request, "centres/approve_all.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, pk: UUID, version_pk: UUID) -> HttpResponse:
    """Take a text away at once, alone, with a reason."""
    version = version_or_404(request, pk, version_pk)
    centre = version.text.centre
    if not policies.can_withdraw(request.actor, centre, request.at):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw_version(version, reason=form.cleaned_data["reason"], by=request.actor, at=request.at)
        return back_to(centre, request, done=_("Ingetrokken. Lezers zien deze tekst niet meer."))
    context = {
        "form": form, "version": version, "centre": centre, "html": to_html(version.body),
        "title": section_title(version.text.section, "nl"), "is_exercise": centre.incident.is_exercise,
    }  # fmt: skip
    return render(request, "centres/withdraw.html", context, status=422 if form.errors else 200)
