"""For whom work for many is, and what must be done."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from nabij.advice.names import may_name_somebody
from nabij.bulk import content
from nabij.desk.content import kinds
from nabij.kit.notation import dutch_number
from nabij.kit.offering import offer
from nabij.people import content as registration
from nabij.people.models import Receiver

ASSIGN, LETTER = "assign", "letter"
TOLD = ("what", "when", "where", "text", "english", "owner")
SEEN = ("has_looked", "is_sure")
_ROWS = {"rows": 6, "dir": "auto"}


class BulkForm(forms.Form):
    """For whom, and what: a message with its values, a letter, or a colleague who gets their needs."""

    what = forms.ChoiceField(
        label=_("Wat wilt u doen?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat u wilt doen.")},
    )
    when = forms.CharField(label=_("Wanneer (bij een uitnodiging)"), required=False)
    where = forms.CharField(label=_("Waar (bij een uitnodiging)"), required=False)
    text = forms.CharField(
        label=_("De brief (bij een eigen brief)"),
        required=False,
        help_text=_(
            "Zonder namen, en zonder wat er is gebeurd: een ander kan meelezen. Hooguit drie korte alinea's."
            " Begroeting en telefoonnummer staan er vanzelf bij."
        ),
        widget=forms.Textarea(_ROWS),
    )
    english = forms.CharField(
        label=_("Dezelfde brief in het Engels"), required=False, widget=forms.Textarea(_ROWS)
    )
    owner = forms.ChoiceField(label=_("Aan wie (bij verdelen)"), required=False)
    need = forms.ChoiceField(label=_("Wie dit nodig heeft"), required=False)
    relation = forms.ChoiceField(label=_("Relatie tot de gebeurtenis"), required=False)
    group = forms.ChoiceField(label=_("Groep van de balie"), required=False)
    receiver = forms.ChoiceField(label=_("Wie toestemming gaf aan"), required=False)
    municipality = forms.ChoiceField(label=_("Woonplaats"), required=False)
    has_no_email = forms.BooleanField(label=_("Alleen wie geen e-mail heeft"), required=False)
    has_looked = forms.BooleanField(
        label=_("Ik heb gekeken: hier staat geen naam."), required=False, widget=forms.HiddenInput
    )
    is_sure = forms.CharField(required=False, widget=forms.HiddenInput)  # how many people one said yes to

    def __init__(
        self,
        *args: Any,
        people: list[tuple[str, str]],
        places: list[tuple[str, str]],
        groups: list[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        everybody = ("", _("Iedereen"))
        offer(
            self,
            what=[
                *content.messages(),
                (LETTER, _("Een brief die u zelf schrijft")),
                (ASSIGN, _("Hulpvragen aan een collega geven")),
            ],
            owner=[("", _("Kies een collega")), *people],
            need=[everybody, *kinds()],
            relation=[everybody, *registration.choices("relation", "nl")],
            group=[everybody, *groups],
            receiver=[everybody, *((code, label) for code, label in Receiver.choices)],
            municipality=[everybody, *places],
        )
        if not groups:
            del self.fields["group"]

    @property
    def what_fields(self) -> list[forms.BoundField]:
        """What must be done, with what that needs."""
        return [self[name] for name in TOLD]

    @property
    def whom_fields(self) -> list[forms.BoundField]:
        """For whom it is."""
        return [self[name] for name in self.fields if name not in TOLD + SEEN]

    @property
    def seen_fields(self) -> list[forms.BoundField]:
        """What one is asked to look at once more, when there is something."""
        return [self[name] for name in SEEN if not self[name].is_hidden]

    def ask_if_sure(self, number: int) -> None:
        """Say how many people this reaches; it begins when one says yes to that very number."""
        words = ngettext("Ja, voor %(number)s mens.", "Ja, voor %(number)s mensen.", number)
        self["is_sure"].label = words % {"number": dutch_number(number)}
        self.fields["is_sure"].widget = forms.CheckboxInput({"value": str(number)}, lambda said: False)
        self.add_error("is_sure", _("Kijk of dit klopt. Een bericht haalt u niet terug."))

    def clean(self) -> dict[str, Any]:
        """What the choice needs must be there; a letter that seems to name somebody is asked about once."""
        told = super().clean() or {}
        what = told.get("what", "")
        named = {ASSIGN: ["owner"], LETTER: ["text"]}
        wanted = named[what] if what in named else content.values_of(what) if what else []
        for name in wanted:
            if not told.get(name):
                self.add_error(name, _("Vul dit in."))
            elif what not in named and len(told[name]) > content.number("most_value"):
                self.add_error(name, _("Dit is te lang. Maak het korter."))
        if what == LETTER:
            self._look_for_names(told)
        return told

    def _look_for_names(self, told: dict[str, Any]) -> None:
        seen = [name for name in ("text", "english") if may_name_somebody(told.get(name, ""))]
        if seen:
            self.fields["has_looked"].widget = forms.CheckboxInput()
        for name in seen if not told.get("has_looked") else []:
            self.add_error(name, _("Staat hier een naam? Haal die weg, of zet onderaan een vinkje."))
