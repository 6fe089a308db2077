from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.accounts.factories import make_actor
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Permission, Role
from nabij.audit.models import TrailEntry
from nabij.flyers import actions
from nabij.flyers.content import Words, templates
from nabij.flyers.models import BOTH, Edition, EditionApproval, EditionState
from nabij.flyers.queries import approved, waiting_for
from nabij.kit.tests.at_once import together


def words(edition, **changes):
    return {**edition.words, **changes}


def test_an_edition_is_in_force_only_when_both_organisations_agreed(town):
    edition = town.draft()
    assert edition.number == 1
    edition = actions.send_edition(edition, by=town.nadia, at=town.at)
    assert edition.state == EditionState.SENT
    assert edition.approved_kinds == ["municipality"]
    assert approved(town.organisation.pk, "T-FLY-EXP", "nl") is None
    edition = actions.approve_edition(edition, by=town.olaf, at=town.at)
    assert edition.state == EditionState.APPROVED
    assert sorted(edition.approvals.values_list("organisation_kind", flat=True)) == sorted(BOTH)
    assert approved(town.organisation.pk, "T-FLY-EXP", "ar") == edition
    assert approved(town.organisation.pk, "T-FLY-ROB", "nl") is None
    verbs = TrailEntry.objects.filter(subject_id=edition.pk).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == [
        "flyer.begun", "flyer.written", "flyer.sent", "flyer.agreed", "flyer.agreed", "flyer.approved",
    ]  # fmt: skip


def test_victim_support_may_begin_too_and_then_the_municipality_agrees(town):
    edition = actions.start_edition(town.organisation, "T-FLY-BUR", by=town.olaf, at=town.at)
    edition = actions.send_edition(edition, by=town.olaf, at=town.at)
    assert [each.pk for each in waiting_for(town.nadia)] == [edition.pk]
    assert waiting_for(town.olaf) == []
    actions.approve_edition(edition, by=town.nadia, at=town.at)
    assert approved(town.organisation.pk, "T-FLY-BUR", "nl") is not None


def test_nobody_agrees_twice_for_one_organisation(town):
    edition = actions.send_edition(town.draft(), by=town.nadia, at=town.at)
    colleague = make_actor(Role.DUTY_OFFICER)
    with pytest.raises(PermissionDenied):
        actions.approve_edition(edition, by=colleague, at=town.at)
    with pytest.raises(PermissionDenied):
        actions.refuse_edition(edition, "Te lang", by=colleague, at=town.at)


