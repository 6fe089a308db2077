"""One text changes at one of ten centres in six languages: what it costs until it stands in a release."""

import tempfile
from pathlib import Path

from django.db import transaction

from bench.measuring import load
from bench.news import Meter
from nabij import settings
from nabij.accounts.factories import make_actor
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.centres.actions import adopt_translation, approve_version
from nabij.centres.factories import make_live_centre, make_news
from nabij.centres.models import BASE_LANGUAGES, AdviceCentre, Language
from nabij.centres.queries import state_of
from nabij.kit import clock
from nabij.newsletters.actions import add_language
from nabij.publish.actions import release

CENTRES, MESSAGES, TIMES = 10, 5, 5


def fill() -> list[AdviceCentre]:
    """Ten live centres in all languages, each with messages."""
    centres = []
    for _ in range(CENTRES):
        now = clock.now()
        centre = make_live_centre(at=now, name="Brand aan de Kade")
        editor, chief = make_actor(Role.IAC_EDITOR), make_actor(Role.IAC_CHIEF)
        for language in Language.values:
            if language not in BASE_LANGUAGES:
                for text in add_language(centre, language, by=editor, at=now):
                    read = adopt_translation(state_of(text).newest, by=editor, at=now)
                    approve_version(read, by=chief, at=now)
        for message in range(MESSAGES):
            make_news(centre, f"Bericht {message}: de opvang is open.", f"News {message}.", at=clock.now())
        centres.append(centre)
    return centres


def run() -> None:
    """Print the table; in one transaction that is undone, and in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        settings.ENV.data_dir = Path(folder)
        centres = fill()
        release(by=SYSTEM, at=clock.now())
        print("| what | pages | CPU ms | of which ours | of which database | SQL | wall s | load |")
        print("|---|---|---|---|---|---|---|---|", flush=True)
        for name, of in (("pages of the centre first", {centres[0].pk}), ("all pages", set())):
            for number in range(TIMES):
                make_news(centres[0], f"Nog een bericht: {name} {number}.", at=clock.now())
                with Meter(name) as meter:
                    made = release(by=SYSTEM, at=clock.now(), of=of)
                print(meter.whole_row(made.pages), flush=True)
        print(load())
        transaction.set_rollback(True)
