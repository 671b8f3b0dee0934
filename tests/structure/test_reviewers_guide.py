"""The reviewers' guide names only what stands on the screens: every quoted text is in a page, a form or a diagram."""

from __future__ import annotations

import re

import pytest

from engine.cases.keeping import PREFERRED, PREFERRED_IN_LINE
from engine.claims import LEASE
from engine.reassigning import KEPT
from tests.house import ROOT
from tests.structure.screens import is_on_a_screen, quoted
from webapp.desk.queue import SHOWN
from webapp.desk.reasons import LONGEST_REASON, SHORTEST_REASON

GUIDES = {name: ROOT / "docs/reviewers" / name for name in ("README.md", "README.zh.md")}


@pytest.mark.parametrize("name", GUIDES)
def test_what_is_quoted_is_on_a_screen(name: str) -> None:
    words = quoted(GUIDES[name].read_text("utf-8"))
    assert len(words) > 15
    assert {word for word in words if not is_on_a_screen(word)} == set()


def test_a_text_that_is_nowhere_would_be_found() -> None:
    assert not is_on_a_screen("没有这个按钮的名字")


@pytest.mark.parametrize("name", GUIDES)
def test_the_figures_are_those_of_the_code(name: str) -> None:
    text = GUIDES[name].read_text("utf-8")
    figures = (
        LEASE.seconds // 60, PREFERRED.seconds // 60, PREFERRED_IN_LINE.seconds // 60, KEPT.seconds // 3600,
        SHOWN, SHORTEST_REASON, LONGEST_REASON,
    )  # fmt: skip
    assert figures == (30, 30, 2, 4, 50, 2, 200)
    assert all(re.search(rf"\b{figure}\b", text) or f"{figure} " in text for figure in figures)


def test_both_languages_have_the_same_parts() -> None:
    parts = {name: re.findall(r"^#+", path.read_text("utf-8"), re.M) for name, path in GUIDES.items()}
    assert parts["README.md"] == parts["README.zh.md"]
