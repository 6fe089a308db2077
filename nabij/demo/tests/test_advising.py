from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from nabij.advice.models import AdviceQuestion, DistrictContact, LineCall
from nabij.demo.advising import build_advice
from nabij.knowledge.models import District

pytestmark = pytest.mark.django_db
AT = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)


def test_five_districts_with_three_pairs_two_questions_and_a_call_are_made_once(settings, tmp_path):
    settings.ENV = settings.ENV.model_copy(update={"data_dir": tmp_path, "movable_clock": True})
    call_command("seed_demo", "--duties-from", "2027-01-04", "--weeks", "1")
    assert build_advice(AT) == 5
    assert build_advice(AT) == 0
    assert District.objects.count() == 5
    assert DistrictContact.objects.count() == 6
    assert AdviceQuestion.objects.filter(answered_at__isnull=True).count() == 1
    assert LineCall.objects.count() == 1
