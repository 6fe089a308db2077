"""Every address about a case × everybody × every situation: who may not see it finds the same nothing.

A new address of these apps that stands in none of the tables fails the first test.
"""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from nabij.acting import visit as looking
from nabij.acting.actions import accept_mandate, give_helping_hand, stop_mandate
from nabij.acting.factories import make_guardian
from nabij.agendas.entries import entries_of
from nabij.audit.actor import Actor, ActorKind
from nabij.audit.models import ReadEntry
from nabij.cases.actions import break_glass
from nabij.cases.actions.access import settle_access
from nabij.cases.factories import give, make_case
from nabij.cases.models import Case, CaseHelper, Part
from nabij.consents.factories import make_consent
from nabij.documents.factories import make_document
from nabij.households.actions import write_tie
from nabij.households.models import TieProposal
from nabij.kit import clock
from nabij.own_space.actions import ask
from nabij.own_space.models import RequestKind
from nabij.people.factories import enter_own_pages
from nabij.people.models import AccessGrant
from nabij.privacy.actions import Placing, place_hold
from nabij.privacy.models import HoldGround, HoldOn
from nabij.referrals.actions import Referring, ask_access, ask_transfer, decide_access, refer
from nabij.referrals.models import AccessRequest
from nabij.rosters.factories import make_duty
from nabij.rosters.models import Seat
from nabij.support.actions import Meeting, add_item, finish_contact, plan_appointment
from nabij.support.models import ContactKind, Strand
from nabij.vulnerability.actions import raise_alert, raise_level
from nabij.vulnerability.models import Level

pytestmark = pytest.mark.django_db
APPS = (
    "cases", "police", "support", "referrals", "households", "own_space", "complaints", "conversations",
    "retention", "documents", "acting", "inquiries",
)  # fmt: skip
# addresses with a case in them
OF_CASE = {
    "cases:case", "cases:rule", "cases:reach", "cases:assign", "cases:kind", "cases:manager", "cases:address",
    "cases:history", "cases:tie", "cases:protection", "cases:level", "cases:alert", "support:now",
    "support:call", "support:attempt", "support:letter", "support:plan", "support:add", "support:contacts",
    "support:contact", "support:appointments", "support:meet", "support:close", "support:reopen",
    "referrals:panel", "referrals:shared", "referrals:consent", "referrals:refer", "referrals:transfer",
    "own_space:panel", "own_space:key", "complaints:told",
    "conversations:case", "conversations:panel", "conversations:settle",
    "retention:panel", "retention:hold",
    "households:panel", "households:tie", "households:guardian",
    "documents:panel", "documents:add", "acting:panel", "acting:give",
}  # fmt: skip
# addresses with something of a case in them, and what that is
OF_THING = {
    "cases:finish": ("case", "task"), "cases:acknowledge": ("case", "other"), "cases:read": ("alert",),
    "cases:step": ("alert",), "cases:review": ("emergency",), "support:change": ("item",),
    "support:notes": ("contact",), "support:settle": ("appointment",),
    "support:interpreter": ("appointment",), "referrals:withdraw": ("consent",),
    "referrals:change": ("referral",), "referrals:take_over": ("transfer",),
    "referrals:take_back": ("transfer",), "referrals:decide": ("request",),
    "own_space:answer": ("case", "own_request"), "conversations:withdraw": ("message",),
    "retention:longer": ("case", "hold"), "retention:lift": ("case", "hold"),
    "households:apart": ("case", "family_tie"), "households:end": ("case", "family_tie"),
    "households:settle": ("case", "other"), "households:decide": ("proposal",),
    "documents:download": ("document",), "documents:seen": ("document",), "documents:remove": ("document",),
    "acting:end": ("mandate",), "acting:let_in": ("mandate",), "acting:key": ("mandate",),
}  # fmt: skip
# lists and forms without a case in the address: a name of somebody hidden may not stand there
WITHOUT = {
    "cases:mine", "cases:team", "cases:work", "cases:decisions", "cases:search", "cases:new", "cases:move",
    "cases:emergency", "police:refer", "police:sent", "police:update", "police:decline",
    "police:counted", "referrals:waiting",
    "referrals:ask", "referrals:door", "complaints:waiting",
    "referrals:partners",
    "households:proposals", "inquiries:take", "inquiries:waiting", "inquiries:inquiries",
}  # fmt: skip
# for the person helped or a partner with a code or a link, or for a leader only: each has tests of its own
BY_CODE = {
    "referrals:link", "own_space:mine", "own_space:door", "own_space:contact", "own_space:ask",
    "own_space:data", "own_space:switch", "complaints:mine", "complaints:door", "complaints:withdraw",
    "complaints:complaint", "referrals:partner", "own_space:calendar",
    "conversations:mine", "conversations:door", "conversations:of_case", "conversations:take_back",
    "retention:door", "retention:overview",
    "documents:mine", "documents:door", "documents:keep", "own_space:data_pdf",
    "acting:choose", "acting:who", "acting:accept", "acting:invite", "acting:door", "acting:stop",
    "inquiries:inquiry",
}  # fmt: skip
ONLY_POST = {"cases:tie", "cases:alert", "support:reopen", "own_space:key", "conversations:settle"}
FOR_THE_LEADER = {"cases:assign", "cases:manager", "retention:hold", "households:guardian"}
SEERS = {  # who sees the case in each situation, besides nobody
    "plain": {"ayla", "vera", "olaf", "imke", "daan"},
    "high": {"ayla", "vera", "olaf", "imke"},
    "left": {"vera", "olaf"},
}
ASKED = {  # everybody once; in the other situations who lost something by it, who kept it, and one stranger
    "plain": ("olaf", "ayla", "daan", "vera", "rinske", "zuid", "femke", "hester", "imke", "nadia"),
    "high": ("olaf", "ayla", "daan", "vera", "imke", "nadia"),
    "left": ("olaf", "ayla", "daan", "vera", "imke", "nadia"),
}


