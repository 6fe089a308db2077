"""What a coordinator writes down for somebody, and the steps by which a team is called."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nabij.paging.ladders import Ladder, own_limits, seat_name


class AnswerForForm(forms.Form):
    """How the coordinator knows that somebody comes."""

    reason = forms.CharField(
        label=_("Hoe weet u dit?"),
        help_text=_("Bijvoorbeeld: gebeld om 03:20."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class LadderForm(forms.Form):
    """Up to five steps: whom to call, and how many minutes after the start."""

    def __init__(self, *args: Any, national: Ladder, now: Ladder, **options: Any) -> None:
        super().__init__(*args, **options)
        self._count = len(national.seats)
        choices = [("", _("— geen stap —")), *((seat, seat_name(seat)) for seat in national.seats)]
        for number in range(self._count):
            step = now.steps[number] if number < len(now.steps) else None
            self.fields[f"seat_{number}"] = forms.ChoiceField(
                label=gettext("Stap %(number)s: wie") % {"number": number + 1},
                choices=choices, required=False, initial=step.seat if step else "",
            )  # fmt: skip
            self.fields[f"minutes_{number}"] = _minutes(
                gettext("Stap %(number)s: na hoeveel minuten") % {"number": number + 1},
                initial=int(step.after.total_seconds() // 60) if step else None,
            )
        limits = own_limits()
        self.fields["repeat_minutes"] = forms.IntegerField(
            label=_("Herhalen om de hoeveel minuten"),
            min_value=limits.least_repeat_minutes, max_value=limits.most_repeat_minutes,
            initial=int(now.repeat.total_seconds() // 60),
        )  # fmt: skip
        self.fields["repeat_until_hours"] = forms.IntegerField(
            label=_("Herhalen tot hoeveel uur na het begin"), min_value=1, max_value=limits.longest_hours,
            initial=max(1, int(now.repeat_until.total_seconds() // 3600)),
        )  # fmt: skip

    @property
    def steps(self) -> list[tuple[str, int]]:
        """The steps that were filled in, in their order."""
        rows = [
            (self.cleaned_data.get(f"seat_{number}"), self.cleaned_data.get(f"minutes_{number}"))
            for number in range(self._count)
        ]
        return [(seat, minutes) for seat, minutes in rows if seat and minutes is not None]

    def clean(self) -> dict[str, Any]:
        """A step has both a chair and minutes, or neither."""
        clean = super().clean() or {}
        for number in range(self._count):
            seat, minutes = f"seat_{number}", f"minutes_{number}"
            if clean.get(seat) and clean.get(minutes) is None and minutes not in self.errors:
                self.add_error(minutes, gettext("Vul in na hoeveel minuten."))
            elif clean.get(minutes) is not None and not clean.get(seat) and seat not in self.errors:
                self.add_error(seat, gettext("Kies wie er wordt opgeroepen, of maak de minuten leeg."))
        return clean


def _minutes(label: str, initial: int | None) -> forms.IntegerField:
    most = own_limits().last_within_minutes
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=False, initial=initial)
