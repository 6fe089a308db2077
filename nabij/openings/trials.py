"""Tests that Nabij does itself: the open part, the registration, and what apps above add."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import structlog
from django.db import transaction
from django.utils.html import escape

from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.centres.models import AdviceCentre
from nabij.keys.envelope import close
from nabij.keys.sealing import unseal
from nabij.openings.models import TestKind
from nabij.people import content
from nabij.people.actions.own import withdraw_registration
from nabij.people.actions.registering import store
from nabij.people.forms import RegistrationForm
from nabij.people.models import Registration, RegistrationState
from nabij.people.submissions import Submission, from_bytes
from nabij.publish.queries import released_text

log = structlog.get_logger("nabij.openings")
TEST_NAMES = ("Proef Eerste", "Proef Tweede")


@dataclass(frozen=True)
class Outcome:
    """Whether it works, and what was found, as a code."""

    is_passed: bool
    finding: str


Trial = Callable[[AdviceCentre, datetime], Outcome]


class _TakenAway(Exception):
    """The test registrations go, whatever was found: their transaction never ends well."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.finding)
        self.outcome = outcome


def try_open_part(centre: AdviceCentre, at: datetime) -> Outcome:
    """The page that readers get now: live, with the name of the centre and the way to register."""
    if not centre.is_live:
        return Outcome(False, "not_live")
    page = released_text(centre.path)
    if page is None:
        return Outcome(False, "no_page")
    is_whole = escape(centre.name) in page and f"{centre.path}aanmelden/" in page
    return Outcome(is_whole, "page_read" if is_whole else "page_broken")


def try_registration(centre: AdviceCentre, at: datetime) -> Outcome:
    """Two registrations through the real form and action, read back, withdrawn, and taken away.

    They are written in a transaction that is always undone: no count, list or trail ever holds them.
    """
    if released_text(f"{centre.path}aanmelden/") is None:
        return Outcome(False, "no_form")
    try:
        with transaction.atomic():
            sent = [submission_of(centre, name, at) for name in TEST_NAMES]
            made = store(sent, by=SYSTEM, at=at, machine_at=at)
            is_kept = len(made) == len(TEST_NAMES) and all(_is_whole(each, at) for each in made)
            raise _TakenAway(Outcome(is_kept, "two_kept_and_removed" if is_kept else "not_kept"))
    except _TakenAway as taken_away:
        return taken_away.outcome
    except Exception as error:
        log.error("registration test failed", exception_type=type(error).__name__)
        return Outcome(False, "not_accepted")


def submission_of(centre: AdviceCentre, name: str, at: datetime, **more: str) -> Submission:
    """What the form makes of a typed test; through the bytes of the envelope, as the desk will get it."""
    relation = content.choices("relation", "nl")[0][0]
    told = {"relation": relation, "name": name, "page_language": "nl", **more}
    form = RegistrationForm(told, page_language="nl")
    if not form.is_valid():
        raise ValueError("the form refuses a plain registration")
    sent = Submission(uuid4(), centre.incident_id, "nl", content.version(), at, form.answers())
    close(sent.as_bytes())
    return from_bytes(sent.as_bytes())


def _is_whole(made: Registration, at: datetime) -> bool:
    """Read back what was kept, and withdraw it as the person would."""
    name = unseal(made.person_id, made.person.name_sealed)
    person = Actor(ActorKind.HELPED_PERSON, id=made.person_id)
    withdrawn = withdraw_registration(made, by=person, at=at)
    return name in TEST_NAMES and withdrawn.state == RegistrationState.WITHDRAWN


_trials: dict[str, Trial] = {
    TestKind.OPEN_PART: try_open_part,
    TestKind.REGISTRATION: try_registration,
}


def register(kind: TestKind, trial: Trial) -> None:
    """Let an app above test what it keeps: the closed part with a test login (called from hooks)."""
    _trials[kind] = trial


def forget(kind: TestKind) -> None:
    """Nobody tests this any more but a person; for stories that end."""
    _trials.pop(kind, None)


def trial_of(kind: str) -> Trial | None:
    """How Nabij tests this; None when a person must say what they heard or saw."""
    return _trials.get(kind)
