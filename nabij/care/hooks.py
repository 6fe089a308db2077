"""What care adds below it: verbs, texts, a panel and the menu."""

from pathlib import Path

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.care.keeping import done_contacts, ended_rest
from nabij.kit import navigation, panels
from nabij.notify import templates
from nabij.privacy import removal

trail.register(
    {
        "care.planned": gettext_lazy("Zorg na een inzet gepland"),
        "care.done": gettext_lazy("Collega gesproken na een inzet"),
    }
)
templates.register(Path(__file__).parent / "data" / "templates.toml")
panels.add(
    "desk",
    panels.Panel(
        gettext_noop("Zorg voor elkaar"),
        "care:open",
        lambda actor, _: bool(actor.may(Permission.BE_PAGED) or actor.may(Permission.GUIDE_STAFF)),
        order=55,
    ),
)
navigation.add(
    navigation.Entry(
        gettext_noop("Zorg voor elkaar"),
        "care:care",
        lambda actor: actor.may(Permission.BE_PAGED) or actor.may(Permission.GUIDE_STAFF),
        order=55,
    )
)
removal.collect(removal.Collection("care_contact", done_contacts, removal.nobody, removal.delete_rows))
removal.collect(removal.Collection("rest", ended_rest, removal.nobody, removal.delete_rows))
