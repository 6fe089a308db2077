"""What the academy adds below it: verbs, texts, the menu and the panel on the desk."""

from pathlib import Path

from django.utils.translation import gettext_noop

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.kit import navigation, panels
from nabij.notify import templates

trail.register(
    {
        "session.planned": "Opleidingsdag gepland",
        "session.cancelled": "Opleidingsdag afgelast",
        "session.enrolled": "Ingeschreven voor een opleidingsdag",
        "session.left": "Uitgeschreven voor een opleidingsdag",
        "session.assessed": "Aanwezigheid en beoordeling ingevuld",
        "certificate.given": "Certificaat gegeven",
        "certificate.withdrawn": "Certificaat ingetrokken",
        "conduct.seen": "VOG gezien",
        "volunteer.applied": "Vrijwilliger aangemeld",
        "volunteer.moved": "Vrijwilliger naar een andere fase",
    }
)
templates.register(Path(__file__).parent / "data" / "templates.toml")
navigation.add(
    navigation.Entry(
        gettext_noop("Mijn opleiding"),
        "academy:learning",
        lambda actor: actor.may(Permission.LEARN),
        order=50,
    )
)
navigation.add(
    navigation.Entry(
        gettext_noop("Certificaten"),
        "academy:team",
        lambda actor: actor.may(Permission.GUIDE_STAFF) or actor.may(Permission.TEACH),
        order=51,
    )
)
navigation.add(
    navigation.Entry(
        gettext_noop("Vrijwilligers"),
        "academy:volunteers",
        lambda actor: actor.may(Permission.GUIDE_STAFF),
        order=52,
    )
)
panels.add(
    "desk",
    panels.Panel(
        gettext_noop("Mijn opleiding"),
        "academy:reminder",
        lambda actor, _: bool(actor.may(Permission.LEARN)),
        order=60,
    ),
)
