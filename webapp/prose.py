"""Plain texts with a little markdown, as pages: headings, lists, paragraphs, emphasis, links. Everything is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup, escape

HEADING = re.compile(r"(#{1,4}) +(.+)")
BULLET = re.compile(r"[-*] +(.+)")
NUMBERED = re.compile(r"\d+[.、] *(.+)")
STRONG = re.compile(r"\*\*(.+?)\*\*")
LINK = re.compile(r"\[([^\[\]]+)\]\(((?:/|https://)[^\s()\[\]]*)\)")


def prose(source: str, level: int = 1) -> Markup:
    """The text as HTML. `level` is what its first heading becomes, so that a page keeps one h1."""
    blocks = re.split(r"\n\s*\n", source.replace("\r\n", "\n").strip())
    return Markup("\n").join(part for block in blocks for part in _block(block.strip(), level))


def _block(block: str, level: int) -> Iterator[Markup]:
    for kind, lines in groupby(block.split("\n"), key=_kind):
        yield from _run(kind, [line.strip() for line in lines], level)


def _kind(line: str) -> str:
    line = line.strip()
    for kind, pattern in (("h", HEADING), ("ul", BULLET), ("ol", NUMBERED)):
        if pattern.fullmatch(line):
            return kind
    return "quote" if line.startswith(">") else "p"


def _run(kind: str, lines: list[str], level: int) -> Iterator[Markup]:
    if kind == "h":
        for line in lines:
            marks, text = HEADING.fullmatch(line).groups()  # type: ignore[union-attr]
            tag = f"h{min(6, len(marks) + level - 1)}"
            yield Markup("<{0}>{1}</{0}>").format(Markup(tag), inline(text))  # noqa: S704 - the tag is ours
    elif kind in ("ul", "ol"):
        pattern = BULLET if kind == "ul" else NUMBERED
        items = Markup("").join(Markup("<li>{}</li>").format(inline(pattern.fullmatch(line)[1])) for line in lines)  # type: ignore[index]
        yield Markup("<{0}>{1}</{0}>").format(Markup(kind), items)  # noqa: S704 - the tag is ours
    elif kind == "quote":
        yield Markup('<div class="banner"><p>{}</p></div>').format(
            inline(" ".join(line.lstrip("> ") for line in lines))
        )
    else:
        yield Markup("<p>{}</p>").format(Markup("<br>").join(inline(line) for line in lines))


def inline(text: str) -> Markup:
    """Escaped text with **strong** and [links](/to/pages of ours or https)."""
    safe = str(escape(text))
    safe = STRONG.sub(r"<strong>\1</strong>", safe)
    return Markup(LINK.sub(r'<a href="\2">\1</a>', safe))  # noqa: S704 - escaped above
