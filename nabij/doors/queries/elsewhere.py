"""Addresses that others take care of: protected ones, homes with a contact person, and some at random.

Nobody can tell one from the other; decision 0028 says how much somebody may suspect.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from nabij.accounts.models import Organisation, OrganisationKind
from nabij.aftercare.models import HouseholdContact
from nabij.cases.addresses import address_keys
from nabij.cases.models import Case, SearchKey
from nabij.cases.searching import marks
from nabij.doors.addresses import Address, NotAnAddress, read_addresses
from nabij.doors.content import key_lasts, number_of
from nabij.doors.models import Door, Outcome, Round
from nabij.incidents.models import Incident
from nabij.keys.blind import blind_indexes
from nabij.keys.sealing import Opener
from nabij.notify.models import ContactRule
from nabij.vulnerability.models import Alert, Level
from nabij.vulnerability.queries.protection import levels_of

Key = tuple[str, int, str]
HIDDEN = "secret_address"  # the alert that comes with measure PM-15


def left_to_others(incident: Incident, addresses: Sequence[Address]) -> set[Key]:
    """Which of these addresses are not visited, whatever the reason; the reasons are told to nobody."""
    return _drawn(addresses) | _protected(addresses) | _with_contact(incident, addresses)


def _drawn(addresses: Sequence[Address]) -> set[Key]:
    """One in so many, the same ones each time: asking again, or with another list, tells nothing more."""
    one_in = number_of("one_in_elsewhere")
    texts = ["|".join(map(str, each.key)) for each in addresses]
    drawn = zip(addresses, blind_indexes("doors", "elsewhere", texts), strict=True)
    return {each.key for each, mark in drawn if int.from_bytes(mark[:8]) % one_in == 0}


def _protected(addresses: Sequence[Address]) -> set[Key]:
    """Where somebody lives whose address is secret, or who is at high risk, in any case of victim support.

    Found by marks only: nothing of a case is opened. A street of this name in another town counts too.
    """
    found: dict[bytes, Key] = {}
    for organisation_id in _organisations():
        for each in addresses:
            texts = address_keys(f"{each.street} {each.number} {each.addition}".strip())
            found |= {digest: each.key for _kind, digest in marks(organisation_id, texts)}
    rows = SearchKey.objects.filter(kind="address", digest__in=list(found))
    lives_at = [(person_id, bytes(mark)) for person_id, mark in rows.values_list("case__person_id", "digest")]
    people = {person_id for person_id, _ in lives_at}
    secret = ContactRule.objects.filter(subject_id__in=people, has_secret_address=True)
    hidden = set(secret.values_list("subject_id", flat=True))
    alerts = Alert.objects.filter(person__in=people, kind=HIDDEN, closed_at__isnull=True)
    hidden |= set(alerts.values_list("person_id", flat=True))
    hidden |= {person_id for person_id, level in levels_of(people).items() if level == Level.HIGH}
    return {found[mark] for person_id, mark in lives_at if person_id in hidden}


def rounds_past(case: Case, at: datetime) -> list[Round]:
    """Open rounds that leave out the home of who is helped in this case, for who may open the case."""
    doors = Door.objects.filter(
        outcome=Outcome.ELSEWHERE, round__closed_at__isnull=True, round__ends_at__gt=at - key_lasts()
    )
    rounds: dict[bytes, Round] = {}
    for each in doors.select_related("round"):
        for _kind, digest in marks(case.team.organisation_id, address_keys(each.name)):
            rounds[digest] = each.round
    met = case.search_keys.filter(kind="address", digest__in=list(rounds)) if rounds else ()
    return sorted({rounds[bytes(each.digest)] for each in met}, key=lambda found: found.starts_at)


def _organisations() -> list[UUID]:
    kind = Q(kind=OrganisationKind.VICTIM_SUPPORT)
    return list(Organisation.objects.filter(kind).values_list("pk", flat=True))


def _with_contact(incident: Incident, addresses: Sequence[Address]) -> set[Key]:
    """Homes that cannot be lived in: the municipality named a contact person for who lived there."""
    rows = HouseholdContact.objects.filter(Q(run__incident=incident)).exclude(address_sealed=b"")
    sealed = list(rows.values_list("pk", "address_sealed"))
    opener = Opener([pk for pk, _ in sealed])
    wanted = {each.key for each in addresses}
    return wanted & {key for pk, text in sealed for key in _keys(opener.open(pk, text))}


def _keys(text: str) -> set[Key]:
    """The addresses in what somebody typed; none when it cannot be read."""
    try:
        return {each.key for each in read_addresses(text)}
    except NotAnAddress:
        return set()
