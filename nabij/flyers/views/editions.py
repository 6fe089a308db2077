"""Writing an edition, looking at it as a picture, and agreeing with it or not."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.flyers import actions
from nabij.flyers.content import automatic_words, field_label, languages
from nabij.flyers.filling import examples_of
from nabij.flyers.forms import EditionForm, RefuseForm, to_look_at
from nabij.flyers.models import Edition, EditionState
from nabij.flyers.paper import Sheet, Unprintable, as_pdf
from nabij.flyers.pictures import page_count, page_picture
from nabij.flyers.policies import can_decide, can_make
from nabij.flyers.queries import senders_of, template_of
from nabij.flyers.views.finding import edition_or_404


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: UUID) -> HttpResponse:
    """The texts of a draft, all languages side by side."""
    edition = edition_or_404(request, pk)
    if edition.state != EditionState.DRAFT or not can_make(request.actor, edition.leaflet.organisation):
        return redirect("flyers:preview", pk)
    form = EditionForm(request.POST if request.method == "POST" else None, edition=edition)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_edition(edition, form.texts, form.checked, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Bewaard."))
            return redirect("flyers:preview", pk)
    template = template_of(edition)
    context = {
        "edition": edition,
        "template": template,
        "form": form,
        "words": [(each, field_label(each)) for each in template.fields if each != "web"],
        "automatic": sorted(automatic_words()),
    }
    return render(request, "flyers/edit.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def preview(request: Request, pk: UUID) -> HttpResponse:
    """The edition as pictures, in one language, with what may be done with it."""
    edition = edition_or_404(request, pk)
    language = _language(request, edition)
    try:
        pages = range(1, page_count(_drawn(edition, language)) + 1)
    except Unprintable:
        pages = range(0)
    shown = languages()
    context = {
        "edition": edition,
        "template": template_of(edition),
        "language": language,
        "languages": [
            (code, shown[code], code in edition.checked_languages) for code in shown if code in edition.texts
        ],
        "pages": pages,
        "text": edition.words[language],
        "to_look_at": to_look_at(edition),
        "may_make": can_make(request.actor, edition.leaflet.organisation),
        "may_decide": can_decide(request.actor, edition),
        "form": RefuseForm(),
    }
    return render(request, "flyers/preview.html", context)


@never_cache
@require_safe
def picture(request: Request, pk: UUID) -> HttpResponse:
    """One page of an edition as PNG."""
    edition = edition_or_404(request, pk)
    number = request.GET.get("blad", "1")
    try:
        drawn = page_picture(_drawn(edition, _language(request, edition)), int(number))
    except (IndexError, ValueError) as error:
        raise Http404 from error
    return HttpResponse(drawn, content_type="image/png")


@require_POST
def send(request: Request, pk: UUID) -> HttpResponse:
    """Ask both organisations to agree."""
    done = _("Voorgelegd. Is uw organisatie al akkoord? Dan wacht dit op de andere.")
    return _done(request, pk, actions.send_edition, done)


@require_POST
def approve(request: Request, pk: UUID) -> HttpResponse:
    """Agree for the own organisation."""
    return _done(request, pk, actions.approve_edition, _("U bent akkoord namens uw organisatie."))


@require_POST
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """Take an edition out of use."""
    return _done(request, pk, actions.withdraw_edition, _("Ingetrokken. Niemand kan dit nu nog printen."))


@require_POST
def refuse(request: Request, pk: UUID) -> HttpResponse:
    """Not agree, with why."""
    edition = edition_or_404(request, pk)
    form = RefuseForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Schrijf op wat er anders moet."))
        return redirect("flyers:preview", pk)
    actions.refuse_edition(edition, form.cleaned_data["reason"], by=request.actor, at=request.at)
    messages.success(request, _("Teruggegeven aan wie het schreef."))
    return _back(edition)


def _done(request: Request, pk: UUID, action: Callable[..., Edition], said: str) -> HttpResponse:
    edition = edition_or_404(request, pk)
    try:
        action(edition, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return redirect("flyers:preview", pk)
    messages.success(request, said)
    return _back(edition)


def _back(edition: Edition) -> HttpResponse:
    return redirect("flyers:leaflet", edition.leaflet.organisation_id, edition.leaflet.template)


def _language(request: Request, edition: Edition) -> str:
    wanted = request.GET.get("taal", "nl")
    return wanted if wanted in edition.texts else "nl"


def _drawn(edition: Edition, language: str) -> bytes:
    """The edition on paper with the names of the fields in brackets; marked until both agreed."""
    template = template_of(edition)
    sheet = Sheet(
        template, {language: edition.words[language]}, examples_of(template.fields), edition.number,
        is_draft=edition.state != EditionState.APPROVED,
    )  # fmt: skip
    return as_pdf(sheet, senders_of(edition.leaflet.organisation))
