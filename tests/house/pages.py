"""Pages: templates link downward only and hold no code; addresses, and who may open them."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter
from django.urls.resolvers import RegexPattern

from tests.house.tree import HOUSE, app_of, apps, calls, house_files, may_know, show, syntax, templates, texts

LINK = re.compile(r"""{%-?\s*(?:include|extends|url)\s+["']([\w-]+)[:/]""")
INLINE = re.compile(
    r"<style\b|<script\b(?![^>]*\bsrc=)|\sstyle\s*=|\s(?<!data-)on[a-z]+\s*=\s*[\"']|javascript:|\bhx-on\b|\bhx-vars\b",
    re.IGNORECASE,
)
COMMENT = re.compile(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", re.DOTALL)
SAMPLES = {"UUIDConverter": "6f1f3c52-7a0e-4d1c-9d53-0d8f1b7f5a11", "IntConverter": 1}
LINKING = {
    "reverse",
    "reverse_lazy",
    "redirect",
    "render",
    "render_to_string",
    "render_public",
    "get_template",
}


def upward_links() -> list[str]:
    """Templates and views that include, extend, render or link to an app that does not lie below."""
    found = [
        f"{show(path)} → {target}"
        for path in templates()
        for target in LINK.findall(path.read_text(encoding="utf-8"))
        if target in apps() and not may_know(app_of(path), target)
    ]
    for path in house_files():
        for name, call in calls(path):
            for text in texts(call) if name in LINKING and app_of(path) else []:
                target = re.split("[:/]", text)[0]
                if target in apps() and target != text and not may_know(app_of(path), target):
                    found.append(f"{show(path)}:{call.lineno} → {text}")
    return found


def inline_code() -> list[str]:
    """Scripts, styles and event attributes inside templates, which the content policy would refuse."""
    return [
        f"{show(path)}: {hit.group().strip()}"
        for path in templates()
        if path.suffix == ".html"
        for hit in INLINE.finditer(COMMENT.sub("", path.read_text(encoding="utf-8")))
    ]


def views_marked_public() -> set[str]:
    """Every view of the house that is marked `login_not_required`, mounted or not."""
    found = set()
    for path in house_files():
        for node in ast.walk(syntax(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and any(
                "login_not_required" in ast.unparse(each) for each in node.decorator_list
            ):
                found.add(".".join([*path.relative_to(HOUSE).with_suffix("").parts, node.name]))
    return found


def undecorated_exemptions() -> list[str]:
    """Other ways to open a page to everybody, which the list would not see."""
    return [
        f"{show(path)}:{node.lineno}"
        for path in house_files()
        for node in ast.walk(syntax(path))
        if (
            isinstance(node, ast.Attribute)
            and node.attr == "login_required"
            and isinstance(node.ctx, ast.Store)
        )
        or (isinstance(node, ast.Call) and ast.unparse(node.func).endswith("login_not_required"))
    ]


@dataclass(frozen=True)
class Address:
    """One address of the doorbell board, filled in with samples."""

    name: str
    path: str
    view: str
    is_public: bool


def _walk(patterns: Any, spaces: tuple[str, ...], arguments: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for each in patterns:
        inner = dict(arguments)
        inner.update(
            {name: SAMPLES.get(type(kind).__name__, "x") for name, kind in each.pattern.converters.items()}
        )
        if isinstance(each.pattern, RegexPattern):
            inner.update(dict.fromkeys(each.pattern.regex.groupindex, "x"))
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, spaces + ((each.namespace,) if each.namespace else ()), inner)
        elif isinstance(each, URLPattern):
            yield each, spaces, inner


def unnamed_addresses() -> list[str]:
    """Addresses without a name: nothing could link to them or test them."""
    walked = _walk(get_resolver().url_patterns, (), {})
    return [str(pattern.pattern) for pattern, _, _ in walked if not pattern.name]


def counted_addresses() -> list[str]:
    """Addresses of the house with a counter in them, which tell how many there are."""
    return [
        str(pattern.pattern)
        for pattern, _, _ in _walk(get_resolver().url_patterns, (), {})
        if pattern.callback.__module__.startswith("nabij.")
        and any(isinstance(kind, IntConverter) for kind in pattern.pattern.converters.values())
    ]


def addresses() -> list[Address]:
    """Every named address with sample values, its view, and whether it opens without a login."""
    found = []
    for pattern, spaces, arguments in _walk(get_resolver().url_patterns, (), {}):
        if not pattern.name:
            continue
        name = ":".join([*spaces, pattern.name])
        view = pattern.callback
        kind = getattr(view, "view_class", view)
        found.append(
            Address(
                name,
                reverse(name, kwargs={**arguments}),
                f"{kind.__module__}.{kind.__qualname__}",
                not getattr(view, "login_required", True),
            )
        )
    return found
