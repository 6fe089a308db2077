"""Everything that can happen at the scene."""

from nabij.on_scene.actions.alarming import answer_alarm, end_alarm, raise_alarm
from nabij.on_scene.actions.relieving import ask_relief, tick_material
from nabij.on_scene.actions.testing import try_all_phones, try_phones
from nabij.on_scene.actions.watching import answer_check, begin_watch, end_watch, look_after, say_all_right

__all__ = [
    "answer_alarm", "answer_check", "ask_relief", "begin_watch", "end_alarm", "end_watch", "look_after",
    "raise_alarm", "say_all_right", "try_all_phones", "try_phones", "tick_material",
]  # fmt: skip
