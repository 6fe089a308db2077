"""Marks of addresses: equal within one controller and purpose, and of no use to anybody else."""

from uuid import UUID

from nabij.keys.blind import blind_index
from nabij.kit.references import as_written
from nabij.people.models import BlindIndex
from nabij.privacy.purposes import Purpose

OWN_SPACE = "eigen-omgeving"
KINDS = ("email", "phone")


def login_mark(kind: str, address: str) -> bytes:
    """The mark by which a person who comes back is found; `address` in normal form."""
    return blind_index(OWN_SPACE, f"{Purpose.OWN_SPACE}:{kind}", address)


def network_mark(network: str) -> bytes:
    """The mark by which codes asked from one network are counted."""
    return blind_index(OWN_SPACE, "network", network)


def code_mark(login_code_id: UUID, code: str) -> bytes:
    """What is kept of a login code."""
    return blind_index(OWN_SPACE, f"login code:{login_code_id}", code)


def key_mark(person_id: UUID, key: str) -> bytes:
    """What is kept of the key that a helper handed over, however it was written."""
    return blind_index(OWN_SPACE, f"own key:{person_id}", as_written(key))


def content_mark(form_key: UUID, content: str) -> bytes:
    """What is kept of the whole content of a form, to know it again."""
    return blind_index("aanmelding", f"content:{form_key}", content)


def marks_of(person_id: UUID, incident_id: UUID | None, addresses: dict[str, str]) -> list[BlindIndex]:
    """The marks of one person's phone and e-mail: to come back, and to find doubles within one incident.

    Without an incident there is nothing to compare within, so only the first.
    """
    found = []
    for kind, address in addresses.items():
        if kind not in KINDS or not address:
            continue
        marks = [(OWN_SPACE, Purpose.OWN_SPACE, login_mark(kind, address))]
        if incident_id is not None:
            within = f"gebeurtenis:{incident_id}"
            double = blind_index(within, f"{Purpose.AFTERCARE}:{kind}", address)
            marks.append((within, Purpose.AFTERCARE, double))
        for controller, purpose, digest in marks:
            mark = BlindIndex(
                person_id=person_id, kind=kind, controller=controller, purpose=purpose, digest=digest
            )
            found.append(mark)
    return found
