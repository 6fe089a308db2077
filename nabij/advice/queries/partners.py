"""Which partners were told of an event, and which were not."""

from dataclasses import dataclass
from datetime import datetime

from nabij.advice import content
from nabij.advice.models import PartnerNotice
from nabij.incidents.models import Incident
from nabij.knowledge.queries import function_of


@dataclass(frozen=True)
class NoticeLine:
    """One partner of the list: told, when and by which function; or not yet."""

    partner: str
    name: str
    notice: PartnerNotice | None
    is_silent: bool = False

    @property
    def function(self) -> str:
        """What they do who told the partner."""
        return function_of(self.notice.informed_by) if self.notice else ""


def notices_at(incident: Incident, at: datetime) -> list[NoticeLine]:
    """Every partner of the list, and who was told though the list no longer has them.

    Silent is who was told longer ago than the term and did not say "received".
    """
    rows = PartnerNotice.objects.filter(incident=incident).select_related("informed_by__organisation")
    told = {each.partner: each for each in rows.order_by("informed_at", "pk")}
    codes = [*content.partners(), *(code for code in told if code not in content.partners())]
    waited_for = at - content.receipt_term()
    return [
        NoticeLine(
            each,
            content.in_words("partner", each),
            notice := told.get(each),
            notice is not None and notice.received_at is None and notice.informed_at < waited_for,
        )
        for each in codes
    ]
