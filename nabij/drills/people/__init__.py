"""Made-up people in a drill: who rings in, who opens the door, who registers; all by the real actions.

What they do follows from the number of the game alone, so that the same number gives the same story.
"""

from collections.abc import Iterator

from nabij.drills.events import Event
from nabij.drills.models import Drill
from nabij.drills.people.calling import calls
from nabij.drills.people.registering import registrations
from nabij.drills.people.walking import walks


def people_events(drill: Drill) -> Iterator[Event]:
    """What made-up people outside will do next."""
    yield from calls(drill)
    yield from walks(drill)
    yield from registrations(drill)
