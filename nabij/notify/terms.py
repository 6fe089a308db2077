"""How often and how long a delivery is tried: content, so that a desk can change it."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from nabij.kit.content import load_toml

FILE = Path(__file__).parent / "data" / "delivery.toml"
REACH_FILE = Path(__file__).parent / "data" / "reach.toml"


@dataclass(frozen=True)
class Terms:
    """The numbers of delivery; waits between attempts, the last one repeated when there are more."""

    attempts: int
    waits: tuple[timedelta, ...]
    lease: timedelta
    longest_send: timedelta
    threads_per_channel: int
    gateway_timeout: float
    report_within: timedelta
    longest_value: int

    def wait_after(self, attempt: int) -> timedelta:
        """How long to wait after this attempt (the first is 1) before the next."""
        return self.waits[min(attempt, len(self.waits)) - 1]


def delivery_terms() -> Terms:
    """The terms as the content file has them."""
    content = load_toml(FILE)
    return Terms(
        attempts=content["attempts"],
        waits=tuple(timedelta(seconds=each) for each in content["waits"]),
        lease=timedelta(seconds=content["lease_seconds"]),
        longest_send=timedelta(seconds=content["longest_send_seconds"]),
        threads_per_channel=content["threads_per_channel"],
        gateway_timeout=float(content["gateway_timeout_seconds"]),
        report_within=timedelta(seconds=content["report_within_seconds"]),
        longest_value=content["longest_value"],
    )


@dataclass(frozen=True)
class ReachTerms:
    """What members of staff may choose for their own numbers, and how long a code lasts."""

    waits_minutes: tuple[int, ...]
    most_points: int
    code_lasts: timedelta
    tries: int


def reach_terms() -> ReachTerms:
    """The terms as the content file has them."""
    content = load_toml(REACH_FILE)
    return ReachTerms(
        waits_minutes=tuple(content["waits_minutes"]),
        most_points=content["most_points"],
        code_lasts=timedelta(minutes=content["code_minutes"]),
        tries=content["code_tries"],
    )
