"""docs/trace.md names every requirement, and nothing that is not there."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest
from lxml import etree

from tests.house import CHANGE, ROOT, drawn
from tests.structure.named_tests import exists
from tests.structure.sources import python, tree

TRACE = ROOT / "docs/trace.md"
ROWS = [f"S{number}" for number in range(1, 38)] + [f"G{number}" for number in range(1, 25)]
STATES = ("built", "partly: ")
WORDS = {
    "办理中", "待视频", "排队中", "已预约", "视频中", "视频未通过", "待安装证书", "待签署", "待复核", "复核中",
    "复核未通过", "办理成功", "办理失败", "已放弃", "已超时",
}  # fmt: skip


@cache
def table() -> dict[str, list[str]]:
    """The cells of each row, by its number."""
    lines = re.findall(r"^\| ([SG]\d+) \|(.*)\|$", TRACE.read_text("utf-8"), re.MULTILINE)
    assert len(lines) == len(dict(lines)), "a row stands twice"
    return {row: [cell.strip() for cell in re.split(r" \|", f" {cells}")] for row, cells in lines}


def quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def test_every_requirement_has_its_row_in_order() -> None:
    assert list(table()) == ROWS


@pytest.mark.parametrize("row", ROWS)
def test_a_row_has_a_state_and_a_test(row: str) -> None:
    _, page, drawn_as, test, state = table()[row][:5]
    assert state.startswith(STATES), state
    assert quoted(test)
    assert quoted(page) or not state.startswith("built") or quoted(drawn_as)


def test_every_test_that_is_named_is_there() -> None:
    named = {one for one in quoted(TRACE.read_text("utf-8")) if "::" in one}
    assert len(named) > 80
    assert sorted(one for one in named if not exists(one)) == []


def test_every_file_and_element_that_is_named_is_there() -> None:
    named = [one for cells in table().values() for one in quoted(cells[2])]
    assert len(named) > 50
    assert [one for one in named if not there(one)] == []


def there(place: str) -> bool:
    """`folder/file#id` below processes/, or a path of the house."""
    file, _, element = place.partition("#")
    path = next((one for one in (ROOT / "processes" / file, ROOT / file) if one.is_file()), None)
    if path is None or not element:
        return path is not None
    return any(node.get("id") == element for node in etree.parse(path).iter())


def test_every_page_that_is_named_has_a_route() -> None:
    named = [one for cells in table().values() for one in quoted(cells[1])]
    assert len(named) > 40
    assert [one for one in named if one not in routes()] == []


@cache
def routes() -> frozenset[str]:
    """The addresses of all views: the prefix of the room's blueprint and the rule of the view."""
    prefixes, rules = dict[str, str](), list[tuple[str, str]]()
    for path in python("webapp"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Blueprint":
                told = {word.arg: ast.literal_eval(word.value) for word in node.keywords}
                prefixes[str(path.parent)] = told.get("url_prefix", "")
            elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("blueprint.get", "blueprint.post"):
                rules.append((str(path.parent), ast.literal_eval(node.args[0])))
    return frozenset(prefixes.get(room, "") + rule for room, rule in rules)


def test_every_requirement_is_in_a_chapter_of_the_manual() -> None:
    """G11 is in all of them: one word for each thing."""
    said = re.findall(r"^\| \[.+\]\((manual/[\w.-]+\.md)\) \| ([SG\d, ]+) \|$", TRACE.read_text("utf-8"), re.MULTILINE)
    assert all((TRACE.parent / chapter).is_file() for chapter, _ in said)
    named = {row for _, rows in said for row in rows.split(", ")}
    assert named | {"G11"} == set(ROWS)


@pytest.mark.parametrize(
    ("place", "found"),
    [
        (f"{CHANGE}/handling.bpmn#basic_data", True),
        (f"{CHANGE}/handling.bpmn#basic_date", False),
        (f"{CHANGE}/handlin.bpmn#basic_data", False),
        ("forms/shared/upload_photos.form.json", True),
        ("forms/shared/upload_photo.form.json", False),
    ],
)
def test_a_place_that_is_not_there_would_be_found(place: str, found: bool) -> None:
    assert there(place) is found


def test_a_test_that_is_not_there_would_be_found() -> None:
    assert exists("tests/structure/test_trace.py::test_every_requirement_has_its_row_in_order")
    assert not exists("tests/structure/test_trace.py::test_nothing_of_the_sort")
    assert not exists("tests/structure/test_tracks.py::test_every_requirement_has_its_row_in_order")


def test_every_state_of_the_business_is_one_of_the_decided_words() -> None:
    """G20: each of them is used, and no other."""
    bundle = drawn(CHANGE)
    named = ("status", "statusClaimed", "statusRejected")
    steps = {step.properties[name] for step in bundle.drawing.steps for name in named if name in step.properties}
    root = bundle.drawing.scopes[bundle.business.process]
    ends = {one.name for one in root if one.kind == "endEvent"} - {"已提醒"}  # the end of a reminder beside the case
    assert steps | ends == WORDS


def test_the_sides_of_the_id_card_are_named_as_decided() -> None:
    """G12."""
    labels = {part["key"]: part["label"] for part in drawn(CHANGE).forms["shared/upload_photos"]["components"][1:]}
    assert "正面（人像面）" in labels["id_portrait"]
    assert "反面（国徽面）" in labels["id_emblem"]


def test_the_upload_page_says_first_how_to_photograph() -> None:
    """S17."""
    first = drawn(CHANGE).forms["shared/upload_photos"]["components"][0]
    assert first["type"] == "text"
    assert "温馨提示" in first["text"] and "近距离" in first["text"]
