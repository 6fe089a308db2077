"""What the desk adds below it: verbs, jobs, who is called, texts, panels and how long things stay."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy, gettext_noop

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.desk.actions import give_needs_back, own_by_page, take_needs_along
from nabij.desk.actions.needs_made import URGENT
from nabij.desk.content import DATA
from nabij.desk.keeping import QUESTIONS
from nabij.desk.models import Need, TogetherMember
from nabij.desk.policies import may_hold_needs
from nabij.desk.queries import searching
from nabij.desk.queries.calling import people_of_centre, who_is_still_asked
from nabij.desk.queries.merged import alike
from nabij.kit import panels
from nabij.matching import following
from nabij.notify import templates
from nabij.paging import answers, ladders, seats
from nabij.paging.models import Ask
from nabij.privacy import removal

trail.register(
    {
        "need.made": gettext_lazy("Hulpvragen van aanmeldingen ontstaan"),
        "need.taken": gettext_lazy("Hulpvraag heeft een eigenaar"),
        "need.given_back": gettext_lazy("Hulpvraag teruggegeven aan de balie"),
        "need.passed": gettext_lazy("Hulpvraag doorgegeven aan een partner"),
        "need.came_back": gettext_lazy("Hulpvraag terug van een partner"),
        "need.done": gettext_lazy("Hulpvraag klaar"),
        "need.dropped": gettext_lazy("Hulpvraag vervallen"),
        "need.late": gettext_lazy("Werk van de balie is te laat: leider ingelicht"),
        "question.noted": gettext_lazy("Vraag aan de balie opgeschreven"),
        "question.asked_again": gettext_lazy("Vraag aan de balie nog eens gesteld"),
        "question.routed": gettext_lazy("Vraag aan de balie doorgestuurd"),
        "question.answered": gettext_lazy("Vraag aan de balie beantwoord"),
        "question.offered": gettext_lazy("Vraag en antwoord aangeboden aan de redactie"),
        "registration.by_phone": gettext_lazy("Aanmelding opgeschreven aan de telefoon"),
        "registration.from_paper": gettext_lazy("Papieren aanmelding overgenomen"),
        "registration.together": gettext_lazy("Aanmeldingen bij elkaar gezet"),
        "registration.apart": gettext_lazy("Aanmelding uit haar groep gehaald"),
    }
)
trail.listen("registration.received", "nabij.desk.tasks.make_needs")
trail.listen("registration.placed", "nabij.desk.tasks.make_needs")
trail.listen("registration.changed", "nabij.desk.tasks.follow_change")
trail.listen("registration.withdrawn", "nabij.desk.tasks.follow_withdrawal")
for verb in ("double.merged", "double.undone"):
    trail.listen(verb, "nabij.desk.tasks.follow_merge")
for rows in (Need, TogetherMember):
    following.stay(rows)
following.carry("needs", following.Carrier(take_needs_along, give_needs_back))
searching.register(alike)
removal.collect(QUESTIONS)
templates.register(DATA / "templates.toml")
ladders.register(DATA / "policies.toml")
seats.register(people_of_centre)
seats.register_chooser(URGENT, who_is_still_asked)


def _own(ask: Ask, by: Actor, at: datetime) -> None:
    own_by_page(ask, by=by, at=at)


answers.register(URGENT, _own, next_address=lambda ask: reverse("desk:mine"))
panels.add(
    "desk",
    panels.Panel(
        gettext_noop("Hulpvragen"),
        "desk:waiting",
        lambda actor, _: may_hold_needs(actor),
        order=8,
        is_quiet=True,
    ),
)
