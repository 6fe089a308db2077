"""Closing for good and opening again are for who decides about publication; the pages stay to be read."""

import pytest
from django.core.exceptions import PermissionDenied

from nabij.accounts.factories import make_actor
from nabij.accounts.roles import Role
from nabij.centres.actions import archive_centre, open_again
from nabij.centres.factories import EVENING, make_live_centre

pytestmark = pytest.mark.django_db


def test_an_editor_neither_archives_nor_opens_again_and_the_chief_does_both():
    centre, editor, chief = make_live_centre(), make_actor(Role.IAC_EDITOR), make_actor(Role.IAC_CHIEF)
    for act in (archive_centre, open_again):
        with pytest.raises(PermissionDenied):
            act(centre, by=editor, at=EVENING)
    assert archive_centre(centre, by=chief, at=EVENING).archived_at == EVENING
    assert open_again(centre, by=chief, at=EVENING).archived_at is None
