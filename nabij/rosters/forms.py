"""Input for duties, demand, days and hand-over notes."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership, Municipality
from nabij.audit.actor import Actor
from nabij.kit.clock import AMSTERDAM, local
from nabij.kit.notation import amsterdam_moment
from nabij.kit.offering import offer
from nabij.rosters.languages import language_choices
from nabij.rosters.models import WEEKDAYS, Duty, Seat, Wish
from nabij.working_time.law import exception_choices


class LocalMoment(forms.DateTimeField):
    """A moment on the clock in Amsterdam; the hour that does not exist in March is refused in words."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "error_messages", {"invalid": "Vul een datum en een tijd in, bijvoorbeeld 10-01-2027 19:00."}
        )
        super().__init__(**options)


class DutyForm(forms.Form):
    """Who, on which chair, from when till when."""

    membership = forms.ModelChoiceField(Membership.objects.none(), label="Wie")
    seat = forms.ChoiceField(choices=Seat.choices, label="Rol")
    starts_at = LocalMoment(label="Van")
    ends_at = LocalMoment(label="Tot")
    exception = forms.ChoiceField(
        label=_("Uitzondering op de regels voor diensttijden"),
        help_text=_(
            "Alleen bij een ramp of plotseling gevaar. De regels over certificaten en rust blijven gelden."
        ),
        required=False,
    )

    def __init__(self, *args: Any, actor: Actor, at: datetime, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, membership=people, exception=[("", _("Geen uitzondering")), *exception_choices()])

    def clean(self) -> dict[str, Any]:
        """The end lies after the beginning, and a duty is at most two weeks long."""
        clean = super().clean() or {}
        start, end = clean.get("starts_at"), clean.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", "Het einde ligt voor het begin. Kies een later moment.")
        elif start and end and (end - start).days > 14:
            self.add_error("ends_at", "Een dienst duurt hooguit twee weken. Kijk of de datum klopt.")
        return clean


class ShiftForm(forms.Form):
    """A shift in the address of a page: which chair, from when till when."""

    seat = forms.ChoiceField(choices=Seat.choices)
    starts_at = LocalMoment()
    ends_at = LocalMoment()

    def clean(self) -> dict[str, Any]:
        """A shift ends after it begins."""
        clean = super().clean() or {}
        start, end = clean.get("starts_at"), clean.get("ends_at")
        if start and end and end <= start:
            raise forms.ValidationError(_("Het einde ligt voor het begin. Kies een later moment."))
        return clean


