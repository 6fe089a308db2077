"""What the council says, and what editors answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.councils.content import number
from nabij.councils.models import ALLOWED, CommentState, CouncilComment
from nabij.incidents.fields import PlainText
from nabij.kit.offering import offer


class CommentForm(forms.Form):
    """One comment on one text."""

    body = PlainText(
        label=_("Wat vindt u van deze tekst?"), most=number("most_characters"),
        widget=forms.Textarea(attrs={"rows": 5}), help_text=_("Schrijf geen namen van mensen."),
    )  # fmt: skip


class SettleForm(forms.Form):
    """What becomes of a comment: answered in words, or taken up in the text."""

    state = forms.ChoiceField(label=_("Wat doet u ermee?"), widget=forms.RadioSelect)
    answer = PlainText(
        label=_("Antwoord aan de raad"), most=number("most_characters"), required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def __init__(self, *args: Any, comment: CouncilComment, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, state=[each for each in CommentState.choices if each[0] in ALLOWED[comment.state]])
        if comment.state != CommentState.OPEN:
            del self.fields["answer"]

    def clean(self) -> dict[str, Any]:
        """An answer says something."""
        clean = super().clean() or {}
        if clean.get("state") == CommentState.ANSWERED and not clean.get("answer"):
            self.add_error("answer", _("Schrijf een antwoord."))
        return clean
