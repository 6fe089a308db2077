import smtplib
from email.message import EmailMessage

import pytest

from nabij.demo.gateway.mail import read, text_of
from nabij.demo.gateway.tests.conftest import Client


def test_a_mail_reaches_the_phone_of_each_recipient(client: Client) -> None:
    client.mail("Tik op http://localhost:8000/o/x1", "Oproep é", "ayla@voorbeeld.test", "bo@voorbeeld.test")
    rows = client.wait_for(2)
    assert {row["to"] for row in rows} == {"ayla@voorbeeld.test", "bo@voorbeeld.test"}
    assert {(row["kind"], row["subject"]) for row in rows} == {("mail", "Oproep é")}
    assert 'href="http://localhost:8000/o/x1"' in client.page("?to=ayla")
    assert "bo@voorbeeld" not in client.page("?to=ayla")


def test_a_mail_is_put_off_by_seed_and_taken_later(client: Client) -> None:
    client.faults(mail=1)
    with pytest.raises(smtplib.SMTPDataError) as refused:
        client.mail("Kom", "Oproep", "ayla@voorbeeld.test")
    assert refused.value.smtp_code == 451
    assert client.phones() == []
    client.faults()
    client.mail("Kom", "Oproep", "ayla@voorbeeld.test")
    assert len(client.phones()) == 1


def test_the_plain_part_is_preferred_and_a_strange_charset_is_read_as_well_as_can_be() -> None:
    both = EmailMessage()
    both.set_content("gewoon")
    both.add_alternative("<p>rijk</p>", subtype="html")
    assert text_of(read(both.as_bytes())) == "gewoon"
    assert text_of(read(b"Content-Type: text/plain; charset=klingon\n\nKom")) == "Kom"
    assert text_of(read(b"Content-Type: image/png\n\nx")) == ""
    assert text_of(read(b"")) == ""
