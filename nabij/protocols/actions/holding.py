"""A version held still while it changes, and what is told of it."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.notify.sending import Rule, send
from nabij.protocols.models import Protocol, Version

NOT_YOURS = "Dit protocol kunt u niet wijzigen."


def hold(version: Version, *, by: Actor, at: datetime) -> Version:
    """The version as it stands now; whoever else wants to change this protocol waits."""
    Protocol.objects.select_for_update().get(pk=version.protocol_id)
    return Version.objects.select_related("protocol__organisation__municipality__safety_region").get(
        pk=version.pk
    )


def tell(verb: str, version: Version, *, by: Actor, at: datetime, **facts: trail.Fact) -> None:
    """Write in the trail what happened to this version."""
    told: dict[str, trail.Fact] = {"code": version.protocol.code, "number": version.number, **facts}
    trail.record(verb, by=by, at=at, subject=version, thread_id=version.protocol_id, facts=told)


def notify(template: str, version: Version, to: UUID, *, by: Actor, at: datetime) -> None:
    """A message to a colleague about this version: which protocol of which municipality, and the link."""
    link = f"{settings.ENV.base_url}{reverse('protocols:version', args=[version.pk])}"
    values = {
        "protocol": version.whole_plan.title_nl,
        "municipality": version.protocol.organisation.name,
        "link": link,
    }
    send(
        template, to=to, rule=Rule.STAFF_DUTY, exercise=False, at=at, about_id=version.pk, values=values
    )  # fmt: skip
