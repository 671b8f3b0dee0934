"""The files of a draft as its page lists them: by kind and name, with what was changed and what is wrong there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.bundles import contents as found
from engine.bundles.contents import Content
from engine.feel.findings import Finding
from engine.tables import Sketch
from webapp.house import bundle_named
from webapp.language import language


@dataclass(frozen=True)
class Listed:
    """One file on the page. `name` is empty where nothing names it; `wrong` counts the findings in it."""

    file: str
    name: str
    is_shared: bool
    state: str | None
    wrong: int


@dataclass(frozen=True)
class Contents:
    """By kind, every kind there; and the paths of the version it was begun from that are not in it any more."""

    by_kind: Mapping[str, list[Listed]]
    gone: list[str]
    changed: int


def contents_of(row: Sketch, files: Mapping[str, bytes], findings: Iterable[Finding]) -> Contents:
    before = bundle_named(row.base_hash).files if row.base_hash else {}
    wrong = Counter(one.file for one in findings)
    by_kind: dict[str, list[Listed]] = {kind: [] for kind in found.KINDS}
    for one in found.contents(files, row.business, before):
        by_kind[one.kind].append(_listed(one, wrong[one.file]))
    gone = sorted(before.keys() - files.keys())
    return Contents(by_kind, gone, len(gone) + sum(one.state is not None for some in by_kind.values() for one in some))


def _listed(one: Content, wrong: int) -> Listed:
    return Listed(one.file, one.name.to(language()) if one.name else "", one.is_shared, one.state, wrong)
