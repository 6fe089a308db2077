"""What may be written down as proof of a step: checked once, for people and for other apps alike."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from nabij.aftercare.plans import Value
from nabij.protocols.plan import Asked, Step

LONGEST, MOST = 200, 1_000_000


def clean_values(step: Step, given: Mapping[str, Any]) -> dict[str, Value]:
    """The values as they are kept; ValidationError by field for what is missing or of another kind."""
    wrong: dict[str, str] = {}
    clean: dict[str, Value] = {}
    for asked in step.evidence.fields:
        value = given.get(asked.name)
        if value is None or value == "":
            if asked.is_required:
                wrong[asked.name] = _("Vul dit in.")
            continue
        problem = _problem(asked, value)
        if problem:
            wrong[asked.name] = problem
        else:
            clean[asked.name] = value.isoformat() if isinstance(value, date) else value
    if wrong:
        raise ValidationError(wrong)
    return clean


def _problem(asked: Asked, value: Any) -> str:
    """What is wrong with this value; "" when it is of the kind that was asked."""
    checks = {
        "text": (isinstance(value, str) and len(value) <= LONGEST, _("Schrijf het korter.")),
        "number": (
            isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST,
            _("Vul een getal in van 0 of meer."),
        ),
        "moment": (isinstance(value, datetime), _("Vul een datum en een tijd in.")),
        "day": (isinstance(value, date) and not isinstance(value, datetime), _("Vul een datum in.")),
        "yes_no": (isinstance(value, bool), _("Kies ja of nee.")),
        "choice": (value in {each.code for each in asked.choices}, _("Kies een van de antwoorden.")),
    }
    is_good, words = checks[asked.kind]
    return "" if is_good else words
