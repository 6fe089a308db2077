"""The one rule: may this person do this task on this day?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from nabij.academy.catalogue import modules, rules, tasks
from nabij.academy.factories import make_certificate, make_certified, make_conduct, make_volunteer
from nabij.academy.fitness import Lack, Proof
from nabij.academy.models import Certificate, Stage
from nabij.academy.queries import fitness_of, may_do
from nabij.accounts.factories import make_membership
from nabij.accounts.roles import Role

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 10)
ON_CALL = "on_call_worker"


def worker(**facts):
    return make_membership(Role.ON_CALL_WORKER, **facts)


def test_who_holds_everything_may():
    imke = make_certified(worker(), on=DAY)
    found = may_do(imke.user_id, ON_CALL, DAY)
    assert found.is_fit
    assert found.until == modules()["PIKET"].last_valid_day(DAY - timedelta(days=1))


@pytest.mark.parametrize("code", ["BASIS", "PIKET", "GROEP", "VEILIG"])
def test_each_course_of_the_task_is_needed(code):
    imke = make_certified(worker(), on=DAY)
    Certificate.objects.filter(user=imke.user, module=code).delete()
    found = may_do(imke.user_id, ON_CALL, DAY)
    assert [(each.lack, each.module) for each in found.missing] == [(Lack.NO_CERTIFICATE, code)]
    assert str(found) == f"{modules()[code].name} ontbreekt"


def test_a_certificate_refuses_the_day_after_its_last_and_not_before():
    imke = make_certified(worker(), on=DAY)
    Certificate.objects.filter(user=imke.user, module="PIKET").update(last_valid_on=DAY)
    assert may_do(imke.user_id, ON_CALL, DAY).is_fit
    found = may_do(imke.user_id, ON_CALL, DAY + timedelta(days=1))
    assert [each.lack for each in found.missing] == [Lack.EXPIRED]
    assert str(found) == "Piket en hulp ter plaatse: geldig tot en met 10 januari 2027"


def test_a_certificate_does_not_count_before_it_was_given():
    imke = make_certified(worker(), on=DAY)
    assert not may_do(imke.user_id, ON_CALL, DAY - timedelta(days=2)).is_fit


def test_a_renewal_takes_over_from_the_old_one():
    imke = make_certified(worker(), on=DAY, last_valid_on=DAY)
    for code in tasks()[ON_CALL].needs:
        make_certificate(imke.user, code, issued_on=DAY)
    assert may_do(imke.user_id, ON_CALL, DAY + timedelta(days=1)).is_fit


def test_a_withdrawn_certificate_is_none():
    imke = make_certified(worker(), on=DAY)
    Certificate.objects.filter(user=imke.user, module="GROEP").update(
        withdrawn_at="2027-01-09T12:00Z", withdrawn_by=imke.pk
    )
    assert [each.module for each in may_do(imke.user_id, ON_CALL, DAY).missing] == ["GROEP"]


def test_without_conduct_seen_nobody_goes_and_it_ends_after_the_years_of_the_content():
    imke = make_certified(worker(), on=DAY)
    imke.user.conduct_checks.all().delete()
    assert [each.lack for each in may_do(imke.user_id, ON_CALL, DAY).missing] == [Lack.NO_CONDUCT]
    check = make_conduct(imke.user, seen_on=date(2024, 1, 11))
    assert check.last_valid_on == DAY
    assert may_do(imke.user_id, ON_CALL, DAY).is_fit
    make_certificate(imke.user, "PIKET", issued_on=DAY)
    found = may_do(imke.user_id, ON_CALL, DAY + timedelta(days=1))
    assert str(found) == "VOG: geldig tot en met 10 januari 2027"


@pytest.mark.parametrize(
    ("stage", "task", "may"),
    [
        (Stage.APPLIED, "support", False),
        (Stage.TRAINING, "support", False),
        (Stage.MENTORED, "support", True),
        (Stage.MENTORED, ON_CALL, False),
        (Stage.ACTIVE, ON_CALL, True),
        (Stage.ON_BREAK, "support", False),
        (Stage.LEFT, "support", False),
    ],
)
def test_a_volunteer_may_what_the_phase_allows(stage, task, may):
    person = worker(is_volunteer=True)
    for code in sorted({*tasks()["support"].needs, *tasks()[ON_CALL].needs}):
        make_certificate(person.user, code, issued_on=DAY)
    make_conduct(person.user, seen_on=DAY)
    facts = {"mentor": make_membership().user, "mentored_from_on": DAY} if stage == Stage.MENTORED else {}
    facts |= {"break_from_on": DAY} if stage == Stage.ON_BREAK else {}
    make_volunteer(person, stage, since=DAY, **facts)
    found = may_do(person.user_id, task, DAY)
    assert found.is_fit is may
    assert may or [each.lack for each in found.missing] == [Lack.NOT_READY]


def test_one_question_for_one_and_for_many(django_assert_num_queries):
    people = [make_certified(worker(), on=DAY).user_id for _ in range(5)]
    for asked in (people[:1], people):
        with django_assert_num_queries(3):
            assert all(each.is_fit for each in fitness_of(asked, ON_CALL, DAY).values())


class AnyCertificates(TestCase):
    @given(
        st.lists(
            st.tuples(st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.integers(0, 800)),
            min_size=1,
            max_size=4,
        ),
        st.dates(date(2025, 1, 1), date(2029, 12, 31)),
    )
    def test_somebody_is_fit_exactly_on_the_days_that_one_certificate_covers(self, spans, day):
        held = [
            Certificate(module="TRAIN", issued_on=begin, last_valid_on=begin + timedelta(days=days))
            for begin, days in spans
        ]
        covered = any(each.issued_on <= day <= each.last_valid_on for each in held)
        found = Proof(held, []).fitness(tasks()["teach"], day)
        assert found.is_fit is covered
        if covered:
            assert Proof(held, []).fitness(tasks()["teach"], found.until).is_fit


def test_the_content_holds_together():
    assert len(modules()) == 28
    assert rules().reminder_days == (90, 60, 14)
    for task in tasks().values():
        assert set(task.needs) <= modules().keys()
    assert modules()["PIKET"].last_valid_day(date(2026, 1, 11)) == date(2027, 1, 10)
    assert modules()["PIKET"].last_valid_day(date(2028, 2, 29)) == date(2029, 2, 27)
