"""What two versions differ in of what is only read: agreements, scenarios and English texts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from engine.bundles.differences import naming
from engine.bundles.differences.difference import Difference
from engine.bundles.model import Bundle
from engine.feel.said import Said

_KINDS = {".md": ("document", Said("文本", "document")), ".yaml": ("scenario", Said("场景", "scenario"))}
_ENGLISH = "texts.en.json"


def documents(before: Bundle, after: Bundle) -> Iterator[Difference]:
    """Agreements and scenarios, file by file."""
    for path in sorted(before.files.keys() | after.files.keys()):
        subject, kind = next((said for ending, said in _KINDS.items() if path.endswith(ending)), ("", Said("", "")))
        old, new = before.files.get(path), after.files.get(path)
        if subject and old != new:
            yield _document(subject, path, naming.called(kind, path), old, new)


def english(before: Bundle, after: Bundle) -> Iterator[Difference]:
    """Translations that changed one by one; new and dropped ones are only counted."""
    for path in sorted(path for path in before.files.keys() | after.files.keys() if path.endswith(_ENGLISH)):
        old, new = _texts(before, path), _texts(after, path)
        for text in old.keys() & new.keys():
            if old[text] != new[text]:
                what = Said("“{text}”的英文", 'the English of "{text}"').filled(text=text)
                values = (naming.quoted(old[text]), naming.quoted(new[text]))
                yield Difference("english", "changed", path, None, what, Said("译文", "translation"), *values)
        for change, count in (("added", len(new.keys() - old.keys())), ("removed", len(old.keys() - new.keys()))):
            if count:
                what = naming.counted(count, " {} 条英文", "the English of {} texts")
                yield Difference("english", change, path, None, what)


def _document(subject: str, path: str, what: Said, old: bytes | None, new: bytes | None) -> Difference:
    if old is None or new is None:
        return Difference(subject, "added" if old is None else "removed", path, None, what)
    gone, come = _beyond(_lines(old), _lines(new)), _beyond(_lines(new), _lines(old))
    if not gone and not come:
        return Difference(
            subject, "rewritten", path, None, what, Said("只是行的次序变了", "only the order of its lines")
        )
    counts = Said(f"新增 {len(come)} 行，删除 {len(gone)} 行", f"lines added: {len(come)}, removed: {len(gone)}")
    values = (naming.quoted("\n".join(part)) if part else None for part in (gone, come))
    return Difference(subject, "rewritten", path, None, what, counts, *values)


def _beyond(lines: list[str], others: list[str]) -> list[str]:
    """What the lines hold more than the others, in one pass: comparing in the order of the lines may take hours."""
    left = Counter(others)
    left.subtract(lines)
    more = []
    for line in reversed(lines):
        if left[line] < 0:
            left[line] += 1
            more.append(line)
    return more[::-1]


def _lines(data: bytes) -> list[str]:
    return data.decode("utf-8", "replace").splitlines()


def _texts(bundle: Bundle, path: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(bundle.files[path].decode("utf-8-sig")) if path in bundle.files else {}
    return found
