"""The list of incidents."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from nabij.accounts.http import Request
from nabij.accounts.roles import Permission
from nabij.incidents.queries import Filter, overview_for, with_reference
from nabij.incidents.words import topic_in_words

PER_PAGE = 25
_LABELS = {
    Filter.OPEN: gettext_lazy("Open"),
    Filter.CLOSED: gettext_lazy("Afgesloten"),
    Filter.ALL: gettext_lazy("Alle"),
}


@require_safe
def overview(request: Request) -> HttpResponse:
    """The incidents one sees, 25 on a page; a reference that was heard leads straight to its room."""
    said = request.GET.get("kenmerk", "")[:100]
    found = with_reference(request.actor, request.at, said) if said else None
    if found is not None:
        return redirect("incidents:room", found.pk)
    asked = request.GET.get("toon", "")
    shown = Filter(asked) if asked in list(Filter) else Filter.OPEN
    page = Paginator(overview_for(request.actor, request.at, shown), PER_PAGE).get_page(
        request.GET.get("pagina")
    )
    rows = [(incident, topic_in_words(incident.topic)) for incident in page.object_list]
    context = {
        "page": page,
        "rows": rows,
        "filters": [(each, _LABELS[each], each == shown) for each in Filter],
        "shown": shown,
        "said": said,
        "may_ask": request.actor.may(Permission.ASK_FOR_HELP),
    }
    return render(request, "incidents/overview.html", context)
