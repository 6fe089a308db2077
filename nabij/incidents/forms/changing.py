"""Changing an incident: facts, GRIP, notes."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from nabij.incidents.facts import FACT_NAMES, Facts, facts_of
from nabij.incidents.fields import PlainText
from nabij.incidents.forms.event import EventForm
from nabij.incidents.models import COUNTS, Incident
from nabij.incidents.refusals import FactsConflict
from nabij.incidents.rules import HIGHEST_GRIP, rules
from nabij.incidents.words import FACTS
from nabij.kit.clock import local

_SEEN = "incidents.seen"


class FactsForm(EventForm):
    """What is known now; carries what stood there when the form was opened, so that nobody undoes another."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, incident: Incident, at: datetime) -> None:
        known = facts_of(incident)
        shown = {name: getattr(known, name) for name in FACTS if name != "municipality_codes"}
        given = {
            **shown,
            "municipalities": list(known.municipality_codes),
            "seen": _carried(known),
            "which_hour": local(known.happened_at).fold,
        }
        super().__init__(data, at=at, initial=given)
        self.known = known
        self.when_empty = known.happened_at
        self.fields["happened_at"].help_text = _("Nederlandse tijd. Leeg betekent: zoals het was.")

    def clean_seen(self) -> Facts:
        """The facts as they were when this form was opened; when that was lost, as they are now."""
        try:
            carried = signing.loads(self.cleaned_data["seen"], salt=_SEEN)
        except signing.BadSignature:
            return self.known
        moment = datetime.fromisoformat(carried.pop("happened_at"))
        codes = tuple(carried.pop("municipality_codes"))
        return Facts(**carried, municipality_codes=codes, happened_at=moment)

    def to_facts(self) -> Facts:
        """The clean facts; only for a valid form. An untouched moment stays as exact as it was."""
        values = self.cleaned_data
        names = ("topic", "district", "place", *COUNTS)
        before: datetime = values["seen"].happened_at
        is_same = values["happened_at"] == before.replace(second=0, microsecond=0)
        return Facts(
            **{name: values[name] for name in names},
            municipality_codes=tuple(sorted(values["municipalities"])),
            happened_at=before if is_same else values["happened_at"],
        )

    def show_conflict(self, conflict: FactsConflict) -> None:
        """Say beside each field what somebody else made of it; saving once more is then done knowingly.

        Fields that this person did not touch take over what stands there now.
        """
        seen, new, current = self.cleaned_data["seen"], self.to_facts(), conflict.current
        typed = cast(QueryDict, self.data).copy()
        typed["seen"] = _carried(current)
        for name in FACT_NAMES:
            if getattr(new, name) == getattr(seen, name):
                _type(typed, name, getattr(current, name))
        self.data = typed
        for name in conflict.fields:
            said = str(_("Iemand anders wijzigde dit net. Bewaar nog eens als uw invoer moet gelden."))
            if name in COUNTS or name in ("district", "place"):
                now = "" if getattr(current, name) is None else getattr(current, name)
                said = (
                    str(_("Iemand anders maakte hier net “%s” van. Bewaar nog eens als uw invoer geldt."))
                    % now
                )
            self.add_error("municipalities" if name == "municipality_codes" else name, said)


def _type(typed: QueryDict, name: str, value: Any) -> None:
    """Put a value in the form as if it was typed."""
    if name == "municipality_codes":
        typed.setlist("municipalities", list(value))
    elif name == "happened_at":
        typed[name] = local(value).strftime("%Y-%m-%dT%H:%M")
        typed["which_hour"] = str(local(value).fold)
    else:
        typed[name] = "" if value is None else str(value)


def _carried(facts: Facts) -> str:
    return signing.dumps({**asdict(facts), "happened_at": facts.happened_at.isoformat()}, salt=_SEEN)


class GripForm(forms.Form):
    """The GRIP level."""

    grip = forms.TypedChoiceField(
        label=_("GRIP-niveau"),
        coerce=int,
        choices=[(level, f"GRIP {level}") for level in range(HIGHEST_GRIP + 1)],
        widget=forms.RadioSelect,
        error_messages={
            "invalid_choice": _("GRIP gaat van 0 tot en met 5."),
            "required": _("Kies een niveau."),
        },
    )


class NoteForm(forms.Form):
    """A line for the timeline."""

    text = PlainText(
        label=_("Notitie"),
        most=rules().remarks_characters,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Schrijf eerst iets op.")},
        help_text=_("Schrijf geen namen van slachtoffers op."),
    )
    is_shared = forms.BooleanField(
        label=_("Ook voor de andere organisaties bij deze gebeurtenis"), required=False
    )
