"""Who may read the telephone script of a centre."""

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor


def reads_script(actor: Actor) -> bool:
    """Who answers the phone for a centre, and who works with its texts; which centres, the list says."""
    return actor.may(Permission.SEE_REGISTRATIONS) or actor.may(Permission.PREVIEW_CENTRE)
