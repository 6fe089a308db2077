"""The registrar's door: who waits, calling back, deciding together, refusing and showing out."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from nabij.accounts.http import Request
from nabij.audit.reading import log_read
from nabij.closed_part.actions import verifying
from nabij.closed_part.content import relation_of
from nabij.closed_part.forms import FoundForm, RefuseForm
from nabij.closed_part.models import Relation, Verification, VerificationState
from nabij.closed_part.policies import (
    age_class_of,
    can_confirm,
    can_expel,
    can_lead,
    can_reconsider,
    can_verify,
    works_at_door,
)
from nabij.closed_part.queries import door as queries
from nabij.closed_part.queries.door import DoorLine, Tab
from nabij.incidents.views.finding import incident_or_404, mark, posted
from nabij.kit import panels
from nabij.people.models import Registration
from nabij.people.policies import can_count
from nabij.privacy.purposes import Purpose

PER_PAGE = 50
TABS = {
    Tab.WAITING: gettext_lazy("Wacht"),
    Tab.HARD: gettext_lazy("Samen beslissen"),
    Tab.IN: gettext_lazy("Binnen"),
    Tab.REFUSED: gettext_lazy("Niet toegelaten"),
    Tab.STOPPED: gettext_lazy("Gestopt"),
}


@never_cache
@require_safe
def panel(request: Request, pk: UUID) -> HttpResponse:
    """Panel of the incident room: counts only."""
    incident = incident_or_404(request, pk)
    if not can_count(request.actor, incident, request.at):
        raise PermissionDenied
    centre = queries.centre_at(incident)
    context = {
        "incident": incident,
        "counts": queries.door_counts(incident.pk) if centre else None,
        "may_verify": works_at_door(request.actor),
        "ways": panels.doors("closed_part", request, incident),
    }
    return render(request, "closed_part/_panel.html", context)


@never_cache
@require_safe
def work(request: Request) -> HttpResponse:
    """Panel of the registrar's desk: per incident how many wait; never a name."""
    if not works_at_door(request.actor):
        raise PermissionDenied
    rows = queries.work_at_doors(request.actor, request.at)
    return render(request, "closed_part/_work.html", {"rows": rows})


@never_cache
@require_safe
def queue(request: Request, pk: UUID) -> HttpResponse:
    """Who asks for entry, as far as it is open to this registrar; each look is written in the read log."""
    incident = incident_or_404(request, pk)
    if not works_at_door(request.actor) or queries.centre_at(incident) is None:
        raise Http404
    tab = queries.tab_of(request.GET.get("wie", ""))
    found = queries.queue_for(request.actor, incident, tab, request.at)
    part = Paginator(found, PER_PAGE).get_page(request.GET.get("blad"))
    lines = queries.door_lines(part.object_list)
    _log([each.line.registration for each in lines], request)
    context = {
        "incident": incident, "lines": lines, "part": part, "tab": tab, "tabs": TABS,
        "counts": queries.door_counts(incident.pk),
        "may_lead": can_lead(request.actor, incident, request.at),
        "ways": panels.doors("closed_part", request, incident),
    }  # fmt: skip
    return render(request, "closed_part/queue.html", context)


def _log(rows: list[Registration], request: Request) -> None:
    people = [each.person_id for each in rows]
    log_read(people, by=request.actor, purpose=Purpose.AFTERCARE, at=request.at)


def _asker(request: Request, pk: UUID) -> Registration:
    found = queries.asker_for(request.actor, pk, request.at)
    if found is None or found.incident is None or not works_at_door(request.actor):
        raise Http404
    mark(request, found.incident)
    return found