class DemandForm(forms.Form):
    """How many people on a chair, on which days, in which part of the day."""

    seat = forms.ChoiceField(label=_("Rol"))
    weekdays = forms.MultipleChoiceField(
        label=_("Op welke dagen?"), widget=forms.CheckboxSelectMultiple,
        choices=[(str(number), name) for number, name in enumerate(WEEKDAYS, start=1)],
    )  # fmt: skip
    starts = forms.TimeField(label=_("Van"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(
        label=_("Tot"), widget=forms.TimeInput(attrs={"type": "time"}),
        help_text=_("Is dit vroeger dan het begin? Dan loopt de dienst door tot de volgende dag."),
    )  # fmt: skip
    needed = forms.IntegerField(label=_("Hoeveel mensen zijn nodig?"), min_value=1, max_value=50)
    wished = forms.IntegerField(
        label=_("Hoeveel mensen wilt u het liefst?"), min_value=1, max_value=50,
        help_text=_("Wie er meer is dan nodig, is reserve."),
    )  # fmt: skip
    first_day = forms.DateField(
        label=_("Vanaf"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=_("Tot en met"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leeg is voor altijd. Vul een dag in voor een tijdelijk rooster, zoals na een ramp."),
    )  # fmt: skip

    def __init__(self, *args: Any, is_national: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, seat=[(v, name) for v, name in Seat.choices if (v == Seat.NATIONAL) is is_national])

    def clean(self) -> dict[str, Any]:
        """Wished is at least needed, and the last day is not before the first."""
        clean = super().clean() or {}
        needed, wished = clean.get("needed"), clean.get("wished")
        if needed and wished and wished < needed:
            self.add_error("wished", _("Dit is minder dan nodig. Vul hetzelfde of meer in."))
        first, last = clean.get("first_day"), clean.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("De laatste dag ligt voor de eerste. Kies een latere dag."))
        return clean


class DaysForm(forms.Form):
    """Whole days on which somebody cannot, would rather not, or would like to have a duty."""

    wish = forms.ChoiceField(
        label=_("Wat wilt u doorgeven?"), choices=Wish.choices, widget=forms.RadioSelect,
        help_text=_("Waarom hoeft u niet te zeggen."),
    )  # fmt: skip
    first_day = forms.DateField(
        label=_("Eerste dag"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=_("Laatste dag"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Hetzelfde als de eerste dag als het om een dag gaat."),
    )  # fmt: skip

    def __init__(self, *args: Any, at: datetime, people: list[Membership], **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at
        if len(people) > 1:
            choices = [(str(each.pk), each.user.name) for each in people]
            self.fields["membership"] = forms.ChoiceField(label=_("Voor wie?"), choices=choices)
            self.order_fields(["membership"])

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, not over already, and within a year."""
        clean = super().clean() or {}
        first, last = clean.get("first_day"), clean.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("De laatste dag ligt voor de eerste. Kies een latere dag."))
        elif last and last < local(self.at).date():
            self.add_error("last_day", _("Deze dagen zijn voorbij. Kies een latere dag."))
        elif first and last and (last - first).days > 366:
            self.add_error("last_day", _("Dit is langer dan een jaar. Kijk of de datum klopt."))
        return clean

    def stretch(self) -> tuple[datetime, datetime]:
        """From the beginning of the first day to the end of the last one, here."""
        first, last = self.cleaned_data["first_day"], self.cleaned_data["last_day"] + timedelta(days=1)
        return datetime.combine(first, time(0), AMSTERDAM), datetime.combine(last, time(0), AMSTERDAM)


class TakeForm(forms.Form):
    """Taking a colleague's duty, perhaps for one of one's own."""

    in_return = forms.ChoiceField(
        label=_("Ruilt u met een eigen dienst?"),
        help_text=_("Uw collega krijgt dan die dienst van u."),
        required=False,
    )

    def __init__(self, *args: Any, duties: list[Duty], **options: Any) -> None:
        super().__init__(*args, **options)
        own = [
            (str(duty.pk), f"{duty.get_seat_display()}, {amsterdam_moment(duty.starts_at)}")
            for duty in duties
        ]
        offer(self, in_return=[("", _("Nee, ik neem de dienst zo over")), *own])


class TakeOverForm(forms.Form):
    """Who takes the rest of a duty now."""

    taker = forms.ChoiceField(label=_("Wie neemt het nu over?"))

    def __init__(self, *args: Any, people: list[Membership], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, taker=[(str(each.pk), each.user.name) for each in people])


class ProfileForm(forms.Form):
    """The languages in which somebody can support people, and the town from where they come."""

    languages = forms.MultipleChoiceField(
        label="In welke talen kunt u mensen helpen?",
        help_text="Nederlands hoeft u niet te kiezen. Kies alleen een taal waarin u een gesprek kunt voeren.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    home = forms.ModelChoiceField(
        Municipality.objects.order_by("sort_name"), label=_("In welke gemeente woont u?"), required=False,
        help_text=_("Wie dichtbij woont, vragen wij eerst. Uw adres bewaren wij niet."),
        empty_label=_("Dat zeg ik liever niet"),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, languages=language_choices())


class HandOverForm(forms.Form):
    """What the next one must know."""

    note = forms.CharField(
        label="Wat moet de volgende weten?",
        help_text="Schrijf geen namen van slachtoffers en geen medische gegevens.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
    )
