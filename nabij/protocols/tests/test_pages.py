"""The pages of protocols, as an officer, a team leader and a police officer use them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nabij.accounts.factories import make_actor, make_municipality
from nabij.accounts.models import Membership
from nabij.accounts.roles import Role
from nabij.kit import clock
from nabij.protocols.actions import adopt_example, answer_version, send_version
from nabij.protocols.examples import examples
from nabij.protocols.factories import make_in_force
from nabij.protocols.models import ChangeReason, State, Version
from nabij.protocols.reading import read_plan
from nabij.protocols.writing import as_dict, as_toml

pytestmark = pytest.mark.django_db
HOME = "/werk/protocollen/"
STEP = {
    "is_on": "on", "number": "2", "unit": "days", "window_from": "08:00", "window_to": "21:00",
    "owner": "municipality:communication_adviser", "reason": "Onze bode komt om de twee dagen",
}  # fmt: skip


def page_of(version):
    return f"{HOME}versie/{version.pk}/"


@pytest.fixture
def draft(place):
    return adopt_example(place.heidebeek, "P-EXP", by=place.els, at=clock.now())


@pytest.fixture
def sent(place, draft):
    return send_version(draft, by=place.els, at=clock.now())


def file_of(text, name="exp.toml"):
    content = text if isinstance(text, bytes) else text.encode()
    return {"file": SimpleUploadedFile(name, content)}


def test_an_officer_comes_to_the_own_municipality_and_adopts_an_example(place, as_):
    client = as_(place.els)
    home = client.get(HOME, follow=True)
    text = home.content.decode()
    assert "Protocollen van Gemeente Heidebeek" in text
    assert text.count("Neem het voorbeeld over") == len(examples())
    adopt = f"{HOME}gemeente/{place.heidebeek.pk}/overnemen/"
    made = client.post(adopt, {"code": "P-EXP"}, follow=True).content.decode()
    assert "Dit is nu uw concept" in made
    assert "Verstuur voor akkoord" in made
    assert "EXP-27" in made
    assert "al een concept" in client.post(adopt, {"code": "P-EXP"}, follow=True).content.decode()
    assert client.post(adopt, {"code": "P-XXX"}).status_code == 404
    assert "versie 1: concept" in client.get(HOME, follow=True).content.decode()


def test_a_team_leader_chooses_among_the_municipalities_of_the_team(place, as_):
    text = as_(place.tom).get(HOME).content.decode()
    assert "Gemeente Heidebeek" in text
    assert "Gemeente Duinrand" in text
    assert "Gemeente Waterdijk" not in text


def test_who_has_nothing_to_do_with_protocols_finds_none(place, as_, draft):
    client = as_(make_actor(Role.VOLUNTEER))
    for address in (HOME, f"{HOME}voorbeelden/", f"{HOME}voorbeelden/P-EXP/", page_of(draft)):
        assert client.get(address).status_code == 404
    assert client.get(f"{HOME}wacht/").status_code == 403
    assert "Protocollen" not in client.get("/werk/").content.decode()


def test_the_protocols_of_another_municipality_do_not_exist_for_you(place, as_, sent):
    client = as_(place.joost)
    base = page_of(sent)
    for part in ("", "verschil/", "voorbeeld/", "verloop/", "bestand/", "stap/EXP-17/", "antwoord/"):
        assert client.get(f"{base}{part}").status_code == 404
    for part in ("nieuw/", "vervallen/", "versturen/", "terughalen/"):
        assert client.post(f"{base}{part}").status_code == 404
    own = f"{HOME}gemeente/{place.heidebeek.pk}/"
    assert client.get(own).status_code == 404
    assert client.post(f"{own}overnemen/", {"code": "P-GEN"}).status_code == 404
    assert client.get(f"{own}inlezen/").status_code == 404


def test_the_police_see_what_was_sent_but_no_draft(place, as_, draft):
    client = as_(place.hester)
    assert client.get(page_of(draft)).status_code == 404
    send_version(draft, by=place.els, at=clock.now())
    assert "Geef antwoord" in client.get(page_of(draft)).content.decode()
    assert client.get(f"{HOME}gemeente/{place.heidebeek.pk}/inlezen/").status_code == 404
    assert client.post(f"{page_of(draft)}terughalen/").status_code == 403


def test_a_step_is_changed_without_any_code(place, as_, draft):
    client = as_(place.els)
    address = f"{page_of(draft)}stap/EXP-17/"
    form = client.get(address).content.decode()
    assert 'value="24"' in form
    text = client.post(address, STEP, follow=True).content.decode()
    assert "Stap EXP-17 is gewijzigd." in text
    assert "Onze bode komt om de twee dagen" in text
    assert "2 dagen na de gebeurtenis" in text
    assert ChangeReason.objects.get().step_id == "EXP-17"
    assert client.get(f"{page_of(draft)}stap/EXP-99/").status_code == 404
    difference = client.get(f"{page_of(draft)}verschil/").content.decode()
    assert "2 dagen na de gebeurtenis" in difference
    assert "24 uur na de gebeurtenis" in difference


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": ""}, "Dit veld is verplicht."),
        ({"number": "300", "unit": "weeks"}, "Dit is te lang"),
        ({"number": "-1"}, "Kies 0 of meer."),
        ({"window_to": ""}, "Vul beide tijden in"),
        ({"window_to": "07:00"}, "Deze tijd ligt voor het begin"),
        ({"owner": "municipality:nobody"}, "geldige keuze"),
    ],
)
def test_wrong_input_is_said_beside_its_field_and_stays_in_the_form(place, as_, draft, wrong, said):
    answer = as_(place.els).post(f"{page_of(draft)}stap/EXP-17/", STEP | wrong)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert ("Onze bode" in text) is ("reason" not in wrong)
    assert not ChangeReason.objects.exists()


def test_a_step_for_which_others_wait_stays_on_and_says_why(place, as_, draft):
    client = as_(place.els)
    answer = client.post(f"{page_of(draft)}stap/EXP-04/", STEP | {"is_on": ""})
    assert answer.status_code == 422
    assert "EXP-05" in answer.content.decode()
    same = {"is_on": "on", "number": "24", "unit": "hours", "window_from": "08:00", "window_to": "21:00"}
    owner = draft.whole_plan.step("EXP-17").owner
    nothing = client.post(
        f"{page_of(draft)}stap/EXP-17/", same | {"owner": f"{owner.org}:{owner.role}", "reason": "x"}
    )
    assert "U hebt niets gewijzigd." in nothing.content.decode()


def test_a_step_that_is_never_counted_asks_no_number(place, as_):
    told = examples()["P-ROB"].step("ROB-00")
    version = adopt_example(place.heidebeek, "P-ROB", by=place.els, at=clock.now())
    client = as_(place.els)
    address = f"{page_of(version)}stap/{told.id}/"
    assert "Binnen hoeveel?" not in client.get(address).content.decode()
    typed = {"is_on": "", "owner": f"{told.owner.org}:{told.owner.role}", "reason": "Doen we niet"}
    assert client.post(address, typed).status_code == 302
    assert told.id in Version.objects.get(pk=version.pk).off


def test_it_goes_to_the_parties_and_each_answers_on_its_own_desk(place, as_, draft):
    client = as_(place.els)
    text = client.post(f"{page_of(draft)}versturen/", follow=True).content.decode()
    assert "Het protocol geldt zodra alle partijen akkoord zijn." in text
    assert text.count("nog geen antwoord") == 3
    for who in (place.els, place.tom, place.hester):
        client = as_(who)
        desk = client.get("/werk/").content.decode()
        assert "Lezen en antwoorden" in desk
        assert client.get(f"{page_of(draft)}antwoord/").status_code == 200
        text = client.post(f"{page_of(draft)}antwoord/", {"answer": "yes"}, follow=True).content.decode()
    assert "Het protocol geldt vanaf nu." in text
    assert "akkoord van" in text
    assert "wacht op uw akkoord" not in client.get("/werk/").content.decode()
    assert "geldt sinds" in as_(place.els).get(HOME, follow=True).content.decode()
    assert client.get(f"{page_of(draft)}antwoord/").status_code == 404


def test_a_no_asks_why_and_goes_back(place, as_, sent):
    client = as_(place.hester)
    wrong = client.post(f"{page_of(sent)}antwoord/", {"answer": "no", "reason": ""})
    assert wrong.status_code == 422
    assert "Schrijf op wat er anders moet" in wrong.content.decode()
    client.post(f"{page_of(sent)}antwoord/", {"answer": "no", "reason": "De route klopt niet"})
    assert Version.objects.get().state == State.DRAFT
    client = as_(place.els)
    assert "niet akkoord: De route klopt niet" in client.get(page_of(sent)).content.decode()
    assert "De route klopt niet" in client.get(f"{page_of(sent)}verloop/").content.decode()


def test_a_second_answer_of_the_same_party_is_told_kindly(place, as_, sent):
    answer_version(sent, True, by=place.tom, at=clock.now())
    client = as_(place.tom)
    assert "Geef antwoord" not in client.get(page_of(sent)).content.decode()
    text = client.post(f"{page_of(sent)}antwoord/", {"answer": "yes"}, follow=True).content.decode()
    assert "heeft hierop al geantwoord" in text


def test_a_yes_on_paper_is_written_down_with_its_function_and_day(place, as_, sent):
    Membership.objects.filter(pk=place.hester.id).update(ends_at=clock.now())
    client = as_(place.els)
    assert "Schriftelijk akkoord noteren" in client.get(page_of(sent)).content.decode()
    address = f"{page_of(sent)}schriftelijk/police/"
    assert client.get(address).status_code == 200
    wrong = client.post(address, {"job_title": "Teamchef", "agreed_on": "2999-01-01"})
    assert "Deze dag moet nog komen" in wrong.content.decode()
    assert "Teamchef" in wrong.content.decode()
    text = client.post(address, {"job_title": "Teamchef", "agreed_on": "2020-01-01"}, follow=True)
    assert "schriftelijk akkoord van Teamchef" in text.content.decode()
    for party in ("police", "municipality", "school"):
        assert client.get(f"{page_of(sent)}schriftelijk/{party}/").status_code == 404


def test_what_was_sent_is_taken_back_and_dropped(place, as_, sent):
    client = as_(place.els)
    assert "Teruggehaald" in client.post(f"{page_of(sent)}terughalen/", follow=True).content.decode()
    assert "vervallen" in client.post(f"{page_of(sent)}vervallen/", follow=True).content.decode()
    assert Version.objects.get().state == State.DROPPED
    assert client.post(f"{page_of(sent)}vervallen/").status_code == 403


def test_a_plan_that_cannot_be_carried_out_is_not_sent(place, as_, draft):
    Version.objects.filter(pk=draft.pk).update(off=["EXP-04"])
    text = as_(place.els).post(f"{page_of(draft)}versturen/", follow=True).content.decode()
    assert "EXP-05" in text
    assert Version.objects.get().state == State.DRAFT


def test_a_new_version_is_made_from_the_one_in_force(place, as_):
    version = make_in_force(place.heidebeek, "P-EXP", by=place.els, at=clock.now())
    client = as_(place.els)
    assert "Maak een nieuwe versie" in client.get(page_of(version)).content.decode()
    made = client.post(f"{page_of(version)}nieuw/", follow=True).content.decode()
    assert "Verstuur voor akkoord" in made
    assert "al een concept" in client.post(f"{page_of(version)}nieuw/", follow=True).content.decode()
    assert "Maak een nieuwe versie" not in client.get(page_of(version)).content.decode()
    assert (
        "Sinds versie 1" in client.get(f"{page_of(Version.objects.get(number=2))}verschil/").content.decode()
    )


def test_a_renewed_example_is_shown_and_taken_over_by_step_or_whole(place, as_, draft):
    plan = examples()["P-EXP"]
    old = as_dict(plan.model_copy(update={"steps": plan.steps[:-2]}))
    Version.objects.filter(pk=draft.pk).update(base=old, plan=old)
    client = as_(place.els)
    assert "Het voorbeeld is vernieuwd" in client.get(HOME, follow=True).content.decode()
    address = f"{page_of(draft)}voorbeeld/"
    text = client.get(address).content.decode()
    assert "Neem stap EXP-26 over" in text
    assert "Neem stap EXP-27 over" in text
    assert "Kies minstens één stap." in client.post(address, {}, follow=True).content.decode()
    client.post(address, {"stap": ["EXP-27"]})
    assert "Neem stap EXP-27 over" not in client.get(address).content.decode()
    assert "Overgenomen in uw concept." in client.post(address, {"alles": "ja"}, follow=True).content.decode()
    assert "volgt het voorbeeld" in client.get(address).content.decode()
    assert Version.objects.get().whole_plan == plan


def test_a_change_of_the_example_that_does_not_fit_is_explained(place, as_, draft):
    plan = examples()["P-EXP"]
    old = as_dict(
        plan.model_copy(update={"steps": tuple(s for s in plan.steps if s.id not in ("EXP-04", "EXP-05"))})
    )
    Version.objects.filter(pk=draft.pk).update(base=old, plan=old)
    answer = as_(place.els).post(f"{page_of(draft)}voorbeeld/", {"stap": ["EXP-05"]})
    assert answer.status_code == 422
    assert "EXP-05" in answer.content.decode()


def test_what_is_in_force_follows_a_renewed_example_only_in_a_new_version(place, as_, sent):
    address = f"{page_of(sent)}voorbeeld/"
    client = as_(place.els)
    assert client.post(address, {"alles": "ja"}).status_code == 404
    assert client.get(f"{page_of(sent)}stap/EXP-17/").status_code == 404
    assert client.get(address).status_code == 200


def test_the_library_shows_each_example_by_phase_and_as_a_file(place, as_):
    client = as_(place.els)
    text = client.get(f"{HOME}voorbeelden/").content.decode()
    assert all(plan.title_nl in text for plan in examples().values())
    text = client.get(f"{HOME}voorbeelden/P-EXP/").content.decode()
    assert "Eerste uren" in text
    assert "Neem over voor Gemeente Heidebeek" in text
    assert "Neem over voor" not in as_(place.hester).get(f"{HOME}voorbeelden/P-EXP/").content.decode()
    client = as_(place.els)
    assert client.get(f"{HOME}voorbeelden/P-XXX/").status_code == 404
    file = client.get(f"{HOME}voorbeelden/P-EXP/bestand/")
    assert read_plan(file.content.decode(), name="p.toml") == examples()["P-EXP"]


def test_a_version_is_kept_as_a_file_and_read_in_again(place, as_, draft):
    Version.objects.filter(pk=draft.pk).update(off=["EXP-25"])
    client = as_(place.els)
    file = client.get(f"{page_of(draft)}bestand/")
    assert file["Content-Disposition"] == 'attachment; filename="p-exp-1.toml"'
    assert "EXP-25" not in file.content.decode()
    client.post(f"{page_of(draft)}vervallen/")
    address = f"{HOME}gemeente/{place.heidebeek.pk}/inlezen/"
    assert client.get(address).status_code == 200
    made = client.post(address, file_of(file.content), follow=True).content.decode()
    assert "Verstuur voor akkoord" in made
    read = Version.objects.get(state=State.DRAFT)
    assert "volgt het voorbeeld" in client.get(f"{page_of(read)}voorbeeld/").content.decode()
    assert "al een concept" in client.post(address, file_of(file.content)).content.decode()


def test_all_that_is_wrong_in_a_file_is_said_at_once(place, as_):
    broken = as_toml(examples()["P-EXP"]).replace('"PT1H30M"', '"snel"').replace('"EXP-27"', '"EXP-26"')
    answer = as_(place.els).post(f"{HOME}gemeente/{place.heidebeek.pk}/inlezen/", file_of(broken))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "EXP-04" in text
    assert "EXP-26" in text
    assert "due.offset" in text
    assert not Version.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Dit bestand is leeg."),
        (b"\xff\xfe\x00", "Dit bestand is geen tekst"),
        (b"code = ", "Dit bestand klopt nog niet"),
        (b"#" * 200_001, "Dit bestand is te groot"),
        (b"#" * 900_000, "Dit bestand is te groot"),
    ],
)
def test_a_wrong_file_is_refused_with_a_word(place, as_, content, said):
    answer = as_(place.els).post(f"{HOME}gemeente/{place.heidebeek.pk}/inlezen/", file_of(content))
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_no_file_and_a_file_without_a_party_are_refused(place, as_):
    client, address = as_(place.els), f"{HOME}gemeente/{place.heidebeek.pk}/inlezen/"
    assert "Kies een bestand." in client.post(address, {}).content.decode()
    alone = examples()["P-EXP"].model_copy(update={"approved_by": ("municipality",)})
    text = client.post(address, file_of(as_toml(alone))).content.decode()
    assert "vraagt geen akkoord aan: slachtofferhulp, politie" in text


def test_the_lists_ask_the_same_questions_for_one_and_for_five(place, as_, django_assert_num_queries):
    client = as_(place.els)
    address = f"{HOME}gemeente/{place.heidebeek.pk}/"
    version = make_in_force(place.heidebeek, "P-EXP", by=place.els, at=clock.now())
    pages = (address, f"{page_of(version)}verloop/")
    for page in pages:
        client.get(page)
    counts = []
    for page in pages:
        with CaptureQueriesContext(connection) as one:
            client.get(page)
        counts.append(len(one))
    for _ in range(4):
        version = client.post(f"{page_of(version)}nieuw/")
        version = Version.objects.get(state=State.DRAFT)
        send_version(version, by=place.els, at=clock.now())
        for who in (place.els, place.tom, place.hester):
            answer_version(version, True, by=who, at=clock.now())
    for code in [code for code in examples() if code != "P-EXP"][:4]:
        make_in_force(place.heidebeek, code, by=place.els, at=clock.now())
    for page, count in zip(pages, counts, strict=True):
        with django_assert_num_queries(count):
            client.get(page)


def test_the_panel_asks_the_same_questions_for_one_and_for_five(place, as_, sent, django_assert_num_queries):
    client = as_(place.tom)
    client.get(f"{HOME}wacht/")
    with CaptureQueriesContext(connection) as one:
        client.get(f"{HOME}wacht/")
    for number in range(4):
        officer = make_actor(
            Role.DUTY_OFFICER, municipality=make_municipality(f"GM91{number:02}", f"Plaats {number}")
        )
        own = Membership.objects.get(pk=officer.id).organisation
        send_version(adopt_example(own, "P-EXP", by=officer, at=clock.now()), by=officer, at=clock.now())
    with django_assert_num_queries(len(one)):
        text = client.get(f"{HOME}wacht/").content.decode()
    assert text.count("Lezen en antwoorden") == 5
