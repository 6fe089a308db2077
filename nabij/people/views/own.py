"""One's own registration: come back with a code, look, change, withdraw."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.audit.actor import ANONYMOUS, Actor
from nabij.kit import clock, panels
from nabij.kit.origin import network_of
from nabij.people import content, queries
from nabij.people.actions.coming_back import TooManyCodes, ask_code, take_code
from nabij.people.actions.own import change_registration, withdraw_registration
from nabij.people.forms import AddressForm, CodeForm, RegistrationForm, told_lines
from nabij.people.models import Receiver, Registration, RegistrationState
from nabij.people.terms import login_texts
from nabij.people.visit import forget, remember, renew, visitor


def _language(request: HttpRequest) -> str:
    return content.known(translation.get_language_from_request(request))


def _page(request: HttpRequest, name: str, language: str, status: int = 200, **page: Any) -> HttpResponse:
    with translation.override(language):
        return render(
            request,
            f"people/{name}.html",
            {"text": login_texts(language), "desk": content.desk(), **page},
            status=status,
        )


def _own(request: HttpRequest) -> tuple[Actor, Registration] | None:
    """Who is in, with their registration; None when nobody is in."""
    actor = visitor(request)
    registration = queries.own_registration(actor.id) if actor and actor.id else None
    return (actor, registration) if actor and registration else None


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_login(request: HttpRequest) -> HttpResponse:
    """Ask for a code; the answer says nothing about whether the address is known."""
    language = _language(request)
    sent = request.POST if request.method == "POST" else None
    form = AddressForm(sent, texts=login_texts(language))
    if request.method != "POST":
        return _page(request, "own_login", language, form=form)
    if not form.is_valid():
        return _page(request, "own_login", language, 422, form=form)
    kind, address = form.cleaned_data["address"]
    try:
        asked = ask_code(
            kind, address, network=network_of(request), language=language, by=ANONYMOUS, at=clock.now()
        )
    except TooManyCodes:
        form.add_error("address", login_texts(language)["too_many"])
        return _page(request, "own_login", language, 429, form=form)
    return redirect("people:own_code", pk=asked.pk)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_code(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Type the code; of several people with one address, the reference says who."""
    language = _language(request)
    text = login_texts(language)
    asks_who = request.method == "POST" and "reference" in request.POST
    asks_key = request.method == "POST" and "key" in request.POST
    sent = request.POST if request.method == "POST" else None
    form = CodeForm(sent, texts=text, asks_who=asks_who, asks_key=asks_key)
    if request.method != "POST":
        return _page(request, "own_code", language, form=form)
    asked = queries.asked_code(pk)
    if not form.is_valid() or asked is None:
        return _wrong(request, form, language)
    said = form.cleaned_data.get("reference", "")
    told = form.cleaned_data
    taken = take_code(asked, told["code"], said, key=told.get("key", ""), by=ANONYMOUS, at=clock.now())
    if taken.person is not None:
        return remember(redirect("people:own"), taken.person.pk)
    if taken.is_ambiguous and not said:
        asking = CodeForm(initial=told, texts=text, asks_who=True, asks_key=asks_key)
        return _page(request, "own_code", language, form=asking)
    if taken.asks_key and not told.get("key"):
        asking = CodeForm(initial=told, texts=text, asks_who=bool(said), asks_key=True)
        return _page(request, "own_code", language, form=asking)
    return _wrong(request, form, language)


def _wrong(request: HttpRequest, form: forms.Form, language: str) -> HttpResponse:
    if "code" not in form.errors:
        form.add_error("code", login_texts(language)["code_wrong"])
    return _page(request, "own_code", language, 422, form=form)


@login_not_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """What I told, who may contact me, and who looked."""
    actor = visitor(request)
    if actor is None or actor.id is None or not queries.is_known(actor.id):
        return redirect("people:own_login")
    asking = cast(Request, request)
    asking.actor, asking.at = actor, clock.now()
    language, registration = _language(request), queries.own_registration(actor.id)
    with translation.override(language):
        page: dict[str, Any] = {"panels": panels.shown("own", request, None)}
    if registration is not None:
        page |= _about(registration, language)
    page |= {"looks": queries.looks_at(actor.id), "is_changed": "veranderd" in request.GET}
    return renew(_page(request, "own", language, **page), request)


def _about(registration: Registration, language: str) -> dict[str, Any]:
    """What stands on the page about a registration."""
    consents = queries.consents_now(registration).items()
    return {
        "registration": registration,
        "lines": _told(registration, language),
        "consents": [(content.consent(receiver, language)[0], each) for receiver, each in consents],
        "is_withdrawn": registration.state == RegistrationState.WITHDRAWN,
    }


def _told(registration: Registration, language: str) -> list[tuple[str, str]]:
    """Question and answer of all that was told, consents left out."""
    answers = queries.own_answers(registration)
    form = RegistrationForm(answers, page_language=language)
    form.is_valid()  # an answer that today's form would refuse is still the person's own
    asked = {content.consent(receiver, language)[0] for receiver in Receiver.values}
    form.cleaned_data = {**answers, **form.cleaned_data}
    return [(question, answer) for question, answer in told_lines(form) if question not in asked]


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_change(request: HttpRequest) -> HttpResponse:
    """Change what I told, and who may contact me."""
    found = _own(request)
    if found is None:
        return redirect("people:own_login")
    actor, registration = found
    if registration.state == RegistrationState.WITHDRAWN:
        return redirect("people:own")
    language = _language(request)
    if request.method != "POST":
        form = RegistrationForm(initial=queries.own_answers(registration), page_language=language)
        return renew(_page(request, "own_change", language, form=form), request)
    form = RegistrationForm(request.POST, page_language=language)
    if not form.is_valid():
        return _page(request, "own_change", language, 422, form=form)
    change_registration(registration, form.answers(), language=language, by=actor, at=clock.now())
    return remember(redirect("/mijn/?veranderd"), registration.person_id)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_withdraw(request: HttpRequest) -> HttpResponse:
    """Withdraw, after saying what that means."""
    found = _own(request)
    if found is None:
        return redirect("people:own_login")
    actor, registration = found
    if registration.state == RegistrationState.WITHDRAWN:
        return redirect("people:own")
    if request.method != "POST":
        return _page(request, "own_withdraw", _language(request))
    withdraw_registration(registration, by=actor, at=clock.now())
    return redirect("people:own")


@login_not_required
@require_POST
def own_logout(request: HttpRequest) -> HttpResponse:
    """End the visit."""
    return forget(redirect("people:own_login"))
