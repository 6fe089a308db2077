import base64
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nabij.accounts.factories import make_membership
from nabij.accounts.models import Membership
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.doors import actions
from nabij.doors.models import Door, DoorNote, Outcome, Pair, Round, SealedWish, StreetAsk
from nabij.doors.sealing import mark_of, seal
from nabij.doors.tests.conftest import ENDS, MORNING, make_ask, make_round, told
from nabij.kit import clock
from nabij.people.models import Person
from nabij.rosters.models import Profile

pytestmark = pytest.mark.django_db
HOURS = {"starts_at": "2027-01-10T11:00", "ends_at": "2027-01-10T15:00"}
POINTS = {"points": ["known", "released", "safety", "speaks", "names", "flyers"]}
WISH = {
    "agreed": "on", "is_old_enough": "on", "name": "Mirjam", "phone": "06 00 00 00 42", "time": "any",
    "language": "nl",
}  # fmt: skip


@pytest.fixture
def as_person(client):
    def log_in(actor):
        client.force_login(Membership.objects.get(pk=actor.id).user)
        return client

    return log_in


def text_of(answer):
    return answer.content.decode()


def test_a_round_is_made_of_a_list_and_a_file(street, as_person):
    nadia = as_person(street.nadia)
    assert "nog geen deurronde" in text_of(nadia.get(f"/werk/deuren/{street.incident.pk}/"))
    file = SimpleUploadedFile("lijst.csv", "straat;nummer\nKokmeeuwstraat;3\nCaféplein;1".encode("cp1252"))
    sent = {"addresses": "Kokmeeuwstraat 1-7 oneven", "file": file, "languages": ["tr"], **HOURS}
    text = text_of(nadia.post(f"/werk/deuren/{street.incident.pk}/nieuw/", sent, follow=True))
    assert "Maak nu de koppels" in text
    assert Round.objects.get().doors.count() == 5
    assert Door.objects.filter(street="Caféplein").exists()
    assert "5 deuren" in text_of(nadia.get(f"/werk/deuren/{street.incident.pk}/"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"addresses": "Kokmeeuwstraat 1\nhet hoekhuis"}, "Regel 2 is geen adres"),
        ({"addresses": ""}, "Schrijf op welke adressen"),
        ({"elsewhere": "Kokmeeuwstraat 2"}, "staat niet op de lijst"),
        ({"starts_at": "2027-01-10T07:00"}, "Bel alleen aan tussen 8 en 21 uur"),
        ({"file": SimpleUploadedFile("groot.csv", b"x" * 200_001)}, "te groot"),
    ],
)
def test_a_mistake_is_said_beside_the_field_and_what_was_typed_stays(street, as_person, changes, words):
    sent = {"addresses": "Kokmeeuwstraat 1-9 oneven", **HOURS} | changes
    answer = as_person(street.nadia).post(f"/werk/deuren/{street.incident.pk}/nieuw/", sent)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "2027-01-10T15:00" in text_of(answer)
    assert not Round.objects.exists()


def test_pairs_are_made_briefed_and_dropped_on_the_page_of_the_round(street, as_person):
    make_ask(street, [street.imke, street.youssef])
    found, nadia = make_round(street), as_person(street.nadia)
    page = f"/werk/deuren/ronde/{found.pk}/"
    assert nadia.post(page, {"municipal": street.jip.id}).status_code == 422
    pair = {"municipal": street.jip.id, "supporter": street.imke.id}
    assert "Imke Tol" in text_of(nadia.post(page, pair, follow=True))
    again = nadia.post(page, {"municipal": street.jip.id, "supporter": street.youssef.id})
    assert "loopt al in een koppel" in text_of(again)
    first = Pair.objects.get()
    wrong = nadia.post(f"/werk/deuren/koppel/{first.pk}/briefing/", {"points": ["names"]})
    assert "Loop alle punten na" in text_of(wrong)
    assert "kan gaan" in text_of(nadia.post(f"/werk/deuren/koppel/{first.pk}/briefing/", POINTS, follow=True))
    drop = f"/werk/deuren/koppel/{first.pk}/weg/"
    assert "al op pad" in text_of(nadia.post(drop, follow=True))
    Pair.objects.update(briefed_at=None, briefed_by=None)
    nadia.post(drop)
    assert not Pair.objects.exists()


