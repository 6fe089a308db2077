"""What messages add below them: verbs, notices, and the way in from a case and the own space."""

from pathlib import Path

from django.db.models import OuterRef
from django.utils.translation import gettext_lazy, gettext_noop

from nabij.audit import trail
from nabij.cases import endings, presence
from nabij.cases.presence import has
from nabij.conversations.models import CaseMessage
from nabij.conversations.policies import can_write, writes_for
from nabij.conversations.queries import is_unread, messages_along, messages_of
from nabij.kit import panels
from nabij.notify import templates
from nabij.own_space import exports

trail.register(
    {
        "conversation.written": gettext_lazy("Bericht geschreven"),
        "conversation.settled": gettext_lazy("Berichten gelezen, geen antwoord nodig"),
        "conversation.withdrawn": gettext_lazy("Bericht ingetrokken"),
    }
)
templates.register(Path(__file__).parent / "data" / "messages.toml")
presence.ask("messages", lambda: CaseMessage.objects.filter(case=OuterRef("pk"), sent_at__isnull=False))
endings.require(is_unread)
exports.add(
    exports.Part(
        "berichten",
        messages_of,
        gettext_lazy("Mijn berichten"),
        ("van", "tekst", "verstuurd", "ingetrokken"),
        gettext_lazy("Berichten"),
        messages_along,
    )
)
panels.add(
    "case",
    panels.Panel(
        gettext_noop("Berichten"), "conversations:panel", lambda actor, case: has(case, "messages"), order=15
    ),
)
panels.add_door(
    "case",
    panels.Door(
        gettext_noop("Bericht schrijven"),
        "conversations:case",
        lambda actor, case, at: not has(case, "messages") and can_write(actor, case, at),
        order=10,
    ),
)
panels.add(
    "own_help", panels.Panel(gettext_noop("Berichten"), "conversations:door", lambda actor, _: True, order=10)
)
panels.add(
    "own_along",
    panels.Panel(gettext_noop("Berichten"), "conversations:door", lambda actor, _: writes_for(actor)),
)
