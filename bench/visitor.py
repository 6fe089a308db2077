"""Somebody with a browser, as far as a measurement needs one: a session, a login, forms."""

import tomllib

import requests

from launch.places import CHECKOUT

LOGIN = "/inloggen/login/"
_WORLD = CHECKOUT / "nabij" / "demo" / "data" / "world.toml"


class Visitor:
    """A session over HTTP; what goes wrong on the way is a status of 0."""

    def __init__(self, base_url: str, *, seconds: float = 10) -> None:
        self.base_url, self.seconds = base_url, seconds
        self.session = requests.Session()

    def get(self, path: str) -> requests.Response:
        """A page, redirects followed; raises requests.RequestException."""
        return self.session.get(self.base_url + path, timeout=self.seconds)

    def post(self, path: str, values: dict[str, object]) -> requests.Response:
        """A form, its redirect not followed; raises requests.RequestException."""
        token = self.session.cookies.get("csrftoken", "")
        return self.session.post(
            self.base_url + path,
            data={**values, "csrfmiddlewaretoken": token},
            headers={"Sec-Fetch-Site": "same-origin"},
            timeout=self.seconds,
            allow_redirects=False,
        )

    def log_in(self, name: str) -> None:
        """Log somebody of the demonstration in. Raises RuntimeError when the password is refused."""
        password = tomllib.loads(_WORLD.read_text(encoding="utf-8"))["password"]
        self.get(LOGIN)
        answer = self.post(LOGIN, {"login": f"{name}@example.nl", "password": password})
        if answer.status_code != 302:
            raise RuntimeError(f"no login: {answer.status_code}")

    def twin(self) -> "Visitor":
        """The same person in another tab, so that threads share no connection."""
        other = Visitor(self.base_url, seconds=self.seconds)
        other.session.cookies.update(self.session.cookies)
        return other
