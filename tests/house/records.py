"""Records: what every model must say of itself."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import models

from tests.house.tree import ROOT, may_know

GLOSSARY = ROOT / "docs" / "glossary.md"
WALLED = ("people", "vulnerability", "cases", "redress")
MOMENT = re.compile(r"at|\w+_(at|until)")
DAY = re.compile(r"\w+_on")
YES_NO = re.compile(r"(is|has|wants|needs|asks|may|can|was|does)_\w+")


def own_models() -> Iterator[type[models.Model]]:
    """Every model of the house; link tables that Django makes are left out."""
    for model in apps.get_models():
        if model.__module__.startswith("nabij."):
            yield model


def own_fields() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Every field that the house named; what a library's base class brings, it named itself."""
    for model in own_models():
        brought = {
            field.name
            for base in model.__mro__[1:]
            if not base.__module__.startswith("nabij.") and hasattr(base, "_meta")
            for field in base._meta.local_fields
        }
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            if field.name not in brought:
                yield model, field


def without_dutch_name() -> list[str]:
    """Models without a verbose_name of their own."""
    return [model._meta.label for model in own_models() if "verbose_name" not in model._meta.original_attrs]


def _rows() -> dict[str, str]:
    """The glossary: Dutch term → English term, as printed in docs/glossary.md."""
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE)
    return {dutch.strip(): english.strip() for dutch, english in rows}


def outside_glossary() -> list[str]:
    """Models whose Dutch name is not in the glossary with the model's own name as its English term."""
    rows, found = _rows(), []
    for model in own_models():
        dutch = str(model._meta.verbose_name)
        english = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).lower()
        if rows.get(dutch) != english:
            found.append(f"{model._meta.label}: | {dutch} | {english} | is not a row of docs/glossary.md")
    return found


def wrong_field_names() -> list[str]:
    """Moments not ending in `_at` (a lease in `_until`), days not in `_on`, yes/no without `is_`, `has_`…"""
    found = []
    for model, field in own_fields():
        wanted = (
            MOMENT if isinstance(field, models.DateTimeField)
            else DAY if isinstance(field, models.DateField)
            else YES_NO if isinstance(field, models.BooleanField)
            else None
        )  # fmt: skip
        if wanted and not wanted.fullmatch(field.name):
            found.append(f"{model._meta.label}.{field.name} ({type(field).__name__})")
    return found


def upward_relations() -> list[str]:
    """Relations to an app that does not lie below."""
    return [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model, field in own_fields()
        if field.is_relation
        and field.related_model.__module__.startswith("nabij.")
        and not may_know(model._meta.app_label, field.related_model._meta.app_label)
    ]


def doors_in_the_wall() -> list[str]:
    """Relations from elsewhere to records behind the wall that can be walked backwards."""
    return [
        f"{model._meta.label}.{field.name}"
        for model, field in own_fields()
        if field.is_relation
        and field.related_model._meta.app_label in WALLED
        and field.related_model._meta.app_label != model._meta.app_label
        and not field.remote_field.hidden
    ]
