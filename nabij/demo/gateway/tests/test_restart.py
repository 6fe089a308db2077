import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nabij.demo.gateway.gateway import Gateway
from nabij.demo.gateway.journal import NAME, JournalInUse, deliveries_by_key, events_in
from nabij.demo.gateway.messages import message_from, now
from nabij.demo.gateway.tests.conftest import Client, Sender, free_port, wait_until


class Started:
    """A gateway in a process of its own."""

    def __init__(self, folder: Path, url: str, *flags: str) -> None:
        self.client = Client(free_port(), free_port(), url)
        ports = ["--port", str(self.client.port), "--smtp-port", str(self.client.smtp_port)]
        command = [sys.executable, "-m", "nabij.demo.gateway", *ports, "--data", str(folder), *flags]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        assert self.process.stdout.readline().startswith("gateway: http://127.0.0.1:")

    def end(self, how: int) -> int:
        self.process.send_signal(how)
        code = self.process.wait(10)
        assert self.process.stdout
        self.process.stdout.close()
        return code


def test_a_killed_gateway_goes_on_where_it_was(tmp_path: Path, sender: Sender) -> None:
    first = Started(tmp_path, sender.url, "--delay", "60", "--seed", "5", "--drop", "0.3")
    accepted = {f"k{number}": first.client.send(f"k{number}")[1]["id"] for number in range(12)}
    first.end(signal.SIGKILL)
    lost = {event["key"] for event in events_in(tmp_path) if event.get("fault") == "drop"}
    assert 0 < len(lost) < 12
    second = Started(tmp_path, sender.url, "--delay", "0.01", "--seed", "5", "--drop", "0.3")
    wait_until(lambda: len(sender.heard) == 12 - len(lost))
    assert second.client.send("k3")[1]["id"] == accepted["k3"]
    assert second.end(signal.SIGTERM) == 0
    assert deliveries_by_key(tmp_path) == {key: int(key not in lost) for key in accepted}
    third = Started(tmp_path, sender.url)
    assert '"drop": 0.3' in third.client.ask("GET", "/faults")[1]
    assert len(third.client.phones()) == 12 - len(lost)
    third.end(signal.SIGTERM)


def test_a_call_back_that_was_owed_is_made_after_a_restart(tmp_path: Path, sender: Sender) -> None:
    first = Started(tmp_path, sender.url, "--delay", "0", "--late", "1", "--late-seconds", "60")
    first.client.send()
    first.client.wait_for(1)
    first.end(signal.SIGKILL)
    assert sender.heard == []
    second = Started(tmp_path, sender.url)
    wait_until(lambda: sender.heard)
    second.end(signal.SIGTERM)


def test_a_torn_line_is_passed_over_and_the_next_is_whole(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text('{"event": "accep', encoding="utf-8")
    gateway = Gateway(tmp_path, token="demo", delay=60)
    gateway.accept(message_from({"to": "06", "body": "Kom", "idempotency_key": "k"}, "a1", now()))
    gateway.stop()
    assert [event["event"] for event in events_in(tmp_path)] == ["accepted"]


def test_two_gateways_never_share_a_folder(tmp_path: Path) -> None:
    gateway = Gateway(tmp_path, token="demo")
    with pytest.raises(JournalInUse):
        Gateway(tmp_path, token="demo")
    gateway.stop()


def test_a_wrong_command_line_says_what_is_wrong(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "nabij.demo.gateway", "--port", "0", "--smtp-port", str(free_port())]
    ended = subprocess.run([*command, "--data", str(tmp_path), "--hang", "3"], capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (1, "gateway: hang must lie between 0 and 1\n")


def test_the_gateway_knows_no_django_and_no_other_app() -> None:
    look = (
        "import sys, nabij.demo.gateway.__main__\n"
        "print([n for n in sys.modules if n.startswith('django') or n.startswith('nabij.')"
        " and n != 'nabij.demo' and not n.startswith('nabij.demo.gateway')])"
    )
    assert subprocess.run([sys.executable, "-c", look], capture_output=True, text=True).stdout == "[]\n"
