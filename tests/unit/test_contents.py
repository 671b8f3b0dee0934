"""The files of a business go by names that people know, and say what was changed."""

from __future__ import annotations

import pytest

from engine.bundles.contents import CHANGED, KINDS, NEW, Content, contents
from engine.feel.said import Said
from tests.web.conftest import MAIN, bundle

FILES = dict(bundle(MAIN).files)
OWN = f"processes/{MAIN}"


def listed(files: dict[str, bytes] = FILES) -> dict[str, Content]:
    return {one.file: one for one in contents(files, MAIN, FILES)}


CALLED = {
    f"{OWN}/handling.bpmn": ("diagram", Said("修改结算账户：办理", "Change of settlement account: handling")),
    f"forms/{MAIN}/basic_data.form.json": ("form", Said("个人基本资料", "Basic data")),
    f"{OWN}/eligibility.dmn": ("rule", Said("能否办理修改结算账户", "能否办理修改结算账户")),
    f"{OWN}/reasons.json": ("rule", Said("驳回原因", "Reject reasons")),
    f"{OWN}/agreements/terms.md": ("text", Said("银期转账服务协议", "Bank-futures transfer service agreement")),
    f"{OWN}/agreements/terms.en.md": (
        "text",
        Said("银期转账服务协议（英文）", "Bank-futures transfer service agreement (English)"),
    ),
    f"{OWN}/scenarios/abandoned.yaml": ("scenario", Said("待复核时放弃", "待复核时放弃")),
}


@pytest.mark.parametrize("file", CALLED)
def test_a_file_goes_by_what_people_see_of_it(file: str) -> None:
    kind, name = CALLED[file]
    one = listed()[file]
    assert (one.kind, one.name) == (kind, name)


def test_every_file_that_comes_along_has_a_name_and_a_kind() -> None:
    assert [one.file for one in contents(FILES, MAIN, FILES) if one.name is None or one.kind == KINDS[-1]] == []


def test_what_was_changed_and_what_is_new_is_told_from_what_is_as_it_was() -> None:
    file, new = f"forms/{MAIN}/basic_data.form.json", f"forms/{MAIN}/risk.form.json"
    now = listed({**FILES, file: FILES[file] + b"\n", new: FILES[file]})
    assert (now[file].state, now[new].state, now[f"{OWN}/handling.bpmn"].state) == (CHANGED, NEW, None)
    assert now[new].name is None, "no step shows it"


BROKEN = {
    "a diagram": f"{OWN}/handling.bpmn",
    "a table": f"{OWN}/eligibility.dmn",
    "a form": f"forms/{MAIN}/basic_data.form.json",
    "an agreement": f"{OWN}/agreements/terms.md",
    "a scenario": f"{OWN}/scenarios/abandoned.yaml",
    "a record": f"{OWN}/business.json",
}


@pytest.mark.parametrize("what", BROKEN)
@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"<<<<", b"{" * 5000, b"- - -\n&a"])
def test_a_broken_file_is_listed_all_the_same(what: str, data: bytes) -> None:
    assert len(contents({**FILES, BROKEN[what]: data}, MAIN, FILES)) == len(FILES)
