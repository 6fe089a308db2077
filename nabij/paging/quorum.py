"""Whether enough of the right people come: how many, and how many of them can do what is asked."""

from dataclasses import dataclass

from nabij.paging import seats
from nabij.paging.models import Answer, Page


@dataclass(frozen=True)
class Quorum:
    """What a page asks, and what those who come can do."""

    needed: int
    wanted: dict[str, int]
    coming: list[frozenset[str]]

    @property
    def places(self) -> int:
        """How many people must still say yes."""
        return max(0, self.needed - len(self.coming))

    @property
    def lacking(self) -> dict[str, int]:
        """Per skill how many people with it must still say yes."""
        found = {skill: number - self._with(skill) for skill, number in self.wanted.items()}
        return {skill: number for skill, number in found.items() if number > 0}

    @property
    def is_reached(self) -> bool:
        """Whether enough people come, and they can do what is asked."""
        return not self.places and not self.lacking

    @property
    def short(self) -> int:
        """How many people are still needed at least; one may bring several skills."""
        return max(self.places, *self.lacking.values(), 0)

    def takes(self, skills: frozenset[str]) -> bool:
        """Whether this person helps: a place is free that is not kept for a skill they lack."""
        lacking = self.lacking
        return bool(skills & lacking.keys()) or self.places > max(lacking.values(), default=0)

    def _with(self, skill: str) -> int:
        return sum(skill in skills for skills in self.coming)


def quorum_of(page: Page, *answers: Answer) -> Quorum:
    """The quorum of this page with those who gave one of these answers; normally those who said yes."""
    people = list(
        page.asks.filter(answer__in=answers or (Answer.ACCEPTED,)).values_list("membership_id", flat=True)
    )
    wanted = dict(page.needs.values_list("skill", "number"))
    skills = seats.skills_of(people) if wanted else {}
    return Quorum(page.needed, wanted, [skills.get(each, frozenset()) for each in people])
