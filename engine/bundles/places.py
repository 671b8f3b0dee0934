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
    for folder in (bundle.business.id, SHARED):
        path = f"processes/{folder}/notices.json"
        if path in bundle.files and line_at(bundle.files[path], (code,)) is not None:
            return Place(path, bundle.files[path], (code,))
    return Place(f"processes/{bundle.business.id}/notices.json", b"")
