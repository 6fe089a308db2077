"""The walk in docs/demo-story.md names what is really on the screens and who really can log in."""

import re

from nabij.demo.world import logins
from nabij.kit.catalogue import messages_of_source
from tests.house.language import texts_of_content
from tests.house.tree import ROOT

STORY = (ROOT / "docs" / "demo-story.md").read_text(encoding="utf-8")
WALK = STORY.partition("## The walk")[2]


def test_every_label_in_the_story_is_on_a_screen():
    labels = set(re.findall(r"\*\*“([^”]+)”\*\*", " ".join(WALK.split())))
    shown = {message.text for message in messages_of_source()}
    shown |= {
        line for texts in texts_of_content().values() for text in texts for line in text.body.split("\n")
    }
    assert len(labels) > 20
    assert labels - shown == set()


def test_everybody_in_the_story_is_in_the_list_that_make_run_prints():
    named = set(re.findall(r"`([\w.]+@example\.nl)`", STORY))
    assert len(named) == 13
    assert named <= {person.mail for person in logins()}
