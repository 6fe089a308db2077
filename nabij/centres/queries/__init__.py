"""Reading centres, their texts and what is missing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from nabij.accounts.models import Organisation, OrganisationKind
from nabij.audit.actor import Actor
from nabij.centres.models import (
    AdviceCentre,
    Audience,
    CentreStatus,
    CentreText,
    Commission,
    Language,
    TextVersion,
)
from nabij.centres.policies import visible_to
from nabij.centres.queries.shown import messages_for as messages_for
from nabij.centres.queries.states import TextState as TextState
from nabij.centres.queries.states import state_of as state_of
from nabij.centres.queries.states import text_states as text_states
from nabij.centres.sections import section_title, sections
from nabij.incidents.models import Incident
from nabij.incidents.words import topic_in_words
from nabij.keys.sealing import Opener

_PHONE = re.compile(r"\d(?:[ .-]?\d){2,}", re.ASCII)
NEWS, NOW, PRIVACY, CONTACT = "news", "now", "privacy", "contact"


def centres_for(actor: Actor, at: datetime) -> QuerySet[AdviceCentre]:
    """The centres that the actor sees, the nearest target first, with incident and commission."""
    found = AdviceCentre.objects.filter(visible_to(actor, at))
    return found.select_related("incident", "commission__organisation").order_by("live_at", "target_at", "id")


def ended_before(moment: datetime) -> Q:
    """What hangs on a centre that was archived or went offline before this moment."""
    offline = Q(centre__status=CentreStatus.OFFLINE, centre__offline_at__lt=moment)
    return Q(centre__archived_at__lt=moment) | offline


def texts_for(centre: AdviceCentre) -> QuerySet[CentreText]:
    """The texts of a centre that one sees."""
    return CentreText.objects.filter(centre=centre).select_related("centre__incident")


def versions_for(centre: AdviceCentre) -> QuerySet[TextVersion]:
    """The versions of all texts of a centre that one sees."""
    found = TextVersion.objects.filter(text__centre=centre)
    return found.select_related("text__centre__incident", "author", "approved_by")


@dataclass(frozen=True)
class CommissionWords:
    """A commission as it is read: names opened, audiences in words."""

    commission: Commission
    commissioner: str
    spokesman: str
    audiences: str
    late_reason: str
    name_reason: str


def commission_words(centre: AdviceCentre) -> CommissionWords:
    """The commission of a centre in words, for who works with it or holds its link."""
    order = centre.commission
    opener = Opener([order.pk, centre.pk])
    known = dict(Audience.choices)
    return CommissionWords(
        commission=order,
        commissioner=opener.open(order.pk, order.commissioner_sealed),
        spokesman=opener.open(order.pk, order.spokesman_sealed),
        audiences=", ".join(str(known.get(each, each)) for each in order.audiences),
        late_reason=opener.open(centre.pk, centre.late_reason_sealed),
        name_reason=opener.open(order.pk, order.name_reason_sealed),
    )


def organisation_of(actor: Actor) -> Organisation:
    """The organisation for which the actor works."""
    return Organisation.objects.get(pk=actor.organisation_id or UUID(int=0))


def commissioning_organisations(incident: Incident) -> QuerySet[Organisation]:
    """Who can have given the order aloud: the municipalities and the services of their regions."""
    codes = [each.pk for each in incident.municipalities.all()]
    regions = [each.safety_region_id for each in incident.municipalities.all()]
    found = Organisation.objects.filter(
        Q(kind=OrganisationKind.MUNICIPALITY, municipality__in=codes)
        | Q(kind__in=[OrganisationKind.GHOR, OrganisationKind.SAFETY_REGION], safety_region__in=regions)
    )
    return found.order_by("kind", "name")


def usual_values(incident: Incident, organisation: Organisation | None) -> dict[str, str]:
    """What a commission for this incident usually says, to be changed where needed."""
    places = ", ".join(sorted(each.name for each in incident.municipalities.all()))
    where = incident.place or incident.district
    values = {"name": f"{topic_in_words(incident.topic)}, {where or places}"[:120], "area": places[:200]}
    if organisation is not None and organisation.kind == OrganisationKind.MUNICIPALITY:
        values["controller"] = organisation.name
    return values


def in_page_order(states: Iterable[TextState]) -> list[tuple[str, TextState]]:
    """The sections with their titles, in the order of the page, Dutch before its translations."""
    known = [section.code for section in sections()]
    rows = [state for state in states if state.text.section in known or state.text.is_question]
    last = len(known)
    rows.sort(
        key=lambda each: (
            known.index(each.text.section) if each.text.section in known else last,
            each.text.section,
            Language.values.index(each.text.language),
        )
    )
    return [(title_of(each), each) for each in rows]


def title_of(state: TextState) -> str:
    """What a text is called at the desk: its section, or the question itself."""
    if state.text.is_question:
        return state.newest.body.partition("\n")[0]
    return section_title(state.text.section, "nl")


def missing(states: Iterable[TextState], language: str = "nl") -> list[str]:
    """What must still be there before the centre may go live, in words; empty when nothing is missing."""
    live = {
        state.text.section: state.live.body for state in states if _counts(state, language) and state.live
    }
    wanting = []
    if PRIVACY not in live:
        wanting.append(_("Een goedgekeurde privacytekst"))
    if not _PHONE.search(live.get(CONTACT, "")):
        wanting.append(_("Een goedgekeurde contacttekst met een telefoonnummer"))
    if NEWS not in live and NOW not in live:
        wanting.append(_("Ten minste één goedgekeurd bericht, of de tekst ‘Wat u nu kunt doen’"))
    return wanting


def _counts(state: TextState, language: str) -> bool:
    """Whether a text stands on the open page in this language: no closed one, and none under embargo."""
    return state.text.language == language and state.live is not None and state.live.told_at is not None


def centre_of(incident: Incident) -> AdviceCentre | None:
    """The centre of this incident, if there is one."""
    return AdviceCentre.objects.select_related("incident", "commission").filter(incident=incident).first()


def commission_by_hash(confirm_hash: str) -> Commission | None:
    """The commission to which a confirmation link belongs."""
    found = Commission.objects.select_related("incident", "organisation", "centre")
    return found.filter(confirm_hash=confirm_hash).first()


def published_centres(**only: UUID) -> list[AdviceCentre]:
    """All centres that the public can read now, exercises too, newest first; `only` one with `pk`."""
    live = AdviceCentre.objects.filter(status=CentreStatus.LIVE, **only)
    return list(live.select_related("incident", "commission__organisation").order_by("-live_at", "id"))


def live_centres() -> list[AdviceCentre]:
    """The centres to name on the home page (`.name`, `.path`), newest first; no exercises, none archived."""
    return [each for each in published_centres() if not each.incident.is_exercise and not each.archived_at]
