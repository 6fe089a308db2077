"""The database of the unit tests in seconds: tables from the models, and what only migrations say in SQL.

Applying 150 migrations one by one costs half a minute each time. That they make the same tables is checked by
`makemigrations --check`; they run when a whole house starts, in the journeys and the tests of the launcher.
"""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig, apps
from django.db import connections
from django.db.migrations import CreateModel, Migration, RunSQL
from django.db.models.signals import post_migrate, pre_migrate


def _migrations(app: AppConfig) -> Iterator[Migration]:
    try:
        package = import_module(f"{app.name}.migrations")
    except ModuleNotFoundError:
        return
    for name in sorted(module.name for module in iter_modules(package.__path__)):
        yield import_module(f"{package.__name__}.{name}").Migration


def _statements(*, is_before_tables: bool) -> Iterator[str]:
    """SQL that stands before the first table of its migration (types), or all other."""
    for app in apps.get_app_configs():
        for migration in _migrations(app):
            kinds = [type(each) for each in migration.operations]
            first = kinds.index(CreateModel) if CreateModel in kinds else 0
            for number, operation in enumerate(migration.operations):
                if isinstance(operation, RunSQL) and (number < first) is is_before_tables:
                    yield str(operation.sql)


class _Once:
    """Runs its statements at the first signal of a migration, whichever app it is of."""

    def __init__(self, *, is_before_tables: bool) -> None:
        self._is_before_tables = is_before_tables
        self._is_done = False

    def __call__(self, using: str, **_: object) -> None:
        if not self._is_done:
            self._is_done = True
            with connections[using].cursor() as cursor:
                for sql in _statements(is_before_tables=self._is_before_tables):
                    cursor.execute(sql)


BEFORE, AFTER = _Once(is_before_tables=True), _Once(is_before_tables=False)


def prepare() -> None:
    """Let the next creation of a test database be complete."""
    pre_migrate.connect(BEFORE)
    post_migrate.connect(AFTER)
