"""E-mail by SMTP, with a Message-ID that is the same for each try."""

import smtplib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from nabij.notify.channels.parcel import Handed, Parcel


def hand_to_mail(parcel: Parcel) -> Handed:
    """Give one mail to the mail server."""
    host = urlsplit(settings.ENV.base_url).hostname or "localhost"
    identity = f"<{parcel.key}@{host}>"
    headers = {"Message-ID": identity, "Auto-Submitted": "auto-generated", **_way_out(parcel.stop_url)}
    mail = EmailMessage(
        parcel.subject, parcel.body, settings.DEFAULT_FROM_EMAIL, [parcel.address], headers=headers
    )
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        code = max((code for code, _ in error.recipients.values()), default=0)
        return Handed(False, code=f"smtp_{code}", is_final=code >= 500)
    except smtplib.SMTPResponseException as error:
        is_final = error.smtp_code >= 500 and not isinstance(error, smtplib.SMTPAuthenticationError)
        return Handed(False, code=f"smtp_{error.smtp_code}", is_final=is_final)
    except TimeoutError:
        return Handed(False, code="timeout")
    except (OSError, smtplib.SMTPException):
        return Handed(False, code="no_connection")
    return Handed(True, provider_id=identity[:100])


def _way_out(stop_url: str) -> dict[str, str]:
    """How a mail program stops these mails in one step, without a login. Source: RFC 2369 and RFC 8058."""
    if not stop_url:
        return {}
    return {"List-Unsubscribe": f"<{stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
