"""Persons, their registrations and consents, who may see them, and how they come back."""

from nabij.people.models.access import AccessGrant, BlindIndex, LoginCode, OwnKey
from nabij.people.models.person import ContactWish, Person, WishState
from nabij.people.models.registration import (
    ALLOWED,
    Consent,
    Receiver,
    Registration,
    RegistrationState,
    SpoolPosition,
    SpoolTally,
)

__all__ = [
    "ALLOWED", "AccessGrant", "BlindIndex", "Consent", "ContactWish", "LoginCode", "OwnKey", "Person",
    "Receiver", "Registration", "RegistrationState", "SpoolPosition", "SpoolTally", "WishState",
]  # fmt: skip
