"""Files that differ although nothing of them was spoken of: nothing may change in silence."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.bundles.differences import naming
from engine.bundles.differences.difference import Difference
from engine.bundles.model import Bundle
from engine.feel.said import Said


def rest(before: Bundle, after: Bundle, told: Collection[str]) -> Iterator[Difference]:
    """The files outside `told`: added, removed, laid out anew, or changed where this business reads nothing."""
    for path in sorted(before.files.keys() | after.files.keys()):
        if path not in told and before.files.get(path) != after.files.get(path):
            yield Difference(
                "file", _change(before, after, path), path, None, naming.called(Said("文件", "file"), path)
            )


def _change(before: Bundle, after: Bundle, path: str) -> str:
    if path not in before.files or path not in after.files:
        return "added" if path in after.files else "removed"
    return "redrawn" if _places(before, path) != _places(after, path) else "unread"


def _places(bundle: Bundle, path: str) -> list[object]:
    """Where things are drawn in a diagram; nothing for other files."""
    drawn = [diagram for diagram in bundle.diagrams if diagram.file == path]
    shapes: list[object] = [(item.id, item.x, item.y, item.w, item.h) for diagram in drawn for item in diagram.elements]
    return [*shapes, *((flow.id, flow.waypoints) for diagram in drawn for flow in diagram.flows)]
