from datetime import UTC, datetime

import pytest

from nabij.accounts.factories import make_actor, make_municipality, make_region, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import ANONYMOUS, SYSTEM, link_of
from nabij.incidents.actions import close_incident
from nabij.incidents.models import Incident
from nabij.on_call import policies
from nabij.on_call.factories import make_answer, make_ask
from nabij.on_call.models import Deployment, HelpAnswer
from nabij.on_call.queries import answers_for, deployments_for, own_answers, own_deployments
from nabij.paging.actions import accept
from nabij.paging.models import Way

NIGHT = datetime(2027, 1, 10, 2, 31, tzinfo=UTC)


@pytest.fixture
def story(night):
    night.answer = make_answer(by=night.nadia)
    night.incident = night.answer.request.incident
    accept(make_ask(night.answer), by=link_of(night.bram.pk), at=NIGHT, way=Way.LINK)
    night.deployment = Deployment.objects.select_related("incident").get()
    south = make_region("VR92", team=make_team("Zuid"))
    elsewhere = make_municipality("GM9003", "Zandveld", region=south)
    night.actors = {
        "system": SYSTEM,
        "anonymous": ANONYMOUS,
        "link": link_of(night.bram.pk),
        "asker": night.nadia,
        "asker elsewhere": make_actor(Role.DUTY_OFFICER, municipality=elsewhere),
        "control room": make_actor(Role.CONTROL_ROOM),
        "ghor": make_actor(Role.GHOR_OFFICER),
        "coordinator": actor_for(night.bram),
        "coordinator elsewhere": make_actor(Role.ON_CALL_COORDINATOR, team=make_team("Zuid")),
        "national": actor_for(night.bart),
        "advice line": make_actor(Role.ADVICE_LINE),
        "team leader": make_actor(Role.TEAM_LEADER),
        "worker": actor_for(night.imke),
        "editor": make_actor(Role.IAC_EDITOR),
        "administrator": make_actor(Role.ADMINISTRATOR),
    }
    return night


LEADERS = {"coordinator", "national", "advice line", "team leader"}
SEE = LEADERS | {"asker", "control room", "ghor", "editor", "system"}
TABLE = {
    "sees the answer": SEE,
    "sees deployments": SEE | {"link"},
    "sees names": LEADERS | {"coordinator elsewhere"},
    "pages": LEADERS | {"system"},
    "leads": LEADERS,
    "calls workers": LEADERS,
    "calls workers after closing": set(),
    "leads after closing": LEADERS,
    "stands down": LEADERS | {"system"},
    "reports a step": LEADERS,
}
ASK = {
    "sees the answer": lambda s, a: HelpAnswer.objects.filter(policies.visible_to(a, NIGHT)).exists(),
    "sees deployments": lambda s, a: Deployment.objects.filter(
        policies.deployments_visible_to(a, NIGHT)
    ).exists(),
    "sees names": lambda s, a: policies.sees_names(a),
    "pages": lambda s, a: policies.can_page(a, s.answer, NIGHT),
    "leads": lambda s, a: policies.can_lead(a, s.incident, NIGHT),
    "calls workers": lambda s, a: policies.can_call_workers(a, s.incident, NIGHT),
    "calls workers after closing": lambda s, a: policies.can_call_workers(a, closed(s), NIGHT),
    "leads after closing": lambda s, a: policies.can_lead(a, closed(s), NIGHT),
    "stands down": lambda s, a: policies.can_stand_down(a, s.incident, NIGHT),
    "reports a step": lambda s, a: policies.can_report_step(a, s.deployment, NIGHT),
}


def closed(story):
    incident = Incident.objects.get(pk=story.incident.pk)
    return close_incident(incident, by=actor_for(story.bram), at=NIGHT) if incident.is_open else incident


@pytest.mark.parametrize("what", TABLE)
def test_who_may_do_what(story, what):
    assert {name for name, actor in story.actors.items() if ASK[what](story, actor)} == TABLE[what]


def test_a_worker_sees_only_the_own_deployment_and_no_answer(story):
    bram, imke = actor_for(story.bram), actor_for(story.imke)
    assert not answers_for(imke, NIGHT).exists()
    assert list(deployments_for(imke, NIGHT)) == []
    assert list(own_deployments(bram, NIGHT)) == [story.deployment]
    assert list(own_deployments(actor_for(story.sofie), NIGHT)) == []


def test_my_requests_are_those_of_my_own_organisation(story):
    assert list(own_answers(story.nadia, NIGHT)) == [story.answer]
    assert list(own_answers(story.actors["control room"], NIGHT)) == []
