"""Lengths: what no longer fits on a few screens is divided by subject."""

from tests.house.tree import app_of, apps, functions, house_files, python_files, show, templates

MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 60
MOST_LINES_OF_A_TEMPLATE = 150
MOST_LINES_OF_AN_APP = 3000


def _lines(path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def long_files() -> list[str]:
    """Python files above the limit; migrations are exempt."""
    return [f"{show(path)}: {_lines(path)} lines" for path in python_files() if _lines(path) > MOST_LINES]


def long_functions() -> list[str]:
    """Functions above the limit, counted from `def` to the last line."""
    return [
        f"{show(path)}: {function.name} has {length} lines"
        for path in python_files()
        for function in functions(path)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    ]


def long_templates() -> list[str]:
    """Templates above the limit."""
    return [
        f"{show(path)}: {_lines(path)} lines"
        for path in templates()
        if _lines(path) > MOST_LINES_OF_A_TEMPLATE
    ]


def large_apps() -> list[str]:
    """Apps with more Python than one person keeps in mind, tests, factories and migrations aside."""
    sizes = {app: sum(_lines(path) for path in house_files() if app_of(path) == app) for app in apps()}
    return [f"nabij/{app}: {size} lines" for app, size in sizes.items() if size > MOST_LINES_OF_AN_APP]
