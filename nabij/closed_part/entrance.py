"""Where somebody who is in goes first: the app above that holds the rooms says so."""

from django.urls import reverse

_first: list[str] = []


def first_page(url_name: str) -> None:
    """Let this page, with the short address of a centre in it, be the first inside (called from hooks)."""
    _first[:] = [url_name]


def address(slug: str) -> str:
    """The address of the first page inside of this centre."""
    return reverse(_first[0], args=[slug])
