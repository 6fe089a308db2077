"""Words: names that say what a thing is, and a tree that names no machine."""

import ast
import re

from tests.house.tree import functions, own_files, python_files, show, top_functions

VAGUE_FILES = re.compile(r"(utils?|helpers?|misc|common|stuff|services\d*|handlers?|managers?)\.py")
VAGUE_VERBS = re.compile(r"_?(handle|process|do|manage)_")
# Written with brackets, so that this file does not find itself.
MACHINES = re.compile(
    r"[/]wor[k]/|[/]tm[p]/(?:brie[f]|bash_job[s])|[/]hom[e]/\w|[/]User[s]/\w|"
    r"py[p]i\.org|pythonhoste[d]\.org|npmj[s]\.|registry\.npm|--(?:extra-)?index-ur[l]|jsdeliv[r]|unpk[g]\.com|"
    r"crates\.i[o]|proxy\.golan[g]"
)
AMERICAN = re.compile(
    r"\b(?:organiz|recogniz|authoriz|behavior|cancel(?=ed|ing)|favorite|neighbor|honor(?!ar))\w*",
    re.IGNORECASE,
)


def vague_files() -> list[str]:
    """Files named after nothing: divide by subject."""
    return [show(path) for path in python_files() if VAGUE_FILES.fullmatch(path.name)]


def vague_functions() -> list[str]:
    """Functions whose verb says nothing; methods are left out, because frameworks name those."""
    return [
        f"{show(path)}: {function.name}"
        for path in python_files()
        for function in top_functions(path)
        if VAGUE_VERBS.match(function.name)
    ]


def machine_names() -> list[str]:
    """Lines that name a package registry, a content network or a path of somebody's machine."""
    found = []
    for path in own_files():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [
            f"{show(path)}:{number}: {hit.group()}"
            for number, line in enumerate(lines, start=1)
            if (hit := MACHINES.search(line))
        ]
    return found


def american_docstrings() -> list[str]:
    """Docstrings with American spelling; names that a library chose are no docstrings."""
    return [
        f"{show(path)}: {hit.group()} in {node.name}"
        for path in python_files()
        for node in functions(path)
        if (hit := AMERICAN.search(ast.get_docstring(node) or ""))
    ]


def swallowed_errors() -> list[str]:
    """Places where any error at all disappears without a word."""
    found = []
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_wide = isinstance(node, ast.ExceptHandler) and (
                node.type is None
                or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException"))
            )
            if is_wide and all(isinstance(each, ast.Pass | ast.Continue) for each in node.body):
                found.append(f"{show(path)}:{node.lineno}")
    return found
