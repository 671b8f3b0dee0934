"""The catalogue of the rules: both pages name every rule that lint knows and no other, each with its cure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.bundles.faults import FAULTS as BUNDLE
from engine.bundles.files import MAX_FILES, MAX_TOTAL
from engine.bundles.lint.faults import FAULTS as BUSINESS
from engine.decisions.faults import ASKING
from engine.decisions.faults import FAULTS as TABLE
from engine.diagrams.faults import FAULTS as DIAGRAM
from engine.diagrams.lint.faults import FAULTS as ROADS
from engine.diagrams.lint.structure import MAX_ELEMENTS
from engine.diagrams.xml import MAX_BYTES, MAX_DEPTH, MAX_NODES
from engine.scenarios.faults import FAULTS as PLAYED
from forms.faults import FAULTS as FORM
from tests.house import ROOT

PAGES = [ROOT / "docs/analysts/rules.md", ROOT / "docs/analysts/rules.zh.md"]
CHINESE = re.compile("[\u3400-\u9fff]")


def rules() -> set[str]:
    faults = {name for each in (DIAGRAM, ROADS, TABLE, BUNDLE, BUSINESS, FORM, PLAYED) for name in each.table} - set(
        ASKING
    )
    return {fault.partition("/")[0] for fault in faults}


def rows(page: int) -> list[tuple[str, str, str]]:
    return re.findall(r"^\| `([a-z_.]+)` \| (.+?) \| (.+?) \|$", PAGES[page].read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("page", [0, 1])
def test_the_page_names_every_rule_once_and_no_other(page: int) -> None:
    named = [rule for rule, _, _ in rows(page)]
    assert len(named) == len(set(named))
    assert set(named) == rules()


def test_both_pages_have_the_same_rules_in_the_same_order_each_in_its_language() -> None:
    assert [row[0] for row in rows(0)] == [row[0] for row in rows(1)]
    assert all(CHINESE.search(what + how) for _, what, how in rows(1))
    assert not any(CHINESE.search((what + how).replace("上一步", "")) for _, what, how in rows(0))


def test_the_bounds_on_the_pages_are_those_of_the_code() -> None:
    megabyte = 1024 * 1024
    told = {
        "bundle.count": MAX_FILES, "bundle.size": MAX_TOTAL // megabyte, "xml.size": MAX_BYTES // megabyte,
        "xml.depth": MAX_DEPTH, "xml.count": MAX_NODES, "bpmn.count": MAX_ELEMENTS,
    }  # fmt: skip
    for page in (0, 1):
        said = {rule: set(re.findall(r"\d+", what.replace(",", ""))) for rule, what, _ in rows(page)}
        assert [rule for rule, bound in told.items() if str(bound) not in said[rule]] == []


@pytest.mark.parametrize("page", sorted(PAGES[0].parent.glob("*.md")), ids=lambda page: page.name)
def test_the_places_that_a_page_leads_to_are_there(page: Path) -> None:
    for file, anchor in re.findall(r"\]\(([\w./-]+\.md)(?:#([^)]+))?\)", page.read_text("utf-8")):
        text = (page.parent / file).read_text("utf-8")
        heads = {
            re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in re.findall(r"^#+ (.+)$", text, re.M)
        }
        assert not anchor or anchor in heads
