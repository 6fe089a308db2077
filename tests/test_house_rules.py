"""The rules of the house (docs/house.md), one sentence each; a failure lists every place that breaks it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from procrastinate.contrib.django import app as jobs

from nabij.privacy.declarations import unmarked_fields
from tests.house import content, happenings, lengths, pages, records, rooms, tree, words

PUBLIC_VIEWS = {
    "acting.views.accept",
    "acting.views.choose",
    "acting.views.door",
    "acting.views.invite",
    "acting.views.stop",
    "acting.views.who",
    "agendas.views.feed",
    "centres.views.commissions.confirm",
    "closed_part.views.own.again",
    "closed_rooms.views.inside.come",
    "closed_rooms.views.inside.home",
    "closed_rooms.views.inside.letters",
    "closed_rooms.views.inside.paper",
    "closed_rooms.views.inside.take_back",
    "closed_part.views.own.leave",
    "closed_part.views.own.mine",
    "closed_part.views.own.own_panel",
    "closed_part.views.own.rules",
    "contact.views.caller",
    "contact.views.doors",
    "contact.views.first_steps",
    "contact.views.status",
    "documents.views.door",
    "documents.views.keep",
    "documents.views.mine",
    "farewells.views.onward",
    "farewells.views.own_panel",
    "farewells.views.panel",
    "farewells.views.take_back",
    "front.views.expect",
    "front.views.home",
    "front.views.leaving",
    "kit.views.health",
    "complaints.views.door",
    "complaints.views.mine",
    "complaints.views.withdraw",
    "conversations.views.door",
    "conversations.views.mine",
    "conversations.views.take_back",
    "kit.views.metrics",
    "kit.views.readiness",
    "kit.views.security_txt",
    "news_readers.views.ask",
    "news_readers.views.confirm",
    "newsletters.views.stopping.stop",
    "notify.views.delivering.report",
    "on_call.views.answering.public_answer",
    "on_call.views.answering.public_progress",
    "on_call.views.asking.ask_publicly",
    "own_space.views.ask",
    "own_space.views.calendar",
    "own_space.views.contact",
    "own_space.views.data",
    "own_space.views.door",
    "own_space.views.data_pdf",
    "own_space.views.mine",
    "own_space.views.switch",
    "paging.views.answering.link",
    "peers.views.introducing.answer",
    "peers.views.introducing.be_left",
    "peers.views.introducing.meet",
    "peers.views.introducing.stop",
    "peers.views.members.door",
    "peers.views.members.group",
    "peers.views.members.leave",
    "peers.views.members.me",
    "peers.views.members.mute",
    "peers.views.members.notices",
    "peers.views.talking.change",
    "peers.views.talking.report",
    "peers.views.talking.start",
    "peers.views.talking.talk",
    "peers.views.talking.withdraw",
    "people.views.own.own",
    "people.views.own.own_change",
    "people.views.own.own_code",
    "people.views.own.own_login",
    "people.views.own.own_logout",
    "people.views.own.own_withdraw",
    "people.views.register.practise",
    "people.views.register.register",
    "referrals.views.answering.link",
    "retention.views.door",
}
PUBLIC_VIEWS_OF_LIBRARIES = {
    "allauth.account.views.AccountInactiveView",
    "allauth.account.views.ConfirmEmailView",
    "allauth.account.views.ConfirmLoginCodeView",
    "allauth.account.views.LoginView",
    "allauth.account.views.LogoutView",
    "allauth.account.views.PasswordResetDoneView",
    "allauth.account.views.PasswordResetFromKeyDoneView",
    "allauth.account.views.PasswordResetFromKeyView",
    "allauth.account.views.PasswordResetView",
    "allauth.account.views.SignupView",
    "allauth.account.views.email_verification_sent",
    "allauth.mfa.base.views.AuthenticateView",
}


def none_of(breaches: list[str]) -> None:
    """Fail with one line for each place that breaks the rule."""
    assert not breaches, "\n" + "\n".join(sorted(breaches))


# Lengths


def test_no_file_has_more_than_400_lines():
    none_of(lengths.long_files())


def test_no_function_has_more_than_60_lines():
    none_of(lengths.long_functions())


def test_no_template_has_more_than_150_lines():
    none_of(lengths.long_templates())


def test_no_app_has_more_than_3000_lines():
    none_of(lengths.large_apps())


# Words


def test_every_file_is_named_after_a_subject():
    none_of(words.vague_files())


def test_every_function_says_what_it_does():
    none_of(words.vague_functions())


def test_nothing_names_a_package_registry_or_somebodys_machine():
    none_of(words.machine_names())


def test_docstrings_are_in_british_spelling():
    none_of(words.american_docstrings())


def test_no_error_disappears_without_a_word():
    none_of(words.swallowed_errors())


# Rooms


def test_every_app_says_in_one_sentence_what_it_is():
    none_of(rooms.apps_without_sentence())


def test_every_app_has_tests():
    none_of(rooms.apps_without_tests())


def test_every_app_stands_on_a_storey_and_has_its_rooms_in_the_contract():
    none_of(rooms.apps_without_contract())


def test_views_and_tasks_ask_queries_and_never_the_database():
    none_of(rooms.views_with_objects())


def test_every_action_is_told_by_whom_and_when():
    none_of(rooms.actions_without_who_and_when())


def test_actions_queries_policies_and_models_read_no_clock():
    none_of(rooms.clock_readings())


def test_forms_save_nothing():
    none_of(rooms.saving_forms())


def test_no_model_is_reached_by_its_name():
    none_of(rooms.hidden_models())


# Records


def test_every_model_has_a_dutch_name():
    none_of(records.without_dutch_name())


def test_every_model_is_in_the_glossary():
    none_of(records.outside_glossary())


def test_every_field_is_marked_personal_or_harmless():
    none_of(unmarked_fields())


def test_field_names_say_moment_day_or_yes_and_no():
    none_of(records.wrong_field_names())


def test_relations_point_level_or_down():
    none_of(records.upward_relations())


def test_nobody_walks_backwards_to_records_behind_the_wall():
    none_of(records.doors_in_the_wall())


# Pages


def test_no_page_includes_or_links_upward():
    none_of(pages.upward_links())


def test_templates_hold_no_script_and_no_style():
    none_of(pages.inline_code())


def test_the_content_policy_allows_nothing_unsafe():
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    words_of_policy = {str(source) for sources in policy.values() for source in sources}
    assert not {word for word in words_of_policy if "unsafe" in word or "*" in word or "http" in word}


def test_every_public_view_is_listed_here_and_every_listed_view_is_public():
    marked = pages.views_marked_public()
    none_of([f"{view}: public, but not listed" for view in marked - PUBLIC_VIEWS])
    none_of([f"{view}: listed, but not public" for view in PUBLIC_VIEWS - marked])


def test_a_page_becomes_public_in_one_way_only():
    none_of(pages.undecorated_exemptions())


def test_no_address_holds_a_counter():
    none_of(pages.counted_addresses())


def test_every_address_has_a_name():
    none_of(pages.unnamed_addresses())


def test_every_public_address_is_one_of_the_listed_views():
    listed = {f"nabij.{view}" for view in PUBLIC_VIEWS} | PUBLIC_VIEWS_OF_LIBRARIES
    mounted = {address.view for address in pages.addresses() if address.is_public}
    none_of([f"{view}: open to everybody, but not listed" for view in mounted - listed])
    none_of([f"{view}: listed, but at no address" for view in listed - mounted])


@pytest.mark.django_db
def test_every_other_address_asks_a_visitor_to_log_in(client):
    login = reverse(settings.LOGIN_URL)
    open_doors = []
    for address in pages.addresses():
        if not address.is_public:
            response = client.get(address.path)
            if response.status_code != 401 and not response.headers.get("Location", "").startswith(login):
                open_doors.append(f"{address.name}: {response.status_code}")
    none_of(open_doors)


@pytest.mark.django_db
def test_no_public_address_breaks_on_a_visitor(client):
    client.raise_request_exception = False
    broken = []
    for address in pages.addresses():
        if address.is_public:
            for ask in (client.get, client.post):
                status = ask(address.path).status_code
                if status == 500:
                    broken.append(f"{address.name}: {ask.__name__} {status}")
    none_of(broken)


@pytest.mark.django_db
def test_every_answer_carries_the_content_policy(client):
    policy = client.get(reverse(settings.LOGIN_URL)).headers["Content-Security-Policy"]
    assert re.search(r"script-src 'self'(;|$)", policy)


# Happenings and content


def test_every_verb_has_its_sentence():
    none_of(happenings.verbs_without_sentence())


def test_every_job_that_a_verb_starts_exists():
    jobs.perform_import_paths()
    none_of(happenings.jobs_that_do_not_exist(set(jobs.tasks)))


def test_every_content_file_says_where_its_facts_come_from():
    none_of(content.without_source())


def test_the_rules_see_the_whole_house():
    seen = {Path(path).name for path in words.python_files()}
    assert {"settings.py", "roles.py", "test_house_rules.py"} <= seen


# The rules bite


@pytest.mark.parametrize(
    ("rule", "wrong", "right"),
    [
        (pages.INLINE, "<script>go()</script>", '<script src="a.js" defer></script>'),
        (pages.INLINE, '<p style="color: red">', '<p class="is-late" content="x">'),
        (pages.INLINE, '<a onclick="go()">', '<a data-once="1">'),
        (pages.LINK, '{% include "people/_row.html" %}', '{% include "_row.html" %}'),
        (pages.LINK, "{% url 'front:desk' %}", "{% url name %}"),
        (words.MACHINES, "see /ho" + "me/jan/nabij", "see /werk/"),
        (words.VAGUE_FILES, "utils.py", "opening_hours.py"),
        (words.VAGUE_VERBS, "handle_request", "handled_requests"),
        (words.AMERICAN, "our organization", "our organisation, neighbouring"),
    ],
)
def test_a_rule_tells_wrong_from_right(rule, wrong, right):
    assert rule.search(wrong)
    assert not rule.search(right)


def test_a_lower_app_may_not_know_a_higher_one_nor_its_neighbour():
    assert tree.may_know("front", "kit")
    assert tree.may_know("people", "people")
    assert not tree.may_know("kit", "people")
    assert not tree.may_know("on_call", "centres")
