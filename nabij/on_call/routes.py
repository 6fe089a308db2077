"""What happens with a request for help, decided by the doors of that moment: a pure function."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from nabij.contact.doors import CallerKind, DoorKey, Doors, Urgency


class Route(models.TextChoices):
    """Where a request goes."""

    PAGE = "page", _("piket opgeroepen")
    CONFIRM = "confirm", _("wacht op de meldkamer")
    DESK = "desk", _("bij de adviesdesk")
    QUEUE = "queue", _("wacht tot de adviesdesk opent")
    OTHER_DOOR = "other_door", _("andere deur gewezen")


def route_for(caller: CallerKind, urgency: Urgency, doors: Doors, *, waits_for_control_room: bool) -> Route:
    """Page when urgent, out of hours and permitted; the desk when open; else the queue or another door."""
    shown = {door.key for door in (doors.primary, *doors.others)}
    if DoorKey.ON_CALL in shown:
        return Route.CONFIRM if waits_for_control_room else Route.PAGE
    if caller is CallerKind.RESIDENT:
        return Route.OTHER_DOOR
    if doors.line_is_open:
        return Route.DESK
    return Route.QUEUE if urgency is Urgency.NOT_URGENT else Route.OTHER_DOOR
