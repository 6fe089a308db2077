"""Reading the plan, contacts, appointments and attempts of a case."""

from nabij.support.queries.files import (
    Calling,
    ShownContact,
    ShownItem,
    appointment_for,
    appointments_of,
    attempts_of,
    booking_of,
    calling,
    closing_of,
    contact_for,
    contacts_of,
    draft_of,
    latest_of,
    plan_item_for,
    plan_of,
    shown_item,
    tasks_of,
)

__all__ = [
    "Calling", "ShownContact", "ShownItem", "appointment_for", "appointments_of", "attempts_of",
    "booking_of", "calling", "closing_of", "contact_for", "contacts_of", "draft_of", "latest_of",
    "plan_item_for", "plan_of", "shown_item", "tasks_of",
]  # fmt: skip
