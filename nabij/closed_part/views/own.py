"""At the door: how it stands for me, a code, the rules, and leaving."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.acting.visit import in_own_language, present
from nabij.audit.actor import Actor, ActorKind
from nabij.closed_part.actions import codes as entry_codes
from nabij.closed_part.actions import entering
from nabij.closed_part.content import rules as rules_to_read
from nabij.closed_part.content import rules_version
from nabij.closed_part.entrance import address
from nabij.closed_part.forms import CodeForm
from nabij.closed_part.queries.entry import Standing, standing_of
from nabij.closed_part.views.entering import Inside, inside, page, visitor_inside
from nabij.contact.doors import DoorKey, phone_of
from nabij.incidents.views.finding import posted
from nabij.kit import clock
from nabij.people.visit import renew


def _standing(request: HttpRequest) -> tuple[Actor, Standing] | None:
    """How it stands for the person who is in; None for nobody, for who acts for another, and elsewhere."""
    actor = present(request)
    if actor is None or actor.kind != ActorKind.HELPED_PERSON:
        return None
    found = standing_of(actor, clock.now())
    return (actor, found) if found else None


def _about(found: tuple[Actor, Standing] | None) -> dict[str, object]:
    """How it stands, and where the first page is for who is in."""
    standing = found[1] if found else None
    first = address(standing.centre.slug) if standing and standing.is_in else ""
    return {"standing": standing, "first": first}


@login_not_required
@never_cache
@require_safe
def own_panel(request: HttpRequest) -> HttpResponse:
    """Panel of one's own pages: the way in, or how it stands."""
    found = _standing(request)
    return render(request, "closed_part/_own.html", _about(found))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """How it stands for me, and the place to type a code."""
    found = _standing(request)
    if found is None:
        raise Http404
    actor, standing = found
    with in_own_language(request):
        form = CodeForm(posted(request), asks_age=standing.asks_age)
        if request.method == "POST" and standing.wants and form.is_valid() and _opens(form, actor, standing):
            return renew(redirect("closed_part:mine"), request)
        context = _about(found) | {"form": form, "phone": phone_of(DoorKey.PUBLIC_LINE)}
        status = 422 if form.errors else 200
        return renew(render(request, "closed_part/mine.html", context, status=status), request)


def _opens(form: CodeForm, actor: Actor, standing: Standing) -> bool:
    """Whether the code was right; otherwise the form says what to do."""
    told = form.cleaned_data
    try:
        used = entry_codes.use_code(
            standing.registration, told["code"], age_class=told.get("age_class", ""), by=actor,
            at=clock.now(),
        )  # fmt: skip
    except ValidationError as error:
        form.add_error(None, error)
        return False
    if used is None:
        form.add_error("code", _("Deze code klopt niet. Kijk nog eens, of bel ons."))
    return used is not None


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules, before anything else."""
    where = visitor_inside(request, slug)
    with in_own_language(request):
        problem = ""
        if request.method == "POST":
            try:
                version = request.POST.get("versie", "")
                entering.accept_rules(where.verification, version, by=where.actor, at=where.at)
                return renew(redirect(address(slug)), request)
            except ValidationError as error:
                problem = error.messages[0]
        context = {
            "rules": rules_to_read(), "version": rules_version(), "problem": problem,
            "has_accepted": where.entry.has_accepted,
        }  # fmt: skip
        return renew(
            page(request, "closed_part/rules.html", where, 422 if problem else 200, **context), request
        )


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@inside
def leave(request: HttpRequest, where: Inside) -> HttpResponse:
    """Leave, after reading what that means."""
    if request.method == "POST":
        entering.leave(where.verification, by=where.actor, at=where.at)
        return redirect("closed_part:mine")
    return page(request, "closed_part/leave.html", where)


@login_not_required
@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Ask for entry again after leaving."""
    found = _standing(request)
    if found is None or found[1].verification is None:
        raise Http404
    entering.ask_again(found[1].verification, by=found[0], at=clock.now())
    return redirect("closed_part:mine")
