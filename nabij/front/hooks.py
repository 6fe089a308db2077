"""What front adds below it: public pages and the menu."""

from nabij.front.pages import public_pages
from nabij.kit import navigation
from nabij.publish import pages

pages.register(public_pages)
navigation.add(navigation.Entry("Mijn werk", "front:desk", lambda actor: True, order=10))
navigation.add(navigation.Entry("Wat kan Nabij", "front:services", lambda actor: True, order=90))
