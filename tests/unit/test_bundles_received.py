"""What an analyst hands in becomes the files of a business, or is refused with what to do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

import pytest

from engine.bundles.archive import businesses_in, write_archive
from engine.bundles.files import MAX_FILES
from engine.bundles.manifest import bundle_hash
from engine.bundles.received import NotReceived, received
from engine.diagrams.xml import MAX_BYTES
from tests.house import CHANGE, drawn

BASE = dict(drawn(CHANGE).files)
HANDLING, REASONS = f"processes/{CHANGE}/handling.bpmn", f"processes/{CHANGE}/reasons.json"


def zipped(entries: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as opened:
        for name, data in entries:
            opened.writestr(name, data)
    return buffer.getvalue()


def taken(*uploads: tuple[str, bytes]) -> dict[str, bytes]:
    return received(uploads, CHANGE, BASE)


def test_what_was_downloaded_and_handed_in_again_is_the_same_version() -> None:
    files = taken(("business.zip", write_archive(BASE)))
    assert bundle_hash(files) == drawn(CHANGE).hash and businesses_in(files) == [CHANGE]


def test_a_zip_stands_for_all_files_and_single_ones_for_themselves() -> None:
    assert taken(("b.zip", zipped([(REASONS, b"[]")]))) == {REASONS: b"[]"}
    assert taken(("reasons.json", b"[]")) == {**BASE, REASONS: b"[]"}


@pytest.mark.parametrize(
    ("name", "path"),
    [
        pytest.param("handling.bpmn", HANDLING, id="the business's own before another's"),
        pytest.param("photos.bpmn", "processes/shared/photos.bpmn", id="a shared one"),
        pytest.param("review.form.json", f"forms/{CHANGE}/review.form.json", id="a form"),
        pytest.param("tax.form.json", f"forms/{CHANGE}/tax.form.json", id="a new form"),
        pytest.param("tax.bpmn", f"processes/{CHANGE}/tax.bpmn", id="a new diagram"),
        pytest.param("tax.md", f"processes/{CHANGE}/agreements/tax.md", id="a new agreement"),
        pytest.param("C:\\Users\\li\\reasons.json", REASONS, id="with the folders of a Windows browser"),
        pytest.param("../../reasons.json", REASONS, id="with a way out"),
    ],
)
def test_a_single_file_goes_where_its_name_belongs(name: str, path: str) -> None:
    files = taken((name, b"{}"))
    assert files[path] == b"{}" and set(files) <= {*BASE, path}


def test_many_files_that_are_each_small_enough_are_too_much_together() -> None:
    many = zipped([(f"processes/tea/{n}.md", bytes(MAX_BYTES)) for n in range(25)])
    with pytest.raises(NotReceived, match="bytes in all"):
        taken(("b.zip", many))


@pytest.mark.parametrize(
    "named",
    [f"folder/{REASONS}", f"a/b/{REASONS}", REASONS.replace("/", "\\"), f"kaihu-业务/{REASONS}"],
)
def test_folders_around_the_rooms_do_not_matter(named: str) -> None:
    assert taken(("b.zip", zipped([(named, b"[]")]))) == {REASONS: b"[]"}


def test_what_file_managers_add_is_left_out() -> None:
    noise = [("__MACOSX/._reasons.json", b"x"), ("processes/.DS_Store", b"x"), ("Thumbs.db", b"x")]
    assert taken(("b.zip", zipped([(REASONS, b"[]"), *noise]))) == {REASONS: b"[]"}


def test_names_that_windows_wrote_in_gbk_are_read() -> None:
    name = f"processes/{CHANGE}/agreements/书.md"
    data = zipped([(name.replace("书", "??"), b"x")])
    assert taken(("b.zip", data.replace(b"??", "书".encode("gbk")))) == {name: b"x"}


def test_a_path_that_leads_out_stays_what_it_is_and_the_loader_refuses_it() -> None:
    assert taken(("b.zip", zipped([(f"../../{REASONS}", b"[]")]))) == {f"../../{REASONS}": b"[]"}


def encrypted() -> bytes:
    data = bytearray(zipped([(REASONS, b"[]")]))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def lying() -> bytes:
    """An entry that says it is small, and is not."""
    data = zipped([(REASONS, b"0" * (MAX_BYTES * 3))])
    return data.replace((MAX_BYTES * 3).to_bytes(4, "little"), (100).to_bytes(4, "little"))


REFUSED = [
    pytest.param((), "upload.empty", id="nothing was chosen"),
    pytest.param((("b.zip", zipped([])),), "upload.empty", id="an empty zip"),
    pytest.param((("b.zip", zipped([("__MACOSX/x", b"")])),), "upload.empty", id="nothing but noise"),
    pytest.param((("b.zip", b"PK\x03\x04 and so on"),), "bundle.archive", id="a broken zip"),
    pytest.param((("b.zip", write_archive(BASE)[:-400]),), "bundle.archive", id="a zip that was cut off"),
    pytest.param((("b.zip", encrypted()),), "bundle.archive", id="a zip with a password"),
    pytest.param((("b.zip", write_archive(BASE)), ("a.bpmn", b"x")), "upload.mixed", id="a zip and a file"),
    pytest.param((("a.bpmn", b"x"), ("A/a.bpmn", b"y")), "upload.twice", id="two files of one name"),
    pytest.param((("b.zip", zipped([(f"{n}.md", b"") for n in range(MAX_FILES + 1)])),), "bundle.count", id="too many"),
    pytest.param((("b.zip", zipped([(REASONS, bytes(MAX_BYTES * 30))])),), "bundle.size", id="a bomb"),
    pytest.param((("b.zip", zipped([(REASONS, bytes(MAX_BYTES + 1))])),), "bundle.size", id="a file that is too big"),
]


@pytest.mark.parametrize(("uploads", "rule"), REFUSED)
def test_what_cannot_be_taken_is_refused_with_what_to_do(uploads: tuple[tuple[str, bytes], ...], rule: str) -> None:
    with pytest.raises(NotReceived) as refused:
        taken(*uploads)
    assert refused.value.finding.rule == rule and refused.value.finding.why.zh and refused.value.finding.mend.en


def test_an_archive_that_lies_about_its_size_is_not_unpacked_beyond_the_limit() -> None:
    with pytest.raises(NotReceived):
        taken(("b.zip", lying()))
