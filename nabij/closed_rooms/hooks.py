"""What the rooms add below them: verbs, notices, the first page inside, and what follows a goodbye."""

from pathlib import Path

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.closed_part import entrance, leaving
from nabij.closed_part.policies import works_at_door
from nabij.closed_rooms import ways
from nabij.closed_rooms.actions.leaving import clear_up
from nabij.closed_rooms.groups import OUTSIDE, take_along, way_in
from nabij.closed_rooms.policies import can_keep, may_answer
from nabij.closed_rooms.queries.letters import letters_to_take
from nabij.closed_rooms.tasks import ERASED
from nabij.closed_rooms.trial import try_closed_part
from nabij.kit import navigation, panels
from nabij.notify import templates
from nabij.openings import trials
from nabij.openings.models import TestKind
from nabij.own_space import exports
from nabij.peers import outside
from nabij.peers.models import SpaceKind

trail.register(
    {
        "closed_rooms.contact_appointed": gettext_lazy("Contactpersoon van het besloten deel aangewezen"),
        "closed_rooms.contact_ended": gettext_lazy("Contactpersoon van het besloten deel gestopt"),
        "closed_rooms.meeting_planned": gettext_lazy("Besloten bijeenkomst gepland"),
        "closed_rooms.meeting_called_off": gettext_lazy("Besloten bijeenkomst afgezegd"),
        "closed_rooms.signed_up": gettext_lazy("Aangemeld voor een besloten bijeenkomst"),
        "closed_rooms.signed_off": gettext_lazy("Afgemeld voor een besloten bijeenkomst"),
        "closed_rooms.paper_added": gettext_lazy("Besloten stuk toegevoegd"),
        "closed_rooms.paper_released": gettext_lazy("Besloten stuk vrijgegeven"),
        "closed_rooms.paper_withdrawn": gettext_lazy("Besloten stuk ingetrokken"),
        "closed_rooms.letter_sent": gettext_lazy("Bericht aan of van de balie verstuurd"),
        "closed_rooms.letter_withdrawn": gettext_lazy("Bericht aan of van de balie ingetrokken"),
        "closed_rooms.letters_settled": gettext_lazy("Berichten gelezen, geen antwoord nodig"),
    }
)
templates.register(Path(__file__).parent / "data" / "messages.toml")
entrance.first_page("closed_rooms:home")
leaving.follow(clear_up)
leaving.follow(take_along)
trail.listen("person.erased", ERASED)
ways.add(way_in)
outside.register(SpaceKind.CENTRE, OUTSIDE)
trials.register(TestKind.CLOSED_PART, try_closed_part)
navigation.add(
    navigation.Entry(
        gettext_noop("Groepen openen"),
        "closed_rooms:groups",
        lambda actor: actor.may(Permission.LEAD_GROUPS),
        order=73,
    )
)
exports.add(
    exports.Part(
        "berichten aan de balie",
        letters_to_take,
        gettext_lazy("Mijn berichten aan de balie"),
        ("van", "tekst", "verstuurd", "ingetrokken"),
    )
)
panels.add(
    "desk",
    panels.Panel(
        gettext_noop("Berichten aan de balie"),
        "closed_rooms:work",
        lambda actor, _: works_at_door(actor),
        order=9,
    ),
)
panels.add_door(
    "closed_part",
    panels.Door(
        gettext_noop("Berichten"), "closed_rooms:waiting", lambda actor, _, at: works_at_door(actor), order=10
    ),
)
panels.add_door(
    "closed_part",
    panels.Door(gettext_noop("Wat er binnen staat"), "closed_rooms:overview", can_keep, order=20),
)
panels.add_door(
    "closed_part_asker",
    panels.Door(gettext_noop("Berichten"), "closed_rooms:conversation", may_answer, order=10),
)
