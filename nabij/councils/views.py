"""The pages of the council, and of the editors who answer it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nabij.accounts.http import Request
from nabij.centres.models import BASE_LANGUAGES, AdviceCentre
from nabij.centres.pages import centre_page
from nabij.centres.views.finding import centre_or_404
from nabij.councils import actions, policies, queries
from nabij.councils.forms import CommentForm, SettleForm
from nabij.incidents.refusals import Refused
from nabij.kit.clock import local


@require_safe
def index(request: Request) -> HttpResponse:
    """The centres on whose council I sit."""
    return render(request, "councils/index.html", _mine(request))


@require_safe
def panel(request: Request) -> HttpResponse:
    """The same on the desk."""
    return render(request, "councils/_panel.html", _mine(request))


def _mine(request: Request) -> dict[str, object]:
    if not policies.sits_on_councils(request.actor):
        raise PermissionDenied(_("De raad van getroffenen hoort niet bij uw rol."))
    found = queries.council_centres(request.actor, request.at)
    return {
        "centres": [(centre, policies.first_day(centre)) for centre in found],
        "today": local(request.at).date(),
    }


@require_safe
def read(request: Request, pk: UUID, language: str) -> HttpResponse:
    """Every text that everybody reads now, with what the council said of it."""
    centre = _council_or_404(request, pk, language)
    may_comment = policies.can_comment(request.actor, centre, request.at)
    context = {
        "centre": centre,
        "language": language,
        "may_comment": may_comment,
        "first_day": policies.first_day(centre),
        "lines": queries.council_texts(centre, language, request.actor) if may_comment else [],
        "is_exercise": centre.incident.is_exercise,
    }
    return render(request, "councils/read.html", context)


@require_safe
def preview(request: Request, pk: UUID, language: str) -> HttpResponse:
    """The page as everybody gets it, once the council reads along."""
    centre = _council_or_404(request, pk, language)
    if not policies.can_comment(request.actor, centre, request.at):
        raise Http404(_("Dit voorbeeld is er niet."))
    return HttpResponse(centre_page(centre, language))


@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: Request, pk: UUID, language: str, version_pk: UUID) -> HttpResponse:
    """Say something of one text, with the text beside it."""
    centre = _council_or_404(request, pk, language)
    if not policies.can_comment(request.actor, centre, request.at):
        raise Http404(_("Deze tekst is er niet."))
    lines = queries.council_texts(centre, language, request.actor)
    line = next((each for each in lines if each.version.pk == version_pk), None)
    if line is None:
        raise Http404(_("Deze tekst is er niet."))
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        body = form.cleaned_data["body"]
        actions.comment_on(centre, line.version, body, by=request.actor, at=request.at)
        messages.success(request, _("Dank u. De redactie leest het en geeft antwoord."))
        return redirect("councils:read", centre.pk, language)
    context = {
        "centre": centre, "language": language, "line": line, "form": form,
        "is_exercise": centre.incident.is_exercise,
    }  # fmt: skip
    return render(request, "councils/comment.html", context, status=422 if form.errors else 200)


@require_safe
def at_centre(request: Request, pk: UUID) -> HttpResponse:
    """The panel at a centre: what the council said that waits for an answer, and how large it is."""
    centre = _editors_or_404(request, pk)
    members = queries.members_now(centre, request.at)
    context = {
        "centre": centre,
        "waiting": queries.open_number(centre),
        "members": members,
        "first_day": policies.first_day(centre),
        "is_due": policies.first_day(centre) <= local(request.at).date(),
        "is_right_size": queries.has_right_size(members),
    }
    return render(request, "councils/_at_centre.html", context)


@require_safe
def comments(request: Request, pk: UUID) -> HttpResponse:
    """Everything that the council said, with the answers."""
    centre = _editors_or_404(request, pk)
    context = {
        "centre": centre,
        "lines": queries.comment_lines(centre, request.actor),
        "is_exercise": centre.incident.is_exercise,
    }
    return render(request, "councils/comments.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: Request, pk: UUID, comment_pk: UUID) -> HttpResponse:
    """Answer one comment, with the text that it is about."""
    centre = _editors_or_404(request, pk)
    found = get_object_or_404(queries.comments_at(centre), pk=comment_pk)
    if not policies.can_settle(request.actor, found, request.at):
        raise PermissionDenied(_("Op deze opmerking kunt u niet (meer) antwoorden."))
    form = SettleForm(request.POST or None, comment=found)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        try:
            actions.settle_comment(
                found, clean["state"], clean.get("answer", ""), by=request.actor, at=request.at
            )
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("De raad leest uw antwoord."))
            return redirect("councils:comments", centre.pk)
    line = next(each for each in queries.comment_lines(centre, request.actor) if each.comment.pk == found.pk)
    context = {"centre": centre, "line": line, "form": form, "is_exercise": centre.incident.is_exercise}
    return render(request, "councils/settle.html", context, status=422 if form.errors else 200)


def _council_or_404(request: Request, pk: UUID, language: str) -> AdviceCentre:
    if language not in BASE_LANGUAGES:
        raise Http404(_("Deze taal is er niet."))
    return get_object_or_404(queries.council_centres(request.actor, request.at), pk=pk)


def _editors_or_404(request: Request, pk: UUID) -> AdviceCentre:
    centre = centre_or_404(request, pk)
    if not policies.reads_comments(request.actor):
        raise Http404(_("Deze pagina is er niet."))
    return centre
