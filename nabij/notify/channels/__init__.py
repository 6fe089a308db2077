"""The channels: small modules that hand one parcel to the outside and say in a code how that went."""

from nabij.notify.channels.handing import CHANNELS, hand_over
from nabij.notify.channels.parcel import Handed, Parcel

__all__ = ["CHANNELS", "Handed", "Parcel", "hand_over"]
