"""A text with all its versions: what is live, what waits, and what was taken away."""

from dataclasses import dataclass, field

from nabij.centres.models import AdviceCentre, CentreText, TextVersion


@dataclass
class TextState:
    """A text with its versions: what is live, what waits, and what was taken away."""

    text: CentreText
    versions: list[TextVersion] = field(default_factory=list)

    @property
    def newest(self) -> TextVersion:
        """The version that was written last."""
        return self.versions[-1]

    @property
    def chain(self) -> list[TextVersion]:
        """The approved versions, each in the place of the one before it."""
        following = {each.replaces: each for each in self.versions if each.replaces is not None}
        chain: list[TextVersion] = []
        while (found := following.get(chain[-1].number if chain else 0)) is not None:
            chain.append(found)
        return chain

    @property
    def approved(self) -> TextVersion | None:
        """The version that was approved last, withdrawn or not."""
        return next(reversed(self.chain), None)

    @property
    def public(self) -> list[TextVersion]:
        """What was put on the site, the last of it at the end; what is under embargo is not among it."""
        return [each for each in self.chain if each.told_at]

    @property
    def live(self) -> TextVersion | None:
        """What readers get: the last approved version, unless it was withdrawn."""
        approved = self.approved
        return None if approved is None or approved.withdrawn_at else approved

    @property
    def withdrawn(self) -> TextVersion | None:
        """The version that was taken away and has no approved successor yet."""
        approved = self.approved
        return approved if approved is not None and approved.withdrawn_at else None

    @property
    def proposals(self) -> list[TextVersion]:
        """The versions that wait for approval: more than one when two wrote at the same time."""
        continued = {each.based_on for each in self.versions}
        return [
            each
            for each in self.versions
            if not each.approved_at and not each.withdrawn_at and each.number not in continued
        ]

    @property
    def waiting(self) -> TextVersion | None:
        """The version written last of those that wait."""
        return next(reversed(self.proposals), None)

    def body_of(self, number: int) -> str:
        """The words of a version by its number; none for a number that is not there."""
        return next((each.body for each in self.versions if each.number == number), "")

    def knew(self, version: TextVersion) -> set[int]:
        """The numbers of the versions that its writer had before them."""
        by_number = {each.number: each for each in self.versions}
        known, each = set(), version
        while (before := by_number.get(each.based_on)) is not None:
            known.add(before.number)
            each = before
        return known


def text_states(centre: AdviceCentre) -> list[TextState]:
    """All texts of a centre with their versions, oldest first; two queries whatever their number."""
    found = CentreText.objects.filter(centre=centre).order_by("stated_at", "section", "-language", "pk")
    states = {text.pk: TextState(text) for text in found}
    for state in states.values():
        state.text.centre = centre
    versions = TextVersion.objects.filter(text__centre=centre).select_related("author", "approved_by")
    for version in versions.order_by("number"):
        version.text = states[version.text_id].text
        states[version.text_id].versions.append(version)
    return [state for state in states.values() if state.versions]


def state_of(text: CentreText) -> TextState:
    """One text with its versions."""
    versions = text.versions.select_related("author", "approved_by", "withdrawn_by").order_by("number")
    return TextState(text, list(versions))
