"""A web process that is restarted in good order writes what it counted before it ends."""

import os
import subprocess
import sys

from nabij.publish.counting import written_hours

PAGE = "/iac/eikenhof-2027/"
WORKER = """
import sys
from multiprocessing import get_context
from pathlib import Path

def work():
    from nabij.wsgi import visits
    visits._folder = Path(sys.argv[1])
    for _ in range(3):
        visits.count(sys.argv[2], {})

child = get_context("fork").Process(target=work)
child.start()
child.join()
sys.exit(child.exitcode)
"""


def test_a_web_worker_that_stops_loses_no_reader(tmp_path):
    environment = {"DJANGO_SETTINGS_MODULE": "nabij.settings", **os.environ}
    arguments = [sys.executable, "-c", WORKER, str(tmp_path), PAGE]
    subprocess.run(arguments, env=environment, check=True, timeout=120)
    assert [dict(pages) for pages in written_hours(tmp_path).values()] == [{PAGE: 3}]
