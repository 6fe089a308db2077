"""In an exercise a handout is an example with OEFENING on it: nobody is asked, nothing comes in force."""

import pypdfium2
import pytest
from django.core.exceptions import ValidationError

from nabij.audit.models import TrailEntry
from nabij.flyers import actions as flyers
from nabij.flyers.models import Edition, Leaflet, LetterJob
from nabij.flyers.queries import waiting_for
from nabij.handouts import actions
from nabij.handouts.models import Handout
from nabij.handouts.tests.test_handouts import FLYER, LETTER, TYPED, make_doors, text_of, town
from nabij.incidents.models import Incident
from nabij.notify.models import Message

__all__ = ["town"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def drill(town):
    Incident.objects.filter(pk=town.incident.pk).update(is_exercise=True)
    town.incident.refresh_from_db()
    return town


def print_it(client, drill, step_id="EXP-17", code=LETTER, languages=("nl",)):
    sent = {"languages": list(languages), "copies": "84"}
    return client.post(drill.url(step_id, code, "printen/"), sent)


def test_what_is_filled_in_lays_nothing_before_the_other_organisation(drill):
    nadia = drill.as_(drill.nadia)
    form = text_of(nadia.get(drill.url("EXP-17", LETTER)))
    assert "De andere organisatie krijgt geen vraag" in form
    assert "om akkoord" not in form
    answer = nadia.post(drill.url("EXP-17", LETTER), TYPED)
    assert answer["Location"].endswith("/printen/")
    assert (Edition.objects.count(), Leaflet.objects.count(), Message.objects.count()) == (0, 0, 0)
    assert not TrailEntry.objects.filter(verb__startswith="flyer.").exists()
    page = text_of(nadia.get(f"/werk/nazorg/stap/{drill.step().pk}/"))
    assert "wacht op akkoord" not in page
    assert "voorbeeld voor de oefening" in page
    assert "Bekijk de tekst" not in page
    assert Handout.objects.get().edition is None
    assert waiting_for(drill.tom) == []


def test_the_example_is_printed_and_proves_the_step(drill):
    drill.fill()
    nadia = drill.as_(drill.nadia)
    page = text_of(nadia.get(drill.url("EXP-17", LETTER, "printen/")))
    assert "OEFENING" in page
    assert print_it(nadia, drill).content.startswith(b"%PDF")
    assert drill.step().evidence.values == {"letters": 84}
    assert "84 stuks" in text_of(nadia.get(f"/werk/uitdelen/stap/{drill.step().pk}/"))


@pytest.mark.parametrize(("step_id", "code"), [("EXP-17", LETTER), ("EXP-11", FLYER)])
def test_every_page_says_that_it_is_an_exercise(drill, step_id, code):
    drill.fill(step_id, code)
    paper = print_it(drill.as_(drill.nadia), drill, step_id, code, ("nl", "en")).content
    with pypdfium2.PdfDocument(paper) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    assert len(texts) >= 2
    assert all("OEFENING" in text for text in texts)
    assert "dit is niet echt gebeurd" in texts[0]


def test_a_text_in_force_is_used_but_not_touched_and_the_paper_is_still_an_exercise(drill):
    edition = drill.approve()
    drill.fill()
    nadia = drill.as_(drill.nadia)
    assert print_it(nadia, drill).content.startswith(b"%PDF")
    assert Handout.objects.get().edition is None
    edition.refresh_from_db()
    assert edition.state == "approved"
    flyers.withdraw_edition(edition, by=drill.nadia, at=drill.at)


def test_no_letters_to_addresses_are_made_in_an_exercise(drill):
    make_doors(drill)
    drill.approve()
    handout = drill.fill()
    page = text_of(drill.as_(drill.nadia).get(drill.url("EXP-17", LETTER, "printen/")))
    assert "deurlijst" not in page
    with pytest.raises(ValidationError, match="oefening"):
        actions.print_letters(handout, ["nl"], by=drill.nadia, at=drill.at)
    assert not LetterJob.objects.exists()
