"""Whether the web of a stack answers."""

import http.client
import time
from threading import Event

from launch.spawning import LaunchError

READY_WITHIN = 60.0  # seconds


def wait_until_ready(port: int, path: str, *, stopping: Event) -> None:
    """Wait until the address answers 200, or until somebody stops the stack."""
    until = time.monotonic() + READY_WITHIN
    while not stopping.is_set() and not answers(port, path):
        if time.monotonic() > until:
            raise LaunchError(f"The web did not answer {path} within {READY_WITHIN:.0f} s; see its log.")
        time.sleep(0.05)


def answers(port: int, path: str) -> bool:
    """Whether the web on this machine answers the path with 200 now."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
    try:
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
