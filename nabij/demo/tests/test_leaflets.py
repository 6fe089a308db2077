import pytest

from nabij.accounts.models import Organisation
from nabij.demo.leaflets import build_flyers
from nabij.demo.world import build_world
from nabij.flyers.models import Edition
from nabij.flyers.queries import approved
from nabij.kit import clock

pytestmark = pytest.mark.django_db


def test_amsterdam_has_one_approved_flyer_in_six_languages():
    build_world()
    for _ in range(2):
        build_flyers(clock.now())
    amsterdam = Organisation.objects.get(name="Gemeente Amsterdam")
    edition = Edition.objects.get()
    for language in ("nl", "en", "tr", "ar", "pl", "uk"):
        assert approved(amsterdam.pk, "T-FLY-EXP", language) == edition
