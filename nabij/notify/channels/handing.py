"""Which module serves which channel."""

from collections.abc import Callable

from nabij.notify.channels.apprise import hand_to_apprise
from nabij.notify.channels.email import hand_to_mail
from nabij.notify.channels.gateway import hand_to_gateway
from nabij.notify.channels.parcel import Handed, Parcel

CHANNELS: dict[str, Callable[[Parcel], Handed]] = {
    "email": hand_to_mail,
    "sms": hand_to_gateway,
    "voice": hand_to_gateway,
    "apprise": hand_to_apprise,
}


def hand_over(parcel: Parcel) -> Handed:
    """Hand the parcel to its channel; a channel that breaks is an outcome with a code, never an exception."""
    if not parcel.address or not parcel.body:
        return Handed(False, code="erased", is_final=True)
    try:
        return CHANNELS[parcel.channel](parcel)
    except Exception as error:
        return Handed(False, code=type(error).__name__.lower()[:40])
