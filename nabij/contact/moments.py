"""Moments in the words people say: "om 08.00 uur", "maandag 11 januari om 08.00 uur"."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

DAYS = {
    "nl": ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_MONTHS = {
    "nl": [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_CLOCK = {"nl": "%H.%M uur", "en": "%H:%M"}
_AT = {"nl": "om", "en": "at"}


def clock_in_words(moment: datetime, zone: ZoneInfo, language: str) -> str:
    """The time of day on the local clock, "08.00 uur"."""
    return moment.astimezone(zone).strftime(_CLOCK[_known(language)])


def day_in_words(day: date, language: str) -> str:
    """The day with its date and year, "maandag 11 januari 2027"."""
    language = _known(language)
    return f"{DAYS[language][day.weekday()]} {day.day} {_MONTHS[language][day.month - 1]} {day.year}"


def moment_in_words(moment: datetime, today: date, zone: ZoneInfo, language: str) -> str:
    """The moment as said today: "om 08.00 uur" when it is today, with the date when it is another day."""
    hour = f"{_AT[_known(language)]} {clock_in_words(moment, zone, language)}"
    day = moment.astimezone(zone).date()
    return hour if day == today else f"{day_in_words(day, language)} {hour}"


def full_moment_in_words(moment: datetime, zone: ZoneInfo, language: str) -> str:
    """The moment with its date and time, whatever day it is."""
    language = _known(language)
    day = day_in_words(moment.astimezone(zone).date(), language)
    return f"{day} {_AT[language]} {clock_in_words(moment, zone, language)}"


def _known(language: str) -> str:
    return language if language in DAYS else "nl"
