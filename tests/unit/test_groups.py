"""Tests of one group stay together on one worker."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.groups import ByFile, group_of

BROWSER = Path(__file__).parents[1] / "browser"


def test_every_browser_test_is_of_a_group() -> None:
    assert {group_of(file) for file in BROWSER.glob("test_*.py")} == {"browser", "clock", "pages", "video"}


def test_a_file_without_a_group_has_none(tmp_path: Path) -> None:
    (tmp_path / "test_free.py").write_text("def test_it(): pass\n")
    (tmp_path / "test_bound.py").write_text("pytestmark = pytest.mark.xdist_group('tied to it')\n")
    assert group_of(tmp_path / "test_free.py") == ""
    assert group_of(tmp_path / "test_bound.py") == "tied to it"
    assert group_of(tmp_path / "test_missing.py") == ""


def test_the_scheduler_takes_a_group_as_one_piece() -> None:
    scheduler = object.__new__(ByFile)
    scheduler.config = SimpleNamespace(rootpath=BROWSER.parents[1])
    pieces = {scheduler._split_scope(f"tests/browser/{name}.py::test_it") for name in ("test_desk", "test_language")}
    assert pieces == {"browser"}
    assert scheduler._split_scope("tests/unit/test_feel_values.py::test_it[1@2]").endswith("test_it[1@2]")


class Worker:
    """What the scheduler sends to one."""

    def __init__(self) -> None:
        self.sent: list[int] = []

    def send_runtest_some(self, places: list[int]) -> None:
        self.sent += places


@pytest.mark.parametrize(("video_is_over", "next_one"), [(False, "alone"), (True, "browser")])
def test_a_third_group_with_a_whole_product_begins_when_one_of_two_is_over(video_is_over: bool, next_one: str) -> None:
    scheduler, first, second, third = object.__new__(ByFile), Worker(), Worker(), Worker()
    scheduler.workqueue = OrderedDict(browser={"b": False}, alone={"a": False})
    scheduler.assigned_work = {first: {"video": {"v": video_is_over}}, second: {"up": {"u": False}}, third: {}}
    scheduler.registered_collections = {third: ["a", "b", "u", "v"]}
    scheduler._assign_work_unit(third)
    assert next_one in scheduler.assigned_work[third] and len(third.sent) == 1
