"""A gateway, its sender and its browser on real sockets."""

import http.client
import json
import smtplib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from nabij.demo.gateway.gateway import Gateway
from nabij.demo.gateway.mail import mail_sink
from nabij.demo.gateway.web import Server


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Client:
    """Speaks to a gateway as the application, a test or a browser does."""

    def __init__(self, port: int, smtp_port: int, callback_url: str = "") -> None:
        self.port, self.smtp_port, self.callback_url = port, smtp_port, callback_url

    def ask(
        self, method: str, path: str, body: Any = None, **headers: str
    ) -> tuple[int, str, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            text = body if isinstance(body, str) or body is None else json.dumps(body)
            connection.request(method, path, text, {"Connection": "close", **headers})
            response = connection.getresponse()
            return response.status, response.read().decode(), dict(response.headers)
        finally:
            connection.close()

    def send(self, key: str = "k1", token: str = "demo", **more: Any) -> tuple[int, dict[str, Any]]:
        message = {"to": "+31 6 0000 0001", "body": "Kom", "kind": "sms", "idempotency_key": key}
        message |= {"callback_url": self.callback_url, **more}
        status, text, _ = self.ask("POST", "/messages", message, Authorization=f"Bearer {token}")
        return status, json.loads(text)

    def faults(self, **faults: Any) -> None:
        assert self.ask("POST", "/faults", faults)[0] == 200

    def phones(self, query: str = "") -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = json.loads(self.ask("GET", f"/api/messages{query}")[1])["messages"]
        return rows

    def wait_for(self, count: int) -> list[dict[str, Any]]:
        wait_until(lambda: len(self.phones()) >= count)
        return self.phones()

    def page(self, query: str = "") -> str:
        return self.ask("GET", f"/{query}")[1]

    def mail(self, text: str = "Kom", subject: str = "Oproep", *to: str) -> None:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "nabij@voorbeeld.test", ", ".join(to), subject
        mail.set_content(text)
        with smtplib.SMTP("127.0.0.1", self.smtp_port, local_hostname="localhost", timeout=10) as line:
            line.send_message(mail)


class Sender:
    """The application that hears the calls back; it answers 503 as often as it is told to."""

    def __init__(self) -> None:
        self.heard: list[dict[str, str]] = []
        self.tokens: list[str] = []
        self.refusals = 0
        sender = self

        class Ear(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                news = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                sender.tokens.append(self.headers["Authorization"])
                refused = sender.refusals > 0
                sender.refusals -= refused
                if not refused:
                    sender.heard.append(news)
                self.send_response(503 if refused else 204)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None: ...

        self.server = HTTPServer(("127.0.0.1", 0), Ear)
        self.url = f"http://127.0.0.1:{self.server.server_port}/terug?bron=gateway"


def wait_until(true: Callable[[], object], seconds: float = 8.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


@pytest.fixture
def sender() -> Iterator[Sender]:
    sender = Sender()
    thread = threading.Thread(target=sender.server.serve_forever, args=(0.02,))
    thread.start()
    yield sender
    sender.server.shutdown()
    sender.server.server_close()
    thread.join()


@pytest.fixture
def client(tmp_path: Path, sender: Sender) -> Iterator[Client]:
    gateway = Gateway(tmp_path, token="demo", delay=0.02)
    server = Server(gateway, 0)
    sink = mail_sink(gateway, free_port())
    sink.start()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield Client(server.server_port, sink.port, sender.url)
    gateway.stopping.set()
    server.shutdown()
    server.server_close()
    thread.join()
    sink.stop()
    gateway.stop()
