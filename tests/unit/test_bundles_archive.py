"""A zip of a business: what people pack around it does no harm, and nothing is unpacked beyond the bounds."""

from __future__ import annotations

import io
import zipfile
from time import process_time

import pytest

from engine.bundles import businesses_in, read_archive
from engine.bundles.archive import MOST_BIG
from engine.bundles.manifest import pack
from engine.diagrams.xml import MAX_BYTES
from tests.unit.tea import rules, tea


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return buffer.getvalue()


def test_what_was_packed_comes_back() -> None:
    assert read_archive(pack(tea())) == read_archive(zipped(tea())) == (tea(), [])
    assert businesses_in(tea()) == ["tea"]


def test_a_folder_around_everything_and_what_systems_pack_beside_it_are_left_out() -> None:
    around = {f"tea v2/{path}": data for path, data in tea().items()}
    beside = {
        "tea v2/.DS_Store": b"x",
        "__MACOSX/tea v2/._x": b"x",
        "tea v2/processes/": b"",
        "tea v2/.git/config": b"x",
    }
    assert read_archive(zipped(around | beside)) == (tea(), [])


BOMB = zipped({"processes/tea/process.bpmn": b"a" * 500_000_000})
MANY = zipped({f"processes/tea/{number}.bpmn": b"" for number in range(501)})
ENCRYPTED = bytearray(zipped({"processes/tea/process.bpmn": b"a"}))
ENCRYPTED[ENCRYPTED.index(b"PK\x01\x02") + 8] |= 1
MILLION = zipped({})[:-22] + (b"PK\x01\x02" + bytes(42)) * 200_000 + zipped({})
TWICE = zipped({"processes/tea/a.bpmn": b"x", "processes/tea/b.bpmn": b"y"}).replace(b"a.bpmn", b"b.bpmn")
BIG = zipped({f"processes/tea/{number}.bpmn": bytes(2 * MAX_BYTES) for number in range(400)})
LINK = zipfile.ZipInfo("processes/tea/process.bpmn")
LINK.external_attr = 0o120777 << 16


def packed_otherwise(method: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("processes/tea/process.bpmn", b"a")
    return buffer.getvalue()


HOSTILE = [
    ("bundle.twice", TWICE),
    ("bundle.count", MILLION),
    ("bundle.archive", packed_otherwise(zipfile.ZIP_LZMA)),
    ("bundle.archive", b""),
    ("bundle.archive", b"PK\x03\x04" + b"x" * 1000),
    ("bundle.archive", zipped(tea())[:-40]),
    ("bundle.archive", zipped(tea()).replace(b"\x00\x08\x00", b"\x00\x63\x00")),
    ("bundle.archive", bytes(ENCRYPTED)),
    ("bundle.size", BOMB),
    ("bundle.size", b"PK" + b"a" * 30_000_000),
    ("bundle.count", MANY),
]


@pytest.mark.parametrize(("rule", "data"), HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_zip_is_a_finding_within_a_second(rule: str, data: bytes) -> None:
    start = process_time()
    files, findings = read_archive(data)
    assert process_time() - start < 1
    assert [finding.rule for finding in findings] == [rule]
    assert files == {}


def test_many_bombs_are_not_all_looked_at() -> None:
    start = process_time()
    _, findings = read_archive(BIG)
    assert process_time() - start < 1
    assert {finding.rule for finding in findings} == {"bundle.size"} and len(findings) <= MOST_BIG


def test_a_link_in_a_zip_is_its_text_and_leads_nowhere() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(LINK, "/etc/passwd")
    files, _ = read_archive(buffer.getvalue())
    assert files == {"processes/tea/process.bpmn": b"/etc/passwd"}
    assert "xml.syntax" in rules({**tea(), **files})


def test_a_path_that_leads_out_is_only_a_name() -> None:
    files, findings = read_archive(zipped({"../../etc/passwd": b"x", "processes/../../x.bpmn": b"y", **tea()}))
    assert findings == []
    assert rules(files) == {"bundle.file"}
