"""Reading answers, deployments and what waits for the desk."""

from nabij.on_call.queries.answers import (
    Progress,
    answer_of_form,
    answer_of_link,
    answer_of_request,
    answers_for,
    hand_overs_at,
    incident_of_entry,
    own_answers,
    passed_over_at,
    progress_of,
    team_of,
    threads_of,
    unverified_pages_since,
)
from nabij.on_call.queries.choosing import workers_to_ask
from nabij.on_call.queries.deployments import (
    OnTheMove,
    OwnAsk,
    deployments_for,
    deployments_of,
    on_the_move,
    own_asks,
    own_deployments,
    safety_of,
)
from nabij.on_call.queries.desk import OpenPage, Waiting, open_pages_for, pages_at, waiting_for

__all__ = [
    "OnTheMove", "OpenPage", "OwnAsk", "Progress", "Waiting", "answer_of_form", "answer_of_link",
    "answer_of_request", "answers_for", "deployments_for", "deployments_of", "hand_overs_at",
    "incident_of_entry", "on_the_move", "open_pages_for", "own_answers", "own_asks", "own_deployments",
    "pages_at", "passed_over_at", "progress_of", "safety_of", "team_of", "threads_of",
    "unverified_pages_since", "waiting_for", "workers_to_ask",
]  # fmt: skip
