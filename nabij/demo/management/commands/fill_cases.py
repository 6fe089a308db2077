"""`manage.py fill_cases 100000`: many made-up cases to measure with; without keys, so "(gewist)"."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from nabij.accounts.models import Membership, Organisation, Team, User
from nabij.accounts.roles import Role
from nabij.kit import clock

TEAMS, HELPERS = 30, 40
# One number makes one person with a case: one in ten still runs; each with the rows that a real one has.
STATEMENTS = (
    """INSERT INTO people_person (id, created_at, language, name_sealed, phone_sealed, email_sealed,
         preferred_way_sealed, preferred_time_sealed, safe_to_call_sealed, address_sealed, has_phone,
         has_email)
       SELECT md5('p' || i)::uuid, %(now)s - i * interval '1 minute', 'nl', sha256(('n' || i)::bytea),
         sha256(('t' || i)::bytea), '', '', '', '', sha256(('a' || i)::bytea), true, false
       FROM generate_series(%(first)s, %(last)s) i""",
    """INSERT INTO keys_subjectkey (id, subject_id, created_at, destroyed_at)
       SELECT md5('k' || i)::uuid, md5('p' || i)::uuid, %(now)s, %(now)s
       FROM generate_series(%(first)s, %(last)s) i""",
    """INSERT INTO cases_case (id, reference, person_id, topic, is_severe, is_minor, happened_on, capacity,
         way_in, consent_version, team_id, helper_id, state, opened_at, next_due_at, last_contact_at,
         override_reason_sealed)
       SELECT md5('c' || i)::uuid, 'meting-rij-' || i, md5('p' || i)::uuid, 'EVT-12', false, false,
         (%(now)s - i * interval '1 minute')::date, 'victim', 'police', 'meting',
         (%(teams)s::uuid[])[i %% %(many_teams)s + 1], (%(helpers)s::uuid[])[i %% %(many_helpers)s + 1],
         CASE WHEN i %% 10 = 0 THEN 'active' ELSE 'closed' END, %(now)s - i * interval '1 minute',
         CASE WHEN i %% 10 = 0 THEN %(now)s + i * interval '1 second' END, %(now)s - interval '1 day', ''
       FROM generate_series(%(first)s, %(last)s) i""",
    """INSERT INTO cases_casehelper (id, case_id, membership_id, part, starts_at)
       SELECT md5('h' || i)::uuid, md5('c' || i)::uuid,
         (%(helpers)s::uuid[])[i %% %(many_helpers)s + 1], 'main', %(now)s
       FROM generate_series(%(first)s, %(last)s) i""",
    """INSERT INTO cases_task (id, case_id, kind, is_for_leader, due_at, made_at, done_at)
       SELECT md5('d' || i || '-' || n)::uuid, md5('c' || i)::uuid, 'check_in', false,
         %(now)s + i * interval '1 second', %(now)s, CASE WHEN n > 0 OR i %% 10 > 0 THEN %(now)s END
       FROM generate_series(%(first)s, %(last)s) i, generate_series(0, 1) n""",
    """INSERT INTO cases_searchkey (id, case_id, kind, digest)
       SELECT md5('s' || i || '-' || n)::uuid, md5('c' || i)::uuid, 'sound',
         sha256(('s' || i || '-' || n)::bytea)
       FROM generate_series(%(first)s, %(last)s) i, generate_series(0, 1) n""",
    """INSERT INTO people_accessgrant (id, person_id, grantee_id, grantee_role, team_id, scope, purpose,
         source, starts_at)
       SELECT md5('g' || i || '-' || n)::uuid, md5('p' || i)::uuid,
         CASE WHEN n = 0 THEN (%(helpers)s::uuid[])[i %% %(many_helpers)s + 1] END,
         CASE WHEN n = 0 THEN '' ELSE 'team_leader' END,
         CASE WHEN n = 1 THEN (%(teams)s::uuid[])[i %% %(many_teams)s + 1] END,
         'case', 'aftercare', 'meting', %(now)s - interval '2 days'
       FROM generate_series(%(first)s, %(last)s) i, generate_series(0, 1) n""",
    """INSERT INTO audit_readentry (at, person_id, actor_kind, role, purpose)
       SELECT %(now)s, md5('p' || i)::uuid, 'membership', 'paid_worker', 'aftercare'
       FROM generate_series(%(first)s, %(last)s) i""",
)


class Command(BaseCommand):
    """Fill the tables up to so many made-up cases, over thirty teams and Noordwest."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Up to how many, and how many there are already."""
        parser.add_argument("last", type=int)
        parser.add_argument("--after", type=int, default=0)

    def handle(self, *args: Any, **options: Any) -> None:
        """Insert table by table, then let the planner look."""
        if settings.IS_PRODUCTION:
            raise CommandError("A production installation holds no made-up people.")
        teams, helpers = _staff()
        values = {
            "now": clock.now() + timedelta(days=1), "first": options["after"] + 1, "last": options["last"],
            "teams": teams, "helpers": helpers, "many_teams": len(teams), "many_helpers": len(helpers),
        }  # fmt: skip
        with connection.cursor() as cursor:
            for statement in STATEMENTS:
                cursor.execute(statement, values)
            cursor.execute("VACUUM ANALYZE")
        self.stdout.write(f"{options['last']} cases")


def _staff() -> tuple[list[str], list[str]]:
    """Thirty teams and Noordwest with forty helpers each; as they are made, the helper fits the team."""
    support = Organisation.objects.get(kind="victim_support")
    names = [f"Meetteam {number}" for number in range(TEAMS)]
    teams = [Team.objects.get_or_create(name=name, defaults={"organisation": support})[0] for name in names]
    teams.append(Team.objects.get(name="Noordwest"))
    found = list(Membership.objects.filter(user__name="Meethulp").order_by("job_title"))
    if not found:
        users = [User(email=f"meting{n}@example.nl", name="Meethulp") for n in range(len(teams) * HELPERS)]
        User.objects.bulk_create(users)
        found = Membership.objects.bulk_create(
            Membership(
                user=user, organisation=support, team=teams[n % len(teams)], role=Role.PAID_WORKER,
                job_title=f"{n:06}", starts_at=clock.now(),
            )
            for n, user in enumerate(users)
        )  # fmt: skip
    return [str(team.pk) for team in teams], [str(member.pk) for member in found]
