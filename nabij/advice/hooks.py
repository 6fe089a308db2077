"""What advice adds below it: verbs, texts, panels, the menu, how long things stay, and a first form."""

from pathlib import Path

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.advice.keeping import COLLECTIONS
from nabij.advice.policies import can_answer_advice, can_ask_advice, can_see_contacts
from nabij.advice.queries import first_values
from nabij.audit import trail
from nabij.kit import navigation, panels, prefill
from nabij.notify import templates
from nabij.privacy import removal

trail.register(
    {
        "contact.named": gettext_lazy("Vaste contactpersoon aangewezen"),
        "contact.renewed": gettext_lazy("Contactpersonen van de wijk overgenomen"),
        "partner.told": gettext_lazy("Partner ingelicht"),
        "partner.not_told": gettext_lazy("Partner toch nog niet ingelicht"),
        "partner.received": gettext_lazy("Partner heeft het bericht ontvangen"),
        "advice.asked": gettext_lazy("Advies gevraagd"),
        "advice.taken": gettext_lazy("Adviesvraag opgepakt"),
        "advice.answered": gettext_lazy("Advies gegeven"),
        "advice.late": gettext_lazy("Adviesvraag te laat: teamleider herinnerd"),
        "line.called": gettext_lazy("Gesprek op de Advieslijn opgeschreven"),
    }
)
trail.listen("incident.reported", "nabij.advice.tasks.keep_contacts")
templates.register(Path(__file__).parent / "data" / "templates.toml")
for each in COLLECTIONS:
    removal.collect(each)
# what was said on the line goes into the form that asks for help, without a word in an address
prefill.offer("ask_for_help", first_values)
panels.add(
    "incident",
    panels.Panel(
        gettext_noop("Vaste contactpersonen"),
        "advice:at_incident",
        lambda actor, _: can_see_contacts(actor),
        order=40,
    ),
)
panels.add(
    "incident",
    panels.Panel(
        gettext_noop("Partners ingelicht"),
        "advice:partners_at",
        lambda actor, _: bool(actor.may(Permission.SEE_INCIDENTS)),
        order=41,
    ),
)
panels.add(
    "district",
    panels.Panel(gettext_noop("Vaste contactpersonen"), "advice:at_district", lambda actor, _: True),
)
for title, may in (
    (gettext_noop("Mijn adviesvragen"), can_ask_advice),
    (gettext_noop("Adviesvragen"), can_answer_advice),
):
    panels.add(
        "desk",
        panels.Panel(title, "advice:waiting", lambda actor, _, may=may: may(actor), order=22),  # type: ignore[misc]
    )
navigation.add(
    navigation.Entry(
        gettext_noop("Advies"),
        "advice:questions",
        lambda actor: actor.may(Permission.ASK_ADVICE) or actor.may(Permission.ANSWER_ADVICE),
        order=55,
    )
)
