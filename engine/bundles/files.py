"""Which files a bundle is made of, and how large they may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from engine.bundles.faults import FAULTS
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
        yield FAULTS.found("bundle.file", path[:200])
    if size > MAX_BYTES:
        yield too_big(path, size)


def read_folder(root: Path, business: str) -> tuple[dict[str, bytes], list[Finding]]:
    """The files of a business under a checkout; nothing is read that is too big or leads out of the folder."""
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    for path in _paths(root, business):
        name = path.relative_to(root).as_posix()
        if path.is_symlink() or not path.resolve().is_relative_to(root.resolve()):
            findings.append(FAULTS.found("bundle.link", name))
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
    return FAULTS.found("bundle.count", "", count=str(count), most=str(MAX_FILES))


def too_much(size: int) -> Finding:
    return FAULTS.found("bundle.size/all", "", size=str(size), most=str(MAX_TOTAL))


def too_big(path: str, size: int) -> Finding:
    return FAULTS.found("bundle.size/file", path, size=str(size), most=str(MAX_BYTES))
