"""Which registrations share the rarest keys: bounded, whatever many people have in common."""

from uuid import UUID

from django.db import connection

from nabij.matching.content import terms
from nabij.matching.keys import keys_of
from nabij.matching.marks import digests_of
from nabij.matching.sought import Sought

# of each key at most so many rows; a key that few share counts for more than one that many share
_SHARING = """\
    SELECT registration_id, sum(1.0 / number) AS weight FROM (
        SELECT found.registration_id, count(*) OVER (PARTITION BY wanted.digest) AS number
        FROM unnest(%s::bigint[]) AS wanted(digest)
        CROSS JOIN LATERAL (
            SELECT registration_id FROM matching_matchkey WHERE digest = wanted.digest LIMIT %s
        ) AS found
    ) AS counted
    GROUP BY registration_id ORDER BY weight DESC, registration_id LIMIT %s"""


def sharing_keys(sought: Sought, incident_id: UUID) -> list[UUID]:
    """Registrations at this incident that share keys with who is sought, the rarest keys first."""
    digests = digests_of(incident_id, keys_of(sought))
    if not digests:
        return []
    limits = terms()
    with connection.cursor() as cursor:
        cursor.execute(_SHARING, [digests, limits.most_of_a_key, limits.most_opened])
        return [row[0] for row in cursor.fetchall()]
