"""Whether this machine can do its whole work, and figures for who watches it: each app adds its own."""

from collections.abc import Callable

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

Check = Callable[[], str]
Figure = Callable[[], float]
_checks: dict[str, Check] = {}
_figures: dict[str, tuple[str, Figure]] = {}


def require(name: str, check: Check) -> None:
    """Ask `check` at each look at readiness; it answers "ok", or in a word what is wrong."""
    _checks[name] = check


def state() -> dict[str, str]:
    """What each check says now."""
    return {name: check() for name, check in _checks.items()}


def measure(name: str, meaning: str, figure: Figure) -> None:
    """Show a number on the metrics page; a number about work, never about a person."""
    _figures[name] = (meaning, figure)


class Figures(Collector):
    """All numbers of the apps, counted at the moment that somebody looks."""

    def collect(self) -> list[GaugeMetricFamily]:
        """One gauge for each number."""
        return [
            GaugeMetricFamily(f"nabij_{name}", meaning, value=figure())
            for name, (meaning, figure) in _figures.items()
        ]
