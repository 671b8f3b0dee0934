"""Loading: which files belong, what names them, and that nothing hostile ends in another exception."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from engine.bundles import BadBundle, load_files, load_folder
from engine.bundles.loading import assemble
from engine.bundles.manifest import bundle_hash, manifest, pack, process_hash, unpack
from tests.unit.tea import (
    AGREEMENT,
    BUSINESS,
    HANDLING,
    KNOWN,
    NOTICES,
    ORDER_FORM,
    REASONS,
    changed,
    findings,
    load,
    rules,
    tea,
)


def test_a_bundle_holds_what_its_files_say() -> None:
    bundle = load(tea())
    assert (bundle.business.name, bundle.business.exclusive, bundle.business.milestones[0].steps) == (
        "喝茶", True, ("order", "sign"),
    )  # fmt: skip
    assert [step.id for step in bundle.steps] == ["order", "sign", "taste"]
    sign = bundle.step("sign")
    assert (sign.role, sign.form, sign.status, sign.back, sign.back_when) == (
        "investor", "tea/sign", "待签字", "order", "not(again.sign)",
    )  # fmt: skip
    assert (bundle.step("taste").due, bundle.step("taste").not_same_as) == ("P1D", "order")
    assert bundle.reason("cold").desks == ("taste",)
    assert bundle.document("agreements/order.md") == bundle.document(AGREEMENT) == "# 订茶协议\n".encode()
    assert (bundle.say("订茶", "en"), bundle.say("订茶", "zh"), bundle.say("?", "en")) == (
        "English of 订茶",
        "订茶",
        "?",
    )
    assert bundle.notices["idle_warning"]["title"] == "快到期了"


def test_a_bundle_declares_the_facts_of_its_parts_and_no_others() -> None:
    assert load(tea()).declared == {
        "todo.order", "todo.sign", "todo.taste", "again.order", "again.sign", "again.taste", "back", "rejection.final",
        "settings.idle_limit", "settings.idle_warning", "taste.decision", "leaf.verdict", "notice.sent",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["step", "reason", "document"])
def test_an_unknown_name_is_a_key_error(name: str) -> None:
    with pytest.raises(KeyError):
        getattr(load(tea()), name)("nothing")


def test_the_folder_of_a_checkout_gives_the_same_bundle(tmp_path: Path) -> None:
    _write(tmp_path)
    (tmp_path / "processes/tea/.hidden").write_text("x")
    (tmp_path / "processes/coffee").mkdir()
    (tmp_path / "processes/coffee/business.json").write_text("{}")
    assert load_folder(tmp_path, "tea", KNOWN).hash == load(tea()).hash


def test_a_folder_with_a_link_or_a_huge_file_is_refused(tmp_path: Path) -> None:
    _write(tmp_path)
    (tmp_path / "processes/tea/link.bpmn").symlink_to("/etc/passwd")
    with (tmp_path / "processes/tea/huge.bpmn").open("wb") as huge:
        huge.truncate(20_000_000)
    with pytest.raises(BadBundle) as refused:
        load_folder(tmp_path, "tea", KNOWN)
    assert {finding.rule for finding in refused.value.findings} == {"bundle.link", "bundle.size"}


@pytest.mark.parametrize("business", ["", "../tea", "Tea", "shared", "t" * 64, "茶", "nowhere"])
def test_a_business_that_is_none_is_refused(tmp_path: Path, business: str) -> None:
    with pytest.raises(BadBundle):
        load_folder(tmp_path, business, KNOWN)
    with pytest.raises(BadBundle):
        load_files(tea(), business, KNOWN)


@pytest.mark.parametrize(
    "path",
    [
        "processes/tea/notes.txt",
        "processes/tea/../tea/process2.bpmn",
        "/etc/passwd",
        "processes/coffee/process.bpmn",
        "processes/shared/business.json",
        "processes/tea/deep/er/process.bpmn",
        "processes/tea/.hidden.bpmn",
        "forms/tea/order.json",
        "forms/tea/x.py",
        "x" * 5000,
    ],
)
def test_a_file_that_belongs_nowhere_is_refused(path: str) -> None:
    assert rules({**tea(), path: b"x"}) == {"bundle.file"}


OTHER_SHAPES = [
    b"null",
    b"[]",
    b"{}",
    b'"text"',
    b"1",
    b'{"x": 1}',
    b"[1, null]",
    b'[{"code": {}}]',
    b'{"components": 1}',
]


@pytest.mark.parametrize("path", [BUSINESS, REASONS, NOTICES, ORDER_FORM, "processes/tea/texts.en.json"])
@pytest.mark.parametrize("data", OTHER_SHAPES, ids=range(len(OTHER_SHAPES)))
def test_json_of_another_shape_is_refused_or_loads(path: str, data: bytes) -> None:
    findings({**tea(), path: data})


def test_the_hash_is_over_the_hashes_of_all_files() -> None:
    files = {"b": b"2", "a": b"1"}
    lines = f"{sha256(b'1').hexdigest()}  a\n{sha256(b'2').hexdigest()}  b\n"
    assert manifest(files) == lines
    assert bundle_hash(files) == sha256(lines.encode()).hexdigest()


def test_texts_move_the_bundle_but_not_what_the_engine_runs() -> None:
    files = tea()
    text, drawing = changed(NOTICES, "茶快凉了", "茶", files), changed(HANDLING, "品茶中", "待品茶", files)
    assert bundle_hash(text) != bundle_hash(files)
    assert process_hash(text, "tea") == process_hash(files, "tea")
    assert process_hash(drawing, "tea") != process_hash(files, "tea")
    assert process_hash(files, "tea_handling") != process_hash(files, "tea")


def test_a_packed_bundle_is_the_same_bytes_and_gives_its_files_back() -> None:
    files = tea()
    archive = pack(files)
    assert archive == pack(dict(reversed(files.items())))
    assert sha256(archive).hexdigest() == sha256(pack(files)).hexdigest()
    assert unpack(archive, bundle_hash(files)) == files


def test_a_changed_archive_is_noticed() -> None:
    files = tea()
    for archive in (
        pack(changed(NOTICES, "茶快凉了", "茶")),
        pack(files)[:-30],
        b"",
        pack(files).replace(b"tea", b"tee"),
    ):
        with pytest.raises(ValueError, match="stored bundle"):
            unpack(archive, bundle_hash(files))


def test_rules_that_grew_stricter_do_not_stop_a_version_that_was_published() -> None:
    files = changed(HANDLING, 'name="statusClaimed"', 'name="statusClaimd"')
    assert rules(files) == {"step.property"}
    assert assemble(files, "tea", KNOWN).step("taste").id == "taste"


def _write(root: Path) -> None:
    for path, data in tea().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
