"""Which files a bundle is made of, and how large they may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from engine.diagrams.xml import MAX_BYTES
from engine.feel.findings import Finding

MAX_FILES = 500
MAX_TOTAL = 20 * MAX_BYTES
SHARED = "shared"
_BUSINESS = re.compile(r"[a-z][a-z0-9_]{0,62}", re.ASCII)
_NAME = r"(?!\.)[\w.-]{1,100}"
_PATHS = re.compile(
    rf"processes/(?P<process_folder>\w+)/(?:{_NAME}\.(?:bpmn|dmn)|(?:business|reasons|questions|notices|texts\.en)\.json"
    rf"|agreements/{_NAME}\.md|scenarios/{_NAME}\.yaml)"
    rf"|forms/(?P<form_folder>\w+)/{_NAME}\.form\.json"
)
_MEND = (
    "a bundle holds processes/<business>/{*.bpmn, *.dmn, business.json, reasons.json, questions.json, notices.json,"
    " texts.en.json, agreements/*.md, scenarios/*.yaml} and forms/<business>/*.form.json, and the same under shared"
)


def is_business(name: str) -> bool:
    """Whether the name may be a business's id."""
    return _BUSINESS.fullmatch(name) is not None and name != SHARED


def check_files(files: Mapping[str, bytes], business: str) -> list[Finding]:
    """What the list of files alone has against it."""
    if len(files) > MAX_FILES:
        return [too_many(len(files))]
    total = sum(map(len, files.values()))
    if total > MAX_TOTAL:
        return [too_much(total)]
    return [finding for path, data in sorted(files.items()) for finding in _check(path, len(data), business)]


def _check(path: str, size: int, business: str) -> Iterator[Finding]:
    match = _PATHS.fullmatch(path)
    folder = match and (match["process_folder"] or match["form_folder"])
    if folder not in (business, SHARED) or path == f"processes/{SHARED}/business.json":
        yield Finding("bundle.file", path[:200], None, None, "this file belongs to no place of the bundle", _MEND)
    if size > MAX_BYTES:
        yield too_big(path, size)


def read_folder(root: Path, business: str) -> tuple[dict[str, bytes], list[Finding]]:
    """The files of a business under a checkout; nothing is read that is too big or leads out of the folder."""
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    for path in _paths(root, business):
        name = path.relative_to(root).as_posix()
        if path.is_symlink() or not path.resolve().is_relative_to(root.resolve()):
            findings.append(Finding("bundle.link", name, None, None, "a link leads out of the bundle", "copy the file"))
        elif path.stat().st_size > MAX_BYTES:
            findings.append(too_big(name, path.stat().st_size))
        else:
            files[name] = path.read_bytes()
    return files, findings


def _paths(root: Path, business: str) -> Iterator[Path]:
    for room in ("processes", "forms"):
        for folder in (business, SHARED):
            for path in sorted((root / room / folder).rglob("*")):
                hidden = any(part.startswith((".", "__")) for part in path.relative_to(root).parts)
                if not hidden and (path.is_file() or path.is_symlink()):
                    yield path


def too_many(count: int) -> Finding:
    why = f"{count} files, more than {MAX_FILES}"
    return Finding("bundle.count", "", None, None, why, "remove what does not belong to the business")


def too_much(size: int) -> Finding:
    why = f"{size} bytes in all, more than {MAX_TOTAL}"
    return Finding("bundle.size", "", None, None, why, "remove what does not belong to the business")


def too_big(path: str, size: int) -> Finding:
    return Finding("bundle.size", path, None, None, f"{size} bytes, more than {MAX_BYTES}", "make the file smaller")
