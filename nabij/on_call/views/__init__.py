"""Pages of asking for help, of the phone on call, and of the coordinator."""

from nabij.on_call.views.answering import answer, page, progress, public_answer, public_progress, withdraw
from nabij.on_call.views.asking import ask, ask_publicly
from nabij.on_call.views.duty import duty, expect, own_deployments, step
from nabij.on_call.views.leading import asked, call, change_call, hand_over, lead, on_the_move, stand_down
from nabij.on_call.views.waiting import own_requests, waiting

__all__ = [
    "answer", "ask", "ask_publicly", "asked", "call", "change_call", "duty", "expect", "hand_over",
    "lead", "on_the_move", "own_deployments", "own_requests", "page", "progress", "public_answer",
    "public_progress", "stand_down", "step", "waiting", "withdraw",
]  # fmt: skip
