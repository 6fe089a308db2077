"""Plain makers of approved flyers, shared by tests and the demonstration."""

from datetime import datetime

from nabij.accounts.models import Organisation
from nabij.audit.actor import Actor
from nabij.flyers import actions
from nabij.flyers.content import languages
from nabij.flyers.models import Edition


def make_draft(organisation: Organisation, code: str, *, by: Actor, at: datetime) -> Edition:
    """The example in every language, all of them read over."""
    edition = actions.start_edition(organisation, code, by=by, at=at)
    texts = edition.words
    return actions.write_edition(
        edition, texts, [each for each in languages() if each in texts], by=by, at=at
    )


def make_approved(
    organisation: Organisation, code: str, *, by: Actor, also_by: Actor, at: datetime
) -> Edition:
    """The same, approved by both organisations."""
    edition = actions.send_edition(make_draft(organisation, code, by=by, at=at), by=by, at=at)
    return actions.approve_edition(edition, by=also_by, at=at)
