"""What front adds below it: public pages and the menu."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nabij.front.pages import public_pages
from nabij.kit import navigation, panels
from nabij.knowledge.policies import can_see_for_district
from nabij.publish import pages

pages.register(public_pages)
for label, path, place in (
    (_("Eerste stappen"), "/nu/", "menu"),
    (_("Bellen"), "/bellen/", "menu"),
    (_("Voor gemeenten"), "/gemeenten/", "menu"),
    (_("Zo werkt ‘Snel weg’"), "/snel-weg/", "footer"),
):
    navigation.add_public(navigation.PublicEntry(label, path, place))
navigation.add(navigation.Entry(gettext_noop("Mijn werk"), "front:desk", lambda actor: True, order=10))
navigation.add(
    navigation.Entry(gettext_noop("Wat kan Nabij"), "front:services", lambda actor: True, order=90)
)
panels.add_door(
    "district",
    panels.Door(gettext_noop("Bekijk wat wij kunnen doen"), "front:services_of", can_see_for_district),
)
