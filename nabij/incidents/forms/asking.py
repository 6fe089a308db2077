"""Asking for help: one short form."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import OrganisationKind
from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.contact.doors import CallerKind
from nabij.incidents.facts import ReportData
from nabij.incidents.fields import PhoneField, PlainText
from nabij.incidents.forms.event import EventForm
from nabij.incidents.models import COUNTS, Incident, Wanted
from nabij.incidents.rules import rules
from nabij.incidents.words import CALLERS, URGENCIES, incident_in_words

NEW = "nieuw"
_CALLER_OF: dict[str, str] = {
    OrganisationKind.MUNICIPALITY: CallerKind.MUNICIPALITY,
    OrganisationKind.POLICE: CallerKind.POLICE,
    OrganisationKind.GHOR: CallerKind.GHOR,
    OrganisationKind.SAFETY_REGION: CallerKind.SAFETY_REGION,
}


class RequestForm(EventForm):
    """Asking for help: also without a login, and for who enters it on behalf of somebody.

    `nearby` are the open incidents to offer: then the asker chooses one of them or a new one.
    """

    urgency = forms.ChoiceField(
        label=_("Hoe snel is hulp nodig?"),
        choices=list(URGENCIES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe snel er hulp nodig is.")},
    )
    wanted = forms.MultipleChoiceField(
        label=_("Wat vraagt u?"),
        choices=Wanted.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies wat u vraagt.")},
    )
    asker = PlainText(
        label=_("Uw naam"),
        most=120,
        error_messages={"required": _("Vul uw naam in, dan weten wij wie wij bellen.")},
    )
    job_title = PlainText(label=_("Functie"), most=120, required=False)
    caller_kind = forms.ChoiceField(
        label=_("Voor welke organisatie?"),
        choices=[("", _("Kies")), *CALLERS.items()],
        error_messages={"required": _("Kies voor welke organisatie u belt.")},
    )
    organisation_name = PlainText(label=_("Naam van de organisatie"), most=120, required=False)
    call_back = PhoneField(
        label=_("Op welk nummer bellen wij terug?"),
        error_messages={"required": _("Vul een telefoonnummer in, dan bellen wij u terug.")},
    )
    safety = PlainText(
        label=_("Is het veilig ter plaatse?"),
        most=500,
        required=False,
        help_text=_("Wat moet een medewerker weten die nu komt?"),
    )
    remarks = PlainText(
        label=_("Wat moeten wij nog weten?"),
        most=rules().remarks_characters,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    control_room_reference = PlainText(label=_("Kenmerk van de meldkamer"), most=40, required=False)
    is_exercise = forms.BooleanField(label=_("Dit is een oefening"), required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, actor: Actor, at: datetime, nearby: Sequence[Incident] = (), **options: Any
    ) -> None:
        given = {"happened_at": at, "asker": actor.name, "form_key": uuid4(), **options.pop("initial", {})}
        super().__init__(data, at=at, initial=given, **options)
        self.actor = actor
        self._offer(nearby)
        may_confirm = actor.may(Permission.CONFIRM_REQUEST)
        if not may_confirm:
            del self.fields["control_room_reference"]
        if actor.kind != ActorKind.MEMBERSHIP:
            del self.fields["is_exercise"]
        elif may_confirm:
            self.initial.setdefault("caller_kind", CallerKind.POLICE)
        elif actor.organisation_kind in _CALLER_OF:
            # Who is logged in has said already which organisation asks.
            del self.fields["caller_kind"], self.fields["organisation_name"]
        codes = actor.municipality_codes
        if codes is not None and len(codes) == 1:
            self.initial.setdefault("municipalities", list(codes))

    def _offer(self, nearby: Sequence[Incident]) -> None:
        if not nearby:
            return
        offered = [(str(each.pk), incident_in_words(each)) for each in nearby]
        self.fields["add_to"] = forms.ChoiceField(
            label=_("Gaat het over een gebeurtenis die wij al kennen?"),
            choices=[*offered, (NEW, _("Nee, dit is een andere gebeurtenis"))],
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Kies of dit een nieuwe gebeurtenis is."),
                "invalid_choice": _("Deze gebeurtenis is er niet meer. Kies opnieuw."),
            },
        )
        self.order_fields(["add_to"])

    def clean_form_key(self) -> UUID:
        """The key of this form; a form without one is new."""
        key: UUID | None = self.cleaned_data["form_key"]
        return key or uuid4()

    def to_report(self, *, door: str = "") -> ReportData:
        """The clean values for `report_incident`; only for a valid form."""
        values = self.cleaned_data
        chosen = values.get("add_to", NEW)
        names = (
            "topic",
            "district",
            "place",
            "happened_at",
            "urgency",
            *COUNTS,
            "safety",
            "remarks",
            "asker",
        )
        return ReportData(
            **{name: values[name] for name in (*names, "job_title", "call_back", "form_key")},
            municipality_codes=tuple(values["municipalities"]),
            wanted=tuple(values["wanted"]),
            caller_kind=values.get("caller_kind") or _CALLER_OF[self.actor.organisation_kind],
            organisation_name=values.get("organisation_name", ""),
            control_room_reference=values.get("control_room_reference", ""),
            is_exercise=values.get("is_exercise", False),
            add_to=None if chosen == NEW else UUID(chosen),
            door=door,
        )
