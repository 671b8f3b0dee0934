"""Ids against the version before: what one means, and that a step which stays keeps its own."""

from __future__ import annotations

import re

import pytest

from engine.bundles.lint.ids import check_ids
from tests.unit.tea import HANDLING, NOTICES, changed, load, tea


def told(after: dict[str, bytes]) -> list[tuple[str, str | None]]:
    found = check_ids(load(tea()), load(after))
    assert all(one.why.zh and one.mend.en and one.line for one in found)
    return [(f"{one.rule}/{one.variant}".rstrip("/"), one.element) for one in found]


def renamed(old: str, new: str) -> dict[str, bytes]:
    """The sound business with another id in place of this one, wherever it stands by itself."""
    alone = re.compile(rf"(?<![\w/.]){old}(?![\w/.])".encode())
    return {path: alone.sub(new.encode(), data) for path, data in tea().items()}


def test_a_step_that_only_got_another_id_is_told_with_the_one_that_it_had() -> None:
    assert told(renamed("taste", "tasting")) == [("id.vanished", "tasting")]


def test_an_id_of_a_step_that_is_now_another_step_is_told() -> None:
    files = changed(HANDLING, 'name="品茶"', 'name="闻茶"')
    files = changed(HANDLING, 'value="tea/taste"', 'value="tea/smell"', files)
    files["forms/tea/smell.form.json"] = files.pop("forms/tea/taste.form.json")
    files = {path: data.replace("品茶".encode(), "闻茶".encode()) for path, data in files.items()}
    assert told(files) == [("id.meaning/step", "taste")]


@pytest.mark.parametrize(
    "files",
    [
        tea(),
        changed(NOTICES, "茶快凉了", "茶"),
        renamed("check_leaf", "look_at_leaf"),
    ],
    ids=["nothing", "a text", "the id of a service task"],
)
def test_what_no_running_case_depends_on_may_change(files: dict[str, bytes]) -> None:
    assert told(files) == []
