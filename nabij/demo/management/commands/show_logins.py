"""`manage.py show_logins`: names and password of the demonstration."""

from typing import Any

from django.core.management.base import BaseCommand

from nabij.demo.world import logins, world


class Command(BaseCommand):
    """Print whom to log in as."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """One line each: role, name, address; the password is the same for all."""
        people = logins()
        width = max(len(person.role) for person in people)
        for person in people:
            self.stdout.write(f"  {person.role:<{width}}  {person.mail:<28} {person.name}")
        self.stdout.write(f"  Wachtwoord voor iedereen: {world()['password']}")
