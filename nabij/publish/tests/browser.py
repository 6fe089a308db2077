"""A browser as far as these tests need one: a WSGI call and its answer."""

from dataclasses import dataclass
from typing import Any
from wsgiref.util import setup_testing_defaults


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def get(app, path: str, method: str = "GET", **environ: str) -> Answer:
    variables = {"REQUEST_METHOD": method, "PATH_INFO": path, **environ}
    setup_testing_defaults(variables)
    said: dict[str, Any] = {}

    def start_response(status, headers, exc_info=None):
        said.update(status=int(status.split()[0]), headers=dict(headers))
        return lambda data: None

    body = b"".join(app(variables, start_response))
    return Answer(said["status"], said["headers"], body)


def behind(environ, start_response):
    """What stands behind the release: Django, here one answer."""
    start_response("404 Not Found", [("X-From", "django")])
    return [b"django"]