def test_a_round_is_closed_and_followed_by_a_second_one(walk, as_person):
    nadia, page = as_person(walk.nadia), f"/werk/deuren/ronde/{walk.round.pk}/"
    assert "Sluit eerst deze ronde" in text_of(nadia.post(f"{page}tweede/", HOURS))
    door = walk.round.doors.first()
    actions.note_door(walk.round, told(door, Outcome.NOBODY), by=walk.imke, at=clock.now())
    actions.note_door(walk.round, told(door), by=walk.jip, at=clock.now())
    assert "Kies eerst wat klopt" in text_of(nadia.post(f"{page}sluiten/", follow=True))
    note = DoorNote.objects.filter(outcome="talked").get()
    nadia.post(f"/werk/deuren/{walk.round.pk}/lopen/kies/", {"deur": door.pk, "melding": note.pk})
    assert "De deurlijst is compleet" in text_of(nadia.post(f"{page}sluiten/", follow=True))
    assert "Bij 7 deuren" in text_of(nadia.get(f"{page}tweede/"))
    assert "tweede ronde is gemaakt" in text_of(nadia.post(f"{page}tweede/", HOURS, follow=True))


def test_a_walker_finds_the_round_is_briefed_first_and_taps_without_scripts(walk, as_person):
    youssef, address = as_person(walk.youssef), f"/werk/deuren/{walk.round.pk}/lopen/"
    assert "langs de deuren" in text_of(youssef.get("/werk/deuren/mijn/"))
    assert "Briefing van koppel B" in text_of(youssef.get(address, follow=True))
    youssef.post(f"/werk/deuren/koppel/{walk.other.pk}/briefing/", POINTS)
    text = text_of(youssef.get(address))
    doors = list(walk.other.doors.all())
    assert all(door.name in text for door in doors)
    assert walk.pair.doors.first().name not in text
    assert 'type="file"' not in text
    tap = {"melding": uuid4(), "deur": doors[0].pk, "vorige": "", "uitkomst": "talked"}
    youssef.post(address, tap)
    youssef.post(address, tap)
    assert DoorNote.objects.count() == 1
    other = {"melding": uuid4(), "deur": doors[0].pk, "uitkomst": "nobody"}
    assert "Een andere telefoon zegt iets anders" in text_of(youssef.post(address, other, follow=True))
    youssef.post(f"{address}kies/", {"deur": doors[0].pk, "melding": other["melding"]})
    assert Door.objects.get(pk=doors[0].pk).outcome == "nobody"
    again = youssef.post(f"{address}kies/", {"deur": doors[0].pk, "melding": other["melding"]}, follow=True)
    assert "al gekozen" in text_of(again)


@pytest.mark.parametrize("sent", [{}, {"melding": "x", "deur": "y"}, {"uitkomst": "nerveus"}])
def test_a_tap_that_says_nothing_changes_nothing(walk, as_person, sent):
    imke, address = as_person(walk.imke), f"/werk/deuren/{walk.round.pk}/lopen/"
    door = walk.round.doors.first()
    given = {"melding": uuid4(), "deur": door.pk, "uitkomst": "talked"} | sent
    if not sent:
        given["deur"] = make_round(walk).doors.first().pk
    assert imke.post(address, given, follow=True).status_code == 200
    imke.post(f"{address}kies/", {"deur": "x"})
    assert not DoorNote.objects.exists()


def test_a_wish_without_scripts_is_sealed_and_a_mistake_keeps_what_was_typed(walk, as_person):
    imke, address = as_person(walk.imke), f"/werk/deuren/{walk.round.pk}/lopen/wens/"
    assert "Lees voor" in text_of(imke.get(address))
    for changes, words in (
        ({"agreed": ""}, "Zonder toestemming schrijven we niets op"),
        ({"phone": "nul zes"}, "Dit is geen telefoonnummer"),
        ({"is_old_enough": ""}, "Van kinderen schrijven we niets op"),
    ):
        answer = imke.post(address, WISH | changes)
        assert answer.status_code == 422
        assert words in text_of(answer)
        assert 'value="Mirjam"' in text_of(answer)
    sent = imke.post(address, WISH | {"kaart": uuid4()}, follow=True)
    assert "De kaart is op slot" in text_of(sent)
    assert "Mirjam" not in text_of(sent)
    actions.open_wish(SealedWish.objects.get(), by=SYSTEM, at=clock.now())
    assert Person.objects.count() == 1
    walk.round.key.delete()
    answer = imke.post(address, WISH)
    assert "te lang geleden gesloten" in text_of(answer)
    assert 'value="Mirjam"' in text_of(answer)


def parcel(client, walk, **sent):
    return client.post(
        f"/werk/deuren/{walk.round.pk}/lopen/sturen/", json.dumps(sent, default=str), "application/json"
    )


def tap_of(door, outcome="talked", **changes):
    return {
        "id": uuid4(), "door": door.pk, "outcome": outcome, "previous": None, "ago": 300,
    } | changes  # fmt: skip


