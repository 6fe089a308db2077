"""Everybody can read what Nabij says: language level B1, no blame, no labels."""

import pytest

from nabij.centres.factories import make_live_centre, make_news
from nabij.publish.pages import all_pages
from tests.house import language
from tests.house.language import Text

PER_FILE = language.texts_of_content()
INTERFACE = language.texts_of_interface()
NAMES_OF_THE_BROCHURE = {"nabij/front/catalogue/services.toml", "nabij/guide/data/topics.toml"}
FOR_MUNICIPALITIES = "/gemeenten/"


@pytest.fixture
def pages(db):
    """The running text of every public page in Dutch, a live centre included."""
    make_news(make_live_centre(), "Het vuur is uit. Ga nog niet naar huis..")
    shown = [page for page in all_pages() if page.language == "nl" and page.path.endswith("/")]
    assert len(shown) > 10
    return [Text(page.path, language.running_text(page.render())) for page in shown]


@pytest.mark.parametrize("file", PER_FILE)
def test_every_text_in_a_content_file_is_easy_to_read(file):
    assert language.hard_texts(file, PER_FILE[file]) == []


@pytest.mark.parametrize("app", INTERFACE)
def test_the_sentences_on_the_screens_of_an_app_are_easy_to_read(app):
    assert language.hard_texts(app, [INTERFACE[app]]) == []


def test_every_public_page_is_easy_to_read(pages):
    assert language.hard_texts("public pages", pages) == []


def test_no_text_in_a_content_file_hurts_or_labels():
    texts = [text for file, found in PER_FILE.items() if file not in NAMES_OF_THE_BROCHURE for text in found]
    assert language.painful_texts(texts) == []


def test_no_public_page_hurts_or_labels(pages):
    assert language.painful_texts(page for page in pages if page.place != FOR_MUNICIPALITIES) == []


def test_a_hard_text_is_found_and_named():
    hard = Text("here", "Desbetreffende belanghebbenden dienen documentatie aan te leveren. " * 3)
    assert language.hard_texts("file", [hard])[0].startswith("here: Flesch-Douma ")
    assert language.hard_texts("file", [Text("a", "Documentatie aanleveren."), Text("b", "Rustig.")]) == [
        "file (short texts together): Flesch-Douma -77 (at least 60), 1.5 words a sentence (at most 15)"
    ]


def test_only_the_running_text_of_a_page_is_read():
    html = "<nav>Weg.</nav><main><h1>Kop</h1><p>Bel <b>ons</b>.</p><script>x.y()</script></main><p>Voet.</p>"
    assert language.sentences(language.running_text(html)) == ["Bel ons."]
