"""iac §4: two to five people who went through it read along from month 1, comment, and are answered."""

from datetime import timedelta
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from nabij.accounts.factories import make_membership, make_municipality
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.centres.actions import archive_centre, withdraw_version, write_message
from nabij.centres.factories import EVENING, make_live_centre, make_news
from nabij.centres.models import CentreText, TextVersion
from nabij.councils import actions
from nabij.councils.keeping import COMMENTS
from nabij.councils.models import CommentState, CouncilComment
from nabij.councils.queries import comment_lines, council_texts
from nabij.incidents.refusals import Refused
from nabij.keys.sealing import ERASED
from nabij.kit import clock
from nabij.openings.models import BoardSeat
from nabij.privacy.removal import Held

pytestmark = pytest.mark.django_db
MONTH = EVENING + timedelta(days=30)


def sit(centre, membership, **fields):
    told = {"starts_at": EVENING, "appointed_at": EVENING, "appointed_by": membership.pk, **fields}
    return BoardSeat.objects.create(centre=centre, seat="council", membership=membership, **told)


@pytest.fixture
def wim():
    return make_membership(Role.AFFECTED_COUNCIL, name="Wim Kroon")


@pytest.fixture
def centre(wim):
    clock.move_to(MONTH)
    make_municipality()
    centre = make_live_centre()
    make_news(centre, "Het vuur is uit.", at=MONTH)
    sit(centre, wim)
    return centre


