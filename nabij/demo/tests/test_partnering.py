from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from nabij.accounts.models import Membership
from nabij.accounts.queries import actor_for
from nabij.demo.partnering import build_partners
from nabij.partners.queries import attention_for

pytestmark = pytest.mark.django_db
AT = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)


def test_seven_partners_are_made_once_and_three_of_them_ask_for_attention(settings, tmp_path):
    settings.ENV = settings.ENV.model_copy(update={"data_dir": tmp_path, "movable_clock": True})
    call_command("seed_demo", "--duties-from", "2027-01-04", "--weeks", "1")
    assert build_partners(AT) == 7
    assert build_partners(AT) == 0
    nadia = actor_for(Membership.objects.get(user__name="Nadia Vroom"))
    found = {each.line.partner.name for each in attention_for(nadia, AT) if each.line.owner}
    assert found == {"Brandweer", "GGD en GHOR", "Woningcorporatie Oeverbouw"}
