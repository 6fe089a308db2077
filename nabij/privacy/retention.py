"""Retention terms as content: how long each kind of data is kept, counted from which moment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from nabij.kit import clock
from nabij.kit.content import ContentError, load_toml

FILE = Path(__file__).parent / "data" / "retention.toml"
LENGTHS: dict[str, Callable[[int], str]] = {
    "days": lambda number: ngettext("%(number)s dag", "%(number)s dagen", number) % {"number": number},
    "weeks": lambda number: ngettext("%(number)s week", "%(number)s weken", number) % {"number": number},
    "months": lambda number: ngettext("%(number)s maand", "%(number)s maanden", number) % {"number": number},
    "years": lambda number: ngettext("%(number)s jaar", "%(number)s jaar", number) % {"number": number},
}
UNITS = tuple(LENGTHS)
THEN = {
    "erase": _("dan weg"),
    "anonymise": _("dan onleesbaar; aantallen blijven"),
    "hide": _("dan verborgen"),
}
STARTS = {
    "centre_closed": _("na het sluiten van het IAC"),
    "consent_ended": _("na het einde van de toestemming"),
    "created": _("na het maken"),
    "round_ended": _("na het sluiten van de opvang"),
    "asked": _("na de vraag"),
    "service_ended": _("na het einde van de hulp"),
    "duty_ended": _("na de dienst"),
    "days_ended": _("na die dagen"),
    "contact_done": _("na het contact"),
    "event": _("na de gebeurtenis"),
    "made": _("na het maken van de back-up"),
    "share_ended": _("na het einde van het delen"),
    "access_ended": _("na het einde van de toegang"),
    "incident_closed": _("na het afsluiten van de gebeurtenis"),
    "sent": _("na het versturen"),
    "left": _("na het afzeggen"),
    "rest_ended": _("na de rust"),
    "work_ended": _("na het werk"),
    "answered": _("na het antwoord"),
    "deployment_ended": _("na de inzet"),
    "called": _("na de oproep"),
    "hold_ended": _("na het einde van de wisstop"),
    "last_seen": _("na het laatste bezoek"),
}


@dataclass(frozen=True)
class Term:
    """How long one kind of data is kept (bewaartermijn), and what still has to be decided about it."""

    kind: str
    label: str
    purpose: str
    amount: int
    unit: str
    starts: str
    then: str
    source: str
    needs_decision: bool
    removed_by: str = "nabij"
    also: Sequence[str] = ()

    def before(self, at: datetime) -> datetime:
        """What began before this moment is past its term at `at`, by the calendar of Amsterdam.

        Who began on 29 February has a whole year: until 1 March of a year without that day.
        """
        span = relativedelta(**{self.unit: self.amount})
        began: datetime = clock.local(at) - span
        return began

    @property
    def length(self) -> str:
        """How long, in words."""
        return LENGTHS[self.unit](self.amount)

    @property
    def start_in_words(self) -> str:
        """Counted from what."""
        return str(STARTS[self.starts])

    @property
    def then_in_words(self) -> str:
        """What happens when the term is over."""
        return str(THEN[self.then])


def terms() -> list[Term]:
    """All retention terms; raises ContentError when one has no known unit, start or end."""
    found = [Term(**each) for each in load_toml(FILE)["term"]]
    for term in found:
        if term.unit not in UNITS or term.amount < 1:
            raise ContentError(f"{FILE.name}: term `{term.kind}` needs an amount and a unit of {UNITS}")
        if term.starts not in STARTS or term.then not in THEN:
            raise ContentError(f"{FILE.name}: term `{term.kind}` starts or ends in an unknown way")
    return found


def kept_with_work() -> list[str]:
    """Models about who works here, kept as long as they do."""
    return list(load_toml(FILE)["kept_with_work"]["models"])


def term_for(kind: str) -> Term:
    """The term of this kind of data; raises ContentError for a kind that the content does not know."""
    for term in terms():
        if term.kind == kind:
            return term
    raise ContentError(f"{FILE.name}: no term for `{kind}`")


def batches(term: Term) -> tuple[int, int]:
    """How many rows go in one transaction, and how many transactions this kind gets in one run."""
    content = load_toml(FILE)
    if term.removed_by == "owner":
        content = content["owner"]
    return int(content["batch"]), int(content["most_batches"])


def may_run(term: Term) -> bool:
    """Whether the job may remove: on real data only what the data protection officers agreed to."""
    return not (settings.IS_PRODUCTION and term.needs_decision)
