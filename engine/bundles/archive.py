"""A business as one zip, as an analyst downloads it and brings it back: opened closed, bounded in everything."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable

from engine.bundles.files import MAX_FILES, MAX_TOTAL, too_big, too_many, too_much
from engine.diagrams.xml import MAX_BYTES
from engine.feel.findings import Finding

ROOMS = ("processes/", "forms/")
_UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, ValueError, EOFError)


def read_archive(data: bytes) -> tuple[dict[str, bytes], list[Finding]]:
    """The files of a zip by their path, and what is against it; nothing is unpacked beyond the bounds of a bundle."""
    if len(data) > MAX_TOTAL:
        return {}, [too_much(len(data))]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except _UNREADABLE:
        why, mend = "this is no zip that can be read", "pack the folders processes and forms as a plain zip"
        return {}, [Finding("bundle.archive", "", None, None, why, mend)]


def businesses_in(files: Iterable[str]) -> list[str]:
    """The businesses whose records are among these files."""
    return sorted(
        parts[1] for parts in (path.split("/") for path in files) if parts[0::2] == ["processes", "business.json"]
    )


def _read(archive: zipfile.ZipFile) -> tuple[dict[str, bytes], list[Finding]]:
    entries = {entry.filename: entry for entry in archive.infolist() if not _is_beside(entry)}
    if len(entries) > MAX_FILES:
        return {}, [too_many(len(entries))]
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    top = _top(entries)
    for name, entry in entries.items():
        path = name.removeprefix(top)
        with archive.open(entry) as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            findings.append(too_big(path, max(entry.file_size, len(data))))
        else:
            files[path] = data
    return files, findings


def _is_beside(entry: zipfile.ZipInfo) -> bool:
    """Folders, and what systems pack beside the files: hidden ones, and those of a Mac."""
    parts = [part for part in entry.filename.split("/") if part != ".."]
    return (
        entry.is_dir() or any(part.startswith(".") or part == "__MACOSX" for part in parts[:-1]) or parts[-1][:1] == "."
    )


def _top(names: Iterable[str]) -> str:
    """The folder around everything, where somebody packed the folder instead of what is in it."""
    tops = {name.split("/", 1)[0] + "/" for name in names}
    return next(iter(tops)) if len(tops) == 1 and not tops & set(ROOMS) else ""
