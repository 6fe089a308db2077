"""What finding doubles adds below it: verbs, the jobs that follow a registration, panels."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.audit import trail
from nabij.kit import panels
from nabij.matching.actions.heeding import heed_newest
from nabij.matching.tasks import FILL, FORGET, RENEW
from nabij.notify import newest
from nabij.people.policies import can_list

trail.register(
    {
        "double.merged": gettext_lazy("Twee aanmeldingen samengevoegd"),
        "double.undone": gettext_lazy("Samenvoegen teruggezet"),
        "double.different": gettext_lazy("Gezegd: twee aanmeldingen zijn van twee mensen"),
    }
)
trail.listen("registration.received", FILL)
for verb in ("registration.placed", "registration.changed", "registration.withdrawn"):
    trail.listen(verb, RENEW)
trail.listen("person.erased", FORGET)
newest.heed(heed_newest)
panels.add(
    "incident",
    panels.Panel(
        gettext_noop("Mogelijk dubbel"), "matching:at_incident", lambda actor, _: can_list(actor), order=61
    ),
)
