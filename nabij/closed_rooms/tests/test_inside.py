"""What stands inside: for one's own relation only, from its moment on, with no more people than seats."""

from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from PIL import Image

from nabij.accounts.factories import make_actor, make_membership, make_team
from nabij.accounts.roles import Role
from nabij.closed_part.actions.entering import leave
from nabij.closed_part.factories import EVENING, make_closed_centre, make_insider, person_of
from nabij.closed_part.queries.entry import entry_of
from nabij.closed_rooms import watermark
from nabij.closed_rooms.actions.keeping import (
    Paper,
    add_paper,
    appoint_contact,
    end_contact,
    release_paper,
    withdraw_paper,
)
from nabij.closed_rooms.actions.meeting import Planned, call_off, plan_meeting, sign_off, sign_up
from nabij.closed_rooms.content import limit
from nabij.closed_rooms.models import ClosedDocumentContent, ClosedMeeting, SignUp
from nabij.closed_rooms.policies import (
    can_add_paper,
    can_come,
    can_keep,
    can_release_paper,
    can_withdraw_paper,
)
from nabij.closed_rooms.queries.inside import (
    bytes_of,
    coming_to,
    contacts_inside,
    meetings_inside,
    paper_inside,
    papers_inside,
    possible_contacts,
)
from nabij.kit.tests.at_once import together
from nabij.notify.models import Message

AT = EVENING
TUESDAY = AT + timedelta(days=3)


def picture():
    written = BytesIO()
    Image.new("RGB", (400, 300), "white").save(written, "JPEG")
    return written.getvalue()


def pdf(pages=2):
    made = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        made.new_page(300, 400)
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def planned(**fields):
    told = {
        "title": "Bijeenkomst", "where": "Wijkhuis De Meeuw", "relations": ["bereaved"], "seats": 5,
        "starts_at": TUESDAY, "ends_at": TUESDAY + timedelta(hours=2), **fields,
    }  # fmt: skip
    return Planned(**told)


@pytest.fixture
def mourner(door):
    return make_insider(door.centre, relation="bereaved", by=door.rosa, name="Truus Meeuws")


@pytest.fixture
def meeting(door):
    return plan_meeting(door.centre, planned(), by=door.lead, at=AT)


@pytest.fixture
def paper(door):
    told = Paper("Eerste uitkomst van het onderzoek", ["bereaved"], AT + timedelta(hours=1))
    return add_paper(door.centre, told, picture(), by=door.editor, at=AT)


def entry(door, held):
    return entry_of(person_of(held.registration), door.centre.slug, AT)


def test_a_meeting_is_for_its_own_relation_and_its_place_lies_sealed(door, mourner, meeting):
    neighbour = make_insider(door.centre, by=door.rosa)
    [shown] = meetings_inside(entry(door, mourner), AT)
    assert (shown.where, shown.left, shown.mine) == ("Wijkhuis De Meeuw", 5, None)
    assert meetings_inside(entry(door, neighbour), AT) == []
    assert b"Meeuw" not in bytes(ClosedMeeting.objects.get().where_sealed)
    with pytest.raises(PermissionDenied):
        sign_up(meeting, neighbour, 1, by=person_of(neighbour.registration), at=AT)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"relations": []}, "relations"),
        ({"relations": ["vrienden"]}, "relations"),
        ({"relations": ["apart", "bereaved"]}, "relations"),
        ({"starts_at": AT}, "starts_at"),
        ({"ends_at": TUESDAY}, "ends_at"),
    ],
)
def test_a_meeting_for_nobody_in_the_past_or_with_a_suspects_family_is_refused(door, fields, field):
    with pytest.raises(ValidationError) as error:
        plan_meeting(door.centre, planned(**fields), by=door.lead, at=AT)
    assert list(error.value.message_dict) == [field]


def test_the_database_itself_keeps_a_suspects_family_apart(door):
    alone = plan_meeting(door.centre, planned(relations=["apart"]), by=door.lead, at=AT)
    assert alone.relations == ["apart"]
    with transaction.atomic(), pytest.raises(IntegrityError):
        ClosedMeeting.objects.update(relations=["apart", "witnesses"])


