"""What was read from the photographs of a case, for the fields that `properties.read` ties to them."""

from __future__ import annotations

from collections.abc import Mapping

from engine import photo_records
from engine.photo_records import Reading
from engine.tables import Photo
from forms.document import Component
from webapp.house import reading, vault


class ReadValues:
    """The readings of one page's photographs; each is opened once, and only when a field asks for it."""

    def __init__(self, held: Mapping[str, Photo]) -> None:
        self._held = held
        self._opened: dict[str, dict[str, Reading]] = {}

    def of(self, part: Component, row: str = "") -> Reading | None:
        """What was read for this field; `row` is the list's row whose photograph it is."""
        slot, _, name = part.properties.get("read", "").partition(".")
        return self._slot(f"{slot}:{row}" if row else slot).get(name) if slot else None

    def sure(self, part: Component, row: str = "") -> str:
        """The value that may stand in the field before anybody has looked at it; nothing where it is not that sure."""
        found = self.of(part, row)
        return found.value if found is not None and found.sure else ""

    def _slot(self, slot: str) -> dict[str, Reading]:
        photo = self._held.get(slot)
        if photo is None:
            return {}
        if photo.id not in self._opened:
            self._opened[photo.id] = photo_records.readings(reading(), vault(), photo.id)
        return self._opened[photo.id]
