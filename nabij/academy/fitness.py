"""The one rule: may this person do this task on this day? What is lacking is said in words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from nabij.academy.catalogue import Task, modules
from nabij.academy.models import Certificate, ConductCheck, Stage
from nabij.kit.notation import day_in_words


class Lack(StrEnum):
    """Why somebody may not do a task."""

    NO_CERTIFICATE = "no_certificate"
    EXPIRED = "expired"
    NO_CONDUCT = "no_conduct"
    CONDUCT_EXPIRED = "conduct_expired"
    NOT_READY = "not_ready"


@dataclass(frozen=True)
class Missing:
    """One thing that is lacking: what, of which course, and since when."""

    lack: Lack
    module: str = ""
    last_valid_on: date | None = None

    def __str__(self) -> str:
        course = modules()[self.module].name if self.module else ""
        ended = day_in_words(self.last_valid_on) if self.last_valid_on else ""
        return {
            Lack.NO_CERTIFICATE: _("%(course)s ontbreekt"),
            Lack.EXPIRED: _("%(course)s: geldig tot en met %(ended)s"),
            Lack.NO_CONDUCT: _("VOG ontbreekt"),
            Lack.CONDUCT_EXPIRED: _("VOG: geldig tot en met %(ended)s"),
            Lack.NOT_READY: _("nog niet of niet meer inzetbaar"),
        }[self.lack] % {"course": course, "ended": ended}


@dataclass(frozen=True)
class Fitness:
    """The answer for one person: what is lacking that day, and the last day on which nothing will be."""

    missing: tuple[Missing, ...]
    until: date | None

    @property
    def is_fit(self) -> bool:
        """Whether the person may do it."""
        return not self.missing

    def __str__(self) -> str:
        return "; ".join(str(each) for each in self.missing)


@dataclass
class Proof:
    """What is known of one person: certificates (withdrawn ones count for nothing), conduct checks, stage."""

    certificates: list[Certificate]
    conduct: list[ConductCheck]
    stage: str | None = None

    def fitness(self, task: Task, day: date) -> Fitness:
        """Hold the proof against what the task asks."""
        ends = [self._certificate(code, day) for code in task.needs]
        ends += [self._conduct(day)] if task.conduct else []
        missing = [end for end in ends if isinstance(end, Missing)]
        if not self._is_ready(task):
            missing.append(Missing(Lack.NOT_READY))
        lasts = [end for end in ends if isinstance(end, date)]
        return Fitness(tuple(missing), None if missing else min(lasts, default=None))

    def lacking(self, modules_asked: Collection[str], day: date) -> list[str]:
        """Which of these courses have no certificate that counts that day."""
        return [code for code in modules_asked if isinstance(self._certificate(code, day), Missing)]

    def has_conduct(self, day: date) -> bool:
        """Whether a certificate of conduct was seen that still counts that day."""
        return not isinstance(self._conduct(day), Missing)

    def _certificate(self, module: str, day: date) -> date | Missing:
        own = [each for each in self.certificates if each.module == module and each.was_given_by(day)]
        last = max((each.last_valid_on for each in own), default=None)
        if last is None:
            return Missing(Lack.NO_CERTIFICATE, module)
        return last if last >= day else Missing(Lack.EXPIRED, module, last)

    def _conduct(self, day: date) -> date | Missing:
        seen = [each for each in self.conduct if each.seen_on <= day]
        last = max((each.last_valid_on for each in seen), default=None)
        if last is None:
            return Missing(Lack.NO_CONDUCT)
        return last if last >= day else Missing(Lack.CONDUCT_EXPIRED, "", last)

    def _is_ready(self, task: Task) -> bool:
        """Paid staff always; a volunteer when active, or with a mentor where the task allows that."""
        if self.stage is None or self.stage == Stage.ACTIVE:
            return True
        return self.stage == Stage.MENTORED and task.with_mentor
