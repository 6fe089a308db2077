"""Nobody works with these addresses: Nabij itself keeps and mails them, and a link in a mail decides."""

from nabij.audit.actor import Actor, ActorKind
from nabij.news_readers.models import NewsReader

ONLY_NABIJ = "Adressen voor nieuws bewaart en wist alleen Nabij zelf."


def can_keep_readers(actor: Actor) -> bool:
    """Nabij itself, for who asked: nobody writes down or chooses a reader."""
    return actor.kind == ActorKind.SYSTEM


def can_confirm(actor: Actor, reader: NewsReader) -> bool:
    """Whoever holds the link that was mailed to this very address."""
    return actor.kind == ActorKind.LINK and actor.id == reader.pk