def names() -> set[str]:
    found = set()
    for namespace, (_, resolver) in get_resolver().namespace_dict.items():
        if namespace in APPS:
            found |= {f"{namespace}:{name}" for name in resolver.reverse_dict if isinstance(name, str)}
    return found


def test_every_address_stands_in_a_table():
    assert names() == OF_CASE | set(OF_THING) | WITHOUT | BY_CODE


@pytest.fixture
def world(noordwest):
    """A case with one of everything: Ayla helps, Vera is deputy, Imke in an emergency, Daan for a week."""
    now = clock.now()
    case = give(make_case("Ilse Vermaat", helper=noordwest.member.ayla, at=now), noordwest.member.vera,
                Part.DEPUTY, at=now)  # fmt: skip
    start = now + timedelta(days=1)
    meeting = Meeting(ContactKind.CALL, start, start + timedelta(hours=1), True)
    make_duty(noordwest.member.imke, Seat.WORKER, starts_at=now - timedelta(hours=1))
    consent = make_consent(case.person, by=noordwest.ayla, at=now)
    told = Referring("csg", "csg@example.nl", ("is_client",), "x")
    things = {
        "case": case.pk,
        "task": case.tasks.first().pk,
        "other": uuid4(),
        "item": add_item(case, Strand.LEGAL, "x", by=noordwest.ayla, at=now).pk,
        "contact": finish_contact(case, ContactKind.CALL, "x", now, by=noordwest.ayla, at=now).pk,
        "appointment": plan_appointment(case, meeting, by=noordwest.ayla, at=now).pk,
        "alert": raise_alert(case.person, "press", by=noordwest.ayla, at=now).pk,
        "emergency": break_glass(case.reference, "44", "x", by=noordwest.imke, at=now).pk,
        "consent": consent.pk,
        "referral": refer(case, told, by=noordwest.ayla, at=now)[0].pk,
        "transfer": ask_transfer(case, noordwest.member.zuid.team, "x", by=noordwest.ayla, at=now).pk,
    }
    ask_access("Ilse Vermaat", "", "", "x", by=noordwest.daan, at=now)
    things["request"] = AccessRequest.objects.get().pk
    decide_access(AccessRequest.objects.get(), is_granted=True, by=noordwest.olaf, at=now)
    sister, brother = (make_case(name, team=noordwest.team, at=now) for name in ("Zus", "Broer"))
    tie = write_tie(case, sister.reference, "sibling", is_same_house=True, by=noordwest.olaf, at=now)
    write_tie(case, brother.reference, "sibling", is_same_house=True, by=noordwest.ayla, at=now)
    things |= {"family_tie": tie.pk, "proposal": TieProposal.objects.get().pk}
    person = person_of(case)
    kept = Placing(
        HoldOn.PERSON, case.person_id, HoldGround.COURT, "x", (now + timedelta(days=9)).date()
    )  # fmt: skip
    things["hold"] = place_hold(kept, by=noordwest.olaf, at=now).pk
    things["document"] = make_document(case, by=noordwest.ayla, at=now).pk
    things["own_request"] = ask(RequestKind.CORRECT, "x", by=person, at=now).pk
    things["message"] = _message(case, person, now)
    until = clock.local(now).date()
    things["mandate"] = give_helping_hand(case.person, "zus@example.nl", until, by=person, at=now)[0].pk
    return case, things


