"""What makes a text wait."""

from uuid import uuid4

import pytest

from nabij.contact.danger import plain_words
from nabij.peers.checks import alias_mark, contacts_in, dangers_in, has_name, mark_of
from nabij.peers.models import HoldReason as H


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Bel me op 06-12 34 56 78", H.PHONE),
        ("bel nul zes een twee drie vier vijf zes zeven acht", H.PHONE),
        ("+31 6 12345678", H.PHONE),
        ("mail jan@voorbeeld.nl", H.EMAIL),
        ("jan apenstaartje voorbeeld punt nl", H.EMAIL),
        ("Kijk op www.voorbeeld.nl", H.LINK),
        ("ik sta op insta als @reiger77", H.LINK),
        ("Ik woon op 1234 AB", H.ADDRESS),
        ("kom naar de Kokmeeuwstraat 12", H.ADDRESS),
        ("NL91 ABNA 0417 1643 00", H.IBAN),
        ("mijn bsn is 111222333", H.BSN),
    ],
)
def test_a_way_to_reach_somebody_is_found_however_it_is_written(text, reason):
    assert reason in contacts_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Op 12 mei 2027 om half acht was ik er nog. Het waren 3 verdiepingen.",
        "Mijn zoon is 17, mijn dochter 15. Wij wachten al 6 weken.",
        "We liepen door de straat en over het plein.",
    ],
)
def test_ordinary_sentences_with_numbers_do_not_wait(text):
    assert contacts_in(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Soms denk ik: ik wil dood.", H.SUICIDE),
        ("SUÏCIDE is nooit ver weg", H.SUICIDE),
        ("I want to die", H.SUICIDE),
        ("Yaşamak istemiyorum", H.SUICIDE),
        ("Chcę umrzeć", H.SUICIDE),
        ("не хочу жити", H.SUICIDE),
        ("أريد أن أموت", H.SUICIDE),
        ("Ik zal hem vermoorden", H.VIOLENCE),
        ("мій брат б'є мене", H.VIOLENCE),
    ],
)
def test_danger_is_seen_in_every_language_of_the_centre(text, kind):
    assert kind in dangers_in(text)


def test_grief_is_not_danger():
    assert dangers_in("Mijn man is dood. Ik mis hem elke dag, en ik slaap slecht.") == []


def test_a_name_of_the_list_is_found_in_any_spelling_and_only_in_its_own_space():
    here, there = uuid4(), uuid4()
    marks = {mark_of(here, plain_words("Joris van der Měer")): 4, mark_of(here, ["měer"]): 1}
    assert has_name("Ik zag joris VAN DER meer lopen.", here, marks)
    assert not has_name("Joris liep over de meerkade.", here, marks)
    assert not has_name("joris van der meer", there, marks)
    assert not has_name("kort", here, marks)


def test_two_spellings_of_an_alias_are_one_alias():
    space = uuid4()
    assert alias_mark(space, "Blauwe Reiger") == alias_mark(space, "blauwe-réiger")
    assert alias_mark(space, "Reiger") != alias_mark(uuid4(), "Reiger")
