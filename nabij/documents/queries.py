"""Documents of a case and of a person, opened."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, Sum

from nabij.audit.actor import Actor
from nabij.cases.models import OPEN_STATES, Case
from nabij.documents.content import kind_in_words
from nabij.documents.models import Document, DocumentContent
from nabij.documents.policies import documents_visible_to, removals_visible_to
from nabij.keys.sealing import Opener, unseal_bytes


@dataclass(frozen=True)
class ShownDocument:
    """A document with its title, opened."""

    document: Document
    title: str
    kind: str

    @property
    def waits(self) -> bool:
        """Whether the person sent it and nobody has said that it was seen."""
        return self.document.is_of_person and self.document.seen_at is None


def documents_of(actor: Actor, about: Q, at: datetime) -> list[ShownDocument]:
    """The documents among these that this actor may see, the newest first."""
    rows = Document.objects.filter(documents_visible_to(actor, at), about).select_related("case")
    found = list(rows.order_by("-added_at", "id"))
    opener = Opener({each.case.person_id for each in found})
    return [_shown(each, opener) for each in found]


def documents_of_case(actor: Actor, case: Case, at: datetime) -> list[ShownDocument]:
    """The documents of one case."""
    return documents_of(actor, Q(case=case), at)


def own_documents(actor: Actor, at: datetime) -> list[ShownDocument]:
    """What the person sees: what was shown to them and what they sent."""
    return documents_of(actor, Q(case__person_id=actor.id), at)


def own_removals(actor: Actor) -> list[datetime]:
    """When something that this person sent was removed, the last first; never what it was."""
    rows = Document.objects.filter(removals_visible_to(actor)).order_by("-removed_at", "id")
    return [moment for moment in rows.values_list("removed_at", flat=True) if moment is not None]


def document_for(actor: Actor, pk: UUID, at: datetime) -> ShownDocument | None:
    """One document, if this actor may see it; log the reading before showing it."""
    rows = Document.objects.filter(documents_visible_to(actor, at), pk=pk)
    row = rows.select_related("case__team", "case__person").first()
    return _shown(row, Opener([row.case.person_id])) if row else None


def bytes_of(document: Document) -> bytes | None:
    """What is in it; None after it was removed or the person's key was destroyed."""
    row = DocumentContent.objects.filter(document=document).first()
    return unseal_bytes(document.case.person_id, row.bytes_sealed) if row else None


def size_together(case: Case) -> int:
    """How many bytes the documents of this case hold."""
    rows = Document.objects.filter(case=case, removed_at__isnull=True)
    return int(rows.aggregate(total=Sum("size"))["total"] or 0)


def open_case_of(person_id: UUID) -> Case | None:
    """The case into which this person sends something: the newest that is open."""
    return Case.objects.filter(person_id=person_id, state__in=OPEN_STATES).order_by("-opened_at").first()


def _shown(row: Document, opener: Opener) -> ShownDocument:
    return ShownDocument(row, opener.open(row.case.person_id, row.title_sealed), kind_in_words(row.kind))
