"""Everything that happens to flyers and letters."""

from nabij.flyers.actions.deciding import approve_edition, refuse_edition, send_edition, withdraw_edition
from nabij.flyers.actions.letters import ask_again, ask_letters, make_letters
from nabij.flyers.actions.writing import start_edition, write_edition

__all__ = [
    "approve_edition", "ask_again", "ask_letters", "make_letters", "refuse_edition",
    "send_edition", "start_edition", "withdraw_edition", "write_edition",
]  # fmt: skip
