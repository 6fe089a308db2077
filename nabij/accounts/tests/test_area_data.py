"""The facts about municipalities, safety regions and provinces hang together."""

import csv
from datetime import date
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter=";"))


def test_every_file_says_when_it_was_checked_and_where_it_comes_from() -> None:
    for path in DATA.glob("*.csv"):
        first, second, *_ = path.read_text(encoding="utf-8").splitlines()
        date.fromisoformat(first.removeprefix("# checked_on: "))
        assert second.startswith("# source: ")


def test_there_are_342_municipalities_in_25_regions_and_12_provinces() -> None:
    municipalities, regions, provinces = (
        rows("municipalities.csv"),
        rows("safety_regions.csv"),
        rows("provinces.csv"),
    )
    assert (len(municipalities), len(regions), len(provinces)) == (342, 25, 12)
    assert {row["safety_region_code"] for row in municipalities} == {row["code"] for row in regions}
    assert {row["province_code"] for row in municipalities} == {row["code"] for row in provinces}
    assert {row["province_code"] for row in regions} <= {row["code"] for row in provinces}


def test_codes_and_names_are_unique() -> None:
    municipalities = rows("municipalities.csv")
    for column in ("code", "name"):
        assert len({row[column] for row in municipalities}) == 342


def test_a_municipality_lies_in_the_province_of_its_safety_region() -> None:
    province = {row["code"]: row["province_code"] for row in rows("safety_regions.csv")}
    for row in rows("municipalities.csv"):
        assert row["province_code"] == province[row["safety_region_code"]], row["name"]


def test_the_hague_is_found_by_the_name_people_use() -> None:
    aliases = {row["name"]: row["aliases"].split("|") for row in rows("municipalities.csv")}
    assert "Den Haag" in aliases["'s-Gravenhage"]
    assert "Den Bosch" in aliases["'s-Hertogenbosch"]


def test_a_merged_municipality_leads_to_one_that_exists_and_is_marked_to_be_verified() -> None:
    today = {row["code"] for row in rows("municipalities.csv")}
    for row in rows("merged_municipalities.csv"):
        assert row["code"] not in today
        assert row["successor_code"] in today
        assert row["mark"] == "verify"
        date.fromisoformat(row["merged_on"])
