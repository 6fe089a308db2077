"""What happens with the protocols of a municipality."""

from nabij.protocols.actions.answering import answer_version, record_written
from nabij.protocols.actions.changing import change_step, take_over
from nabij.protocols.actions.drafting import (
    PartiesMissing,
    Shared,
    adopt_example,
    adopt_shared,
    drop_draft,
    import_plan,
    renew_version,
)
from nabij.protocols.actions.sending import send_version, withdraw_version

__all__ = [
    "PartiesMissing", "Shared", "adopt_example", "adopt_shared", "answer_version", "change_step",
    "drop_draft", "import_plan", "record_written", "renew_version", "send_version", "take_over",
    "withdraw_version",
]  # fmt: skip
