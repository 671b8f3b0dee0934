"""What was read from the photographs of a case, for the fields that `properties.read` ties to them."""

from __future__ import annotations

from collections.abc import Mapping

from engine import photo_records
from engine.photo_records import Reading
from engine.tables import Photo
from forms.document import Component
from webapp.house import reading, vault
from webapp.language import words as _

ANOTHER = "number_mismatch"


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
        return found.value if found is not None and found.sure and not self._is_of_another(part) else ""

    def found(self, slot: str) -> list[str]:
        """What of this photograph was read beyond doubt, as it is called on the paper."""
        return [label(name) for name, one in self._slot(slot).items() if one.sure]

    def _is_of_another(self, part: Component) -> bool:
        """The card may be somebody else's: then nothing on it is written into this customer's form."""
        photo = self._held.get(part.properties["read"].partition(".")[0])
        said = (photo.record or {}).get("verdicts") if photo is not None else None
        return any(one["code"] == ANOTHER for one in said) if isinstance(said, list) else False

    def _slot(self, slot: str) -> dict[str, Reading]:
        photo = self._held.get(slot)
        if photo is None:
            return {}
        if photo.id not in self._opened:
            self._opened[photo.id] = photo_records.readings(reading(), vault(), photo.id)
        return self._opened[photo.id]


def label(name: str) -> str:
    """As it stands on the paper."""
    return {
        "name": _("姓名"),
        "sex": _("性别"),
        "nation": _("民族"),
        "birth": _("出生日期"),
        "address": _("住址"),
        "id_number": _("公民身份号码"),
        "issuer": _("签发机关"),
        "validity": _("有效期限"),
        "number": _("卡号"),
        "bank": _("开户银行"),
        "kind": _("卡种"),
    }.get(name, name)
