"""Codes of a report as people read them."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from nabij.paging.models import Answer

RESULTS: dict[str, StrOrPromise] = {
    "on_time": _("op tijd"),
    "late": _("te laat"),
    "skipped": _("overgeslagen"),
    "open": _("niet gedaan"),
}
ANSWERS: dict[str, StrOrPromise] = dict(Answer.choices)


def player(by: str) -> StrOrPromise:
    """Who did it in the drill: the game, the people who practised, or nobody because it stood ready."""
    return {"game": _("het spel"), "people": _("wie oefende"), "agreed": _("lag klaar")}.get(by, "")
