"""What the pages of the police add below them: a verb, the menu, a panel of the officer's desk."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.kit import navigation, panels
from nabij.police.policies import can_refer

trail.register({"referral.declined": gettext_lazy("Iemand wil geen hulp")})
navigation.add(
    navigation.Entry(
        gettext_noop("Verwijzen"), "police:refer", lambda actor: actor.may(Permission.REFER_PEOPLE), order=20
    )
)
panels.add(
    "desk",
    panels.Panel(
        gettext_noop("Wat u naar Slachtofferhulp stuurde"),
        "police:sent",
        lambda actor, _: can_refer(actor),
        order=5,
    ),
)