def test_seats_are_counted_and_the_last_answer_counts(door, mourner, meeting):
    by = person_of(mourner.registration)
    assert sign_up(meeting, mourner, 3, by=by, at=AT).number == 3
    assert sign_up(meeting, mourner, 5, by=by, at=AT).number == 5
    other = make_insider(door.centre, relation="bereaved", by=door.rosa)
    with pytest.raises(ValidationError, match="Er is geen plaats meer"):
        sign_up(meeting, other, 1, by=person_of(other.registration), at=AT)
    sign_up(meeting, mourner, 3, by=by, at=AT)
    with pytest.raises(ValidationError, match="Er is nog plaats voor 2"):
        sign_up(meeting, other, 3, by=person_of(other.registration), at=AT)
    for number in (0, limit("most_people") + 1):
        with pytest.raises(ValidationError, match="Kom met 1 tot"):
            sign_up(meeting, mourner, number, by=by, at=AT)
    assert [(each.name, each.number) for each in coming_to(meeting)] == [("Truus Meeuws", 3)]
    assert sign_off(meeting, mourner, by=by, at=AT)
    assert not sign_off(meeting, mourner, by=by, at=AT)
    with pytest.raises(PermissionDenied):
        sign_off(meeting, mourner, by=door.lead, at=AT)


def test_who_leaves_gives_the_seat_back(door, mourner, meeting):
    by = person_of(mourner.registration)
    sign_up(meeting, mourner, 2, by=by, at=AT)
    leave(mourner, by=by, at=AT)
    assert coming_to(meeting) == []
    mourner.refresh_from_db()
    with pytest.raises(PermissionDenied):
        sign_up(meeting, mourner, 2, by=by, at=AT)


def test_a_meeting_that_is_called_off_is_told_once_to_who_would_come(door, mourner, meeting):
    by = person_of(mourner.registration)
    sign_up(meeting, mourner, 1, by=by, at=AT)
    before = Message.objects.filter(recipient_id=by.id).count()
    with pytest.raises(PermissionDenied):
        call_off(meeting, by=door.rosa, at=AT)
    call_off(meeting, by=door.lead, at=AT)
    called = call_off(meeting, by=door.lead, at=AT + timedelta(hours=1))
    assert called.cancelled_at == AT
    assert Message.objects.filter(recipient_id=by.id).count() == before + 1
    assert meetings_inside(entry(door, mourner), AT)[0].meeting.cancelled_at == AT
    assert not can_come(by, mourner, called, AT)


def test_nobody_signs_up_for_what_began_or_at_another_centre(door, mourner, meeting):
    by = person_of(mourner.registration)
    assert can_come(by, mourner, meeting, AT)
    assert not can_come(by, mourner, meeting, TUESDAY)
    elsewhere = plan_meeting(make_closed_centre(), planned(), by=door.lead, at=AT)
    assert not can_come(by, mourner, elsewhere, AT)
    with pytest.raises(PermissionDenied):
        plan_meeting(door.centre, planned(), by=door.editor, at=AT)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_for_the_last_seat_at_once_one_gets_it(door):
    with transaction.atomic():
        meeting = plan_meeting(door.centre, planned(seats=1), by=door.lead, at=AT)
        rows = [make_insider(door.centre, relation="bereaved", by=door.rosa) for _ in range(2)]
    failed = together(
        *(lambda row=row: sign_up(meeting, row, 1, by=person_of(row.registration), at=AT) for row in rows)
    )
    assert [type(each) for each in failed] == [ValidationError]
    assert SignUp.objects.count() == 1


def test_a_paper_is_read_from_its_moment_on_after_a_second_person_released_it(door, mourner, paper):
    later = paper.shown_from_at
    neighbour = make_insider(door.centre, by=door.rosa)
    assert papers_inside(mourner, later) == []
    with pytest.raises(PermissionDenied):
        release_paper(paper, by=door.editor, at=AT)
    release_paper(paper, by=door.lead, at=AT)
    assert papers_inside(mourner, later - timedelta(seconds=1)) == []
    assert papers_inside(mourner, later) == [paper]
    assert paper_inside(neighbour, paper.pk, later) is None
    with pytest.raises(PermissionDenied):
        release_paper(paper, by=door.lead, at=AT)
    with transaction.atomic(), pytest.raises(IntegrityError):
        paper.__class__.objects.update(released_by=paper.added_by)


