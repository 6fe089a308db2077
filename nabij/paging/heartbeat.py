"""The sign of life to a watcher outside: when it stops, somebody there rings a bell."""

import requests
import structlog

log = structlog.get_logger()
SECONDS = 5


def beat(address: str, *, is_well: bool) -> bool:
    """Fetch the watcher's address, or the one for trouble; False when nobody answered (silence tells too)."""
    if not address:
        return False
    url = address if is_well else f"{address.rstrip('/')}/fail"
    try:
        requests.get(url, timeout=SECONDS).raise_for_status()
    except requests.RequestException as error:
        log.warning("heartbeat not heard", exception_type=type(error).__name__)
        return False
    return True
