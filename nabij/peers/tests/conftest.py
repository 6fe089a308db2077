"""A centre after a fire: Noor leads the groups, Sjoerd and Yara moderate, Reiger and Merel lost somebody."""

from types import SimpleNamespace

import pytest

from nabij.accounts.factories import make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.notify.factories import make_contact_point
from nabij.peers import outside
from nabij.peers.factories import NOON, make_group, make_member, make_space
from nabij.peers.models import SpaceKind
from nabij.peers.policies import peer


def make_staff(role, name, **fields):
    membership = make_membership(role, name=name, **fields)
    make_contact_point(membership.pk)
    return membership


@pytest.fixture(autouse=True)
def nobody_above(monkeypatch):
    """In these stories no app stands above the groups, but for what a story puts there."""
    monkeypatch.setattr(outside, "_known", {})


@pytest.fixture
def above(nobody_above):
    """The app above, as peers knows it: who is in, and what it was told."""
    seen = SimpleNamespace(verified=None, told=[], expelled=[])
    outside.register(
        SpaceKind.CENTRE,
        outside.Outside(
            who=lambda request, owner_id: seen.verified,
            language=lambda request: "nl",
            finish=lambda request, response: response,
            tell=lambda member_id, template, exercise, at: seen.told.append((member_id, template)),
            expelled=lambda owner_id, member_id, at: seen.expelled.append((owner_id, member_id)),
            phone_address=lambda owner_id, member_id: f"/werk/bellen/{member_id}/",
            back=lambda owner_id: "/mijn/",
        ),
    )
    return seen


def make_centre():
    noor = make_staff(Role.COMMUNITY_COORDINATOR, "Noor Visser")
    sjoerd = make_staff(Role.MODERATOR, "Sjoerd Prins")
    yara = make_staff(Role.MODERATOR, "Yara Haddad")
    space = make_space()
    group = make_group(space, contact=noor)
    reiger = make_member(group, "Reiger")
    merel = make_member(group, "Merel", approved=3)
    return SimpleNamespace(
        space=space, group=group, reiger=reiger, merel=merel, as_reiger=peer(reiger), as_merel=peer(merel),
        noor=actor_for(noor), sjoerd=actor_for(sjoerd), yara=actor_for(yara), at=NOON,
        stranger=actor_for(make_staff(Role.IAC_EDITOR, "Owen Baas")),
    )  # fmt: skip


@pytest.fixture
def centre(db):
    return make_centre()
