"""Two moderators at the same moment."""

import pytest
from django.core.exceptions import ValidationError

from nabij.kit.tests.at_once import together
from nabij.moderation import actions as moderation
from nabij.peers.factories import NOON, make_post
from nabij.peers.models import GroupMember, Hold
from nabij.peers.tests.conftest import make_centre


@pytest.mark.django_db(transaction=True)
def test_of_two_moderators_who_decide_at_the_same_moment_one_decides():
    centre = make_centre()
    post = make_post(centre.reiger)
    failed = together(
        lambda: moderation.approve_post(post, by=centre.sjoerd, at=NOON),
        lambda: moderation.approve_post(post, by=centre.yara, at=NOON),
    )
    assert [type(each) for each in failed] == [ValidationError]
    assert Hold.objects.get().decided_by in (centre.sjoerd.id, centre.yara.id)
    assert GroupMember.objects.get(pk=centre.reiger.pk).approved_posts == 1
