"""Public pages that need several apps at once: home, and what every municipality may expect."""

from collections.abc import Iterable
from functools import partial

from django.utils import translation

from nabij.centres.queries import live_centres
from nabij.contact import pages as contact_pages
from nabij.front.catalogue.expect import expect_context
from nabij.publish.pages import PublicPage, render_public

LANGUAGES = ("nl", "en")


def address(path: str, language: str) -> str:
    """The address of a public page in a language: Dutch at the root, others below their code."""
    return path if language == "nl" else f"/{language}{path}"


def home_page(language: str) -> str:
    """Home: danger now, something happened to me, an event everyone knows of; the professionals' door."""
    with translation.override(language):
        return render_public("front/home.html", {"centres": live_centres(), "language": language})


def expect_page(language: str) -> str:
    """What every municipality may expect: all services, how to ask, who answers."""
    with translation.override(language):
        return render_public("front/expect.html", expect_context(language))


def leaving_page(language: str) -> str:
    """What the quick exit does, and honestly what a browser may still keep."""
    with translation.override(language):
        return render_public("front/leaving.html", {})


def robots() -> str:
    """What search engines leave alone."""
    closed = ("/werk/", "/mijn/", "/aanmelden/", "/p/", "/hulp-vragen/", "/inloggen/")
    return "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in closed)


def public_pages() -> Iterable[PublicPage]:
    """Front's own pages, and those of contact, which is publish's neighbour and may not know it."""
    yield PublicPage("/robots.txt", "nl", robots)
    for language in LANGUAGES:
        yield PublicPage(address("/", language), language, partial(home_page, language), follows_all=True)
        yield PublicPage(address("/gemeenten/", language), language, partial(expect_page, language))
        yield PublicPage(address("/snel-weg/", language), language, partial(leaving_page, language))
        for path, render in contact_pages.public_pages():
            yield PublicPage(address(path, language), language, partial(render, language))
