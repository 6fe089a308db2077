"""What the groups add below them: verbs, texts, kinds of calls, and how long a place is kept."""

from datetime import datetime
from pathlib import Path

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.notify import templates
from nabij.paging import ladders
from nabij.peers.actions import leave_all
from nabij.peers.models import GroupMember, Leaving
from nabij.peers.queries.keeping import about_members, inactive_members
from nabij.privacy import removal

_DATA = Path(__file__).parent / "data"

trail.register(
    {
        "groups.opened": gettext_lazy("Groepsruimte geopend"),
        "groups.end_announced": gettext_lazy("Einde van de groepen aangekondigd"),
        "groups.go_on": gettext_lazy("De groepen gaan door"),
        "groups.names_entered": gettext_lazy("Namen die niet in de groep mogen, ingevoerd"),
        "groups.name_dropped": gettext_lazy("Naam van de lijst gehaald"),
        "group.opened": gettext_lazy("Groep geopend"),
        "group.contact_appointed": gettext_lazy("Contactpersoon van een groep aangewezen"),
        "group.entered": gettext_lazy("Iemand kwam in een groep"),
        "group.left": gettext_lazy("Iemand ging uit een groep, de berichten zijn weg"),
        "group.alias_changed": gettext_lazy("Schuilnaam gewijzigd"),
        "group.notices_chosen": gettext_lazy("Lid koos of het een bericht wil"),
        "group.muted": gettext_lazy("Lid dempte een ander lid"),
        "group.unmuted": gettext_lazy("Lid leest een ander lid weer"),
        "group_post.written": gettext_lazy("Groepsbericht geschreven"),
        "group_post.held": gettext_lazy("Groepsbericht wacht op een moderator"),
        "group_post.paging_failed": gettext_lazy("Oproep bij gevaar in een groep mislukt"),
        "group_post.changed": gettext_lazy("Groepsbericht gewijzigd"),
        "group_post.withdrawn": gettext_lazy("Groepsbericht door de schrijver weggehaald"),
        "group_post.reported": gettext_lazy("Groepsbericht gemeld"),
        "introduction.open_to": gettext_lazy("Lid koos of het iemand wil leren kennen"),
        "introduction.asked": gettext_lazy("Lid vroeg om iemand te leren kennen"),
        "introduction.answered": gettext_lazy("Vraag om kennis te maken beantwoord"),
        "introduction.together": gettext_lazy("Twee leden hebben contact"),
        "introduction.ended": gettext_lazy("Contact tussen twee leden gestopt"),
    }
)
templates.register(_DATA / "templates.toml")
ladders.register(_DATA / "policies.toml")


def _let_go(rows: "QuerySet[GroupMember]", *, by: Actor, at: datetime) -> None:
    leave_all(rows, Leaving.INACTIVE, by=by, at=at)


removal.collect(removal.Collection("group_member", inactive_members, about_members, _let_go))
