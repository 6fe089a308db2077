"""What on-call adds below it: verbs, texts, what a yes means, clocks, panels and the menu."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.incidents import clocks
from nabij.kit import navigation, panels
from nabij.notify import templates
from nabij.on_call.actions import start_deployment
from nabij.on_call.clocks import clocks_of_help
from nabij.on_call.models import COORDINATOR, WORKERS
from nabij.on_call.queries import workers_to_ask
from nabij.on_call.words import TEMPLATES
from nabij.paging import answers, seats
from nabij.paging.models import Ask

trail.register(
    {
        "help.answered": gettext_lazy("Antwoord op het hulpverzoek gegeven"),
        "help.paging_failed": gettext_lazy("Oproepen van het piket mislukt"),
        "help.nobody_on_call": gettext_lazy("Niemand in dienst, ook landelijk niet"),
        "help.region_told": gettext_lazy("Andere regio ingelicht"),
        "help.workers_called": gettext_lazy("Coördinator roept medewerkers op"),
        "help.stood_down": gettext_lazy("Hulp niet meer nodig: iedereen ingelicht"),
        "help.handed_over": gettext_lazy("Hulp overgedragen"),
        "deployment.coming": gettext_lazy("Inzet begonnen"),
        "deployment.on_the_way": gettext_lazy("Piket is onderweg"),
        "deployment.on_site": gettext_lazy("Piket is ter plaatse"),
        "deployment.done": gettext_lazy("Piket is klaar"),
        "deployment.reminded": gettext_lazy("Piket herinnerd: nog niet onderweg"),
        "deployment.silent": gettext_lazy("Piket zei ja en bleef stil: iemand anders opgeroepen"),
        "deployment.withdrawn": gettext_lazy("Piket kan toch niet komen"),
    }
)
trail.listen("incident.facts_changed", "nabij.on_call.tasks.tell_changed_facts")
trail.listen("incident.facts_changed", "nabij.on_call.tasks.care_after")
trail.listen("deployment.done", "nabij.on_call.tasks.care_after")
trail.listen("incident.closed", "nabij.on_call.tasks.stand_down_if_unneeded")
trail.listen("request.withdrawn", "nabij.on_call.tasks.stand_down_if_unneeded")
trail.listen("request.confirmed", "nabij.on_call.tasks.page_when_confirmed")
templates.register(TEMPLATES)


def _deploy(ask: Ask, by: Actor, at: datetime) -> None:
    start_deployment(ask, by=by, at=at)


def _next_address(ask: Ask) -> str:
    return reverse("on_call:duty")


for kind in (COORDINATOR, WORKERS):
    answers.register(kind, _deploy, next_address=_next_address)
seats.register_chooser(WORKERS, workers_to_ask)
clocks.register(clocks_of_help)
panels.add(
    "incident",
    panels.Panel(
        gettext_noop("Onderweg en ter plaatse"),
        "on_call:on_the_move",
        lambda actor, incident: bool(actor.may(Permission.SEE_INCIDENTS)),
        order=10,
    ),
)
for title, url_name, permission, order in (
    (gettext_noop("Hulp vragen"), "on_call:own_requests", Permission.ASK_FOR_HELP, 11),
    (gettext_noop("Wacht op de desk"), "on_call:waiting", Permission.COORDINATE, 10),
    (gettext_noop("Mijn inzet"), "on_call:own_deployments", Permission.BE_PAGED, 6),
):
    panels.add(
        "desk",
        panels.Panel(title, url_name, lambda actor, _, may=permission: bool(actor.may(may)), order=order),  # type: ignore[misc]
    )
navigation.add(
    navigation.Entry(
        gettext_noop("Hulp vragen"),
        "on_call:ask",
        lambda actor: bool(actor.may(Permission.ASK_FOR_HELP)),
        order=15,
    )
)
navigation.add(
    navigation.Entry(
        gettext_noop("Piket"), "on_call:duty", lambda actor: bool(actor.may(Permission.BE_PAGED)), order=16
    )
)
panels.add_door(
    "line_call",
    panels.Door(
        gettext_noop("Maak er een gebeurtenis van"),
        "on_call:ask_from",
        lambda actor, call, at: bool(actor.may(Permission.ASK_FOR_HELP)),
    ),
)