def _message(case, person, at):
    """A message of the person: an app above writes it, so it is written the way the page does."""
    visit = Client()
    enter_own_pages(visit, person.id)
    key = uuid4()
    visit.post(reverse("conversations:mine"), {"key": str(key), "text": "x"})
    return key


def person_of(case):
    return Actor(ActorKind.HELPED_PERSON, id=case.person_id)


def bring_about(situation, noordwest, case):
    """The same case at level 3, or after its helper left and the emergency and the week are over."""
    if situation == "high":
        raise_level(case.person, Level.HIGH, "x", by=noordwest.ayla, at=clock.now())
        settle_access(case, at=clock.now())
    if situation == "left":
        CaseHelper.objects.filter(membership=noordwest.member.ayla).update(ends_at=clock.now())
        gone = AccessGrant.objects.filter(
            person_id=case.person_id, source__in=("break_glass", "access_request")
        )
        gone.update(ends_at=clock.now())
        settle_access(case, at=clock.now())


def answers(client, name, *pks: UUID):
    """What comes back for looking and for pressing, in this order."""
    address = reverse(name, args=pks)
    return client.get(address), client.post(address, {})


@pytest.mark.parametrize("situation", SEERS)
def test_who_may_not_see_the_case_finds_nothing_at_any_address(noordwest, client, world, situation):
    bring_about(situation, noordwest, world[0])
    for who in ASKED[situation]:
        if who not in SEERS[situation]:
            find_nothing(noordwest, client, world, who)


def find_nothing(noordwest, client, world, who):
    case, things = world
    client.force_login(getattr(noordwest.member, who).user)
    nothing = client.get(reverse("cases:case", args=[uuid4()])).content
    before = Case.objects.values_list("next_due_at", "state", "helper_id").get(pk=case.pk)
    for name in OF_CASE:
        looked, pressed = answers(client, name, case.pk)
        assert looked.status_code in (404, 405), (name, who)
        assert pressed.status_code in (404, 405), (name, who)
        assert looked.status_code == 405 or looked.content == nothing, name
    for name, parts in OF_THING.items():
        if parts == ("transfer",) and who == "femke":
            continue  # the leader to whom it is offered knows of the offer, not of whom it is
        looked, pressed = answers(client, name, *(things[part] for part in parts))
        assert looked.status_code in (404, 405), (name, who)
        assert pressed.status_code in (404, 405), (name, who)
    assert Case.objects.values_list("next_due_at", "state", "helper_id").get(pk=case.pk) == before
    assert not ReadEntry.objects.filter(actor_id=getattr(noordwest, who).id).exists()


@pytest.mark.parametrize("situation", SEERS)
def test_list_detail_panel_search_and_feed_agree(noordwest, client, world, situation):
    bring_about(situation, noordwest, world[0])
    for who in ASKED[situation]:
        agree_for(noordwest, client, world[0], who, who in SEERS[situation])


def agree_for(noordwest, client, case, who, sees):
    client.force_login(getattr(noordwest.member, who).user)
    assert (client.get(reverse("cases:case", args=[case.pk])).status_code == 200) is sees
    for panel in ("support:now", "support:plan", "support:contacts", "referrals:panel", "own_space:panel",
                  "documents:panel"):  # fmt: skip
        assert (client.get(reverse(panel, args=[case.pk])).status_code == 200) is sees, panel
    now = clock.now()
    feed = entries_of(getattr(noordwest.member, who), now, now + timedelta(days=3), now)
    assert bool(feed) is (sees and who == "ayla"), "the appointment is Ayla's, as long as she helps"
    shown = client.get("/werk/").content.decode()
    for name in WITHOUT - {"cases:new"}:
        shown += client.get(reverse(name), follow=True).content.decode()
    found = client.post(reverse("cases:search"), {"name": "Ilse Vermaat"}).content.decode()
    if sees and who in ("olaf", "ayla", "daan"):
        assert case.reference in found
    if not sees:
        assert "Vermaat" not in shown
        assert case.reference not in shown
        assert case.reference not in found


def test_who_sees_it_reads_it_everywhere_and_each_look_is_logged(noordwest, client, world):
    case, _ = world
    client.force_login(noordwest.member.ayla.user)
    for name in OF_CASE - ONLY_POST - FOR_THE_LEADER:
        before = ReadEntry.objects.filter(person_id=case.person_id).count()
        assert client.get(reverse(name, args=[case.pk])).status_code == 200, name
        assert ReadEntry.objects.filter(person_id=case.person_id).count() == before + 1, name


