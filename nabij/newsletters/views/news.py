"""How the news of a centre by e-mail went, as numbers; and trying again what failed."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from nabij.accounts.http import Request
from nabij.centres.models import AdviceCentre
from nabij.centres.views.finding import centre_or_404
from nabij.incidents.refusals import Refused
from nabij.newsletters.actions import try_news_again
from nabij.newsletters.models import IssueState
from nabij.newsletters.policies import can_try_again, reads_news
from nabij.newsletters.queries.news import issue_lines, issues_for, reach_of


@never_cache
@require_safe
def news(request: Request, pk: UUID) -> HttpResponse:
    """Every mail to many of this centre: how far it is, and what did not arrive."""
    centre = _centre(request, pk)
    lines = issue_lines(centre)
    context = {
        "centre": centre,
        "reach": reach_of(centre),
        "lines": lines,
        "is_busy": any(line.issue.state == IssueState.BUSY for line in lines),
        "may_try_again": can_try_again(request.actor, centre, request.at),
        "is_exercise": centre.incident.is_exercise,
    }
    return render(request, "newsletters/news.html", context)


@require_POST
def again(request: Request, pk: UUID, issue_pk: UUID) -> HttpResponse:
    """Mail once more to whom it did not arrive."""
    centre = _centre(request, pk)
    issue = get_object_or_404(issues_for(centre), pk=issue_pk)
    try:
        number = try_news_again(issue, by=request.actor, at=request.at)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        told = ngettext("%(number)s e-mail gaat opnieuw.", "%(number)s e-mails gaan opnieuw.", number)
        messages.success(request, told % {"number": number})
    return redirect("newsletters:news", centre.pk)


def _centre(request: Request, pk: UUID) -> AdviceCentre:
    centre = centre_or_404(request, pk)
    if not reads_news(request.actor):
        raise Http404(_("Deze pagina is er niet."))
    return centre
