"""What flyers add below them: verbs, the menu, what waits for an agreement, and how long letters stay."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.flyers.keeping import old_letters
from nabij.flyers.policies import sees_any
from nabij.kit import navigation, panels
from nabij.privacy import removal

trail.register(
    {
        "flyer.begun": gettext_lazy("Nieuwe versie van drukwerk begonnen"),
        "flyer.written": gettext_lazy("Tekst van drukwerk bewaard"),
        "flyer.sent": gettext_lazy("Drukwerk voorgelegd"),
        "flyer.agreed": gettext_lazy("Akkoord met drukwerk"),
        "flyer.refused": gettext_lazy("Niet akkoord met drukwerk"),
        "flyer.approved": gettext_lazy("Drukwerk goedgekeurd door beide organisaties"),
        "flyer.withdrawn": gettext_lazy("Drukwerk ingetrokken"),
        "letters.asked": gettext_lazy("Brieven gevraagd"),
        "letters.made": gettext_lazy("Brieven gemaakt"),
    }
)
trail.listen("letters.asked", "nabij.flyers.tasks.make_letters")
navigation.add(
    navigation.Entry(
        gettext_noop("Flyers en brieven"),
        "flyers:home",
        lambda actor: bool(actor.may(Permission.MAKE_FLYER)),
        order=62,
    )
)
panels.add(
    "desk",
    panels.Panel(
        gettext_noop("Flyers: wacht op uw akkoord"),
        "flyers:waiting",
        lambda actor, _: sees_any(actor) and actor.may(Permission.APPROVE_FLYER),
        order=45,
        is_quiet=True,
    ),
)
# the letters go to addresses, to nobody by name: no hold on a person reaches them
removal.collect(removal.Collection("letters", old_letters, removal.nobody, removal.delete_sealed))
