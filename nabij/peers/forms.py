"""Forms of members; what was typed stays when something is wrong."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.kit.offering import offer
from nabij.peers import content

NO_FILES = _("Alleen tekst. Schrijf geen nummer, adres of link op.")


class DoorForm(forms.Form):
    """Coming in: an alias, and yes to the rules."""

    alias = forms.CharField(
        label=_("Onder welke naam schrijft u?"), max_length=60,
        help_text=_("Kies een andere naam dan uw eigen naam. Zo weet niemand wie u bent."),
    )  # fmt: skip
    wants_youth = forms.BooleanField(label=_("Ik wil in de groep voor jongeren"), required=False)
    agrees = forms.BooleanField(
        label=_("Ik houd mij aan de regels"),
        error_messages={"required": _("Kruis aan dat u zich aan de regels houdt.")},
    )
    is_no_press = forms.BooleanField(
        label=_("Ik ben geen journalist en geen onderzoeker"),
        error_messages={"required": _("De groep is niet voor journalisten en onderzoekers.")},
    )

    def __init__(self, *args: Any, may_choose_youth: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not may_choose_youth:
            del self.fields["wants_youth"]


class PostForm(forms.Form):
    """A post in a talk."""

    body = forms.CharField(
        label=_("Uw bericht"), help_text=NO_FILES, widget=forms.Textarea(attrs={"rows": 6})
    )


class TalkForm(PostForm):
    """A talk with its first post."""

    title = forms.CharField(label=_("Waar gaat het over, in een paar woorden?"), max_length=80)
    subject = forms.ChoiceField(label=_("Wat past erbij?"), widget=forms.RadioSelect)
    field_order = ("title", "subject", "body")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, subject=content.choices("subject"))


class ReportForm(forms.Form):
    """What is not right about a post."""

    reason = forms.ChoiceField(label=_("Wat is er niet goed?"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Wilt u er iets bij zeggen?"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, reason=content.choices("report_reason"))


class AliasForm(forms.Form):
    """Another alias."""

    alias = forms.CharField(label=_("Uw nieuwe naam in de groep"), max_length=60)


class MeetForm(forms.Form):
    """About what somebody wants to talk with one other."""

    subjects = forms.MultipleChoiceField(
        label=_("Waarover wilt u praten?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies waarover u wilt praten.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, subjects=content.choices("subject"))
