"""Everything that can happen on call: asking, paging, deploying, telling and standing down."""

from nabij.on_call.actions.asking import ask_help
from nabij.on_call.actions.calling import call_workers, page_now
from nabij.on_call.actions.caring import care_after
from nabij.on_call.actions.chasing import chase_silent
from nabij.on_call.actions.deploying import (
    arrive,
    expect,
    finish,
    set_off,
    start_deployment,
    step_back,
)
from nabij.on_call.actions.handing_over import hand_over_help
from nabij.on_call.actions.telling import (
    stand_down_help,
    stand_down_if_unneeded,
    tell_changed_facts,
    withdraw_help,
)

__all__ = [
    "arrive", "ask_help", "call_workers", "care_after", "chase_silent", "expect", "finish", "hand_over_help",
    "page_now", "set_off", "stand_down_help", "stand_down_if_unneeded", "start_deployment", "step_back",
    "tell_changed_facts", "withdraw_help",
]  # fmt: skip
