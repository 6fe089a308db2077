"""The messages that the gateway carries, and what is still owed for them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "::1")
LONGEST = {"to": 320, "body": 20_000, "idempotency_key": 200, "callback_url": 2_000}


@dataclass
class Message:
    """One text, spoken message or mail; ``owed`` counts the deliveries that it must get in the end."""

    id: str
    to: str
    body: str
    kind: str
    at: str
    subject: str = ""
    idempotency_key: str = ""
    callback_url: str = ""
    exercise: bool = False
    answers: bool = False
    fault: str = ""
    owed: int = 1
    state: str = "accepted"
    answer: str = ""
    deliveries: list[str] = field(default_factory=list)

    @property
    def awaits_key(self) -> bool:
        """Say whether the person called can still press 1 or 2."""
        return self.kind == "voice" and self.answers and not self.answer


@dataclass(frozen=True)
class Call:
    """One message back to the sender: a delivery report or a key that was pressed."""

    id: str
    url: str
    payload: dict[str, str]


def now() -> str:
    """Give this moment in UTC as text that sorts by time."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def moment_from(text: str) -> str:
    """Bring a moment into the notation of ``now()``; one without a zone is UTC. Raises ValueError."""
    moment = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
    try:
        moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except OverflowError:
        raise ValueError("a moment out of reach") from None
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def message_from(data: object, id: str, at: str) -> Message:
    """Read a message from JSON. Raises ValueError with the reason; a callback may only go to this machine."""
    if not isinstance(data, dict):
        raise ValueError("a message must be an object")
    text = {name: data.get(name, "") for name in LONGEST}
    for name, value in text.items():
        if not isinstance(value, str) or len(value) > LONGEST[name]:
            raise ValueError(f"{name} must be text of at most {LONGEST[name]} characters")
        if name != "callback_url" and not value.strip():
            raise ValueError(f"{name} is missing")
    if data.get("kind", "sms") not in ("sms", "voice"):
        raise ValueError('kind must be "sms" or "voice"')
    flags = {name: data.get(name, False) for name in ("exercise", "answers")}
    if not all(isinstance(value, bool) for value in flags.values()):
        raise ValueError("exercise and answers must be true or false")
    check_callback(text["callback_url"])
    text["to"] = text["to"].strip()
    return Message(id=id, at=at, kind=data.get("kind", "sms"), **text, **flags)


def check_callback(url: str) -> None:
    """Refuse a callback address that would leave this machine, since nothing here goes over the network."""
    if not url:
        return
    parts = urlsplit(url)
    if parts.scheme != "http" or parts.hostname not in LOOPBACK or parts.username or not url.isascii():
        raise ValueError("callback_url must be an http address on this machine")
    if any(character <= " " for character in url) or parts.port == 0:
        raise ValueError("callback_url is not an address")


def same_recipient(one: str, other: str) -> bool:
    """Say whether two spellings of a number or mail address are the same phone."""
    return plain(one) == plain(other)


def plain(recipient: str) -> str:
    """Strip a number or mail address of spaces and signs ("+31 6-123" is "316123")."""
    return "".join(character for character in recipient.casefold() if character not in " +-()\t")
