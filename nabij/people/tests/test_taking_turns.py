import threading

import pytest
from django.db import close_old_connections, connection

from nabij.audit.actor import ANONYMOUS
from nabij.people.actions.coming_back import TooManyCodes, ask_code
from nabij.people.factories import MORNING
from nabij.people.models import LoginCode
from nabij.people.terms import login_terms


@pytest.mark.django_db(transaction=True)
def test_many_who_ask_a_code_at_the_same_moment_do_not_pass_the_limit_together():
    start = threading.Barrier(12)

    def ask():
        close_old_connections()
        start.wait(20)
        try:
            ask_code("email", "mirjam@example.nl", network="10.0.0", language="nl", by=ANONYMOUS, at=MORNING)
        except TooManyCodes:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(12)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert LoginCode.objects.count() == login_terms().per_address
