"""What the coordinator arranges: shifts, names, contact persons, the end; and who is put out."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.kit import panels
from nabij.moderation import actions
from nabij.moderation.forms import EndForm, GroupForm, NamesForm, ShiftForm, SkipForm
from nabij.moderation.queries import (
    expulsion_for,
    expulsions_of,
    gaps_of,
    groups_in,
    memberships_of_person,
    moderators_of,
    shift_for,
    shifts_of,
    skipped_by,
    spaces_for,
)
from nabij.moderation.views.deciding import mark_space, moderators_only
from nabij.peers import actions as groups
from nabij.peers import content
from nabij.peers.models import Space
from nabij.peers.policies import can_lead


def _space_or_404(request: Request, pk: UUID) -> Space:
    found = get_object_or_404(spaces_for(request.actor, request.at), pk=pk)
    mark_space(request, found)
    return found


def _led_or_404(request: Request, pk: UUID) -> Space:
    space = _space_or_404(request, pk)
    if not can_lead(request.actor, space, request.at):
        raise PermissionDenied
    return space


@never_cache
@require_http_methods(["GET", "POST"])
def shifts(request: Request, pk: UUID) -> HttpResponse:
    """Who watches when, and the hours in which nobody does; the coordinator adds a shift."""
    space = _space_or_404(request, pk)
    may_lead = can_lead(request.actor, space, request.at)
    form = ShiftForm(
        request.POST if request.method == "POST" else None, people=moderators_of(space, request.at)
    )
    if request.method == "POST":
        _led_or_404(request, pk)
        if form.is_valid():
            try:
                actions.enter_shift(space, **form.cleaned_data, by=request.actor, at=request.at)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("De dienst staat erin."))
                return redirect("moderation:shifts", pk)
    context = {
        "space": space, "shifts": shifts_of(space, request.at), "gaps": gaps_of(space, request.at),
        "form": form, "may_lead": may_lead,
    }  # fmt: skip
    return render(request, "moderation/shifts.html", context, status=422 if form.errors else 200)


@require_POST
def drop_shift(request: Request, pk: UUID, shift: UUID) -> HttpResponse:
    """A shift does not go on."""
    found = shift_for(_led_or_404(request, pk), shift)
    if found is None:
        raise Http404
    actions.drop_shift(found, by=request.actor, at=request.at)
    return redirect("moderation:shifts", pk)


@never_cache
@require_http_methods(["GET", "POST"])
def space(request: Request, pk: UUID) -> HttpResponse:
    """The groups with their contact persons, and the names that are not written there."""
    found = _led_or_404(request, pk)
    form = NamesForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _change_names(request, found, form.cleaned_data["names"])
        return redirect("moderation:space", pk)
    people = moderators_of(found, request.at)
    groups = [
        (each, GroupForm(people=people, initial={"contact": each.contact_id})) for each in groups_in(found)
    ]
    context = {
        "space": found, "groups": groups, "form": form, "names": found.names.count(),
        "panels": panels.shown("group_space", request, found),
    }  # fmt: skip
    return render(request, "moderation/space.html", context, status=422 if form.errors else 200)


def _change_names(request: Request, found: Space, names: str) -> None:
    """Put the names on the list, or take them off it."""
    lines = names.splitlines()
    if request.POST.get("wat") == "weg":
        number = sum(groups.drop_name(found, each, by=request.actor, at=request.at) for each in lines)
        said = ngettext(
            "%(number)s naam van de lijst gehaald.", "%(number)s namen van de lijst gehaald.", number
        )
    else:
        number = groups.enter_names(found, lines, by=request.actor, at=request.at)
        said = ngettext("%(number)s naam erbij gezet.", "%(number)s namen erbij gezet.", number)
    messages.success(request, said % {"number": number})


@require_POST
def appoint(request: Request, pk: UUID, group: UUID) -> HttpResponse:
    """Another contact person for a group."""
    found = _led_or_404(request, pk)
    chosen = next((each for each in groups_in(found) if each.pk == group), None)
    form = GroupForm(request.POST, people=moderators_of(found, request.at))
    if chosen is None or not form.is_valid():
        raise Http404
    groups.appoint(chosen, form.cleaned_data["contact"], by=request.actor, at=request.at)
    messages.success(request, _("De naam staat nu in de groep."))
    return redirect("moderation:space", pk)


@never_cache
@require_http_methods(["GET", "POST"])
def end(request: Request, pk: UUID) -> HttpResponse:
    """Announce when the groups end."""
    found = _led_or_404(request, pk)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            groups.announce_end(found, form.cleaned_data["ends_on"], by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Alle leden lezen nu wanneer de groepen stoppen."))
            return redirect("moderation:space", pk)
    context = {
        "space": found, "form": form, "earliest": content.earliest_end(request.at),
        "days": content.number("reading_days"),
    }  # fmt: skip
    return render(request, "moderation/end.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def expulsions(request: Request, pk: UUID) -> HttpResponse:
    """Who is to be put out: a colleague of who asked decides."""
    found = _space_or_404(request, pk)
    mine = memberships_of_person(request.actor)
    rows = [
        (each, content.in_words("expel_reason", each.reason), each.asked_by in mine)
        for each in expulsions_of(found)
    ]
    return render(request, "moderation/expulsions.html", {"space": found, "expulsions": rows})


@require_POST
def decide(request: Request, pk: UUID) -> HttpResponse:
    """Yes or no to putting somebody out."""
    found = expulsion_for(request.actor, pk, request.at)
    if found is None:
        raise Http404
    is_confirmed = request.POST.get("besluit") == "ja"
    try:
        actions.decide_expulsion(found, is_confirmed, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    return redirect("moderation:expulsions", found.member.space_id)


@never_cache
@require_http_methods(["GET", "POST"])
def skip(request: Request) -> HttpResponse:
    """The subjects that I do not read about."""
    moderators_only(request)
    first = spaces_for(request.actor, request.at).first()
    form = SkipForm(
        request.POST if request.method == "POST" else None, initial={"subjects": skipped_by(request.actor)}
    )
    if request.method == "POST" and first is not None and form.is_valid():
        actions.skip_subjects(first, form.cleaned_data["subjects"], by=request.actor, at=request.at)
        messages.success(request, _("Bewaard. Die berichten leest een collega."))
        return redirect("moderation:queue")
    return render(request, "moderation/skip.html", {"form": form, "has_space": first is not None})
