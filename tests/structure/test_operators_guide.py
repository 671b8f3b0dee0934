"""The operators' guide names only what stands on the screens, and every result that may be given by hand."""

from __future__ import annotations

import re

import pytest

from tests.house import ROOT
from tests.structure.screens import is_on_a_screen, quoted
from webapp.operate.finding import FEWEST
from webapp.operate.listing import SHOWN
from webapp.operate.notes import LONGEST, SHORTEST
from workers.catalogue import SERVICES

GUIDES = {name: ROOT / "docs/operators" / name for name in ("README.md", "README.zh.md")}


@pytest.mark.parametrize("name", GUIDES)
def test_what_is_quoted_is_on_a_screen(name: str) -> None:
    words = quoted(GUIDES[name].read_text("utf-8"))
    assert len(words) > 25
    assert {word for word in words if not is_on_a_screen(word)} == set()


@pytest.mark.parametrize("name", GUIDES)
def test_every_result_that_may_be_given_by_hand_is_told(name: str) -> None:
    text = GUIDES[name].read_text("utf-8")
    offered = [each.says for spec in SERVICES.values() for each in spec.by_hand]
    assert len(offered) > 5
    assert [says for says in offered if f"“{says}”" not in text] == []


@pytest.mark.parametrize("name", GUIDES)
def test_the_figures_are_those_of_the_code(name: str) -> None:
    text = GUIDES[name].read_text("utf-8")
    assert (SHORTEST, LONGEST, SHOWN, FEWEST) == (2, 500, 100, 4)
    assert all(re.search(rf"\b{figure} ", text) for figure in (SHORTEST, LONGEST, SHOWN, FEWEST))


def test_both_languages_have_the_same_parts() -> None:
    parts = {name: re.findall(r"^#+", path.read_text("utf-8"), re.M) for name, path in GUIDES.items()}
    assert parts["README.md"] == parts["README.zh.md"]
