"""What stands inside, for who looks after it: contact persons, meetings and documents."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.audit.reading import log_read
from nabij.centres.models import AdviceCentre
from nabij.closed_part.policies import can_lead
from nabij.closed_part.queries.door import centre_at
from nabij.closed_part.views.codes import led_centre
from nabij.closed_rooms.actions import keeping as actions
from nabij.closed_rooms.actions import meeting as meetings
from nabij.closed_rooms.forms import ContactForm, MeetingForm, PaperForm
from nabij.closed_rooms.models import ClosedDocument
from nabij.closed_rooms.policies import can_add_paper, can_keep, can_release_paper, can_withdraw_paper
from nabij.closed_rooms.queries import inside as queries
from nabij.documents.content import largest_form
from nabij.incidents.views.finding import incident_or_404, posted
from nabij.kit.uploads import is_too_large, takes_file
from nabij.privacy.purposes import Purpose

TYPES = {"jpg": "image/jpeg", "pdf": "application/pdf"}


def _kept_centre(request: Request, pk: UUID) -> AdviceCentre:
    """The centre of this incident, for who looks after something inside; 404 for everybody else."""
    incident = incident_or_404(request, pk)
    centre = centre_at(incident)
    if centre is None or not can_keep(request.actor, incident, request.at):
        raise Http404
    return centre


@never_cache
@require_safe
def overview(request: Request, pk: UUID) -> HttpResponse:
    """Everything that stands inside."""
    centre = _kept_centre(request, pk)
    actor, at = request.actor, request.at
    papers = queries.papers_at(centre)
    context = {
        "incident": centre.incident,
        "may_lead": can_lead(actor, centre.incident, at),
        "may_add": can_add_paper(actor, centre.incident, at),
        "contacts": queries.contacts_at(centre),
        "meetings": queries.meetings_at(centre),
        "papers": [
            (
                each,
                queries.in_words(each.relations),
                can_release_paper(actor, each, at),
                can_withdraw_paper(actor, each, at),
            )
            for each in papers
        ],
        "at": at,
    }
    return render(request, "closed_rooms/overview.html", context)


def _form_page(
    request: Request, form: ContactForm | MeetingForm | PaperForm, centre: AdviceCentre, title: str
) -> HttpResponse:
    context = {"form": form, "incident": centre.incident, "title": title}
    return render(request, "closed_rooms/write.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def contact(request: Request, pk: UUID) -> HttpResponse:
    """Appoint a contact person."""
    centre = led_centre(request, pk)
    form = ContactForm(posted(request), people=queries.possible_contacts(centre, request.at))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        actions.appoint_contact(
            centre, told["membership"], told["relations"], by=request.actor, at=request.at
        )
        return redirect("closed_rooms:overview", pk)
    return _form_page(request, form, centre, _("Contactpersoon"))


@never_cache
@require_POST
def end_contact(request: Request, pk: UUID, item: UUID) -> HttpResponse:
    """Somebody is contact person no more."""
    found = queries.contact_at(led_centre(request, pk), item)
    if found is None:
        raise Http404
    actions.end_contact(found, by=request.actor, at=request.at)
    return redirect("closed_rooms:overview", pk)


@never_cache
@require_http_methods(["GET", "POST"])
def meeting(request: Request, pk: UUID) -> HttpResponse:
    """Plan a meeting for people inside."""
    centre = led_centre(request, pk)
    form = MeetingForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            meetings.plan_meeting(
                centre, meetings.Planned(**form.cleaned_data), by=request.actor, at=request.at
            )
            return redirect("closed_rooms:overview", pk)
        except ValidationError as error:
            form.add_error(None, error)
    return _form_page(request, form, centre, _("Bijeenkomst plannen"))


@never_cache
@require_safe
def coming(request: Request, pk: UUID, item: UUID) -> HttpResponse:
    """Who comes, by name, for who stands at the entrance; each look is written in the read log."""
    found = queries.meeting_at(led_centre(request, pk), item)
    if found is None:
        raise Http404
    people = queries.coming_to(found)
    log_read([each.person_id for each in people], by=request.actor, purpose=Purpose.AFTERCARE, at=request.at)
    context = {"incident": found.centre.incident, "meeting": found, "people": people}
    return render(request, "closed_rooms/coming.html", context)


@never_cache
@require_POST
def call_off(request: Request, pk: UUID, item: UUID) -> HttpResponse:
    """The meeting does not take place."""
    found = queries.meeting_at(led_centre(request, pk), item)
    if found is None:
        raise Http404
    meetings.call_off(found, by=request.actor, at=request.at)
    messages.success(request, _("De bijeenkomst is afgezegd. Wie zou komen, krijgt bericht."))
    return redirect("closed_rooms:overview", pk)


@takes_file(largest_form())
@never_cache
@require_http_methods(["GET", "POST"])
def add_paper(request: Request, pk: UUID) -> HttpResponse:
    """Bring in a document; another person releases it."""
    centre = _kept_centre(request, pk)
    if not can_add_paper(request.actor, centre.incident, request.at):
        raise PermissionDenied
    form = PaperForm(posted(request), request.FILES or None, is_too_large=is_too_large(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        paper = actions.Paper(told["title"], told["relations"], told["shown_from_at"])
        try:
            actions.add_paper(centre, paper, form.content(), by=request.actor, at=request.at)
            messages.success(request, _("Het stuk is bewaard. Nu geeft iemand anders het vrij."))
            return redirect("closed_rooms:overview", pk)
        except ValidationError as error:
            form.add_error(None, error)
    return _form_page(request, form, centre, _("Stuk toevoegen"))


def _paper(request: Request, pk: UUID, item: UUID) -> ClosedDocument:
    found = queries.paper_at(_kept_centre(request, pk), item)
    if found is None:
        raise Http404
    return found


@never_cache
@require_safe
def read_paper(request: Request, pk: UUID, item: UUID) -> HttpResponse:
    """A document as it was brought in, to read before it is released."""
    found = _paper(request, pk, item)
    content = queries.bytes_of(found)
    if content is None:
        raise Http404
    answer = HttpResponse(content, content_type=TYPES[found.form])
    answer["Content-Disposition"] = f'attachment; filename="stuk.{found.form}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@never_cache
@require_POST
def release_paper(request: Request, pk: UUID, item: UUID) -> HttpResponse:
    """A second person lets people read it from its moment on."""
    actions.release_paper(_paper(request, pk, item), by=request.actor, at=request.at)
    messages.success(request, _("Het stuk is vrijgegeven."))
    return redirect("closed_rooms:overview", pk)


@never_cache
@require_POST
def withdraw_paper(request: Request, pk: UUID, item: UUID) -> HttpResponse:
    """Nobody reads it any more."""
    actions.withdraw_paper(_paper(request, pk, item), by=request.actor, at=request.at)
    messages.success(request, _("Het stuk is weg. Niemand binnen kan het nog lezen."))
    return redirect("closed_rooms:overview", pk)