@pytest.fixture
def enter(client, settings):
    settings.TOTP_REQUIRED = False

    def log_in(membership):
        client.force_login(membership.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return log_in


def news(centre):
    return TextVersion.objects.get(text__centre=centre, text__is_message=True, text__language="nl")


def comment(centre, wim, body="Zeg ook waar het was."):
    return actions.comment_on(centre, news(centre), body, by=actor_for(wim), at=MONTH)


def test_a_member_comments_on_a_text_and_reads_the_answer(centre, wim, enter):
    council = enter(wim)
    assert centre.name in council.get(reverse("councils:index")).content.decode()
    reading = reverse("councils:read", args=[centre.pk, "nl"])
    assert "Het vuur is uit." in council.get(reading).content.decode()
    assert centre.name in council.get(reverse("councils:preview", args=[centre.pk, "nl"])).content.decode()
    saying = reverse("councils:comment", args=[centre.pk, "nl", news(centre).pk])
    assert "Het vuur is uit." in council.get(saying).content.decode()
    wrong = council.post(saying, {"body": "x" * 1501})
    assert (wrong.status_code, "te lang" in wrong.content.decode()) == (422, True)
    assert (
        "De redactie leest het"
        in council.post(saying, {"body": "Zeg ook waar."}, follow=True).content.decode()
    )
    said = CouncilComment.objects.get()
    desk = enter(make_membership(Role.IAC_EDITOR))
    detail = desk.get(reverse("centres:detail", args=[centre.pk])).content.decode()
    assert "1 opmerking wacht op antwoord" in detail
    page = desk.get(reverse("councils:comments", args=[centre.pk])).content.decode()
    assert "Zeg ook waar." in page
    assert "Wim" not in page, "who sits on the council is for who appoints"
    settling = reverse("councils:settle", args=[centre.pk, said.pk])
    assert "Het vuur is uit." in desk.get(settling).content.decode(), "beside the text"
    assert desk.post(settling, {"state": "answered", "answer": " "}).status_code == 422
    assert desk.post(settling, {"state": "answered", "answer": "Dat komt morgen."}).status_code == 302
    assert "answer" not in desk.get(settling).context["form"].fields, "what was said stays"
    assert desk.post(settling, {"state": "taken_up"}).status_code == 302
    assert desk.get(settling).status_code == 403
    told = enter(wim).get(reading).content.decode()
    assert "Dat komt morgen." in told
    assert "verwerkt" in told
    verbs = TrailEntry.objects.filter(thread_id=centre.incident_id, verb__startswith="council.")
    assert list(verbs.order_by("pk").values_list("verb", "facts__state")) == [
        ("council.commented", "open"),
        ("council.settled", "answered"),
        ("council.settled", "taken_up"),
    ]


def test_the_council_reads_what_everybody_reads_and_nothing_else(centre, wim, enter):
    editor = actor_for(make_membership(Role.IAC_EDITOR))
    for options in ({}, {"audience": "closed"}, {"embargo_minutes": 30}):
        write_message(
            centre,
            {"nl": "Nog geheim.", "en": ""},
            stated_at=MONTH,
            source="gemeente",
            by=editor,
            at=MONTH,
            **options,
        )
    assert "Nog geheim." not in str([line.html for line in council_texts(centre, "nl", actor_for(wim))])
    council = enter(wim)
    for path in (f"/werk/iac/{centre.pk}/", f"/werk/gebeurtenissen/{centre.incident_id}/"):
        assert council.get(path).status_code in (403, 404)
    for other in (TextVersion.objects.filter(told_at=None).first(), centre):
        gone = reverse("councils:comment", args=[centre.pk, "nl", other.pk])
        assert council.get(gone).status_code == 404
    assert council.get(reverse("councils:read", args=[centre.pk, "xx"])).status_code == 404
    for name in ("comments", "at_centre"):
        assert council.get(reverse(f"councils:{name}", args=[centre.pk])).status_code == 404


def test_of_a_text_for_the_closed_part_or_one_that_was_withdrawn_the_council_says_nothing(centre, wim):
    version = news(centre)
    CentreText.objects.filter(pk=version.text_id).update(audience="closed")
    with pytest.raises(PermissionDenied):
        comment(centre, wim)
    CentreText.objects.filter(pk=version.text_id).update(audience="open")
    withdraw_version(
        version, reason="Het klopt niet.", by=actor_for(make_membership(Role.IAC_EDITOR)), at=MONTH
    )
    with pytest.raises(PermissionDenied):
        comment(centre, wim)
    assert not CouncilComment.objects.exists()


def test_before_the_first_day_and_after_the_end_nobody_comments(centre, wim, enter):
    early = EVENING + timedelta(days=29)
    with pytest.raises(PermissionDenied):
        actions.comment_on(centre, news(centre), "Te vroeg", by=actor_for(wim), at=early)
    clock.move_to(early)
    council, reading = enter(wim), reverse("councils:read", args=[centre.pk, "nl"])
    assert "leest u mee" in council.get(reading).content.decode()
    assert "leest u mee" in council.get(reverse("councils:panel")).content.decode()
    assert council.get(reverse("councils:preview", args=[centre.pk, "nl"])).status_code == 404
    saying = reverse("councils:comment", args=[centre.pk, "nl", news(centre).pk])
    assert council.get(saying).status_code == 404
    archive_centre(centre, by=actor_for(make_membership(Role.IAC_CHIEF)), at=MONTH)
    clock.move_to(MONTH)
    assert "gesloten" in council.get(reading).content.decode()


def test_who_has_no_seat_here_or_no_longer_sees_no_centre(centre, wim, enter):
    stranger, former = make_membership(Role.AFFECTED_COUNCIL), make_membership(Role.AFFECTED_COUNCIL)
    sit(centre, former, ends_at=MONTH - timedelta(days=1))
    for each in (stranger, former):
        council = enter(each)
        assert centre.name not in council.get(reverse("councils:index")).content.decode()
        assert council.get(reverse("councils:read", args=[centre.pk, "nl"])).status_code == 404
        with pytest.raises(PermissionDenied):
            comment(centre, each)
    editor = make_membership(Role.IAC_EDITOR)
    sit(centre, editor)
    with pytest.raises(PermissionDenied):
        comment(centre, editor)  # a seat without the role gives nothing
    outsider = enter(editor)
    assert outsider.get(reverse("councils:index")).status_code == 403
    other = make_live_centre(name="Een ander")
    with pytest.raises(PermissionDenied):
        actions.comment_on(other, news(centre), "Fout", by=actor_for(wim), at=MONTH)
    with pytest.raises(Refused):
        comment(centre, wim, " ")


def test_two_editors_at_once_and_an_answer_that_says_something(centre, wim, enter):
    said, editor = comment(centre, wim), actor_for(make_membership(Role.IAC_EDITOR))
    with pytest.raises(Refused):
        actions.settle_comment(said, "answered", " ", by=editor, at=MONTH)
    with pytest.raises(PermissionDenied):
        actions.settle_comment(said, "answered", "Ja", by=actor_for(wim), at=MONTH)
    actions.settle_comment(said, "answered", "Ja", by=editor, at=MONTH)
    with pytest.raises(Refused, match="Een ander"):
        actions.settle_comment(said, "answered", "Nee", by=editor, at=MONTH)
    [line] = comment_lines(centre, actor_for(wim))
    assert (line.answer, line.is_own) == ("Ja", True)
    for wrong in ({"state": CommentState.OPEN}, {"answer_sealed": b""}, {"body_sealed": b""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CouncilComment.objects.update(**wrong)


def test_the_page_says_so_when_another_was_first(centre, wim, enter, monkeypatch):
    said = comment(centre, wim)
    desk, settling = (
        enter(make_membership(Role.IAC_EDITOR)),
        reverse("councils:settle", args=[centre.pk, said.pk]),
    )

    def late(*_args, **_options):
        raise Refused("Een ander gaf intussen antwoord.")

    monkeypatch.setattr(actions, "settle_comment", late)
    answer = desk.post(settling, {"state": "answered", "answer": "Mijn antwoord"})
    assert (answer.status_code, "Een ander gaf" in answer.content.decode()) == (422, True)
    assert "Mijn antwoord" in answer.content.decode()
    assert enter(make_membership(Role.DUTY_OFFICER)).get(settling).status_code == 404


@pytest.mark.parametrize(
    ("members", "words"), [(1, "nu 1 lid."), (3, "3 leden lezen mee"), (6, "nu 6 leden.")]
)
def test_editors_see_whether_the_council_has_two_to_five_members(centre, enter, members, words):
    for _ in range(members - 1):
        sit(centre, make_membership(Role.AFFECTED_COUNCIL))
    desk = enter(make_membership(Role.IAC_EDITOR))
    assert words in unescape(desk.get(reverse("councils:at_centre", args=[centre.pk])).content.decode())


def test_words_are_erased_a_year_after_the_end_unless_the_incident_is_held(centre, wim):
    comment(centre, wim)
    archive_centre(centre, by=actor_for(make_membership(Role.IAC_CHIEF)), at=MONTH)
    assert not COMMENTS.rows(MONTH).exists()
    rows = COMMENTS.rows(MONTH + timedelta(seconds=1))
    assert not rows.exclude(COMMENTS.about(Held(incidents=[centre.incident_id]))).exists()
    COMMENTS.remove(rows, by=SYSTEM, at=MONTH)
    assert [line.body for line in comment_lines(centre, actor_for(wim))] == [ERASED]
