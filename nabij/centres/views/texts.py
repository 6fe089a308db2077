"""Writing, comparing, approving and withdrawing texts."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nabij.accounts.http import Request
from nabij.centres import policies
from nabij.centres.actions import (
    adopt_translation,
    approve_texts,
    approve_version,
    withdraw_version,
    write_message,
    write_version,
)
from nabij.centres.forms import MessageForm, ReasonForm, TextForm
from nabij.centres.models import AdviceCentre, CentreText, TextVersion
from nabij.centres.policies import needs_reader
from nabij.centres.queries import in_page_order, state_of, text_states
from nabij.centres.queries.shown import begun_languages, standing
from nabij.centres.questions import asked, findings
from nabij.centres.sections import section_title
from nabij.centres.views.finding import back_to, centre_or_404, text_or_404, version_or_404
from nabij.incidents.refusals import Refused
from nabij.wording.differences import difference, merged
from nabij.wording.markup import to_html


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: UUID, text_pk: UUID) -> HttpResponse:
    """Write the next version of a text; the approved one stays up until this one is approved.

    With `samen` in the address: bring that version and the one that is live together.
    """
    text = text_or_404(request, pk, text_pk)
    if not policies.can_edit(request.actor, text.centre, request.at):
        raise PermissionDenied
    state = state_of(text)
    base, mine = state.newest, _to_merge(request, pk)
    body = base.body
    if mine is not None:
        base = state.approved or base
        body = merged(state.body_of(mine.based_on) if mine.text_id == text.pk else "", mine.body, base.body)
    form = TextForm(request.POST or None, initial={"body": body, "based_on": base.number})
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        try:
            write_version(
                text, clean["body"], based_on=clean["based_on"], by=request.actor, at=request.at, merges=mine
            )
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            done = _("Opgeslagen. De tekst wacht op goedkeuring door een ander.")
            return back_to(text.centre, request, done=done)
    return _form_page(request, form, text.centre, section_title(text.section, "nl"), text=text)


def _to_merge(request: Request, pk: UUID) -> TextVersion | None:
    """The version of the same centre that is to be brought together with what is live."""
    named = request.GET.get("samen", "")
    try:
        return version_or_404(request, pk, UUID(named)) if named else None
    except ValueError:
        raise Http404 from None


def _form_page(
    request: Request, form: Form, centre: AdviceCentre, title: str, text: CentreText | None = None
) -> HttpResponse:
    context = {
        "form": form, "text": text, "centre": centre, "title": title,
        "is_exercise": centre.incident.is_exercise,
    }  # fmt: skip
    return render(request, "centres/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def message(request: Request, pk: UUID) -> HttpResponse:
    """Write a news message: for everybody, for the closed part first, or for the closed part only."""
    centre = centre_or_404(request, pk)
    if not policies.can_edit(request.actor, centre, request.at):
        raise PermissionDenied
    closed_first = centre.is_live and centre.commission.wants_closed_part
    form = MessageForm(
        request.POST or None, at=request.at, languages=begun_languages(centre), closed_first=closed_first
    )
    if request.method == "POST" and form.is_valid():
        write_message(centre, **form.message(), by=request.actor, at=request.at)
        done = _("Opgeslagen. Het bericht wacht op goedkeuring door een ander.")
        return back_to(centre, request, done=done)
    return _form_page(request, form, centre, _("Nieuw bericht"))


@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: Request, pk: UUID, version_pk: UUID) -> HttpResponse:
    """Compare a version with the live one, answer the word check, choose between two, and approve it."""
    version = version_or_404(request, pk, version_pk)
    centre = version.text.centre
    may_read = needs_reader(version) and policies.can_edit(request.actor, centre, request.at)
    if not (policies.can_approve(request.actor, centre, request.at) or may_read):
        raise PermissionDenied
    wrong = ""
    if request.method == "POST":
        try:
            return back_to(centre, request, done=_decide(request, version))
        except Refused as refused:
            wrong = refused.message
    state, other = state_of(version.text), standing(version)
    before = state.approved or other
    context = {
        "version": version,
        "centre": centre,
        "title": section_title(version.text.section, "nl"),
        "before": before,
        "other": other,
        "answers": [(each, request.POST.get(each.key, "")) for each in findings(version)],
        "needs_reader": needs_reader(version),
        "pieces": difference(before.body if before else "", version.body),
        "html": to_html(version.body, version.text.language),
        "wrong": wrong,
        "is_exercise": centre.incident.is_exercise,
    }
    return render(request, "centres/approve.html", context, status=422 if wrong else 200)


def _decide(request: Request, version: TextVersion) -> str:
    """Do what the button says; what to tell about it."""
    by, at = request.actor, request.at
    choice = request.POST.get("keuze", "")
    if choice == "nagelezen":
        adopt_translation(version, by=by, at=at)
        return str(_("Nagelezen. Een ander keurt de tekst nu goed."))
    if choice == "laat-staan":
        withdraw_version(version, reason=_("Wat live staat, blijft."), by=by, at=at)
        return str(_("Wat live staat, blijft. Deze tekst is ingetrokken."))
    over = request.POST.get("over", "")
    known = standing(version)
    seen = known.pk if known is not None and str(known.pk) == over else None
    approve_version(version, reasons=request.POST.dict(), over=seen, by=by, at=at)
    return str(_("Goedgekeurd."))


@require_http_methods(["GET", "HEAD", "POST"])
def approve_all(request: Request, pk: UUID) -> HttpResponse:
    """Read all waiting texts on one page, and approve those that were ticked."""
    centre = centre_or_404(request, pk)
    if not policies.can_approve(request.actor, centre, request.at):
        raise PermissionDenied
    states = text_states(centre)
    news = [(section_title(each.text.section, "nl"), each) for each in states if each.text.is_message]
    waiting = [
        (title, version, each)
        for title, each in [*news, *in_page_order(states)]
        for version in each.proposals
        if not needs_reader(version)
    ]
    wrong = ""
    if request.method == "POST":
        ticked = set(request.POST.getlist("version"))
        chosen = [version for _title, version, _state in waiting if str(version.pk) in ticked]
        try:
            approve_texts(centre, chosen, by=request.actor, at=request.at)
        except Refused as refused:
            wrong = refused.message
        else:
            done = _("%(count)s teksten goedgekeurd.") % {"count": len(chosen)}
            return back_to(centre, request, done=done)
    rows = [
        (title, version, to_html(version.body, version.text.language), asked(version, state, states))
        for title, version, state in waiting
    ]
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
        "form": form, "version": version, "centre": centre,
        "html": to_html(version.body, version.text.language),
        "title": section_title(version.text.section, "nl"), "is_exercise": centre.incident.is_exercise,
    }  # fmt: skip
    return render(request, "centres/withdraw.html", context, status=422 if form.errors else 200)
