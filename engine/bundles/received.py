"""What an analyst hands in: a business as a zip, or single files that take the place of those of the same name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from engine.bundles.archive import read_archive
from engine.bundles.faults import FAULTS
from engine.feel.findings import Finding

Upload = tuple[str, bytes]
"""The name that the browser says, and the content."""
_FORM = ".form.json"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


class NotReceived(Exception):
    """The upload cannot be taken at all; `finding` says why and what to do."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.why.en)
        self.finding = finding


def received(uploads: Sequence[Upload], business: str, base: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of the business as they would be. A zip stands for all of them, single files for themselves.

    Raises NotReceived. What the files say is not looked at: that is the loader's part.
    """
    archives = [data for _, data in uploads if data.startswith(_ZIP)]
    if not uploads:
        raise NotReceived(FAULTS.found("upload.empty/none", ""))
    if archives and len(uploads) > 1:
        raise NotReceived(FAULTS.found("upload.mixed", uploads[0][0][:200]))
    return _unpacked(uploads[0][0], archives[0]) if archives else {**base, **_placed(uploads, business, base)}


def _unpacked(name: str, data: bytes) -> dict[str, bytes]:
    files, findings = read_archive(data)
    if findings:
        raise NotReceived(findings[0])
    if not files:
        raise NotReceived(FAULTS.found("upload.empty/zip", name[:200]))
    return files


def _placed(uploads: Sequence[Upload], business: str, base: Mapping[str, bytes]) -> dict[str, bytes]:
    placed: dict[str, bytes] = {}
    for name, data in uploads:
        path = _place(PurePosixPath(name.replace("\\", "/")).name, business, base)
        if path in placed:
            raise NotReceived(FAULTS.found("upload.twice", name[:200]))
        placed[path] = data
    return placed


def _place(name: str, business: str, base: Mapping[str, bytes]) -> str:
    """Where a file of this name lies: the business's own before the shared ones, else where its kind belongs."""
    there = [path for path in base if PurePosixPath(path).name == name]
    own = [path for path in there if PurePosixPath(path).parts[1] == business]
    if own or there:
        return (own or there)[0]
    if name.endswith(_FORM):
        return f"forms/{business}/{name}"
    folder = f"processes/{business}"
    return f"{folder}/agreements/{name}" if name.endswith(".md") else f"{folder}/{name}"
