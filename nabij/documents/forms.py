"""A file with its title, and why a document goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.documents.content import kinds, limits
from nabij.kit.offering import offer

TOO_LARGE = _("Dit bestand is te groot. Kies een kleiner bestand.")
LONGEST = 120


class SendForm(forms.Form):
    """What the person sends in."""

    title = forms.CharField(label=_("Wat is het?"), max_length=LONGEST)
    file = forms.FileField(
        label=_("Bestand"),
        error_messages={
            "required": _("Kies een bestand."),
            "empty": _("Dit bestand is leeg. Kies een ander bestand."),
        },
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp,.pdf"}),
    )

    def __init__(self, *given: Any, is_too_large: bool = False, **named: Any) -> None:
        super().__init__(*given, **named)
        told = {"megabytes": limits().largest_file // 1_000_000}
        self.fields["file"].help_text = (
            _("Een foto (JPEG, PNG of WebP) of een PDF, tot %(megabytes)s MB.") % told
        )
        if is_too_large:
            self.fields["file"].error_messages["required"] = str(TOO_LARGE)

    def content(self) -> bytes:
        """The bytes, at most one more than is taken."""
        return bytes(self.cleaned_data["file"].read(limits().largest_file + 1))


class AddForm(SendForm):
    """What a helper adds."""

    kind = forms.ChoiceField(label=_("Soort"))
    is_shown = forms.BooleanField(label=_("De persoon mag dit zien in de eigen omgeving"), required=False)
    field_order = ("title", "kind", "file", "is_shown")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        offer(self, kind=kinds())


class RemoveForm(forms.Form):
    """Why a document goes."""

    reason = forms.CharField(
        label=_("Waarom verwijdert u dit?"),
        help_text=_("Wat erin staat, verdwijnt voorgoed."),
        max_length=500,
    )
