"""What pydantic found wrong in the shape of a protocol, said in Dutch."""

from typing import Any

from django.utils.translation import gettext as _


def in_dutch(error: dict[str, Any]) -> str:
    """The message of one error of pydantic, for somebody who never heard of types."""
    kind, context = error["type"], error.get("ctx", {})
    place = next((part for part in reversed(error["loc"]) if isinstance(part, str)), "")
    if kind == "missing":
        return _("Dit veld ontbreekt.")
    if kind == "extra_forbidden":
        return _("Dit veld bestaat niet.")
    if kind == "literal_error":
        return _("Kies een van: %s.") % str(context["expected"]).replace(" or ", ", ")
    if kind == "string_pattern_mismatch":
        return _hint(place)
    if kind in ("too_short", "string_too_short"):
        return _("Dit mag niet leeg zijn.")
    if kind == "string_too_long":
        return _("Deze tekst is te lang: hoogstens %s tekens.") % int(context["max_length"])
    if kind in ("greater_than_equal", "less_than_equal"):
        return _outside(context)
    return _wrong_type(kind)


def _hint(place: str) -> str:
    """How a field is written whose text has a fixed form."""
    if place in ("offset", "also", "every", "until", "not_before"):
        return _("Schrijf een termijn als PT1H30M (uren), P3D (dagen), P5W (weken), P2M of P1Y.")
    return {
        "window": _("Schrijf de tijden als 08:00-21:00."),
        "start": _("Kies trigger, commission, decision, told, standing of step: met een stap (step:EXP-02)."),
        "id": _("Schrijf een stap als EXP-01: drie hoofdletters en twee cijfers."),
        "code": _("Schrijf de code van een protocol als P-EXP, die van een antwoord in kleine letters."),
        "topic": _("Schrijf de soort gebeurtenis als EVT-13."),
    }.get(place, _("Schrijf dit in kleine letters, cijfers en lage streepjes."))


def _outside(context: dict[str, Any]) -> str:
    if "ge" in context:
        return _("Dit getal is te laag: minstens %s.") % int(context["ge"])
    return _("Dit getal is te hoog: hoogstens %s.") % int(context["le"])


def _wrong_type(kind: str) -> str:
    said = {
        "string": _("Dit moet een tekst zijn."),
        "int": _("Dit moet een heel getal zijn."),
        "bool": _("Dit moet true of false zijn."),
        "date": _("Dit moet een dag zijn, zoals 2026-11-29."),
        "time": _("Dit moet een tijd zijn, zoals 09:00:00."),
        "tuple": _("Dit moet een lijst zijn."),
        "model": _("Dit moet een tabel met velden zijn."),
    }
    return said.get(kind.split("_")[0], _("Deze waarde past hier niet."))
