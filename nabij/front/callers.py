"""Which caller of the doors an organisation is."""

from nabij.accounts.models import OrganisationKind
from nabij.contact.doors import CallerKind

_CALLERS = {
    OrganisationKind.MUNICIPALITY: CallerKind.MUNICIPALITY,
    OrganisationKind.POLICE: CallerKind.POLICE,
    OrganisationKind.GHOR: CallerKind.GHOR,
    OrganisationKind.SAFETY_REGION: CallerKind.SAFETY_REGION,
    OrganisationKind.PARTNER: CallerKind.PARTNER,
}


def caller_kind(organisation_kind: str) -> CallerKind | None:
    """The caller that this kind of organisation is; None for victim support itself."""
    return _CALLERS.get(OrganisationKind(organisation_kind))
