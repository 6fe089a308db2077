"""The call back to the sender, on this machine only: no proxy, no redirect, the bearer token with it."""

import http.client
import json
from urllib.parse import urlsplit

from nabij.demo.gateway.messages import Call

SECONDS = 5.0
PAUSES = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 30.0, 30.0, 30.0, 30.0)


def was_received(call: Call, token: str) -> bool:
    """Tell the sender once; say whether it answered with a status of 200 to 299 within 5 seconds."""
    parts = urlsplit(call.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=SECONDS)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}", "Connection": "close"}
    try:
        connection.request("POST", path, json.dumps(call.payload), headers)
        response = connection.getresponse()
        response.read(64 * 1024)
        return 200 <= response.status < 300
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
