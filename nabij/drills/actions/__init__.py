"""Everything that can happen with a drill: begin, its clock, play, end, wipe."""

from nabij.drills.actions.beginning import DrillData, begin_drill
from nabij.drills.actions.clock import jump_to_next, pause, play, play_to_the_end, run_clock
from nabij.drills.actions.ending import end_drill, wipe_drill

__all__ = [
    "DrillData", "begin_drill", "end_drill", "jump_to_next", "pause", "play", "play_to_the_end", "run_clock",
    "wipe_drill",
]  # fmt: skip
