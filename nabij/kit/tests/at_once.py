"""Several things at the same moment, as two people do them."""

from threading import Thread

from django.db import connection


def together(*acts):
    """Do these at the same moment, each on a connection of its own; what went wrong."""
    failed = []

    def run(act):
        try:
            act()
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[each]) for each in acts]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return failed
