"""The page that stands in for one that cannot be made after words were taken away."""

from pathlib import Path

from django.template.loader import render_to_string

from nabij.kit.content import load_toml
from nabij.publish.pages import StandIn

FILE = Path(__file__).parent / "data" / "stand_in.toml"


def stand_in_page(about: StandIn, language: str) -> str:
    """The name, that the page is being repaired, and whom to call: nothing that fails as the page did."""
    words = load_toml(FILE)["words"]
    said = words.get(language, words["nl"])
    page = {"about": about, "words": said, "language": language, "dial": about.phone.replace("-", "")}
    return render_to_string("publish/stand_in.html", page)
