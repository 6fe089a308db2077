"""Numbers, moments and spans of time as people in the Netherlands write them."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import phonenumbers
from django.utils import dateformat, numberformat
from django.utils.translation import gettext, ngettext

from nabij.kit.clock import local

Number = int | float | Decimal
DUTCH_COUNTRY_CODE = 31


def dutch_number(value: Number, decimals: int | None = None) -> str:
    """A number with a dot per thousand and a decimal comma: 713.349 or 13,54."""
    exact = Decimal(str(value))
    return numberformat.format(
        exact, ",", decimal_pos=decimals, grouping=3, thousand_sep=".", force_grouping=True, use_l10n=False
    )


def dutch_percent(value: Number, decimals: int = 2) -> str:
    """A share in per cent, decimal comma: 13,54%."""
    return f"{dutch_number(round(Decimal(str(value)), decimals), decimals)}%"


def amsterdam_moment(moment: datetime) -> str:
    """A moment by the clock of Amsterdam, 'zondag 10 januari 03:31'; a doubled hour says which one it is."""
    here = local(moment)
    text = dateformat.format(here, "l j F H:i")
    if here.replace(fold=0).utcoffset() == here.replace(fold=1).utcoffset():
        return text
    season = gettext("zomertijd") if here.fold == 0 else gettext("wintertijd")
    return f"{text} ({season})"


def amsterdam_time(moment: datetime) -> str:
    """The hour and minute in Amsterdam: 03:31."""
    return dateformat.format(local(moment), "H:i")


def amsterdam_day(moment: datetime) -> str:
    """The day in Amsterdam: '10 januari 2027'."""
    return dateformat.format(local(moment), "j F Y")


def day_in_words(day: date) -> str:
    """A day of the calendar: '10 januari 2027'."""
    return dateformat.format(day, "j F Y")


def short_span(span: timedelta) -> str:
    """A span of time that fits in a clock: '45 s', '41 min', '1 u 12', '3 d'; whole units, rounded down."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min"
    if seconds < 48 * 3600:
        return f"{seconds // 3600} {gettext('u')} {seconds % 3600 // 60:02d}"
    return f"{seconds // 86400} d"


def span_in_words(span: timedelta) -> str:
    """The same span to be read aloud: '1 uur en 12 minuten'."""
    minutes = max(0, int(span.total_seconds())) // 60
    if minutes < 1:
        return gettext("minder dan een minuut")
    if minutes >= 48 * 60:
        days = minutes // 1440
        return ngettext("%(count)d dag", "%(count)d dagen", days) % {"count": days}
    hours, rest = divmod(minutes, 60)
    rest_text = ngettext("%(count)d minuut", "%(count)d minuten", rest) % {"count": rest}
    if not hours:
        return rest_text
    hours_text = gettext("%(count)d uur") % {"count": hours}
    return f"{hours_text} {gettext('en')} {rest_text}" if rest else hours_text


def phone_number(number: str) -> str:
    """A telephone number as people here say it, '06 12345678'; one from abroad keeps its country."""
    if not number.startswith(("+", "06")):
        return number
    try:
        parsed = phonenumbers.parse(number, "NL")
    except phonenumbers.NumberParseException:
        return number
    is_dutch = parsed.country_code == DUTCH_COUNTRY_CODE
    ways = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, ways.NATIONAL if is_dutch else ways.INTERNATIONAL)
