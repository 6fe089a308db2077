"""Everything that can happen to what a step hands out."""

from nabij.handouts.actions.filling import fill_handout
from nabij.handouts.actions.printing import follow_letters, print_copies, print_letters

__all__ = ["fill_handout", "follow_letters", "print_copies", "print_letters"]
