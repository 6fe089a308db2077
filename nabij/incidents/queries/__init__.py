"""Reading incidents, requests and the timeline, filtered by who asks."""

from nabij.incidents.queries.incidents import (
    Filter,
    incidents_for,
    notes_for,
    overview_for,
    version_of,
    with_reference,
)
from nabij.incidents.queries.places import (
    earlier_at_same_place,
    earlier_links,
    open_nearby,
    repeat_candidates,
    same_place_before,
)
from nabij.incidents.queries.requests import (
    RequestCard,
    cards,
    main_candidates,
    move_candidates,
    open_requests_for,
    requests_for,
)
from nabij.incidents.queries.timeline import Line, register_facts, timeline

__all__ = [
    "Filter", "Line", "RequestCard", "cards", "earlier_at_same_place", "earlier_links", "incidents_for",
    "main_candidates", "move_candidates", "notes_for", "open_nearby", "open_requests_for", "overview_for",
    "register_facts", "repeat_candidates", "requests_for", "same_place_before", "timeline", "version_of",
    "with_reference",
]  # fmt: skip