def test_a_paper_that_is_withdrawn_is_gone_for_good(door, mourner, paper):
    release_paper(paper, by=door.lead, at=AT)
    assert bytes_of(paper)
    kept = bytes(ClosedDocumentContent.objects.get().bytes_sealed)
    assert b"JFIF" not in kept
    stranger = make_actor(Role.IAC_REGISTRAR_LEAD, team=make_team("Zuid"))
    with pytest.raises(PermissionDenied):
        withdraw_paper(paper, by=stranger, at=AT)
    withdraw_paper(paper, by=door.editor, at=AT)
    assert bytes_of(paper) is None
    assert papers_inside(mourner, paper.shown_from_at) == []
    with pytest.raises(PermissionDenied):
        withdraw_paper(paper, by=door.editor, at=AT)


@pytest.mark.parametrize(
    ("told", "content", "field"),
    [
        (Paper(" ", ["bereaved"], AT), b"", "title"),
        (Paper("Stuk", [], AT), b"", "relations"),
        (Paper("Stuk", ["bereaved"], AT), b"geen plaatje", "file"),
    ],
)
def test_a_paper_without_title_reader_or_picture_is_refused(door, told, content, field):
    with pytest.raises(ValidationError) as error:
        add_paper(door.centre, told, content, by=door.editor, at=AT)
    assert list(error.value.message_dict) == [field]


@pytest.mark.parametrize("role", Role)
def test_who_brings_in_who_releases_and_who_takes_away(door, paper, role):
    actor = make_actor(role)
    adds = role in (Role.IAC_REGISTRAR_LEAD, Role.IAC_EDITOR, Role.IAC_CHIEF)
    releases = role in (Role.IAC_REGISTRAR_LEAD, Role.IAC_CHIEF, Role.IAC_APPROVER)
    assert can_add_paper(actor, door.incident, AT) is adds
    assert can_release_paper(actor, paper, AT) is releases
    assert can_withdraw_paper(actor, paper, AT) is adds
    assert can_keep(actor, door.incident, AT) is (adds or releases)
    if not adds:
        with pytest.raises(PermissionDenied):
            add_paper(door.centre, Paper("Stuk", ["bereaved"], AT), b"", by=actor, at=AT)


def test_contact_persons_are_seen_by_first_name_and_only_by_their_own(door, mourner):
    row = appoint_contact(door.centre, door.member.rosa, ["residents"], by=door.lead, at=AT)
    assert contacts_inside(entry(door, mourner)) == []
    again = appoint_contact(door.centre, door.member.rosa, ["bereaved", "injured"], by=door.lead, at=AT)
    assert again.pk == row.pk
    assert contacts_inside(entry(door, mourner)) == ["Rosa"]
    for act in (
        lambda: appoint_contact(door.centre, door.member.wim, ["bereaved"], by=door.rosa, at=AT),
        lambda: end_contact(row, by=door.rosa, at=AT),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert end_contact(end_contact(again, by=door.lead, at=AT), by=door.lead, at=TUESDAY).ends_at == AT
    assert contacts_inside(entry(door, mourner)) == []


def test_a_mark_stands_on_every_page_and_on_a_picture():
    words = "zilver-otter-47 · 15-05-2027 22:19"
    marked = pypdfium2.PdfDocument(watermark.marked("pdf", pdf(), words))
    assert [page.get_textpage().get_text_range().strip() for page in marked] == [words, words]
    plain, changed = picture(), watermark.marked("jpg", picture(), words)
    assert Image.open(BytesIO(changed)).size == Image.open(BytesIO(plain)).size
    assert Image.open(BytesIO(changed)).convert("L").getextrema()[0] < 50


def test_who_takes_no_part_in_this_event_is_no_contact_person(door):
    zuid = make_membership(Role.IAC_REGISTRAR, name="Pim Zuid", team=make_team("Zuid"))
    everywhere = make_membership(Role.IAC_REGISTRAR, name="Els Overal", is_national=True)
    found = set(possible_contacts(door.centre, AT))
    assert found == {door.member.rosa, door.member.wim, door.member.lead, everywhere}
    with pytest.raises(ValidationError, match="niet voor deze gebeurtenis"):
        appoint_contact(door.centre, zuid, ["bereaved"], by=door.lead, at=AT)