def test_a_phone_sends_what_waited_and_hears_how_the_doors_stand(walk, as_person):
    imke = as_person(walk.imke)
    door, wish_id = walk.pair.doors.first(), uuid4()
    envelope = seal(bytes(walk.round.key.public), mark_of(walk.round.pk, wish_id), b"{}")
    card = {"id": wish_id, "envelope": base64.b64encode(envelope).decode()}
    tap, elsewhere = tap_of(door), tap_of(make_round(walk).doors.first())
    for _ in range(2):
        told_back = parcel(imke, walk, taps=[tap, elsewhere], cards=[card]).json()
        assert told_back["done"] == [str(tap["id"]), str(wish_id)]
        assert [each["id"] for each in told_back["refused"]] == [str(elsewhere["id"])]
    assert DoorNote.objects.count() == SealedWish.objects.count() == 1
    note = DoorNote.objects.get()
    assert timedelta(seconds=299) < note.received_at - note.noted_at < timedelta(seconds=301)
    standing = imke.get(f"/werk/deuren/{walk.round.pk}/lopen/stand/").json()
    assert standing["sums"] == {
        "open": 3, "talked": 1, "flyer": 0, "refused": 0, "nobody": 0, "empty": 0
    }  # fmt: skip
    assert "Kokmeeuwstraat" not in json.dumps(standing)
    bad = {"id": uuid4(), "envelope": base64.b64encode(b"short").decode()}
    assert parcel(imke, walk, cards=[bad]).json()["refused"]


@pytest.mark.parametrize(
    "changes", [{"name": "Mevrouw De Groot"}, {"outcome": "nerveus"}, {"ago": -1}, {"id": 7}]
)
def test_a_phone_cannot_send_a_name_or_anything_else(walk, as_person, changes):
    answer = parcel(as_person(walk.imke), walk, taps=[tap_of(walk.pair.doors.first(), **changes)])
    assert answer.status_code == 400
    assert not DoorNote.objects.exists()


