"""Finding the partner that an address names, and one form about it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from nabij.accounts.http import Request
from nabij.partners.models import RegionPartner
from nabij.partners.policies import can_keep
from nabij.partners.queries import partners_for


def partner_or_404(request: Request, pk: UUID) -> RegionPartner:
    """The partner, if it lies in the visitor's area."""
    found: RegionPartner = get_object_or_404(partners_for(request.actor), pk=pk)
    return found


def refuse_readers(request: Request) -> None:
    """PermissionDenied for who only reads partners."""
    if not can_keep(request.actor):
        raise PermissionDenied


def form_page(
    request: Request,
    form: forms.Form,
    act: Callable[[], RegionPartner | None],
    **context: Any,
) -> HttpResponse:
    """One form; what is refused stands beside its field, and what was typed is kept."""
    if request.method == "POST" and form.is_valid():
        try:
            found = act()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("partners:partner", found.pk) if found else redirect("partners:overview")
    return render(
        request, "partners/form.html", {"form": form, **context}, status=422 if form.errors else 200
    )
