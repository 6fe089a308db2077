"""What a contact rule permits: which way, at which moment, and the rule in words for who wants to call."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nabij.keys.sealing import Opener
from nabij.kit import objections
from nabij.kit.clock import AMSTERDAM, local
from nabij.notify.models import Channel, ContactRule, Way

WAY_OF = {
    Channel.SMS: Way.SMS, Channel.EMAIL: Way.EMAIL, Channel.VOICE: Way.CALL, Channel.APPRISE: Way.APP,
}  # fmt: skip
DAYS_AHEAD = 15  # two weeks: an hour that summer time skips does not exist on its one day of the first
DAYS = (
    gettext_lazy("maandag"), gettext_lazy("dinsdag"), gettext_lazy("woensdag"), gettext_lazy("donderdag"),
    gettext_lazy("vrijdag"), gettext_lazy("zaterdag"), gettext_lazy("zondag"),
)  # fmt: skip


SEALED = ("code_word", "wording", "household", "guardian")


@dataclass(frozen=True)
class Agreed:
    """Everything that was agreed about contact with one person, opened; see ContactRule."""

    ways: tuple[str, ...]
    weekdays: tuple[int, ...] = ()
    from_time: time | None = None
    until_time: time | None = None
    is_voicemail_allowed: bool = False
    has_secret_address: bool = False
    interpreter: str = ""
    code_word: str = ""
    wording: str = ""
    household: str = ""
    guardian: str = ""


class NotAgreed(Exception):
    """This contact is not what was agreed with the person; the message is the rule, in words."""


def rules_of(subject_ids: Iterable[UUID]) -> dict[UUID, ContactRule]:
    """The contact rules of these people, in one query; who made no rule is left out."""
    return {each.subject_id: each for each in ContactRule.objects.filter(subject_id__in=set(subject_ids))}


def rule_of(subject_id: UUID) -> ContactRule | None:
    """The contact rule of this person."""
    return rules_of([subject_id]).get(subject_id)


def permits_way(rule: ContactRule | None, way: Way) -> bool:
    """Whether the person ever wants to be reached this way; without a rule nothing is forbidden here."""
    return rule is None or way in rule.ways


def permits_channel(rule: ContactRule | None, channel: Channel) -> bool:
    """Whether a message may take this channel; a voice that speaks by itself could end in a voicemail."""
    if rule is not None and channel == Channel.VOICE and not rule.is_voicemail_allowed:
        return False
    return permits_way(rule, WAY_OF[channel])


def permits_moment(rule: ContactRule | None, at: datetime) -> bool:
    """Whether this moment lies within the agreed days and hours: from the first minute up to the last."""
    if rule is None:
        return True
    moment = local(at)
    if rule.weekdays and moment.isoweekday() not in rule.weekdays:
        return False
    if rule.from_time is None or rule.until_time is None:
        return True
    return rule.from_time <= moment.time() < rule.until_time


def next_moment(rule: ContactRule | None, at: datetime) -> datetime:
    """This moment when it is permitted, otherwise the first one that is."""
    if rule is None or permits_moment(rule, at):
        return at
    today = local(at).date()
    days = (today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD))
    starts = (
        datetime.combine(day, rule.from_time or time.min, AMSTERDAM).astimezone(at.tzinfo) for day in days
    )
    return next(start for start in starts if start > at and permits_moment(rule, start))


def check(rule: ContactRule | None, way: Way, at: datetime) -> None:
    """Pass when this way and moment are agreed; raises NotAgreed with the rule in words.

    A letter lies there for days, so only its way counts.
    """
    if not permits_way(rule, way):
        raise NotAgreed(_("Niet via %(way)s. %(rule)s") % {"way": Way(way).label, "rule": in_words(rule)})
    if way in (Way.CALL, Way.VISIT) and not permits_moment(rule, at):
        raise NotAgreed(_("Nu niet. %(rule)s") % {"rule": in_words(rule)})


def check_objections(subject_id: UUID, way: Way) -> None:
    """Pass when no app above objects to opening this way to the person; raises NotAgreed with why."""
    for why in objections.found("contact", subject_id, way):
        raise NotAgreed(why)


def in_words(rule: ContactRule | None) -> str:
    """The rule as one sentence to read before making contact."""
    if rule is None:
        return _("Er is geen contactregel afgesproken.")
    ways = ", ".join(str(Way(way).label) for way in rule.ways) or _("op geen enkele manier")
    told = [_("Contact alleen via: %(ways)s.") % {"ways": ways}]
    if 0 < len(rule.weekdays) < len(DAYS):
        days = ", ".join(str(DAYS[day - 1]) for day in rule.weekdays)
        told.append(_("Alleen op %(days)s.") % {"days": days})
    if rule.from_time and rule.until_time:
        told.append(
            _("Alleen tussen %(start)s en %(end)s uur.")
            % {"start": f"{rule.from_time:%H.%M}", "end": f"{rule.until_time:%H.%M}"}
        )
    told.append(_("Voicemail mag.") if rule.is_voicemail_allowed else _("Geen voicemail."))
    return " ".join(told)


def agreed_of(rule: ContactRule) -> Agreed:
    """The rule opened, for who was let in to this person."""
    opener = Opener([rule.subject_id])
    opened = {name: opener.open(rule.subject_id, getattr(rule, f"{name}_sealed")) for name in SEALED}
    return Agreed(
        tuple(rule.ways), tuple(rule.weekdays), rule.from_time, rule.until_time, rule.is_voicemail_allowed,
        rule.has_secret_address, rule.interpreter, **opened,
    )  # fmt: skip
