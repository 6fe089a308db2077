"""What audit adds below it: it is not ready while somebody who serves could rewrite the trail."""

from nabij.audit.queries import trail_is_closed
from nabij.kit import readiness

readiness.require("trail", lambda: "ok" if trail_is_closed() else "can be rewritten")
