"""What complaints add below them: verbs, the leader's desk, and the way in from a case and the own space."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.audit import trail
from nabij.complaints.policies import can_write_down, reads_complaints
from nabij.complaints.queries import complaints_of, who_complain
from nabij.kit import panels
from nabij.own_space import exports
from nabij.privacy import removal
from nabij.privacy.models import HoldGround

trail.register(
    {
        "complaint.made": gettext_lazy("Klacht over de hulp"),
        "complaint.withdrawn": gettext_lazy("Klacht ingetrokken"),
        "complaint.answered": gettext_lazy("Klacht beantwoord"),
    }
)
panels.add(
    "desk",
    panels.Panel(
        gettext_noop("Klachten"), "complaints:waiting", lambda actor, _: reads_complaints(actor), order=8
    ),
)
panels.add_door(
    "case",
    panels.Door(gettext_noop("Klacht opschrijven"), "complaints:told", can_write_down, order=60),
)
removal.keep(HoldGround.COMPLAINT, who_complain)
exports.add(
    exports.Part(
        "klachten",
        complaints_of,
        gettext_lazy("Mijn klachten"),
        ("klacht", "op", "uitkomst", "antwoord", "ingetrokken"),
    )
)
panels.add(
    "own_help", panels.Panel(gettext_noop("Klacht"), "complaints:door", lambda actor, _: True, order=90)
)
