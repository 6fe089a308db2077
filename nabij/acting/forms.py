"""Inviting somebody to act, taking the invitation, and the leader's reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.acting.models import MandateKind

LONGEST_REASON = 2000


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class InviteForm(forms.Form):
    """Whom, and until when."""

    address = forms.CharField(
        label=_("E-mailadres of telefoonnummer"),
        max_length=254,
        widget=forms.TextInput({"autocomplete": "off", "dir": "ltr"}),
    )
    until = forms.DateField(label=_("Tot en met"), widget=_day())


class GiveForm(InviteForm):
    """The same, written down by who helps; a guardian with the child's day of birth, which is not kept."""

    kind = forms.ChoiceField(
        label=_("Als"),
        help_text=_(
            "De ouder of voogd van een jong kind beslist ook over delen en kan de gegevens meenemen."
        ),
        choices=MandateKind.choices,
        widget=forms.RadioSelect,
    )
    born_on = forms.DateField(
        label=_("Geboortedag van het kind"),
        help_text=_("Alleen bij een ouder of voogd. Wij bewaren deze dag niet."),
        required=False,
        widget=_day(),
    )
    has_agreed = forms.BooleanField(
        label=_("De persoon zegt zelf ja"),
        help_text=_("Bij een jong kind hoeft dit niet."),
        required=False,
    )

    def clean(self) -> dict[str, object]:
        """A guardian needs a day of birth, a helping hand a yes."""
        clean = dict(super().clean() or {})
        is_guardian = clean.get("kind") == MandateKind.GUARDIAN
        if is_guardian and not clean.get("born_on") and "born_on" not in self.errors:
            self.add_error("born_on", _("Vul de geboortedag in."))
        if clean.get("kind") == MandateKind.HELPING_HAND and not clean.get("has_agreed"):
            self.add_error("has_agreed", _("Zonder ja van de persoon kijkt niemand mee."))
        return clean


class AcceptForm(forms.Form):
    """The code that the person passed on, and a name for who is new."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("Die krijgt u van wie u vraagt."),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    name = forms.CharField(
        label=_("Uw naam"),
        help_text=_("Alleen als u hier nog geen eigen bladzijden hebt."),
        max_length=80,
        required=False,
    )


class LetInForm(forms.Form):
    """Why it is safe."""

    reason = forms.CharField(
        label=_("Waarom is dit veilig?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
