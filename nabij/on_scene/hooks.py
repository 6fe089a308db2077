"""What the scene adds below it: verbs, texts, kinds of calls, the rule of two, panels and the menu."""

from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext, gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.kit import navigation, panels
from nabij.notify import templates
from nabij.on_call import guards
from nabij.on_call.models import WORKERS, Deployment, DeploymentState
from nabij.on_scene.actions import answer_alarm, answer_check
from nabij.on_scene.actions.alarming import ALARM
from nabij.on_scene.actions.testing import PHONE_TEST
from nabij.on_scene.actions.watching import WELFARE
from nabij.on_scene.queries import (
    control_rooms,
    goes_alone,
    helpers_to_ask,
    people_tried,
    watchers_to_ask,
)
from nabij.on_scene.rules import nobody_goes_alone
from nabij.paging import answers, ladders, seats

_DATA = Path(__file__).parent / "data"

trail.register(
    {
        "scene.not_heard": gettext_lazy("Medewerker ter plaatse meldt zich niet: opgeroepen"),
        "scene.all_right": gettext_lazy("Medewerker ter plaatse is in orde"),
        "scene.contact_sought": gettext_lazy("Collega zoekt contact met de medewerker"),
        "scene.relief_due": gettext_lazy("Medewerker is lang ter plaatse: aflossing nodig"),
        "alarm.raised": gettext_lazy("Noodmelding van een medewerker"),
        "alarm.taken": gettext_lazy("Collega zorgt voor hulp na de noodmelding"),
        "alarm.ended": gettext_lazy("Noodmelding beëindigd"),
        "relief.asked": gettext_lazy("Aflossing opgeroepen"),
        "phones.tested": gettext_lazy("Proefoproep verstuurd"),
    }
)
trail.listen("deployment.on_site", "nabij.on_scene.tasks.begin_watch")
trail.listen("deployment.done", "nabij.on_scene.tasks.end_watch")
templates.register(_DATA / "templates.toml")
ladders.register(_DATA / "policies.toml")
seats.register(control_rooms)
seats.register_chooser(WELFARE, watchers_to_ask)
seats.register_chooser(ALARM, helpers_to_ask)
seats.register_chooser(PHONE_TEST, people_tried)
answers.register(WELFARE, lambda ask, by, at: answer_check(ask, by=by, at=at))
answers.register(ALARM, lambda ask, by, at: answer_alarm(ask, by=by, at=at))


def _not_alone(deployment: Deployment, state: str, by: Actor, at: datetime) -> str:
    """A worker does not report on site alone where two must go; who leads may still do it for them."""
    own = by.id == deployment.membership_id and deployment.kind == WORKERS
    if not own or state != DeploymentState.ON_SITE or not nobody_goes_alone(deployment.incident, at):
        return ""
    if not goes_alone(deployment):
        return ""
    return gettext("Ga hier niet alleen naar binnen. Wacht op uw maatje, of bel de coördinator.")


guards.register(_not_alone)
panels.add(
    "own_deployment",
    panels.Panel(gettext_noop("Veilig ter plaatse"), "on_scene:own", lambda actor, _: True, order=10),
)
panels.add(
    "lead",
    panels.Panel(
        gettext_noop("Ter plaatse"),
        "on_scene:board",
        lambda actor, _: bool(actor.may(Permission.COORDINATE)),
        order=10,
    ),
)
navigation.add(
    navigation.Entry(
        gettext_noop("Proefoproep"),
        "on_scene:phone_tests",
        lambda actor: bool(actor.may(Permission.PLAN_ROSTER)),
        order=72,
    )
)
