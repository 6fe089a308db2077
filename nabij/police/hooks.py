"""What the pages of the police add below them: a verb, the menu, a panel of the officer's desk."""

from pathlib import Path

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.kit import navigation, panels
from nabij.notify import templates
from nabij.police.policies import can_refer, is_told

templates.register(Path(__file__).parent / "data" / "messages.toml")
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
panels.add(
    "desk",
    panels.Panel(
        gettext_noop("De politie gaf door"), "police:counted", lambda actor, _: is_told(actor), order=15
    ),
)
