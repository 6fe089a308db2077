"""Two registrations of one person at the door: which may fold away, so that no entry is lost or won."""

from django.utils.translation import gettext as _

from nabij.closed_part.models import Relation, Verification, VerificationState
from nabij.people.models import Registration

_DECIDED = (VerificationState.VERIFIED, VerificationState.REFUSED)


def objection_of_entry(folded: Registration, kept: Registration) -> str:
    """Why the first may not fold away under the second, in words; empty when its entry may stay behind.

    Nothing moves: letters and posts are sealed for who wrote them. With both let in, the entry of who stays
    counts, and what was written under the other alias stays to be read.
    """
    rows = {
        each.registration_id: each for each in Verification.objects.filter(registration__in=(folded, kept))
    }
    one, other = rows.get(folded.pk), rows.get(kept.pk)
    if one is None or one.state not in _DECIDED:
        return ""
    if other is None or other.state not in _DECIDED:
        return _(
            'Over het besloten deel is al beslist bij de aanmelding die wegvalt. Kies "Laat de andere staan".'
        )
    is_apart = (one.relation == Relation.APART, other.relation == Relation.APART)
    if one.state != other.state or is_apart[0] != is_apart[1]:
        return _(
            "Over het besloten deel is bij deze twee verschillend beslist. "
            "Laat de leider registratie daar eerst opnieuw naar kijken."
        )
    return ""
