"""What a channel gets, and what it says of it."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Parcel:
    """One message for one address, opened, ready to leave the house; it is never logged."""

    delivery_id: UUID
    attempt: int
    channel: str
    address: str
    subject: str
    body: str
    key: str
    callback_url: str
    is_exercise: bool
    asks_answer: bool
    stop_url: str = ""

    def __repr__(self) -> str:
        return f"Parcel({self.delivery_id})"


@dataclass(frozen=True)
class Handed:
    """How it went: taken (with the other side's number), or not, with a code and whether that is final."""

    is_taken: bool
    provider_id: str = ""
    code: str = ""
    is_final: bool = False
