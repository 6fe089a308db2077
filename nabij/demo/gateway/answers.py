"""A request as the gateway reads it, and the answers it gives."""

import json
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Request:
    """What was asked: method, path, query, the body as text and the bearer token ("" when there is none)."""

    method: str
    path: str
    query: dict[str, str]
    body: str = ""
    token: str = ""

    def json(self) -> object:
        """Read the body as JSON. Raises ValueError when it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise ValueError("the body is not JSON") from None


@dataclass(frozen=True)
class Answer:
    """What is answered: a status, a body with its type, and further headers."""

    status: int
    body: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


class Refused(Exception):
    """A request that cannot be answered as asked, with its status and the reason."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def as_json(data: object, status: int = 200) -> Answer:
    """Answer with JSON."""
    return Answer(status, json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))


def as_page(html: str) -> Answer:
    """Answer with a page."""
    return Answer(200, html.encode("utf-8", "replace"), "text/html; charset=utf-8")


def refusal(error: Refused) -> Answer:
    """Answer with the reason why not."""
    return as_json({"error": str(error)}, error.status)
