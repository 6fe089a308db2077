"""What every model declares about its fields in `class Privacy`, checked and listed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.apps import apps
from django.db.models import CASCADE, Model

from nabij.privacy.removal import collections, table_of
from nabij.privacy.retention import kept_with_work, terms

_ANY_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class PersonalField:
    """One field that holds something about a person: a line of the register of processing."""

    app: str
    model: str
    field: str
    label: str
    is_sealed: bool


def _own_models() -> Iterator[type[Model]]:
    """Every model that Nabij itself defines; link tables of plain ids are Django's own."""
    for model in apps.get_models():
        if model.__module__.startswith("nabij.") and not model._meta.proxy:
            yield model


def _declared(model: type[Model]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names that this model's own `class Privacy` calls personal, and those it calls harmless."""
    declaration = vars(model).get("Privacy")
    return tuple(getattr(declaration, "personal", ())), tuple(getattr(declaration, "harmless", ()))


def mistakes_of(model: type[Model]) -> list[str]:
    """Fields of this model that are unmarked or marked twice, and marked names that are no field."""
    personal, harmless = _declared(model)
    marked = [*personal, *harmless]
    fields = [field.name for field in (*model._meta.fields, *model._meta.many_to_many)]
    unmarked = [name for name in fields if name not in marked]
    twice = sorted({name for name in marked if marked.count(name) > 1})
    unknown = [name for name in marked if name not in fields]
    return [
        *(f"{model._meta.label}.{name}: not marked" for name in unmarked),
        *(f"{model._meta.label}.{name}: marked twice" for name in twice),
        *(f"{model._meta.label}.{name}: marked, but no such field" for name in unknown),
    ]


def unmarked_fields() -> list[str]:
    """Every mistake in every `class Privacy` of the house; empty when all is said of all fields."""
    return [mistake for model in _own_models() for mistake in mistakes_of(model)]


def personal_fields() -> list[PersonalField]:
    """The register of personal fields: where something about people stands, and whether it is sealed."""
    return [
        PersonalField(
            model._meta.app_label,
            str(model._meta.verbose_name),
            name,
            str(getattr(model._meta.get_field(name), "verbose_name", name)),
            name.endswith("_sealed"),
        )
        for model in _own_models()
        for name in _declared(model)[0]
    ]


def personal_models_without_term() -> list[str]:
    """Models with something personal whose rows nothing ever removes: kinds of data without a term.

    A model has a term when the job removes its rows, when the content names it, or when its rows hang on rows
    that are erased and go with them.
    """
    ways = {term.kind: term.then for term in terms()}
    tables = {table_of(each, _ANY_MOMENT): ways[each.kind] for each in collections()}
    erased = {model for model, then in tables.items() if then == "erase"} | _named(erased_only=True)
    while hanging := {each for each in _own_models() if _hangs_on(each, erased)} - erased:
        erased |= hanging
    known = {*tables, *erased, *_named()}
    return sorted(each._meta.label for each in _own_models() if _declared(each)[0] and each not in known)


def _named(*, erased_only: bool = False) -> set[type[Model]]:
    """What the content says of models that nothing else tells of; KeyError for a name that is no model."""
    models = {model._meta.label: model for model in _own_models()}
    told = [name for term in terms() if term.then == "erase" or not erased_only for name in term.also]
    return {models[name] for name in (*told, *(() if erased_only else kept_with_work()))}


def _hangs_on(model: type[Model], others: set[type[Model]]) -> bool:
    """Whether a row of this model goes when a row of one of the others goes."""
    return any(
        field.related_model in others and field.remote_field.on_delete is CASCADE
        for field in model._meta.fields
        if field.remote_field
    )
