"""The pages of who walks, as plain forms; scripts only add that it works without a signal."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from nabij.accounts.http import Request
from nabij.doors import actions
from nabij.doors.content import consent_version, number_of
from nabij.doors.forms import WishForm
from nabij.doors.models import VISITED, Outcome, Round
from nabij.doors.phones import in_letters
from nabij.doors.policies import can_choose, can_note
from nabij.doors.queries import doors_to_walk, key_of, own_pair_in, street_of, sums_over
from nabij.doors.views.finding import round_or_404, uuids

TAPS = [(code, words) for code, words in Outcome.choices if code in VISITED and code != Outcome.OPEN]


@never_cache
@require_http_methods(["GET", "POST"])
def walk(request: Request, pk: UUID) -> HttpResponse:
    """The doors of one's pair, one tap each."""
    found = round_or_404(request, pk)
    pair = own_pair_in(found, request.actor)
    if pair is not None and pair.briefed_at is None:
        return redirect("doors:brief", pair.pk)
    if request.method == "POST":
        _note(request, found)
        return redirect("doors:walk", pk)
    if not can_choose(request.actor, found, request.at):
        raise PermissionDenied
    doors, key = doors_to_walk(found, request.actor), key_of(found)
    context = {
        "round": found,
        "doors": [(door, uuid4()) for door in doors],
        "street": street_of(doors),
        "sums": sums_over(doors),
        "taps": TAPS,
        "pair": pair,
        "may_note": can_note(request.actor, found, request.at),
        "form": WishForm(auto_id="wens-%s"),
        "wish_id": uuid4(),
        "key": in_letters(bytes(key.public)) if key else "",
        "consent_version": consent_version(),
        # as text: a number would get the comma of the language, which scripts cannot read
        "made": str(request.at.timestamp()),
        "hours": number_of("phone_hours"),
    }
    return render(request, "doors/walk.html", context)


def _note(request: Request, found: Round) -> None:
    """One tap of a phone without scripts."""
    ids = uuids(request.POST.get(name, "") for name in ("melding", "deur"))
    outcome = request.POST.get("uitkomst", "")
    if len(ids) < 2 or outcome not in VISITED:
        return
    previous = next(iter(uuids([request.POST.get("vorige", "")])), None)
    told = actions.Told(ids[0], ids[1], Outcome(outcome), previous, request.at)
    try:
        note = actions.note_door(found, told, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.message)
    else:
        if note.is_disputed:
            messages.warning(request, _("Een andere telefoon zegt iets anders. Kies samen wat klopt."))


@require_POST
def choose(request: Request, pk: UUID) -> HttpResponse:
    """Say which of two phones is right."""
    found = round_or_404(request, pk)
    ids = uuids(request.POST.get(name, "") for name in ("deur", "melding"))
    if len(ids) == 2:
        try:
            actions.choose_note(found, ids[0], ids[1], by=request.actor, at=request.at)
        except ValidationError as error:
            messages.warning(request, error.message)
    return redirect("doors:walk", pk)


@never_cache
@require_http_methods(["GET", "POST"])
def wish(request: Request, pk: UUID) -> HttpResponse:
    """A wish for contact from a phone without scripts: sealed here, before anything is kept."""
    found = round_or_404(request, pk)
    if not can_note(request.actor, found, request.at):
        raise PermissionDenied
    form = WishForm(request.POST or None)
    wish_id = next(iter(uuids([request.POST.get("kaart", "")])), uuid4())
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        card = actions.Wish(
            clean["name"], clean["phone"], clean["time"], clean["language"], consent_version()
        )
        try:
            actions.hand_in_wish_openly(found, wish_id, card, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("De kaart is op slot. Alleen Slachtofferhulp kan hem lezen."))
            return redirect("doors:walk", pk)
    context = {"form": form, "round": found, "wish_id": wish_id}
    return render(request, "doors/wish.html", context, status=422 if form.errors else 200)
