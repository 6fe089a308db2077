"""Loading the facts about municipalities and safety regions from their content files."""

import csv
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import transaction

from nabij.accounts.models import Municipality, SafetyRegion

DATA = Path(__file__).parent / "data"


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        yield from csv.DictReader(lines, delimiter=";")


def sort_name(name: str) -> str:
    """The name as Dutch readers look for it: without accents, "'s-" and capitals."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return plain.removeprefix("'s-").removeprefix("'t ").strip()


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@transaction.atomic
def load_geography() -> tuple[int, int]:
    """Write all safety regions and municipalities, also those merged since 2019; gives how many of each."""
    regions = [SafetyRegion(code=row["code"], name=row["name"]) for row in _rows("safety_regions.csv")]
    SafetyRegion.objects.bulk_create(
        regions, update_conflicts=True, unique_fields=["code"], update_fields=["name"]
    )
    today = [_municipality(row) for row in _rows("municipalities.csv")]
    facts = ["name", "sort_name", "aliases", "province_code", "safety_region", "starts_on", "ends_on"]
    Municipality.objects.bulk_create(
        today, update_conflicts=True, unique_fields=["code"], update_fields=facts
    )
    successors = {each.code: each for each in today}
    merged = [_merged(row, successors[row["successor_code"]]) for row in _rows("merged_municipalities.csv")]
    Municipality.objects.bulk_create(merged, ignore_conflicts=True)
    return SafetyRegion.objects.count(), Municipality.objects.count()


def _municipality(row: dict[str, str]) -> Municipality:
    return Municipality(
        code=row["code"],
        name=row["name"],
        sort_name=sort_name(row["name"]),
        aliases=row["aliases"].replace("|", ", "),
        province_code=row["province_code"],
        safety_region_id=row["safety_region_code"],
        starts_on=_day(row["valid_from"]),
        ends_on=_day(row["valid_until"]),
    )


def _merged(row: dict[str, str], successor: Municipality) -> Municipality:
    """A code of the past; of a municipality that was divided only the first successor is kept."""
    return Municipality(
        code=row["code"],
        name=row["name"],
        sort_name=sort_name(row["name"]),
        province_code=successor.province_code,
        safety_region_id=successor.safety_region_id,
        ends_on=_day(row["merged_on"]),
        merged_into=successor,
    )
