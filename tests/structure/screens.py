"""What stands on the screens: the words that a guide may quote."""

from __future__ import annotations

import re
from functools import cache

from tests.house import ROOT

SCREENS = (
    "webapp/**/*.html", "webapp/**/*.py", "webapp/**/*.md", "forms/**/*.json", "forms/**/*.py", "processes/**/*.bpmn",
    "processes/**/*.json", "processes/**/*.md", "workers/photos/verdicts.py", "workers/services/*.py",
    "engine/company/default.json",
)  # fmt: skip
ANYTHING = "…"
"""In a quotation: what differs from case to case, such as a number."""


def quoted(text: str) -> set[str]:
    """What a guide sets in “ ”."""
    return set(re.findall(r"“([^”]+)”", text))


@cache
def lines() -> tuple[str, ...]:
    paths = (path for pattern in SCREENS for path in ROOT.glob(pattern))
    return tuple(line for path in paths for line in path.read_text("utf-8").splitlines())


@cache
def everything() -> str:
    return "\n".join(lines())


@cache
def is_on_a_screen(words: str) -> bool:
    """Verbatim; with `…`, its pieces one after the other in one line."""
    if ANYTHING not in words:
        return words in everything()
    pieces = re.compile(".*".join(re.escape(piece.strip()) for piece in words.split(ANYTHING)))
    return any(pieces.search(line) for line in lines())
