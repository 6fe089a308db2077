import time

import pytest

from nabij.demo.gateway.faults import Faults, faults_from
from nabij.demo.gateway.tests.conftest import Client, Sender, wait_until


def test_a_hanging_gateway_answers_late_and_delivers_nothing(client: Client) -> None:
    client.faults(hang=1, hang_seconds=0.3)
    began = time.monotonic()
    assert client.send()[0] == 503
    assert time.monotonic() - began >= 0.3
    assert client.phones() == []


def test_an_error_is_500_and_delivers_nothing(client: Client) -> None:
    client.faults(error=1)
    assert client.send()[0] == 500
    client.faults()
    assert client.send()[0] == 202
    assert len(client.wait_for(1)) == 1


@pytest.mark.parametrize("fault", ["error", "hang"])
def test_a_refused_message_may_come_through_and_its_repeat_delivers_no_second(
    client: Client, fault: str
) -> None:
    client.faults(**{fault: 1, "kept": 1, "hang_seconds": 0.01})
    assert client.send()[0] >= 500
    assert len(client.wait_for(1)) == 1
    client.faults()
    assert client.send()[0] == 202
    time.sleep(0.1)
    assert len(client.phones()) == 1


def test_a_dropped_message_is_accepted_and_never_heard_of(client: Client, sender: Sender) -> None:
    client.faults(drop=1)
    assert client.send("lost")[0] == 202
    client.faults()
    client.send("kept")
    wait_until(lambda: sender.heard)
    assert [row["idempotency_key"] for row in client.phones()] == ["kept"]
    assert [news["idempotency_key"] for news in sender.heard] == ["kept"]


def test_a_duplicate_is_delivered_twice_and_told_twice(client: Client, sender: Sender) -> None:
    client.faults(duplicate=1)
    client.send()
    wait_until(lambda: len(sender.heard) == 2)
    assert len(client.phones()) == 2
    assert "dubbel bezorgd" in client.page()
    client.send()
    assert len(client.wait_for(3)) == 3


def test_a_late_call_back_comes_after_the_delivery(client: Client, sender: Sender) -> None:
    client.faults(late=1, late_seconds=0.4)
    client.send()
    client.wait_for(1)
    assert sender.heard == []
    wait_until(lambda: sender.heard)


def test_a_failure_is_told_and_reaches_no_phone(client: Client, sender: Sender) -> None:
    client.faults(fail=1)
    client.send()
    wait_until(lambda: sender.heard)
    assert sender.heard[0]["state"] == "failed"
    assert client.phones() == []


def test_the_same_seed_gives_the_same_run_again(client: Client) -> None:
    some = {"seed": 7, "error": 0.4, "hang": 0.1, "drop": 0.2, "hang_seconds": 0}
    runs = []
    for run in range(2):
        client.faults(**some)
        runs.append([client.send(f"{run}-{number}")[0] for number in range(20)])
    assert runs[0] == runs[1]
    assert {202, 500} <= set(runs[0])


def test_faults_by_key_do_not_depend_on_the_order() -> None:
    faults = Faults(error=0.5, by="key")
    assert [faults.draw(0, f"k{n}", 0) for n in range(20)] == [faults.draw(n, f"k{n}", 0) for n in range(20)]
    assert len({faults.draw(0, "k", attempt).fault for attempt in range(20)}) == 2


def test_each_fault_strikes_about_its_share() -> None:
    faults = Faults(seed=3, hang=0.1, error=0.2, drop=0.1, duplicate=0.1, late=0.1, fail=0.1)
    drawn = [faults.draw(number, "", 0).fault for number in range(5000)]
    for kind, share in {"hang": 0.1, "error": 0.2, "fail": 0.1, "": 0.3}.items():
        assert drawn.count(kind) / 5000 == pytest.approx(share, abs=0.02)


@pytest.mark.parametrize(
    "wrong",
    [[], {"brand": 1}, {"hang": 2}, {"hang": "1"}, {"hang": True}, {"hang": 0.6, "drop": 0.6}, {"by": "weer"},
     {"late_seconds": -1}, {"hang": float("nan")}, {"seed": 1.5}],
)  # fmt: skip
def test_faults_that_make_no_sense_are_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match="."):
        faults_from(wrong)
