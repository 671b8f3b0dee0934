"""Where a part of a JSON file stands, so that whoever speaks of it can name file and line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.bundles.files import SHARED
from engine.feel.lines import Path, line_at, line_near

if TYPE_CHECKING:
    from engine.bundles.model import Bundle


@dataclass(frozen=True)
class Place:
    """A part of a file; its lines are looked up only when they are asked for."""

    file: str
    data: bytes = field(repr=False)
    path: Path = ()

    def line(self, *path: str | int) -> int | None:
        """The line of what stands there inside this part, or of the nearest around it."""
        return line_near(self.data, (*self.path, *path)) if self.data else None

    def inner(self, *path: str | int) -> Place:
        return Place(self.file, self.data, (*self.path, *path))


def notice_place(bundle: Bundle, code: str) -> Place:
    """A notice: the business's own, or else the shared one."""
    return _own_or_shared(bundle, "notices.json", code)


def english_place(bundle: Bundle, text: str) -> Place:
    """The English of a text: the business's own, or else the shared one."""
    return _own_or_shared(bundle, "texts.en.json", text)


def _own_or_shared(bundle: Bundle, name: str, key: str) -> Place:
    for folder in (bundle.business.id, SHARED):
        path = f"processes/{folder}/{name}"
        if path in bundle.files and line_at(bundle.files[path], (key,)) is not None:
            return Place(path, bundle.files[path], (key,))
    return Place(f"processes/{bundle.business.id}/{name}", b"")