def test_the_database_knows_no_approved_edition_without_both(town):
    edition = actions.send_edition(town.draft(), by=town.nadia, at=town.at)
    for change in (
        {"state": "approved", "approved_at": town.at},
        {"state": "approved", "approved_at": town.at, "approved_kinds": ["municipality", "police"]},
        {"state": "approved", "approved_kinds": BOTH},
        {"state": "draft"},
        {"state": "withdrawn"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Edition.objects.filter(pk=edition.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        EditionApproval.objects.create(
            edition=edition, organisation_kind="police", organisation=town.organisation,
            approved_at=town.at, approved_by=town.nadia.id,
        )  # fmt: skip


def test_two_of_both_organisations_at_the_same_moment_give_one_edition_in_force(
    transactional_db, town, monkeypatch
):
    edition = actions.start_edition(town.organisation, "T-FLY-EXP", by=town.nadia, at=town.at)
    edition = actions.send_edition(edition, by=town.nadia, at=town.at)
    others = [actor_for(town.leader), make_actor(Role.TEAM_LEADER)]
    failed = together(*(lambda by=by: actions.approve_edition(edition, by=by, at=town.at) for by in others))
    assert [type(each) for each in failed] == [PermissionDenied]
    edition.refresh_from_db()
    assert edition.state == EditionState.APPROVED


def test_a_change_is_a_new_edition_in_all_languages_and_needs_both_again(town):
    first = town.approved()
    second = actions.start_edition(town.organisation, "T-FLY-EXP", by=town.nadia, at=town.at)
    assert (second.number, second.state) == (2, EditionState.DRAFT)
    assert set(second.texts) == set(first.texts)
    assert second.checked_languages == first.checked_languages
    changed = words(second, nl=Words("Er was een knal", second.words["nl"].body))
    actions.write_edition(second, changed, second.checked_languages, by=town.nadia, at=town.at)
    assert approved(town.organisation.pk, "T-FLY-EXP", "nl") == first
    actions.send_edition(second, by=town.nadia, at=town.at)
    actions.approve_edition(second, by=town.olaf, at=town.at)
    assert approved(town.organisation.pk, "T-FLY-EXP", "nl").words["nl"].title == "Er was een knal"
    first.refresh_from_db()
    assert first.state == EditionState.REPLACED


def test_who_begins_what_was_begun_goes_on_with_it(town):
    first = actions.start_edition(town.organisation, "T-FLY-EXP", by=town.nadia, at=town.at)
    assert actions.start_edition(town.organisation, "T-FLY-EXP", by=town.olaf, at=town.at) == first


def test_only_dutch_of_an_example_counts_as_read_over(town):
    edition = actions.start_edition(town.organisation, "T-FLY-EXP", by=town.nadia, at=town.at)
    assert edition.checked_languages == ["nl"]
    actions.send_edition(edition, by=town.nadia, at=town.at)
    actions.approve_edition(edition, by=town.olaf, at=town.at)
    assert approved(town.organisation.pk, "T-FLY-EXP", "ar") is None


def test_what_was_sent_is_not_written_any_more(town):
    edition = actions.send_edition(town.draft(), by=town.nadia, at=town.at)
    with pytest.raises(ValidationError, match="al voorgelegd"):
        actions.write_edition(edition, edition.words, ["nl"], by=town.nadia, at=town.at)
    with pytest.raises(ValidationError, match="iemand was u voor"):
        actions.send_edition(edition, by=town.nadia, at=town.at)


def test_not_agreeing_says_why_and_makes_it_a_draft_without_approvals(town):
    edition = actions.send_edition(town.draft(), by=town.nadia, at=town.at)
    with pytest.raises(ValidationError, match="Schrijf op"):
        actions.refuse_edition(edition, " ", by=town.olaf, at=town.at)
    edition = actions.refuse_edition(edition, "Te lang", by=town.olaf, at=town.at)
    assert (edition.state, edition.refusal, edition.approved_kinds) == (EditionState.DRAFT, "Te lang", [])
    assert not EditionApproval.objects.exists()
    edition = actions.write_edition(edition, edition.words, ["nl"], by=town.nadia, at=town.at)
    assert edition.refusal == ""


def test_what_was_withdrawn_is_printed_by_nobody(town):
    edition = actions.withdraw_edition(town.approved(), by=town.olaf, at=town.at)
    assert approved(town.organisation.pk, "T-FLY-EXP", "nl") is None
    with pytest.raises(ValidationError):
        actions.withdraw_edition(edition, by=town.olaf, at=town.at)
    assert actions.start_edition(town.organisation, "T-FLY-EXP", by=town.nadia, at=town.at).number == 2


def test_dutch_is_read_over_before_it_is_sent(town):
    edition = town.draft()
    actions.write_edition(edition, edition.words, ["en"], by=town.nadia, at=town.at)
    with pytest.raises(ValidationError, match="Nederlandse tekst"):
        actions.send_edition(edition, by=town.nadia, at=town.at)


def test_a_sign_that_no_font_draws_is_said_before_anybody_agrees(town):
    edition = town.draft()
    actions.write_edition(edition, {"nl": Words("Hallo 😀", "Tekst.")}, ["nl"], by=town.nadia, at=town.at)
    with pytest.raises(ValidationError, match="niet kunnen afdrukken"):
        actions.send_edition(edition, by=town.nadia, at=town.at)
    edition.refresh_from_db()
    assert edition.state == EditionState.DRAFT


def test_others_may_do_nothing_with_it(town, elsewhere, nobody):
    edition = town.draft()
    for actor in (actor_for(elsewhere), actor_for(nobody), make_actor(Role.POLICE_OFFICER)):
        for act in (
            lambda by: actions.start_edition(town.organisation, "T-FLY-ROB", by=by, at=town.at),
            lambda by: actions.write_edition(edition, edition.words, ["nl"], by=by, at=town.at),
            lambda by: actions.send_edition(edition, by=by, at=town.at),
            lambda by: actions.withdraw_edition(edition, by=by, at=town.at),
            lambda by: actions.approve_edition(edition, by=by, at=town.at),
        ):
            with pytest.raises(PermissionDenied):
                act(actor)
        assert waiting_for(actor) == []


@pytest.mark.parametrize("code", ["T-DOOR", "T-NIET", "t-fly-exp"])
def test_a_paper_for_staff_or_an_unknown_code_is_no_leaflet(town, code):
    with pytest.raises(PermissionDenied):
        actions.start_edition(town.organisation, code, by=town.nadia, at=town.at)


def test_who_works_for_the_whole_country_sees_every_municipality(town, elsewhere):
    national = make_actor(Role.TEAM_LEADER, is_national=True)
    edition = actions.send_edition(town.draft(), by=town.nadia, at=town.at)
    assert [each.pk for each in waiting_for(national)] == [edition.pk]
    assert len(templates()) == 19


def test_who_may_write_and_not_approve_sends_without_agreeing(town):
    writer = replace(town.nadia, permissions=frozenset({Permission.MAKE_FLYER}))
    edition = actions.send_edition(town.draft(), by=writer, at=town.at)
    assert edition.approved_kinds == []
    assert [each.pk for each in waiting_for(town.nadia)] == [edition.pk]
    with pytest.raises(PermissionDenied):
        actions.approve_edition(edition, by=writer, at=town.at)