def test_the_worker_has_a_scope_of_its_own(walk, as_person):
    answer = as_person(walk.imke).get(f"/werk/deuren/{walk.round.pk}/lopen/werker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer


@pytest.mark.parametrize("part", ["", "stand/", "wens/", "werker.js"])
@pytest.mark.parametrize("who", ["stranger", "outsider"])
def test_a_round_of_others_does_not_exist(walk, as_person, who, part):
    walk.outsider = walk.stranger
    if who == "outsider":
        as_client = as_person(walk.imke)
        as_client.force_login(make_membership(Role.VOLUNTEER, name="Buiten").user)
    else:
        as_client = as_person(walk.stranger)
    assert as_client.get(f"/werk/deuren/{walk.round.pk}/lopen/{part}").status_code == 404
    assert as_client.get(f"/werk/deuren/ronde/{walk.round.pk}/").status_code == 404
    assert as_client.get(f"/werk/deuren/koppel/{walk.pair.pk}/briefing/").status_code == 404
    assert as_client.get(f"/werk/deuren/koppel/{uuid4()}/briefing/").status_code == 404
    assert as_client.get(f"/werk/deuren/vraag/{StreetAsk.objects.get().pk}/").status_code == 404
    assert as_client.get(f"/werk/deuren/{walk.incident.pk}/").status_code == 404


def test_a_walker_does_not_see_the_plan_and_a_planner_does_not_tap(walk, as_person):
    imke = as_person(walk.imke)
    assert imke.get(f"/werk/deuren/ronde/{walk.round.pk}/").status_code == 404
    nadia, address = as_person(walk.nadia), f"/werk/deuren/{walk.round.pk}/lopen/"
    text = text_of(nadia.get(address))
    assert "data-tap" not in text
    assert nadia.get(f"{address}wens/").status_code == 403
    actions.close_round(walk.round, by=walk.nadia, at=clock.now() - timedelta(days=15))
    assert as_person(walk.imke).get(address).status_code == 403


def test_the_control_room_sees_counts_but_not_the_plan(walk, as_person):
    control = make_membership(Role.CONTROL_ROOM, name="Centralist")
    client = as_person(walk.nadia)
    client.force_login(control.user)
    assert client.get(f"/werk/deuren/{walk.incident.pk}/").status_code == 404
    assert "Deuren samen" in text_of(client.get(f"/werk/deuren/{walk.incident.pk}/aantallen/"))


def test_a_municipality_reads_counts_and_small_numbers_of_people_stay_small(walk, as_person):
    for _ in range(3):
        wish_id = uuid4()
        actions.hand_in_wish(
            walk.round, wish_id, seal(bytes(walk.round.key.public), b"x", b"{}"), by=walk.imke, at=ENDS
        )
    address = f"/werk/deuren/{walk.incident.pk}/aantallen/"
    text = text_of(as_person(walk.nadia).get(address))
    assert "minder dan 10" in text
    assert "Kokmeeuwstraat 1" not in text
    assert "<dd>3</dd>" in text_of(as_person(walk.olaf).get(address))


def test_the_panel_of_an_event_without_rounds_says_so(street, as_person):
    text = text_of(as_person(street.nadia).get(f"/werk/deuren/{street.incident.pk}/aantallen/"))
    assert "nog geen deurronde" in text


def test_people_are_asked_and_promised_on_pages(street, as_person):
    nadia, address = as_person(street.nadia), f"/werk/deuren/{street.incident.pk}/vragen/"
    sent = {"kind": "doors", "number": "2", "where": "Sporthal", "languages": ["tr"], **HOURS}
    assert "Vraag mensen" in text_of(nadia.get(address))
    wrong = nadia.post(address, sent | {"ends_at": "2027-01-10T10:00"})
    assert "Het einde ligt voor het begin" in text_of(wrong)
    assert 'value="Sporthal"' in text_of(wrong)
    assert "De vraag is verstuurd" in text_of(nadia.post(address, sent, follow=True))
    ask = StreetAsk.objects.get()
    olaf, page = as_person(street.olaf), f"/werk/deuren/vraag/{ask.pk}/"
    assert olaf.get(address).status_code == 403
    assert "Gemeente Heidebeek" in text_of(olaf.get("/werk/deuren/vragen/"))
    assert "Imke Tol" in text_of(olaf.get(page))
    assert "Kies mensen van uw team" in text_of(olaf.post(page, {"wie": ["x"]}, follow=True))
    assert "De mensen zijn toegezegd" in text_of(olaf.post(page, {"wie": [street.imke.id]}, follow=True))
    assert "Imke Tol" in text_of(as_person(street.imke).get(page))
    nadia = as_person(street.nadia)
    assert "Imke Tol" in text_of(nadia.get(page))
    assert "ingetrokken" in text_of(nadia.post(f"{page}intrekken/", follow=True))


def test_who_may_not_plan_gets_no_form_at_a_closed_event(street, as_person):
    type(street.incident).objects.update(status="closed", closed_at=ENDS, closed_by=street.olaf_membership)
    nadia = as_person(street.nadia)
    assert nadia.get(f"/werk/deuren/{street.incident.pk}/nieuw/").status_code == 403
    assert "Maak een deurronde" not in text_of(nadia.get(f"/werk/deuren/{street.incident.pk}/"))


def queries_of(client, address, counting):
    client.get(address)
    with counting() as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_lists_ask_the_same_for_one_and_for_five(walk, as_person):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    nadia = as_person(walk.nadia)
    addresses = (f"/werk/deuren/{walk.incident.pk}/", f"/werk/deuren/ronde/{walk.round.pk}/")
    before = [queries_of(nadia, each, lambda: CaptureQueriesContext(connection)) for each in addresses]
    for place in range(4):
        make_round(walk)
        make_ask(walk)
        Pair.objects.create(
            round=walk.round, letter="CDEF"[place], municipal=make_membership(Role.DUTY_OFFICER),
            supporter=make_membership(Role.VOLUNTEER),
        )  # fmt: skip
        Door.objects.create(round=walk.round, street="Laan", number=place, position=90 + place)
    after = [queries_of(nadia, each, lambda: CaptureQueriesContext(connection)) for each in addresses]
    assert after == before


def test_a_file_that_is_no_text_is_refused_beside_its_field(street, as_person):
    file = SimpleUploadedFile("lijst.csv", b"Dorp\x00straat 12")
    answer = as_person(street.nadia).post(
        f"/werk/deuren/{street.incident.pk}/nieuw/", {"file": file, **HOURS}
    )
    assert answer.status_code == 422
    assert "Dit bestand is geen tekst" in text_of(answer)


def test_a_phone_can_read_the_moment_of_the_page(walk, as_person):
    page = text_of(as_person(walk.imke).get(f"/werk/deuren/{walk.round.pk}/lopen/"))
    made = page.split('data-made="')[1].split('"')[0]
    assert abs(float(made) - clock.now().timestamp()) < 60, "with a comma it is no number for a script"


def test_who_promises_people_reads_their_languages_in_words(street, as_person):
    ask = make_ask(street)
    Profile.objects.create(membership_id=street.imke.id, languages=["tr"], changed_at=MORNING)
    page = text_of(as_person(street.olaf).get(f"/werk/deuren/vraag/{ask.pk}/"))
    assert "Turks" in page.split("Wie kan er mee?")[1]


def test_who_was_ticked_stays_ticked_when_they_are_too_many(street, as_person):
    ask = make_ask(street, number=1)
    wanted = {"wie": [street.imke.id, street.youssef.id]}
    answer = as_person(street.olaf).post(f"/werk/deuren/vraag/{ask.pk}/", wanted)
    assert answer.status_code == 422
    assert "meer mensen dan er gevraagd zijn" in text_of(answer)
    for each in wanted["wie"]:
        assert f'value="{each}" checked' in text_of(answer)
