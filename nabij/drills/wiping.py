"""Taking a made-up event away with everything that hangs on it; only the trail and the report remain."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext as _
from psycopg.sql import SQL, Identifier

from nabij.cases.models import Case
from nabij.centres.models import Commission
from nabij.incidents.models import Incident
from nabij.keys.sealing import destroy_keys
from nabij.news_readers.models import NewsReader
from nabij.notify.models import ContactPoint, ContactRule, Message
from nabij.paging.models import Page
from nabij.peers.models import Space
from nabij.people.models import ContactWish, Person, Registration
from nabij.reception.models import ReceptionCard

Found = dict[type[models.Model], set[Any]]
NEVER_MADE_UP = (Case,)  # an exercise makes none: one that hangs on it is real


def wipe_event(incident: Incident, *, at: datetime) -> int:
    """Delete the event and every row that points to it, with their keys; says how many rows there were.

    ValueError for an event that is no exercise; ValidationError when something real hangs on it. Runs inside
    a transaction: the database checks at its end that no row is left which points to one that is gone.
    """
    if not incident.is_exercise:
        raise ValueError("only what was an exercise can be wiped")
    found: Found = defaultdict(set)
    _gather(found, Incident, {incident.pk})
    _gather(found, Page, set(Page.objects.filter(thread_id=incident.pk).values_list("pk", flat=True)))
    _gather(found, Space, set(Space.objects.filter(thread_id=incident.pk).values_list("pk", flat=True)))
    _gather(found, Message, set(Message.objects.filter(about_id=incident.pk).values_list("pk", flat=True)))
    _gather(found, Person, _made_up_people(found))
    _gather_addresses(found)
    if any(found.get(model) for model in NEVER_MADE_UP):
        raise ValidationError(_("Bij deze oefening hoort iets wat echt is. Haal dat er eerst af."))
    _let_go(found)
    destroy_keys((pk for rows in found.values() for pk in rows if isinstance(pk, UUID)), at=at)
    for model, keys in found.items():
        _delete(model, keys)
    return sum(len(keys) for keys in found.values())


def _made_up_people(found: Found) -> set[Any]:
    """Who registered or was met at the event, and is known from nowhere else; who was met may be a client."""
    registered = _people_of(Registration, pk__in=found[Registration])
    met = _people_of(ReceptionCard, pk__in=found[ReceptionCard])
    met |= _people_of(ContactWish, pk__in=found[ContactWish])
    made_up = registered | (met - _people_of(Case, person__in=met))
    for model in (Registration, ReceptionCard, ContactWish):
        made_up -= _people_of(model, ~Q(pk__in=found[model]), person__in=made_up)
    return made_up


def _people_of(model: type[models.Model], *also: Q, **which: Any) -> set[Any]:
    return set(model._base_manager.filter(*also, **which).values_list("person_id", flat=True))


def _gather_addresses(found: Found) -> None:
    """How made-up people, readers and the commissioner would be reached, and what was written to them."""
    reached = found[Person] | found[Commission] | found[NewsReader]
    for model, name in ((ContactPoint, "subject_id"), (ContactRule, "subject_id"), (Message, "recipient_id")):
        rows = model._base_manager.filter(**{f"{name}__in": reached})
        _gather(found, model, set(rows.values_list("pk", flat=True)))


def _gather(found: Found, model: type[models.Model], keys: set[Any]) -> None:
    """These rows, and all that cannot be without them, however far away."""
    new = keys - found[model]
    if not new:
        return
    found[model] |= new
    for field in _pointing_to(model):
        if field.remote_field.on_delete is models.SET_NULL:
            continue
        rows = field.model._base_manager.filter(**{f"{field.name}__in": new})
        _gather(found, field.model, set(rows.values_list("pk", flat=True)))


def _let_go(found: Found) -> None:
    """What can do without the row that it points to stays, and no longer points to it."""
    for model, keys in list(found.items()):
        for field in _pointing_to(model, itself=True):
            if field.remote_field.on_delete is models.SET_NULL or field.model is model:
                rows = field.model._base_manager.filter(**{f"{field.name}__in": keys})
                rows.exclude(pk__in=found.get(field.model, ())).update(**{field.name: None})


def _pointing_to(
    model: type[models.Model], *, itself: bool = False
) -> Iterable["models.ForeignKey[Any, Any]"]:
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and (itself or relation.related_model is not model):
            yield relation.field


def _delete(model: type[models.Model], keys: set[Any]) -> None:
    """In one statement and in any order: references are checked when the transaction ends."""
    table, key = Identifier(model._meta.db_table), Identifier(str(model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(SQL("DELETE FROM {} WHERE {} = ANY(%s)").format(table, key), [list(keys)])
