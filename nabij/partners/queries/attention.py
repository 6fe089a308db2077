"""What asks for attention: nobody who knows a partner, too long not spoken, a number nobody looked at."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from nabij.audit.actor import Actor
from nabij.kit.clock import local
from nabij.partners import content
from nabij.partners.queries.standing import PartnerLine, lines_for, partners_for


@dataclass(frozen=True)
class Attention:
    """A partner that asks for attention, why, and whose it is; nobody's is the first to settle."""

    line: PartnerLine
    reasons: list[StrOrPromise]


def reasons_of(line: PartnerLine, at: datetime) -> list[StrOrPromise]:
    """Why this partner asks for attention; empty when all is well."""
    today = local(at).date()
    found: list[StrOrPromise] = []
    if line.link is None:
        found.append(_("Niemand van ons is hun contactpersoon."))
    elif line.is_owner_gone:
        found.append(_("Onze contactpersoon werkt hier niet meer."))
    if line.spoken_on is None:
        found.append(_("Nog nooit gesproken."))
    elif line.spoken_on < content.oldest(content.SPOKEN, today):
        found.append(_("Te lang niet gesproken."))
    if not line.partner.night_phone:
        found.append(_("Geen nummer voor de nacht."))
    if line.partner.checked_on < content.oldest(content.NUMBER, today):
        found.append(_("De nummers zijn lang niet nagekeken."))
    if line.look_again_on and line.look_again_on <= today + content.term(content.AGREEMENT):
        found.append(_("Een afspraak moet weer bekeken worden."))
    return found


def attention_for(actor: Actor, at: datetime) -> list[Attention]:
    """The partners of the area that ask for attention: nobody's first, then the longest not spoken.

    Who works for the whole country has no region of their own: for them only what is theirs.
    """
    partners = partners_for(actor)
    if actor.municipality_codes is None:
        partners = partners.filter(links__owner_id=actor.id)
    lines = lines_for(list(partners), actor, at)
    found = [Attention(line, reasons) for line in lines if (reasons := reasons_of(line, at))]
    never = local(at).date().min
    return sorted(found, key=lambda each: (each.line.owner is not None, each.line.spoken_on or never))