def _forms(request: Request, asker: Registration, shown: DoorLine) -> tuple[FoundForm, RefuseForm]:
    """Both forms; only the one that was sent is filled in."""
    sent = request.POST.get("doe", "") if request.method == "POST" else ""
    found = shown.verification
    known = age_class_of(asker.age_group)
    start = (found.relation if found else "") or relation_of(asker.relation)
    return (
        FoundForm(
            posted(request) if sent in ("bel", "samen") else None,
            initial={"relation": start, "age_class": found.age_class if found else ""},
            asks_age=not known, is_young=known in ("child", "youth"),
        ),
        RefuseForm(
            posted(request) if sent in ("weiger", "uit") else None,
            needs_note=found is not None and found.state == VerificationState.VERIFIED,
        ),
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
def asker(request: Request, pk: UUID) -> HttpResponse:
    """One who asks for entry: call back, propose, refuse; or show out who does not belong inside."""
    row = _asker(request, pk)
    [shown] = queries.door_lines([row])
    found_form, refuse_form = _forms(request, row, shown)
    if request.method == "POST":
        done = _decide(request, row, shown.verification, found_form, refuse_form)
        if done is not None:
            messages.success(request, done)
            return redirect("closed_part:queue", row.incident_id)
    else:
        _log([row], request)
    context = _about(request, row, shown) | {"found_form": found_form, "refuse_form": refuse_form}
    has_errors = bool(found_form.errors or refuse_form.errors)
    return render(request, "closed_part/asker.html", context, status=422 if has_errors else 200)


def _about(request: Request, row: Registration, shown: DoorLine) -> dict[str, Any]:
    verification = shown.verification
    actor, at = request.actor, request.at
    is_young = (verification.is_young if verification else False) or age_class_of(row.age_group) in (
        "child",
        "youth",
    )
    return {
        "incident": row.incident,
        "shown": shown,
        "may_verify": can_verify(actor, row, at)
        and (verification is None or verification.state == "pending"),
        "may_take_back": verification is not None
        and verification.is_unfinished
        and can_verify(actor, row, at),
        "may_confirm": verification is not None and can_confirm(actor, verification, at),
        "may_expel": verification is not None and can_expel(actor, verification, at),
        "may_reconsider": verification is not None and can_reconsider(actor, verification, at),
        "guardian": queries.guardian_of(row) if is_young else "",
        "is_young": is_young,
        "ways": panels.doors("closed_part_asker", request, row),
        "apart": Relation.APART,
    }


def _decide(
    request: Request,
    row: Registration,
    verification: Verification | None,
    found_form: FoundForm,
    refuse_form: RefuseForm,
) -> str | None:
    """Do what was pressed; None when the form must say what is wrong."""
    by, at, doing = request.actor, request.at, request.POST.get("doe", "")
    form: forms.Form = refuse_form if doing in ("weiger", "uit") else found_form
    if form.is_bound and not form.is_valid():
        return None
    told = form.cleaned_data if form.is_bound else {}
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "bel": (
            lambda: verifying.verify_by_call(row, verifying.Found(**told), by=by, at=at),
            _("Deze persoon is toegelaten en krijgt bericht."),
        ),
        "samen": (
            lambda: verifying.propose_entry(row, verifying.Found(**told), by=by, at=at),
            _("Uw voorstel staat klaar. Nu beslist een tweede persoon."),
        ),
        "ouder": (
            lambda: verifying.note_guardian(row, by=by, at=at),
            _("Het ja is genoteerd. Deze persoon is toegelaten."),
        ),
        "weiger": (
            lambda: verifying.refuse_entry(row, told["reason"], told["note"], by=by, at=at),
            _("Deze persoon is niet toegelaten en leest wie te bellen."),
        ),
    }
    if verification is not None:
        acts |= {
            "beslis": (
                lambda: verifying.confirm_entry(verification, by=by, at=at),
                _("Deze persoon is toegelaten en krijgt bericht."),
            ),
            "uit": (
                lambda: verifying.expel(verification, told["reason"], told["note"], by=by, at=at),
                _("Deze persoon kan er niet meer in. De leiders krijgen bericht."),
            ),
            "weg": (
                lambda: verifying.take_back(verification, by=by, at=at),
                _("De beoordeling is weg. Deze persoon wacht weer, alsof niemand keek."),
            ),
            "opnieuw": (
                lambda: verifying.reconsider(verification, by=by, at=at),
                _("Deze persoon wacht opnieuw."),
            ),
        }
    if doing not in acts:
        raise Http404
    act, said = acts[doing]
    try:
        act()
    except ValidationError as error:
        _say(request, form, error)
        return None
    return said


def _say(request: Request, form: forms.Form, error: ValidationError) -> None:
    """Beside the field when there is one, otherwise above the page."""
    if form.is_bound and hasattr(error, "error_dict"):
        form.add_error(None, error)
    else:
        messages.warning(request, " ".join(error.messages))
