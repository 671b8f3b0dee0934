"""The page of BPMN elements, the list that the checks use, and the tests that show each element say the same."""

from __future__ import annotations

import re

import pytest

from engine.diagrams.allowed import _DEFINITIONS, _FRAME, _WHY, EVENTS, NODES
from tests.house import ROOT
from tests.structure.named_tests import exists
from tests.unit.elements.circuits import CIRCUITS
from tests.unit.elements.test_refused import KINDS, SCHEMA

PAGES = [ROOT / "docs/analysts/elements.md", ROOT / "docs/analysts/elements.zh.md"]
PLAIN = NODES - {"boundaryEvent", "intermediateCatchEvent"}
RUN = {(node, "") for node in PLAIN} | {(event, kind) for event in EVENTS for kind in _DEFINITIONS[event]}
GROUPS = ("flowElement", "rootElement", "eventDefinition", "loopCharacteristics", "artifact", "conversationNode")


def parts(page: int) -> list[str]:
    return re.split(r"^## ", PAGES[page].read_text("utf-8"), flags=re.MULTILINE)


def running(page: int) -> list[tuple[tuple[str, str], set[str]]]:
    """Element, definition and circuits of each row of what works."""
    rows = re.findall(r"^\| `(\w+)`(?: \S+ `(\w+)`)? \| .+? \| (\*.+\*) \|$", parts(page)[1], re.MULTILINE)
    return [((element, kind), set(re.findall(r"\*([^*]+)\*", shown))) for element, kind, shown in rows]


def refused(page: int) -> set[str]:
    first = re.findall(r"^\| (.+?) \|", parts(page)[2], re.MULTILINE)
    return {name for cell in first for name in re.findall(r"`(\w+)`", cell)}


@pytest.mark.parametrize("page", [0, 1])
def test_what_the_page_says_works_is_what_the_checks_let_through_each_with_its_circuit(page: int) -> None:
    rows = running(page)
    assert sorted(key for key, _ in rows) == sorted(RUN)
    assert set().union(*(shown for _, shown in rows)) == {circuit.name for circuit in CIRCUITS}


@pytest.mark.parametrize("page", [0, 1])
def test_a_circuit_holds_the_element_for_which_it_is_named(page: int) -> None:
    texts = {circuit.name: circuit.sheet.text for circuit in CIRCUITS}
    for (element, kind), shown in running(page):
        for name in shown:
            assert re.search(rf"<{element}\b(?:(?!</{element}>).)*?{f'<{kind}' if kind else ''}", texts[name]), name


@pytest.mark.parametrize("page", [0, 1])
def test_all_else_of_bpmn_is_on_the_page_as_refused(page: int) -> None:
    elements = SCHEMA.iterfind("{http://www.w3.org/2001/XMLSchema}element")
    named = {element.get("name", "") for element in elements if element.get("substitutionGroup") in GROUPS}
    assert named | set(KINDS) | (_WHY.keys() - {"script"}) - NODES - _FRAME <= refused(page) | NODES | _FRAME


@pytest.mark.parametrize("page", [0, 1])
def test_every_test_that_the_page_names_is_there(page: int) -> None:
    named = re.findall(r"`(tests/\S+?::\w+)`", PAGES[page].read_text("utf-8"))
    assert len(named) >= 4
    assert [one for one in named if not exists(one)] == []
    assert all((ROOT / file).exists() for file in re.findall(r"`(tests/[\w/]+\.py)`", PAGES[page].read_text("utf-8")))
