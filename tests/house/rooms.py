"""Rooms: what each file of an app may hold, beyond what the import contract can see."""

import ast

from tests.house.tree import (
    HOUSE,
    ROOMS,
    app_of,
    apps,
    calls,
    contracts,
    house_files,
    room,
    show,
    storeys,
    syntax,
    top_functions,
)  # fmt: skip

CLOCKS = {"now", "today", "utcnow", "now_without_fail", "localdate", "Now", "TransactionNow"}


def apps_without_contract() -> list[str]:
    """Apps with rooms that the contract "rooms" does not list, and apps that stand on no storey."""
    listed = set(contracts()["rooms"]["containers"])
    housed = {name for storey in storeys() for name in storey}
    with_rooms = [
        app
        for app in apps()
        if any((HOUSE / app / f"{name}.py").exists() or (HOUSE / app / name).is_dir() for name in ROOMS)
    ]
    return [
        *(
            f"nabij.{app}: not in the containers of `rooms`"
            for app in with_rooms
            if f"nabij.{app}" not in listed
        ),
        *(f"nabij.{app}: on no storey" for app in apps() if app not in housed),
    ]


def apps_without_sentence() -> list[str]:
    """Apps whose `__init__` does not say in one sentence what they are."""
    return [
        f"nabij/{app}"
        for app in apps()
        if not (sentence := ast.get_docstring(syntax(HOUSE / app / "__init__.py"))) or "\n" in sentence
    ]


def apps_without_tests() -> list[str]:
    """Apps that hold something and test nothing."""
    return [f"nabij/{app}" for app in apps() if not any((HOUSE / app).rglob("tests/test_*.py"))]


def views_with_objects() -> list[str]:
    """Views, APIs and tasks that ask the database past the queries."""
    return [
        f"{show(path)}:{node.lineno}"
        for name in ("views", "api", "tasks")
        for path in room(name)
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager", "_base_manager")
    ]


def _offered_actions() -> set[tuple[str, str]]:
    """App and name of what the actions room offers: functions that others import, or that write the trail."""
    inside, offered = set(room("actions")), set()
    for path in house_files():
        modules = {}
        for node in ast.walk(syntax(path)):
            if isinstance(node, ast.ImportFrom) and path not in inside:
                parts = (node.module or "").split(".")
                for name in node.names:
                    if parts[:1] == ["nabij"] and parts[2:3] == ["actions"]:
                        offered.add((parts[1], name.name))
                        modules[name.asname or name.name] = parts[1]
                    elif parts[:1] == ["nabij"] and name.name == "actions":
                        modules[name.asname or name.name] = parts[1]
        for node in ast.walk(syntax(path)):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id in modules
            ):
                offered.add((modules[node.value.id], node.attr))
    for path in inside:
        for function in top_functions(path):
            if any(
                isinstance(node, ast.Call) and ast.unparse(node.func) == "trail.record"
                for node in ast.walk(function)
            ):
                offered.add((app_of(path), function.name))
    return offered


def actions_without_who_and_when() -> list[str]:
    """Actions without the keywords `by=` and `at=`, or with a default; what stays inside the room is free."""
    offered, found = _offered_actions(), []
    for path in room("actions"):
        for function in top_functions(path):
            keywords = zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
            asked = {argument.arg for argument, default in keywords if default is None}
            is_action = (app_of(path), function.name) in offered and not function.name.startswith("_")
            if is_action and not {"by", "at"} <= asked:
                found.append(f"{show(path)}: {function.name}")
    return found


def clock_readings() -> list[str]:
    """Actions, queries, policies and models that look at a clock; the moment is handed to them."""
    return [
        f"{show(path)}:{call.lineno}: {name}()"
        for wanted in ("actions", "queries", "policies", "models")
        for path in room(wanted)
        for name, call in calls(path)
        if name in CLOCKS
    ]


def saving_forms() -> list[str]:
    """Forms that write: a form only turns input into clean values."""
    return [
        f"{show(path)}:{call.lineno}: {name}()"
        for path in room("forms")
        for name, call in calls(path)
        if name in ("save", "create", "bulk_create", "delete")
    ]


def hidden_models() -> list[str]:
    """Code that reaches a model by its name, past the import contracts."""
    return [
        f"{show(path)}:{call.lineno}"
        for path in house_files()
        for name, call in calls(path)
        if name == "get_model"
    ]
