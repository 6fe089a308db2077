"""The catalogue finds every sentence, keeps its translations and says what is wrong."""

from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from nabij.kit import catalogue
from nabij.kit.catalogue import CatalogueError, Message

PYTHON = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext
one = _("Bel ons")
two = ngettext("%(n)d dag", "%(n)d dagen", 2)
three = pgettext("knop", "Sluit")
four = [_ for _ in ()]
"""
TEMPLATE = """{% load i18n %}<p title="{% translate "Nog open" %}">
{% blocktranslate with a=b %}Dag {{ a }}{% endblocktranslate %}</p>
{% blocktranslate count n=n %}{{ n }} mens{% plural %}{{ n }} mensen{% endblocktranslate %}
{% include "x.html" with text=_("Het is 't waard") %}"""


@pytest.fixture
def house(tmp_path, settings):
    """A small source tree of its own."""
    settings.BASE_DIR, settings.LOCALE_PATHS = tmp_path, [tmp_path / "nabij" / "locale"]
    (tmp_path / "nabij" / "desk" / "templates" / "desk").mkdir(parents=True)
    (tmp_path / "nabij" / "locale" / "en" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "nabij" / "desk" / "views.py").write_text(PYTHON)
    (tmp_path / "nabij" / "desk" / "templates" / "desk" / "page.html").write_text(TEMPLATE)
    return tmp_path / "nabij" / "desk"


def translate_all(suffix: str = "") -> None:
    po = polib.pofile(str(catalogue.catalogue_file("en")))
    for entry in po:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural + suffix}
        else:
            entry.msgstr = entry.msgid + suffix
    po.save()


def test_sentences_are_found_in_code_and_in_templates(house):
    assert set(catalogue.messages_of_source()) == {
        Message("Bel ons"),
        Message("%(n)d dag", "%(n)d dagen"),
        Message("Sluit", context="knop"),
        Message("Nog open"),
        Message("Dag %(a)s"),
        Message("%(n)s mens", "%(n)s mensen"),
        Message("Het is 't waard"),
    }


def test_a_sentence_that_is_put_together_in_code_is_refused(house):
    (house / "views.py").write_text("from x import gettext\ngettext(name)\n")
    with pytest.raises(CatalogueError, match="views.py:2"):
        catalogue.messages_of_source()


def test_collecting_again_keeps_translations_and_drops_what_is_gone(house):
    call_command("collect_translations")
    translate_all()
    (house / "views.py").write_text('from x import gettext\ngettext("Bel ons")\ngettext("Nieuw")\n')
    entries = {entry.msgid: entry.msgstr for entry in catalogue.collect("en")}
    assert entries["Bel ons"] == "Bel ons"
    assert entries["Nieuw"] == ""
    assert "Sluit" not in entries


def test_the_check_fails_until_everything_is_translated(house, capsys):
    with pytest.raises(CommandError, match="missing: 'Bel ons'"):
        call_command("check_translations")
    call_command("collect_translations")
    with pytest.raises(CommandError, match="empty: 'Bel ons'"):
        call_command("check_translations")
    translate_all()
    call_command("check_translations")
    assert "complete" in capsys.readouterr().out


def test_the_check_names_doubtful_and_left_over_sentences_and_lost_values(house):
    catalogue.collect("en").save(str(catalogue.catalogue_file("en")))
    translate_all()
    po = polib.pofile(str(catalogue.catalogue_file("en")))
    po.find("Bel ons").flags.append("fuzzy")
    po.find("Dag %(a)s").msgstr = "Day"
    po.append(polib.POEntry(msgid="Weg", msgstr="Gone"))
    po.save()
    assert set(catalogue.faults("en")) == {
        "fuzzy: 'Bel ons'",
        "other values than the Dutch: 'Dag %(a)s'",
        "no longer in the source: 'Weg'",
    }


def test_the_compiled_catalogue_is_what_django_reads(house):
    catalogue.collect("en").save(str(catalogue.catalogue_file("en")))
    translate_all("!")
    call_command("compile_translations")
    compiled = polib.mofile(str(catalogue.catalogue_file("en").with_suffix(".mo")))
    assert compiled.find("Bel ons").msgstr == "Bel ons!"
    assert list(Path(catalogue.catalogue_file("en")).parent.glob("*.new")) == []


def test_dutch_is_the_source_and_needs_no_catalogue():
    with translation.override("nl"):
        assert translation.gettext("Bel ons bij nood") == "Bel ons bij nood"
