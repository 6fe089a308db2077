"""Inside: what is new, meetings, papers, and writing to the desk."""

from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.closed_part.models import Verification
from nabij.closed_part.views.entering import Inside, inside, page
from nabij.closed_rooms import watermark
from nabij.closed_rooms.actions import letters as writing
from nabij.closed_rooms.actions import meeting as meetings
from nabij.closed_rooms.content import limit
from nabij.closed_rooms.forms import ComeForm, LetterDraftForm, LetterForm
from nabij.closed_rooms.news import news_inside
from nabij.closed_rooms.policies import is_desk_there
from nabij.closed_rooms.queries import inside as queries
from nabij.closed_rooms.queries.letters import draft_of, letter_of, letters_of, unread_inside
from nabij.closed_rooms.ways import ways_for
from nabij.contact.danger import lifelines, tells_of_danger
from nabij.contact.doors import DoorKey, phone_of
from nabij.incidents.views.finding import posted
from nabij.kit.clock import local

TYPES = {"jpg": "image/jpeg", "pdf": "application/pdf"}


@login_not_required
@require_safe
@inside
def home(request: HttpRequest, where: Inside) -> HttpResponse:
    """What is new, whom to ask for, where to go."""
    return _home(request, where)


def _home(
    request: HttpRequest, where: Inside, status: int = 200, meeting_pk: UUID | None = None, problem: str = ""
) -> HttpResponse:
    language = (get_language() or "nl")[:2]
    context = {
        "news": news_inside(where.centre, language, where.at),
        "contacts": queries.contacts_inside(where.entry),
        "meetings": queries.meetings_inside(where.entry, where.at),
        "most_people": limit("most_people"),
        "papers": queries.papers_inside(where.verification, where.at),
        "unread": unread_inside(where.verification),
        "ways": ways_for(where.verification, where.centre),
        "phone": phone_of(DoorKey.PUBLIC_LINE),
        "is_desk_there": is_desk_there(where.verification),
        "meeting_pk": meeting_pk,
        "problem": problem,
        "at": where.at,
    }
    return page(request, "closed_rooms/home.html", where, status, **context)


@login_not_required
@require_POST
@inside
def come(request: HttpRequest, where: Inside, pk: UUID) -> HttpResponse:
    """Sign up for a meeting, or off again."""
    found = queries.meeting_inside(where.entry, pk)
    if found is None:
        raise Http404
    by, at = where.actor, where.at
    if request.POST.get("doe") == "af":
        meetings.sign_off(found, where.verification, by=by, at=at)
        return redirect("closed_rooms:home", where.centre.slug)
    form = ComeForm(request.POST)
    problem = _("Vul in met hoeveel mensen u komt.")
    if form.is_valid():
        try:
            meetings.sign_up(found, where.verification, form.cleaned_data["number"], by=by, at=at)
            return redirect("closed_rooms:home", where.centre.slug)
        except ValidationError as error:
            problem = error.messages[0]
    return _home(request, where, 422, pk, problem)


@login_not_required
@require_safe
@inside
def paper(request: HttpRequest, where: Inside, pk: UUID) -> HttpResponse:
    """One paper, marked with the reference of who fetched it, under a name that says nothing."""
    found = queries.paper_inside(where.verification, pk, where.at)
    content = queries.bytes_of(found) if found else None
    if found is None or content is None:
        raise Http404
    words = f"{where.verification.registration.reference} · {local(where.at):%d-%m-%Y %H:%M}"
    answer = HttpResponse(watermark.marked(found.form, content, words), content_type=TYPES[found.form])
    answer["Content-Disposition"] = f'attachment; filename="stuk.{found.form}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def is_draft(request: HttpRequest) -> bool:
    """Whether what was typed only has to be kept."""
    return bool(request.headers.get("HX-Request")) or "concept" in request.POST


def letter_form(request: HttpRequest, where: Verification, writer: Inside) -> LetterForm:
    """The form with the draft in it."""
    key, text = draft_of(where, writer.actor) or (uuid4(), "")
    kind = LetterDraftForm if is_draft(request) else LetterForm
    return kind(posted(request), initial={"key": key, "text": text})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@inside
def letters(request: HttpRequest, where: Inside) -> HttpResponse:
    """My messages with the desk, and a new one."""
    verification, by, at = where.verification, where.actor, where.at
    form = letter_form(request, verification, where)
    if request.method == "POST" and form.is_valid():
        told = (verification, form.cleaned_data["text"], form.cleaned_data["key"])
        try:
            if is_draft(request):
                kept = writing.save_draft(*told, by=by, at=at)
                return render(request, "closed_rooms/_saved.html", {"at": at, "is_kept": bool(kept)})
            writing.send_letter(*told, by=by, at=at)
            return redirect(request.path)
        except ValidationError as error:
            form.add_error("text", error.messages[0])
    if form.errors and request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    shown = letters_of(verification, by, at)
    if request.method == "GET":
        writing.mark_read(verification, by=by, at=at)
    context = {
        "form": form,
        "letters": shown,
        "is_in_danger": any(each.is_mine and tells_of_danger(each.text) for each in shown[-3:]),
        "lifelines": lifelines(at),
        "days": limit("answer_working_days"),
        "is_desk_there": is_desk_there(verification),
        "phone": phone_of(DoorKey.PUBLIC_LINE),
    }
    return page(request, "closed_rooms/letters.html", where, 422 if form.errors else 200, **context)


@login_not_required
@require_POST
@inside
def take_back(request: HttpRequest, where: Inside, pk: UUID) -> HttpResponse:
    """Take my message back."""
    found = letter_of(where.verification, pk)
    if found is None or found.written_by != where.actor.id:
        raise Http404
    writing.take_back(found, by=where.actor, at=where.at)
    return redirect("closed_rooms:letters", where.centre.slug)
