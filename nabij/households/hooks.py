"""What households add below them: verbs, the map on a case, the leader's desk, objections, and the check."""

from django.db.models import OuterRef, Q
from django.utils.translation import gettext_lazy, gettext_noop

from nabij.audit import trail
from nabij.cases import presence
from nabij.cases.models import Task, TaskKind
from nabij.households.models import Tie
from nabij.households.policies import can_tie, decides_ties
from nabij.households.queries import guardian_is_danger, is_told, kept_out, objection_to_contact
from nabij.kit import objections, panels

_END = Q(first_id=OuterRef("person_id")) | Q(second_id=OuterRef("person_id"))


trail.register(
    {
        "tie.proposed": gettext_lazy("Familieband voorgesteld"),
        "tie.written": gettext_lazy("Familieband opgeschreven"),
        "tie.assented": gettext_lazy("Teamleider zei ja tegen een familieband"),
        "tie.decided": gettext_lazy("Besloten over een familieband"),
        "tie.ended": gettext_lazy("Familieband beëindigd"),
        "apart.marked": gettext_lazy("Apart benaderen begonnen"),
        "apart.end_asked": gettext_lazy("Teamleider zei ja: niet meer apart benaderen"),
        "apart.kept": gettext_lazy("Teamleider zei nee: het blijft apart"),
        "apart.ended": gettext_lazy("Apart benaderen beëindigd"),
        "conflict.settled": gettext_lazy("Mogelijk conflict bekeken"),
        "guardian.judged": gettext_lazy("Besloten over contact via de voogd"),
    }
)
for verb in ("case.opened", "case.reach_changed", "case.assigned", "case.tie"):
    trail.listen(verb, "nabij.households.tasks.look_at_case")
trail.listen("alert.raised", "nabij.households.tasks.look_at_alert")
presence.ask("ties", lambda: Tie.objects.filter(_END, ended_at__isnull=True))
presence.ask("conflicts", lambda: Task.objects.to_do().filter(case=OuterRef("pk"), kind=TaskKind.CONFLICT))
objections.add("case_helper", kept_out)
objections.add("contact", objection_to_contact)
objections.add("guardian", guardian_is_danger)
panels.add(
    "case",
    panels.Panel(
        gettext_noop("Familie en huisgenoten"),
        "households:panel",
        lambda actor, case: is_told(case, actor),
        order=50,
    ),
)
panels.add_door(
    "case",
    panels.Door(
        gettext_noop("Familie of huisgenoot erbij"),
        "households:tie",
        lambda actor, case, at: not is_told(case, actor) and can_tie(actor, case, at),
        order=30,
    ),
)
panels.add(
    "desk",
    panels.Panel(
        gettext_noop("Voorgestelde familiebanden"),
        "households:proposals",
        lambda actor, _: decides_ties(actor),
        order=9,
    ),
)
