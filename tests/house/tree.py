"""The source tree as the rules see it: files, their syntax trees, and the storeys of pyproject.toml."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HOUSE = ROOT / "nabij"
SOURCES = ("nabij", "launch", "tests", "bench")
ROOMS = ("hooks", "urls", "views", "api", "tasks", "forms", "actions", "queries", "policies", "models")
MADE_HERE = {"__pycache__", "node_modules", "htmlcov"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def show(path: Path) -> str:
    """The path as a message names it."""
    return path.relative_to(ROOT).as_posix()


def own_files() -> Iterator[Path]:
    """Every file of the project; not what machines made beside it (hidden folders and caches)."""
    for entry in sorted(ROOT.iterdir()):
        if entry.is_file():
            if entry.name != ".git":  # a file in a second working tree
                yield entry
        elif entry.name == ".ci" or not (entry.name.startswith(".") or entry.name in MADE_HERE):
            yield from (
                path
                for path in sorted(entry.rglob("*"))
                if path.is_file() and not MADE_HERE & set(path.parts)
            )


@cache
def python_files() -> tuple[Path, ...]:
    """Every Python file that somebody wrote; migrations are made by Django."""
    return tuple(
        path
        for folder in SOURCES
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    )


@cache
def house_files() -> tuple[Path, ...]:
    """The Python files of the apps, their tests and factories left out."""
    return tuple(
        path
        for path in python_files()
        if path.is_relative_to(HOUSE) and "tests" not in path.parts and path.name != "factories.py"
    )


@cache
def syntax(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> Iterator[Function]:
    """Every function of the file, nested ones and methods included."""
    for node in ast.walk(syntax(path)):
        if isinstance(node, Function):
            yield node


def top_functions(path: Path) -> Iterator[Function]:
    """The functions that stand at the left margin."""
    for node in syntax(path).body:
        if isinstance(node, Function):
            yield node


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call in the file, with the last part of the name that is called."""
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr, node
            elif isinstance(node.func, ast.Name):
                yield node.func.id, node


def texts(call: ast.Call) -> list[str]:
    """The literal strings among the positional arguments of a call."""
    return [
        each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]


@cache
def apps() -> tuple[str, ...]:
    """The names of the apps that hold something."""
    return tuple(sorted(path.parent.name for path in HOUSE.glob("*/__init__.py")))


def app_of(path: Path) -> str:
    """The app that a file of the house belongs to; "" for the doorbell board and the settings."""
    parts = path.relative_to(HOUSE).parts
    return parts[0] if len(parts) > 1 else ""


def room(name: str) -> list[Path]:
    """All files of one room: `views.py` of every app, and what stands in `views/` where it is a package."""
    return [
        path for path in house_files() if path.relative_to(HOUSE).parts[1:2] in ((f"{name}.py",), (name,))
    ]


@cache
def contracts() -> dict[str, dict[str, list[str]]]:
    """The import contracts of pyproject.toml, by the first word of their name."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return {each["name"].split(":")[0]: each for each in listed}


@cache
def storeys() -> tuple[tuple[str, ...], ...]:
    """The storeys from the ground up, each with the apps that live there."""
    layers = contracts()["storeys"]["layers"]
    return tuple(
        tuple(name.strip(" ()") for name in layer.replace(":", "|").split("|")) for layer in reversed(layers)
    )


def may_know(upper: str, lower: str) -> bool:
    """Whether an app may know another: itself, and all that lies below it, but no neighbour."""
    level = {name: number for number, storey in enumerate(storeys()) for name in storey}
    return upper == lower or level[upper] > level[lower]


@cache
def templates() -> tuple[Path, ...]:
    """Every template of the house."""
    return tuple(
        path
        for path in sorted(HOUSE.glob("*/templates/**/*"))
        if path.is_file() and "tests" not in path.parts
    )
