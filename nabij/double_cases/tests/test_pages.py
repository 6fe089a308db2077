"""The panel of the leader on a case whose person has another one."""

import pytest
from django.urls import reverse

from nabij.accounts.models import Membership
from nabij.double_cases.models import DoubleCase
from nabij.double_cases.tests.test_doubles import LATER, _merge, both
from nabij.kit import clock

__all__ = ["both"]

pytestmark = pytest.mark.django_db


def _enter(client, settings, actor):
    settings.TOTP_REQUIRED = False
    user = Membership.objects.get(pk=actor.id).user
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")


def test_the_leader_reads_and_decides_on_the_page_of_a_case(both, client, settings):
    clock.move_to(LATER)
    _merge(both)
    row = DoubleCase.objects.get()
    _enter(client, settings, both.olaf)
    page = reverse("cases:case", args=[both.folded.pk])
    text = client.get(page).content.decode()
    assert "Twee dossiers van dezelfde persoon" in text
    assert both.stays.reference in text
    end = reverse("double_cases:end", args=[both.folded.pk, row.pk])
    assert "gaat verder in het andere" in client.post(end, follow=True).content.decode()
    assert "al besloten" in client.post(end, follow=True).content.decode()
    assert "Dit dossier is daarom afgesloten" in client.get(page).content.decode()
    keep = reverse("double_cases:keep", args=[both.folded.pk, row.pk])
    assert "al besloten" in client.post(keep, follow=True).content.decode()


def test_a_helper_sees_nothing_of_it_and_an_address_by_hand_does_not_exist(both, client, settings):
    clock.move_to(LATER)
    _merge(both)
    row = DoubleCase.objects.get()
    _enter(client, settings, both.daan)
    page = client.get(reverse("cases:case", args=[both.folded.pk])).content.decode()
    assert "Twee dossiers van dezelfde persoon" not in page
    panel = client.get(reverse("double_cases:panel", args=[both.folded.pk])).content.decode()
    assert both.stays.reference not in panel
    for name in ("keep", "end"):
        assert client.post(reverse(f"double_cases:{name}", args=[both.folded.pk, row.pk])).status_code == 404


def test_kept_apart_is_said_on_the_page(both, client, settings):
    clock.move_to(LATER)
    _merge(both)
    _enter(client, settings, both.olaf)
    keep = reverse("double_cases:keep", args=[both.folded.pk, DoubleCase.objects.get().pk])
    assert "blijven apart" in client.post(keep, follow=True).content.decode()
    page = client.get(reverse("cases:case", args=[both.stays.pk])).content.decode()
    assert "Spreek in beide dossiers dezelfde contactregel af" in page
