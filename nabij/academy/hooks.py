"""What the academy adds below it: verbs, texts, the menu and the panel on the desk."""

from pathlib import Path

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.academy.keeping import forget_applicants, rejected_applicants
from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.kit import navigation, panels
from nabij.notify import templates
from nabij.privacy import removal

trail.register(
    {
        "session.planned": gettext_lazy("Opleidingsdag gepland"),
        "session.cancelled": gettext_lazy("Opleidingsdag afgelast"),
        "session.enrolled": gettext_lazy("Ingeschreven voor een opleidingsdag"),
        "session.left": gettext_lazy("Uitgeschreven voor een opleidingsdag"),
        "session.assessed": gettext_lazy("Aanwezigheid en beoordeling ingevuld"),
        "certificate.given": gettext_lazy("Certificaat gegeven"),
        "certificate.withdrawn": gettext_lazy("Certificaat ingetrokken"),
        "conduct.seen": gettext_lazy("VOG gezien"),
        "volunteer.applied": gettext_lazy("Vrijwilliger aangemeld"),
        "volunteer.moved": gettext_lazy("Vrijwilliger naar een andere fase"),
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
removal.collect(removal.Collection("applicant", rejected_applicants, removal.nobody, forget_applicants))
