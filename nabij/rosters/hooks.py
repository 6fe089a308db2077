"""What rosters adds below it: verbs, the menu, and the answer to "who sits on this chair?"."""

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.kit import navigation
from nabij.paging import seats
from nabij.rosters.queries import ids_on_duty

trail.register(
    {
        "duty.entered": "Dienst ingevoerd",
        "duty.removed": "Dienst verwijderd",
        "duty.handed_over": "Dienst overgedragen",
    }
)
navigation.add(
    navigation.Entry(
        "Rooster",
        "rosters:week",
        lambda actor: actor.may(Permission.BE_PAGED) or actor.may(Permission.PLAN_ROSTER),
        order=40,
    )
)
seats.register(ids_on_duty)
