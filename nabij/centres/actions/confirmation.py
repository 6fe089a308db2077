"""The link by which a commissioner confirms what was entered for him."""

from datetime import datetime

from nabij.centres.models import Commission


def send_confirmation_link(commission: Commission, token: str, email: str, *, at: datetime) -> None:
    """Send the link to the commissioner's e-mail address, in this transaction."""
