"""All other ways (chat, push) by apprise; the contact point's value is an apprise address."""

from nabij.notify.channels.parcel import Handed, Parcel


def hand_to_apprise(parcel: Parcel) -> Handed:
    """Give one message to the service that the address names."""
    from apprise import Apprise  # loads hundreds of services: only for who uses it

    service = Apprise()
    if not service.add(parcel.address):
        return Handed(False, code="unknown_service", is_final=True)
    if service.notify(title=parcel.subject, body=parcel.body):
        return Handed(True)
    return Handed(False, code="service_refused")
