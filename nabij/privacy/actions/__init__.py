"""Holding data back, and removing what is past its term."""

from nabij.privacy.actions.holding import Placing, lift_hold, place_hold, prolong_hold, refuse_while_held
from nabij.privacy.actions.removing import remove_expired

__all__ = ["Placing", "lift_hold", "place_hold", "prolong_hold", "refuse_while_held", "remove_expired"]
