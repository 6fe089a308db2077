"""How victim support is reached: which door is open, for whom, and when the next one opens."""
