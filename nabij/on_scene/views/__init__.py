"""The pages at the scene, by subject."""

from nabij.on_scene.views.leading import board, end_alarm, materials, relieve
from nabij.on_scene.views.own import all_right, own, raise_alarm
from nabij.on_scene.views.phones import phone_tests

__all__ = [
    "all_right", "board", "end_alarm", "materials", "own", "phone_tests", "raise_alarm", "relieve",
]  # fmt: skip