# what a helping hand opens; all other own addresses answer 404
ALONG = {
    "own_space:mine", "own_space:door", "conversations:mine", "conversations:door", "conversations:of_case",
    "acting:choose", "acting:who", "acting:accept",
}  # fmt: skip
NOT_OF_A_PERSON = {
    "referrals:link",
    "referrals:partner",
    "complaints:complaint",
    "retention:overview",
    "inquiries:inquiry",
}


@pytest.fixture
def along(noordwest, client, world):
    """Marga acts for Ilse: she is in, and chose to look for Ilse."""
    case, now = world[0], clock.now()
    until = clock.local(now).date()
    given, code = give_helping_hand(case.person, "marga@example.nl", until, by=person_of(case), at=now)
    mandate = accept_mandate(given, code, "Marga", by=None, at=now)
    enter_own_pages(client, mandate.acting_id)
    client.post(reverse("acting:choose"), {"voor": mandate.pk})
    return mandate


def own_answers_of(client, name, things):
    parts = {
        "own_space:switch": things["consent"], "conversations:take_back": things["message"],
        "acting:stop": things["mandate"], "acting:accept": "x", "complaints:withdraw": things["case"],
        "conversations:of_case": things["case"], "own_space:calendar": things["appointment"],
        "documents:keep": things["document"],
    }  # fmt: skip
    address = reverse(name, args=[parts[name]] if name in parts else [])
    return client.get(address), client.post(address, {})


def test_who_acts_finds_at_every_own_address_only_what_was_given(client, world, along):
    for name in BY_CODE - NOT_OF_A_PERSON:
        looked, pressed = own_answers_of(client, name, world[1])
        if name in ALONG:
            assert looked.status_code == 200, name
        else:
            assert looked.status_code in (404, 405), name
            assert pressed.status_code in (403, 404, 405), name
        client.post(reverse("acting:choose"), {"voor": along.pk})


# what a guardian of a young child opens besides
DECIDING = {"own_space:switch", "own_space:data", "own_space:data_pdf"}


def test_a_guardian_finds_at_every_own_address_only_what_was_given(noordwest, client, world):
    mandate = make_guardian(world[0], by=noordwest.ayla, at=clock.now())
    enter_own_pages(client, mandate.acting_id)
    client.post(reverse("acting:choose"), {"voor": mandate.pk})
    for name in BY_CODE - NOT_OF_A_PERSON:
        looked, pressed = own_answers_of(client, name, world[1])
        if name in ALONG:
            assert looked.status_code == 200, name
        elif name in DECIDING:
            assert {looked.status_code, pressed.status_code} <= {200, 302, 405}, name
        else:
            assert looked.status_code in (404, 405), name
            assert pressed.status_code in (403, 404, 405), name
        client.post(reverse("acting:choose"), {"voor": mandate.pk})


def test_who_acts_without_the_scope_of_messages_finds_no_conversation(client, world, along):
    along.scope = ["own.see"]
    along.save()
    assert b"conversations" not in client.get(reverse("own_space:mine")).content
    assert "Berichten" not in client.get(reverse("own_space:mine")).content.decode()
    for name in ("conversations:mine", "conversations:take_back"):
        looked, pressed = own_answers_of(client, name, world[1])
        assert {looked.status_code, pressed.status_code} <= {404, 405}, name
    along.scope = ["own.messages"]
    along.save()
    assert client.get(reverse("own_space:mine")).status_code == 404
    assert client.get(reverse("conversations:mine")).status_code == 200


def test_who_acts_writes_for_the_person_and_it_is_logged_as_theirs(client, world, along):
    told = {"key": uuid4(), "text": "Namens Ilse: wanneer is de afspraak?"}
    page = client.post(reverse("conversations:mine"), told, follow=True).content.decode()
    assert told["text"] in page
    assert "U kijkt namens Ilse." in page
    assert ReadEntry.objects.filter(person_id=world[0].person_id, actor_id=along.acting_id).exists()


def test_no_address_of_the_workspace_opens_for_who_acts(client, world, along):
    for name in OF_CASE:
        assert {each.status_code for each in answers(client, name, world[0].pk)} <= {302, 405}, name


def test_after_stop_every_own_address_is_closed(client, world, along):
    stop_mandate(along, by=person_of(world[0]), at=clock.now())
    assert client.cookies[looking.COOKIE].value
    for name in BY_CODE - NOT_OF_A_PERSON:
        looked, _pressed = own_answers_of(client, name, world[1])
        assert b"Ilse" not in looked.content, name
