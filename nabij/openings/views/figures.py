"""The figures of a centre as page and as file, and what was learnt."""

import csv
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.incidents.views.finding import posted
from nabij.openings import actions, policies
from nabij.openings.forms import LessonForm, TakenUpForm
from nabij.openings.queries import closings
from nabij.openings.views.finding import centre_or_404, go_back, happens, lesson_or_404


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def figures(request: Request, pk: UUID) -> HttpResponse:
    """Numbers without anybody in them, and the lines of the evaluation."""
    centre = centre_or_404(request, pk)
    form = LessonForm(posted(request))
    if request.method == "POST" and happens(
        form,
        "text",
        lambda: actions.write_lesson(centre, form.cleaned_data["text"], by=request.actor, at=request.at),
    ):
        return redirect("openings:figures", pk)
    context = {
        "centre": centre,
        "rows": closings.figures_of(centre, request.at),
        "lessons": closings.lesson_lines(centre),
        "form": form,
        "version_form": TakenUpForm(),
        "may_decide": policies.can_decide(request.actor, centre, request.at),
    }
    return render(request, "openings/figures.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def figures_csv(request: Request, pk: UUID) -> HttpResponse:
    """The same numbers as a file; its name tells nothing."""
    centre = centre_or_404(request, pk)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="cijfers-iac.csv"'
    answer.write("\ufeff")
    writer = csv.writer(answer, delimiter=";")
    writer.writerow([_("wat"), _("cijfer")])
    writer.writerows(closings.figures_of(centre, request.at))
    return answer


@require_POST
def take_up(request: Request, pk: UUID, lesson_pk: UUID) -> HttpResponse:
    """A version of the template holds what we learnt."""
    lesson = lesson_or_404(request, pk, lesson_pk)
    version = request.POST.get("version", "")[:20]
    return go_back(
        request, "openings:figures", pk,
        lambda: actions.take_up_lesson(lesson, version, by=request.actor, at=request.at),
        _("Het sjabloon houdt hier rekening mee."),
    )  # fmt: skip
