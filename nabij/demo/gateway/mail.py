"""The mail sink: takes mail on this machine, puts it on the phones and sends nothing on."""

import email
import email.policy
from email.message import EmailMessage
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from nabij.demo.gateway.gateway import Gateway

LARGEST = 2_000_000
LONGEST_TEXT = 20_000


class Sink:
    """Answers the end of each mail: taken, or put off with 451 when the seed says so."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Put the mail on the phone of each recipient."""
        mail = read(cast(bytes, envelope.content or b""))
        key = str(mail.get("Message-ID", ""))
        if self._gateway.store.draw("mail", key).fault:
            return "451 4.3.0 Simulated temporary failure, try again later"
        self._gateway.take_mail(envelope.rcpt_tos, str(mail.get("Subject", "")), text_of(mail)[:LONGEST_TEXT])
        return "250 2.0.0 OK"


def mail_sink(gateway: Gateway, port: int) -> Controller:
    """Make the mail sink on a port of the loopback address; it still has to be started."""
    return Controller(
        Sink(gateway), hostname="127.0.0.1", port=port, server_hostname="localhost", data_size_limit=LARGEST
    )


def read(content: bytes) -> EmailMessage:
    """Read a mail as it came over the line."""
    return email.message_from_bytes(content, policy=email.policy.default)


def text_of(mail: EmailMessage) -> str:
    """Give the readable text: the plain part, or else the source of the HTML part."""
    part = mail.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        return str(part.get_content()).strip()
    except (LookupError, KeyError):
        return bytes(cast(bytes, part.get_payload(decode=True) or b"")).decode("utf-8", "replace").strip()
