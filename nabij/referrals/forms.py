"""Input about sharing, referring, transferring and asking for access."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Team
from nabij.cases.forms import LINE, OFF, TEXT, WhoForm
from nabij.consents import content as sharing
from nabij.consents.actions import Answer
from nabij.consents.models import Manner
from nabij.kit.offering import offer
from nabij.referrals.content import outcomes, partners, refusals


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={**OFF, "rows": rows})


def _kinds(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=sharing.kinds, widget=forms.CheckboxSelectMultiple, required=False
    )


class ConsentForm(forms.Form):
    """What the person answered about sharing with one receiver."""

    receiver = forms.ChoiceField(label=_("Delen met"), choices=sharing.receivers)
    kinds = _kinds(_("Wat mogen we delen?"))
    answer = forms.ChoiceField(
        label=_("Antwoord"),
        choices=[("ja", _("ja")), ("nee", _("nee"))],
        widget=forms.RadioSelect,
    )
    manner = forms.ChoiceField(
        label=_("Hoe gevraagd"), choices=[each for each in Manner.choices if each[0] != Manner.OWN_SPACE]
    )
    last_valid_on = forms.DateField(
        label=_("Tot en met"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leeg is een half jaar."),
    )

    def told(self) -> Answer:
        """The answer as it is written down."""
        clean = self.cleaned_data
        return Answer(
            clean["receiver"], tuple(clean["kinds"]), clean["answer"] == "ja", Manner(clean["manner"]),
            last_valid_on=clean["last_valid_on"],
        )  # fmt: skip


class ReferForm(forms.Form):
    """To whom, what goes along, and a few sentences."""

    partner = forms.ChoiceField(label=_("Naar wie"))
    email = forms.EmailField(
        label=_("E-mailadres van deze partner"),
        required=False,
        max_length=254,
        help_text=_("Leeg: het adres uit de lijst van partners van uw team."),
    )
    kinds = _kinds(_("Wat gaat mee?"))
    summary = forms.CharField(
        label=_("Wat moet de partner weten?"),
        help_text=_("Een paar zinnen. Geen naam, die gaat apart mee als dat mag."),
        max_length=TEXT,
        widget=_area(4),
    )
    is_warm = forms.BooleanField(
        label=_("Wij bellen de partner samen met de persoon"), required=False, initial=True
    )
    ground = forms.ChoiceField(label=_("Zonder toestemming, op grond van"), required=False)
    weighing = forms.CharField(
        label=_("Afweging"),
        help_text=_("Alleen zonder toestemming: waarom het moet, en waarom het niet anders kan."),
        max_length=TEXT,
        required=False,
        widget=_area(3),
    )

    def __init__(self, *args: Any, may_weigh: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, partner=[(each.key, each.name) for each in partners().values()])
        if not may_weigh:
            del self.fields["ground"], self.fields["weighing"]
            return
        offer(self, ground=[("", _("met toestemming")), *sharing.grounds()])


class PartnerForm(forms.Form):
    """Where a partner is reached."""

    email = forms.EmailField(label=_("E-mailadres"), max_length=254)
    phone = forms.CharField(label=_("Telefoon"), required=False, max_length=LINE)


class TransferForm(forms.Form):
    """To which team, and why."""

    to_team = forms.ModelChoiceField(Team.objects.none(), label=_("Naar welk team"))
    summary = forms.CharField(
        label=_("Waarom past dit team beter?"), help_text=_("Noem geen naam."), max_length=TEXT,
        widget=_area(3),
    )  # fmt: skip

    def __init__(self, *args: Any, teams: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, to_team=teams)


class AccessForm(WhoForm):
    """Whose case, and why."""

    reason = forms.CharField(label=_("Waarom hebt u dit dossier nodig?"), max_length=TEXT, widget=_area(3))


class CodeForm(forms.Form):
    """The code that was told on the phone."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("U hoort de code van onze medewerker, aan de telefoon."),
        max_length=LINE,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr"}),
    )


class EndForm(forms.Form):
    """How it ended, or why not."""

    outcome = forms.ChoiceField(label=_("Hoe liep het af?"), choices=outcomes)
    refusal = forms.ChoiceField(label=_("Waarom niet?"), choices=refusals)
