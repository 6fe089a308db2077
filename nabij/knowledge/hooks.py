"""What shared knowledge adds below it: verbs, panels of the desk and the menu."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.audit import trail
from nabij.kit import navigation, panels
from nabij.knowledge.policies import can_share

trail.register(
    {
        "article.written": gettext_lazy("Kennisartikel geschreven"),
        "article.changed": gettext_lazy("Kennisartikel gewijzigd"),
        "article.checked": gettext_lazy("Kennisartikel nagekeken"),
        "district.named": gettext_lazy("Wijk toegevoegd"),
        "district.briefed": gettext_lazy("Voorlichting in een wijk opgeschreven"),
        "district.catalogue_seen": gettext_lazy("Catalogus bekeken voor een wijk"),
        "partner_door.watched": gettext_lazy("Deur bij een partner toegevoegd"),
        "partner_door.checked": gettext_lazy("Deur bij een partner nagekeken"),
    }
)
for title, url_name, order in (
    (gettext_noop("Wijken die ons kennen"), "knowledge:briefed", 60),
    (gettext_noop("Kennis om na te kijken"), "knowledge:stale", 61),
):
    panels.add(
        "desk", panels.Panel(title, url_name, lambda actor, _: can_share(actor), order=order, is_quiet=True)
    )
navigation.add(navigation.Entry(gettext_noop("Kennis"), "knowledge:articles", lambda actor: True, order=80))
