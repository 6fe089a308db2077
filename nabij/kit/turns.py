"""Taking turns, so that many at once cannot pass a limit together."""

from django.db import connection


def take_turns(*marks: bytes) -> None:
    """Wait, until the end of the transaction, for whoever counts under one of these marks."""
    numbers = sorted(int.from_bytes(mark[:7]) for mark in marks)
    with connection.cursor() as cursor:
        for number in numbers:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
