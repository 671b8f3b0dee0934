"""A business as one zip, as an analyst downloads it and brings it back: opened closed, bounded in everything."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping

from engine.bundles.faults import FAULTS
from engine.bundles.files import MAX_FILES, MAX_TOTAL, too_big, too_many, too_much
from engine.diagrams.xml import MAX_BYTES
from engine.feel.findings import Finding

_ROOM = re.compile(r"(?<![^/])(?:processes|forms)/")
MOST_BIG = 20
_BESIDE = ("Thumbs.db", "desktop.ini")
_UTF8_NAME = 0x800
_ENTRY = b"PK\x01\x02"
MOST_ENTRIES = 10_000
"""With what systems pack beside the files; a zip of more is not even opened."""
_UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, ValueError, EOFError)


def read_archive(data: bytes) -> tuple[dict[str, bytes], list[Finding]]:
    """The files of a zip by their path, and what is against it; nothing is unpacked beyond the bounds of a bundle."""
    if len(data) > MAX_TOTAL:
        return {}, [too_much(len(data))]
    if (entries := data.count(_ENTRY)) > MOST_ENTRIES:
        return {}, [too_many(entries)]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except _UNREADABLE:
        return {}, [FAULTS.found("bundle.archive", "")]


def businesses_in(files: Iterable[str]) -> list[str]:
    """The businesses whose records are among these files."""
    return sorted(
        parts[1] for parts in (path.split("/") for path in files) if parts[0::2] == ["processes", "business.json"]
    )


def write_archive(files: Mapping[str, bytes]) -> bytes:
    """The files as a compressed zip, in the order of their paths."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            archive.writestr(zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0)), files[path], zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _read(archive: zipfile.ZipFile) -> tuple[dict[str, bytes], list[Finding]]:
    listed = [entry for entry in archive.infolist() if not entry.is_dir()]
    named = {_name(entry): entry for entry in listed}
    if len(named) < len(listed):
        return {}, [FAULTS.found("bundle.twice", _double(listed))]
    entries = {name: entry for name, entry in named.items() if not _is_beside(name)}
    if len(entries) > MAX_FILES:
        return {}, [too_many(len(entries))]
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    top = _top(entries)
    for name, entry in entries.items():
        path = name.removeprefix(top)
        data = _bounded(archive, entry)
        if len(findings) >= MOST_BIG:
            break
        if len(data) > MAX_BYTES:
            findings.append(too_big(path, max(entry.file_size, len(data))))
        elif sum(map(len, files.values())) + len(data) > MAX_TOTAL:
            return {}, [too_much(sum(each.file_size for each in entries.values()))]
        else:
            files[path] = data
    return files, findings


def _bounded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """An entry may lie about its size: one byte more than is allowed is enough to know."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotImplementedError(entry.compress_type)
    with archive.open(entry) as file:
        return file.read(MAX_BYTES + 1)


def _double(listed: list[zipfile.ZipInfo]) -> str:
    """The first name that comes twice."""
    names = Counter(map(_name, listed))
    return next(name for name, count in names.items() if count > 1)[:200]


def _name(entry: zipfile.ZipInfo) -> str:
    """Windows in Chinese writes names in GBK and does not say so; everybody else says UTF-8."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    raw = entry.filename.encode("cp437", "replace")
    for charset in ("utf-8", "gb18030"):
        try:
            return raw.decode(charset).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return entry.filename


def _is_beside(name: str) -> bool:
    """What systems pack beside the files: hidden ones, those of a Mac and of Windows."""
    *folders, file = [part for part in name.split("/") if part != ".."]
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in folders)
    return hidden or file.startswith(".") or file in _BESIDE


def _top(names: Iterable[str]) -> str:
    """The folders around everything, where somebody packed a folder instead of what is in it."""
    tops = {name[: found.start()] for name in names if (found := _ROOM.search(name))}
    return next(iter(tops)) if len(tops) == 1 and ".." not in next(iter(tops)) else ""
