"""A gateway and a mail server on real sockets."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from pydantic import SecretStr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(true: Callable[[], object], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.03)


class Phones:
    """The simulated gateway as its own process."""

    def __init__(self, folder, token: str = "demo") -> None:
        self.port, self.smtp_port = free_port(), free_port()
        command = [sys.executable, "-m", "nabij.demo.gateway", "--port", str(self.port)]
        command += ["--smtp-port", str(self.smtp_port), "--data", str(folder), "--delay", "0.02"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.process.stdout.readline()
        self.url = f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, body: Any = None) -> Any:
        data = json.dumps(body).encode() if body is not None else None
        with urllib.request.urlopen(urllib.request.Request(self.url + path, data), timeout=30) as answer:
            return json.loads(answer.read())

    def faults(self, **faults: Any) -> None:
        self.ask("/faults", faults)

    def seen(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.ask("/api/messages")["messages"]
        return rows

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        assert self.process.stdout
        self.process.stdout.close()


@pytest.fixture
def phones(tmp_path, settings) -> Iterator[Phones]:
    phones = Phones(tmp_path)
    settings.ENV = settings.ENV.model_copy(
        update={
            "gateway_url": phones.url,
            "gateway_token": SecretStr("demo"),
            "base_url": "http://127.0.0.1:1",
        }
    )
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", phones.smtp_port
    yield phones
    phones.close()


class Mailbox:
    """What a real SMTP server on loopback got, and how it answers."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.answer = "250 OK"
        self.rcpt = "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server, session, envelope):
        if self.answer.startswith("250"):
            self.mails.append(envelope)
        return self.answer


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port(), server_hostname="localhost")
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield mailbox
    controller.stop()
