"""Bringing in certificates from a CSV file: first look, then take in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from nabij.academy import actions
from nabij.academy.csv_lines import COLUMNS, Line, UnreadableFile
from nabij.academy.forms import ImportForm
from nabij.academy.policies import can_keep_certificates
from nabij.academy.queries.importing import preview
from nabij.accounts.http import Request


@require_http_methods(["GET", "POST"])
def bring_in(request: Request) -> HttpResponse:
    """Choose a file, see each line with what is wrong, and take in the good ones."""
    if not can_keep_certificates(request.actor, request.at):
        raise PermissionDenied
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    lines: list[Line] = []
    if request.method == "POST" and form.is_valid():
        try:
            if "take_in" in request.POST:
                return _take_in(request, form.cleaned_data["text"])
            lines = preview(form.cleaned_data["text"], request.actor, request.at)
        except UnreadableFile as error:
            form.add_error("file", str(error))
    return _page(request, form, lines)


def _take_in(request: Request, text: str) -> HttpResponse:
    taken = sum(line.is_good for line in actions.import_certificates(text, by=request.actor, at=request.at))
    messages.success(
        request,
        ngettext("%(count)d certificaat overgenomen.", "%(count)d certificaten overgenomen.", taken)
        % {"count": taken},
    )
    return redirect("academy:team")


def _page(request: Request, form: ImportForm, lines: list[Line]) -> HttpResponse:
    context = {
        "form": form,
        "lines": lines,
        "text": form.cleaned_data.get("text", "") if lines else "",
        "good": sum(line.is_good for line in lines),
        "wrong": sum(not line.is_good for line in lines),
        "heading": ";".join(COLUMNS),
    }
    return render(request, "academy/import.html", context, status=422 if form.errors else 200)
