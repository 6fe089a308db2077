"""`manage.py seed_demo`: the made-up world that `make run` shows."""

from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from nabij.demo.advising import build_advice
from nabij.demo.agreements import build_protocols
from nabij.demo.helping import build_cases
from nabij.demo.leaflets import build_flyers
from nabij.demo.learning import build_learning
from nabij.demo.partnering import build_partners
from nabij.demo.phones import give_phones
from nabij.demo.speaking import read_languages
from nabij.demo.world import build_duties, build_world
from nabij.kit import clock


class Command(BaseCommand):
    """Make the demonstration's organisations, people and duties; running it twice changes nothing."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the duty rosters begin and how long they are."""
        parser.add_argument("--duties-from", type=date.fromisoformat, default=None)
        parser.add_argument("--weeks", type=int, default=8)

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, and say what was built."""
        if settings.IS_PRODUCTION:
            raise CommandError("A production installation holds no made-up people.")
        build_world()
        give_phones()
        build_protocols(clock.now())
        build_flyers(clock.now())
        today = clock.local(clock.now()).date()
        first = options["duties_from"] or today - timedelta(days=7)
        build_learning(options["duties_from"] or today, anew=options["duties_from"] is not None)
        duties = build_duties(first, options["weeks"])
        if options["duties_from"] is None:
            build_cases(clock.now())
            build_advice(clock.now())
            read_languages(clock.now())
            build_partners(clock.now())
        self.stdout.write(f"{duties} duties")
