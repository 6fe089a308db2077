import pytest

from nabij.accounts.factories import make_membership
from nabij.accounts.roles import Role

pytestmark = pytest.mark.django_db


def test_the_rules_are_shown_with_their_article_to_who_has_duties_and_to_nobody_else(client):
    client.force_login(make_membership(Role.ON_CALL_WORKER).user)
    shown = client.get("/werk/werktijden/").content.decode()
    assert "Arbeidstijdenwet 5:9 lid 2a" in shown
    assert "Nabij controleert dit niet." in shown
    client.force_login(make_membership(Role.PSH_LEAD).user)
    assert client.get("/werk/werktijden/").status_code == 403
