"""Reading centres, their texts and what is missing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nabij.audit.actor import Actor
from nabij.centres.models import AdviceCentre, CentreStatus, CentreText, Commission, TextVersion
from nabij.centres.policies import visible_to
from nabij.incidents.models import Incident

_PHONE = re.compile(r"\d(?:[ .-]?\d){2,}", re.ASCII)
NEWS, NOW, PRIVACY, CONTACT = "news", "now", "privacy", "contact"


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
    def approved(self) -> TextVersion | None:
        """The version that was approved last, withdrawn or not."""
        return next((each for each in reversed(self.versions) if each.approved_at), None)

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
    def waiting(self) -> TextVersion | None:
        """The newest version, as long as nobody approved or withdrew it."""
        return None if self.newest.approved_at or self.newest.withdrawn_at else self.newest


def centres_for(actor: Actor, at: datetime) -> QuerySet[AdviceCentre]:
    """The centres that the actor sees, the nearest target first, with incident and commission."""
    found = AdviceCentre.objects.filter(visible_to(actor, at))
    return found.select_related("incident", "commission__organisation").order_by("live_at", "target_at", "id")


def texts_for(centre: AdviceCentre) -> QuerySet[CentreText]:
    """The texts of a centre that one sees."""
    return CentreText.objects.filter(centre=centre)


def text_states(centre: AdviceCentre) -> list[TextState]:
    """All texts of a centre with their versions, oldest first; two queries whatever their number."""
    states = {text.pk: TextState(text) for text in texts_for(centre).order_by("stated_at", "section", "language")}
    versions = TextVersion.objects.filter(text__centre=centre).select_related("author", "approved_by")
    for version in versions.order_by("number"):
        states[version.text_id].versions.append(version)
    return [state for state in states.values() if state.versions]


def state_of(text: CentreText) -> TextState:
    """One text with its versions."""
    versions = text.versions.select_related("author", "approved_by", "withdrawn_by").order_by("number")
    return TextState(text, list(versions))


def missing(states: Iterable[TextState], language: str = "nl") -> list[str]:
    """What must still be there before the centre may go live, in words; empty when nothing is missing."""
    live = {state.text.section: state.live.body for state in states if _counts(state, language) and state.live}
    wanting = []
    if PRIVACY not in live:
        wanting.append(_("Een goedgekeurde privacytekst"))
    if not _PHONE.search(live.get(CONTACT, "")):
        wanting.append(_("Een goedgekeurde contacttekst met een telefoonnummer"))
    if NEWS not in live and NOW not in live:
        wanting.append(_("Ten minste één goedgekeurd bericht, of de tekst ‘Wat u nu kunt doen’"))
    return wanting


def _counts(state: TextState, language: str) -> bool:
    return state.text.language == language


def centre_of(incident: Incident) -> AdviceCentre | None:
    """The centre of this incident, if there is one."""
    return AdviceCentre.objects.select_related("incident", "commission").filter(incident=incident).first()


def commission_by_hash(confirm_hash: str) -> Commission | None:
    """The commission to which a confirmation link belongs."""
    found = Commission.objects.select_related("incident", "organisation", "centre")
    return found.filter(confirm_hash=confirm_hash).first()


def published_centres() -> list[AdviceCentre]:
    """All centres that the public can read now, exercises too, newest first."""
    live = AdviceCentre.objects.filter(status=CentreStatus.LIVE).select_related("incident", "commission")
    return list(live.order_by("-live_at", "id"))


def live_centres() -> list[AdviceCentre]:
    """The centres to name on the home page (`.name`, `.path`), newest first; exercises are left out."""
    return [centre for centre in published_centres() if not centre.incident.is_exercise]
