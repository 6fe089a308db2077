"""In which transaction rows were born: triggers of the measurement itself, nothing of the house."""

from bench.house import rows
from launch.supervisor import Stack

_TABLE = """
CREATE TABLE bench_birth (kind text, id uuid, belongs_to uuid, born_in xid8 DEFAULT pg_current_xact_id());
CREATE FUNCTION bench_note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO bench_birth (kind, id, belongs_to)
    SELECT TG_TABLE_NAME, NEW.id, (to_jsonb(NEW) ->> TG_ARGV[0])::uuid;
    RETURN NULL;
END $$;
"""
_WATCHED = {
    "incidents_helprequest": "form_key",
    "paging_page": "subject_id",
    "paging_duemoment": "page_id",
}


def watch_births(stack: Stack) -> None:
    """Note from now on, for each request, page and due moment, the transaction that inserted it."""
    rows(stack, _TABLE)
    for table, belongs_to in _WATCHED.items():
        trigger = f"CREATE TRIGGER bench_note AFTER INSERT ON {table} FOR EACH ROW"
        rows(stack, f"{trigger} EXECUTE FUNCTION bench_note('{belongs_to}')")


# Each request with how many pages it has, how many born with it, and whether a due moment was born with it.
BORN_TOGETHER = """
SELECT request.belongs_to AS form_key,
       count(page.id) AS pages,
       count(page.id) FILTER (WHERE page.born_in = request.born_in AND EXISTS (
           SELECT FROM bench_birth moment
           WHERE moment.kind = 'paging_duemoment' AND moment.belongs_to = page.id
             AND moment.born_in = request.born_in)) AS born_together
FROM bench_birth request
LEFT JOIN bench_birth page ON page.kind = 'paging_page' AND page.belongs_to = request.id
WHERE request.kind = 'incidents_helprequest'
GROUP BY request.belongs_to, request.id
"""
