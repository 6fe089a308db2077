"""What each process is told: the machine's secrets, and only those that it needs."""

import base64
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nacl.public import PrivateKey

from launch.private_files import read_or_make

OURS = ("NABIJ_", "DATABASE_")
FOREIGN = (*OURS, "DJANGO_", "PG", "PYTEST_", "COV_")
PRIVATE_KEY = "NABIJ_SPOOL_PRIVATE_KEY"


def make_secrets() -> dict[str, str]:
    """Fresh random secrets, as the settings expect them."""
    spool = PrivateKey.generate()
    return {
        "NABIJ_SECRET_KEY": secrets.token_urlsafe(48),
        "NABIJ_MASTER_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "NABIJ_BLIND_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "NABIJ_SPOOL_PUBLIC_KEY": base64.b64encode(bytes(spool.public_key)).decode(),
        PRIVATE_KEY: base64.b64encode(bytes(spool)).decode(),
    }


def own_settings() -> dict[str, str]:
    """What the person who starts Nabij set for it in the environment."""
    return {name: value for name, value in os.environ.items() if name.startswith(OURS)}


@dataclass(frozen=True)
class Environment:
    """Composes the environment of each process of one stack; what the person set in ``own`` wins."""

    data: Path
    base_url: str = "http://localhost:8000"
    gateway_port: int | None = None
    smtp_port: int | None = None
    demo: bool = False
    movable_clock: bool = False
    own: Mapping[str, str] = field(default_factory=dict)

    def for_app(self, app_url: str) -> dict[str, str]:
        """For the processes that serve: not the owner's login, not the key that opens the spool."""
        return self._compose(DATABASE_URL=self.own.get("DATABASE_URL", app_url))

    def for_drain(self, app_url: str) -> dict[str, str]:
        """For the one process that opens sealed submissions."""
        key = self.own.get(PRIVATE_KEY) or self.secrets()[PRIVATE_KEY]
        return {**self.for_app(app_url), PRIVATE_KEY: key}

    def for_owner(self, owner_url: str) -> dict[str, str]:
        """For migrating and seeding: Django logs in as the owner of the tables."""
        url = self.own.get("DATABASE_OWNER_URL") or self.own.get("DATABASE_URL", owner_url)
        return self._compose(DATABASE_URL=url, DATABASE_OWNER_URL=url)

    def secrets(self) -> dict[str, str]:
        """This data folder's own secrets, made at the first look."""
        return read_or_make(self.data / "secrets.json", make_secrets)

    def _compose(self, **database: str) -> dict[str, str]:
        machine = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        ours = {
            **self.secrets(),
            "NABIJ_DATA_DIR": str(self.data),
            "NABIJ_BASE_URL": self.base_url,
            "PYTHONUNBUFFERED": "1",
        }
        if self.demo:
            ours["NABIJ_DEMO"] = "1"
        if self.movable_clock:
            ours["NABIJ_MOVABLE_CLOCK"] = "1"
        if self.smtp_port:
            ours["NABIJ_EMAIL_URL"] = f"smtp://127.0.0.1:{self.smtp_port}"
        if self.gateway_port:
            ours["NABIJ_GATEWAY_URL"] = f"http://127.0.0.1:{self.gateway_port}"
        everything = {**machine, **ours, **self.own}
        for name in (PRIVATE_KEY, "DATABASE_URL", "DATABASE_OWNER_URL"):
            everything.pop(name, None)
        return {**everything, **database}
