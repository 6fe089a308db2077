"""Plain makers of protocols of municipalities, shared by tests and the demonstration."""

from datetime import UTC, datetime

from nabij.accounts.models import Organisation
from nabij.accounts.queries import actor_for
from nabij.audit.actor import Actor
from nabij.kit.clock import local
from nabij.protocols.actions import adopt_example, answer_version, record_written, send_version
from nabij.protocols.models import Version
from nabij.protocols.queries import approvers, parties_of

MORNING = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)


def make_in_force(organisation: Organisation, code: str, *, by: Actor, at: datetime = MORNING) -> Version:
    """The example adopted, sent, and approved by all: by whoever may in Nabij, and on paper by the others."""
    version = send_version(adopt_example(organisation, code, by=by, at=at), by=by, at=at)
    for party in parties_of(version, at):
        somebody = approvers(party.code, organisation, at).first()
        if somebody:
            version = answer_version(version, True, by=actor_for(somebody), at=at)
        else:
            version = record_written(version, party.code, "Directeur", local(at).date(), by=by, at=at)
    return version
