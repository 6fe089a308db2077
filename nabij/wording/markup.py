"""The small writing of public texts: paragraphs, lists and links; all else is shown as it was typed."""

import re

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\(((?:https?://|tel:|mailto:|/(?!/))[^\s()<>\"']{1,500})\)")
_ITEM = re.compile(r"[-*] +")


_NUMBER = re.compile(r"\+?\d(?:[\d .,:/-]*\d)?", re.ASCII)
RIGHT_TO_LEFT = frozenset({"ar"})


def to_html(body: str, language: str = "nl") -> SafeString:
    """The text as HTML: blank lines part paragraphs, `- ` begins an item, `[words](https://…)` is a link.

    In a language that is read from right to left, numbers stand apart, so that they stay in their order.
    """
    html = _html(body)
    if language in RIGHT_TO_LEFT:
        parts = re.split(r"(<[^>]*>|&[^;\s]+;)", html)
        apart = (part if number % 2 else _NUMBER.sub(_apart, part) for number, part in enumerate(parts))
        return mark_safe("".join(apart))  # noqa: S308  (digits of text that was escaped above)
    return html


def _apart(number: re.Match[str]) -> str:
    return f'<bdi dir="ltr">{number[0]}</bdi>'


def _html(body: str) -> SafeString:
    blocks = re.split(r"\n\s*\n", body.replace("\r\n", "\n").strip())
    return format_html_join(
        "\n", "{}", ((part,) for block in blocks if block for part in _block(block.split("\n")))
    )


def _block(lines: list[str]) -> list[SafeString]:
    """One block of lines: paragraphs and lists in the order in which they stand."""
    parts: list[SafeString] = []
    run: list[str] = []
    in_list = False
    for line in lines:
        is_item = _ITEM.match(line.strip()) is not None
        if run and is_item != in_list:
            parts.append(_run(run, in_list))
            run = []
        in_list = is_item
        run.append(line.strip())
    return [*parts, _run(run, in_list)] if run else parts


def _run(lines: list[str], is_list: bool) -> SafeString:
    if is_list:
        items = format_html_join(
            "", "<li>{}</li>", ((_links(_ITEM.sub("", line, count=1)),) for line in lines)
        )
        return format_html("<ul>{}</ul>", items)
    return format_html("<p>{}</p>", mark_safe("<br>".join(_links(line) for line in lines)))  # noqa: S308  (escaped)


def _links(line: str) -> SafeString:
    """The line with all characters escaped and links made; only web, phone and mail become links."""
    parts, end = [], 0
    for found in _LINK.finditer(line):
        parts += [escape(line[end : found.start()]), format_html('<a href="{}">{}</a>', found[2], found[1])]
        end = found.end()
    return mark_safe("".join([*parts, escape(line[end:])]))  # noqa: S308  (every part is escaped above)


def to_text(body: str, base_url: str) -> str:
    """The text for a mail or a paper without links: the address stands behind its words."""
    plain = _LINK.sub(lambda found: f"{found[1]} ({_whole(found[2], base_url)})", body)
    return plain.replace("\r\n", "\n").strip()


def _whole(target: str, base_url: str) -> str:
    return (
        f"{base_url}{target}"
        if target.startswith("/")
        else target.removeprefix("tel:").removeprefix("mailto:")
    )
