"""How much two records look alike, and why, in words: it orders candidates, and decides nothing."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from rapidfuzz.distance import DamerauLevenshtein, Indel, JaroWinkler

from nabij.matching.names import Part, plain
from nabij.matching.sought import Sought


class Reason(TextChoices):
    """Why somebody may be the same (reden)."""

    PHONE = "phone", _("zelfde telefoonnummer")
    NEAR_PHONE = "near_phone", _("telefoonnummer verschilt één cijfer")
    EMAIL = "email", _("zelfde e-mailadres")
    LOCAL = "local", _("e-mailadres lijkt erop")
    NAME = "name", _("zelfde naam")
    SOUND = "sound", _("naam klinkt hetzelfde")
    NEAR_NAME = "near_name", _("naam lijkt erop")
    HALF_NAME = "half_name", _("deel van de naam is gelijk")
    BIRTH = "birth", _("zelfde geboortedatum")
    NEAR_BIRTH = "near_birth", _("geboortedatum lijkt erop")
    HOME = "home", _("zelfde adres")
    PLACE = "place", _("zelfde woonplaats")
    HOUSEHOLD = "household", _("hoort bij dezelfde mensen")
    FORM = "form", _("hetzelfde formulier, nog eens verstuurd")


OF_PHONE = frozenset({Reason.PHONE, Reason.NEAR_PHONE})
OF_EMAIL = frozenset({Reason.EMAIL, Reason.LOCAL})
SAME_FORM = 99.0  # nothing is surer than one form
SAME, SOUNDS, ALIKE, ALIKE_TEXT = 0.99, 0.90, 0.72, 0.85


@dataclass(frozen=True)
class Likeness:
    """A score without a scale, higher is more alike, and its reasons."""

    score: float
    reasons: tuple[Reason, ...]


def likeness(one: Sought, other: Sought) -> Likeness:
    """Everything that is known on both sides, weighed: what agrees adds, what differs takes off."""
    score, reasons = 0.0, []
    for weigh in (_name, _phone, _email, _birth, _home, _place, _household):
        points, reason = weigh(one, other)
        score += points
        if reason is not None:
            reasons.append(reason)
    if one.age_group and other.age_group and one.age_group != other.age_group:
        score -= 1.5
    return Likeness(score, tuple(reasons))


_Weighed = tuple[float, Reason | None]


def _alike(one: Part, other: Part) -> float:
    """How alike two parts of a name are, from 0 to 1."""
    if one.letters == other.letters:
        return 1.0
    short, long = sorted((one.letters, other.letters), key=len)
    if len(short) == 1:
        return 0.8 if long[0] == short else 0.0
    found = JaroWinkler.similarity(short, long)
    if one.usual & other.usual:
        return max(found, 0.96)
    if one.sound == other.sound:
        return max(found, 0.93)
    if one.rough == other.rough:
        return max(found, 0.88)
    if len(short) >= 4 and (long.startswith(short) or short in long):
        return max(found, 0.86)
    return found


def _matched(one: tuple[Part, ...], other: tuple[Part, ...]) -> list[float]:
    """Each part of the shorter name with the best that is still free of the longer, the surest first."""
    few, many = sorted((one, other), key=len)
    graded = sorted(
        ((_alike(a, b), i, j) for i, a in enumerate(few) for j, b in enumerate(many)), reverse=True
    )
    found: list[float] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for grade, i, j in graded:
        if i not in used[0] and j not in used[1]:
            found.append(grade)
            used[0].add(i)
            used[1].add(j)
    return found


def _name(one: Sought, other: Sought) -> _Weighed:
    if not one.parts or not other.parts:
        return 0.0, None
    grades = _matched(one.parts, other.parts)
    left = abs(len(one.parts) - len(other.parts))
    points = sum(6 * (grade - 0.62) / 0.38 if grade > ALIKE else -1.5 for grade in grades) - 0.4 * left
    mean, lowest = sum(grades) / len(grades), min(grades)
    if len(grades) > 1 or left == 0:
        if lowest >= SAME and left == 0:
            return points + 1, Reason.NAME
        if lowest >= SOUNDS:
            return points, Reason.SOUND
        if mean >= 0.85:
            return points, Reason.NEAR_NAME
    return points, Reason.HALF_NAME if max(grades) >= SOUNDS else None


def _phone(one: Sought, other: Sought) -> _Weighed:
    if not one.number or not other.number:
        return 0.0, None
    if one.number == other.number:
        return 9.0, Reason.PHONE
    if DamerauLevenshtein.distance(one.number, other.number, score_cutoff=1) <= 1:
        return 6.0, Reason.NEAR_PHONE
    return -0.5, None


def _email(one: Sought, other: Sought) -> _Weighed:
    if not one.mailbox or not other.mailbox:
        return 0.0, None
    if one.mailbox == other.mailbox:
        return 9.0, Reason.EMAIL
    if one.local == other.local or DamerauLevenshtein.distance(one.mailbox, other.mailbox) <= 2:
        return 5.0, Reason.LOCAL
    return -0.5, None


def _birth(one: Sought, other: Sought) -> _Weighed:
    if not one.born or not other.born:
        return 0.0, None
    if one.born == other.born:
        return 9.0, Reason.BIRTH
    slips = DamerauLevenshtein.distance(one.born, other.born)
    swapped = one.born == other.born[:4] + other.born[6:] + other.born[4:6]
    if slips <= 1 or swapped:
        return 5.0, Reason.NEAR_BIRTH
    agree = sum(one.born[a:b] == other.born[a:b] for a, b in ((0, 4), (4, 6), (6, 8)))
    return (2.5, Reason.NEAR_BIRTH) if agree == 2 or slips == 2 else (-3.0, None)


def _words(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How alike two lines of words are: each word of the shorter with its best in the longer."""
    few, many = sorted((one, other), key=len)
    best = [max(JaroWinkler.similarity(word, each) for each in many) for word in few]
    return max(0.0, sum(best) / len(best) - 0.6) / 0.4


def _home(one: Sought, other: Sought) -> _Weighed:
    points = 0.0
    if one.streets and other.streets:
        points += 4 * _words(one.streets, other.streets) - 1
    if one.area and other.area:
        points += 2.5 if one.area == other.area else (-0.5 if set(one.area) != set(other.area) else 1.0)
    if one.house_number and other.house_number:
        points += 1.5 if one.house_number == other.house_number else -0.3
    return points, Reason.HOME if points >= 2 else None


def _place(one: Sought, other: Sought) -> _Weighed:
    if not one.places or not other.places:
        return 0.0, None
    alike = _words(one.places, other.places)
    return 1.5 * alike - 0.5, Reason.PLACE if alike >= 0.9 else None


def _household(one: Sought, other: Sought) -> _Weighed:
    if not one.household or not other.household:
        return 0.0, None
    alike = Indel.normalized_similarity(plain(one.household), plain(other.household))
    return (1.0, Reason.HOUSEHOLD) if alike >= ALIKE_TEXT else (0.0, None)
