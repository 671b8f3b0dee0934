"""Lists as fields: rows of any dynamic list, and the bank cards with the rules on the list that results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields

from forms.cards import judge
from forms.context import Context
from forms.document import Component
from forms.messages import missing


class Rows(fields.Field[list[Any]]):
    """Rows of a dynamic list; wholly blank ones are dropped, errors stand by index."""

    def __init__(self, part: Component, nested: Schema) -> None:
        super().__init__(required=part.required, error_messages={"required": missing(part)})
        self.part, self.nested = part, nested

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        filled = {index: row for index, row in enumerate(value) if any(row.values())}
        if self.part.required and not filled:
            raise ValidationError(missing(self.part))
        wrong, loaded = _load_rows(lambda row: self.nested, {str(index): row for index, row in filled.items()})
        if wrong:
            raise ValidationError(wrong)
        return list(loaded.values())


class BankCards(fields.Field[Mapping[str, Any]]):
    """Cards to remove and cards to add; an added one keeps its row number and carries its photo's id."""

    def __init__(self, part: Component, context: Context, schema_for: Callable[[str | None], Schema]) -> None:
        super().__init__(required=True, error_messages={"required": missing(part)})
        self.part, self.rules, self.schema_for = part, context.cards, schema_for

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Mapping[str, Any]:
        rows = {row["row"]: self._whole(row) for row in value["added"] if self._filled(row)}
        wrong, added = _load_rows(lambda row: self.schema_for(row.get("bank")), rows)
        marked = [{"row": number, **row} for number, row in (rows | added).items()]
        wrong = judge(self.rules, value["removed"], value["unlinked"], marked) | _flat(wrong)
        if wrong:
            raise ValidationError({place or "_list": [message] for place, message in wrong.items()})
        unlinked = [card for card in value["unlinked"] if card in value["removed"]]
        return {"removed": value["removed"], "unlinked": unlinked, "added": marked}

    def _filled(self, row: Mapping[str, Any]) -> bool:
        return any(value for name, value in row.items() if name != "row") or row["row"] in self.rules.photos

    def _whole(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The row with what the server knows of it: its photo and its fixed fields."""
        known = {name: self.rules.photos.get(row["row"]) for name in _photos(self.part)} | dict(self.rules.fixed)
        return {name: value for name, value in (dict(row) | known).items() if value not in (None, "") and name != "row"}


def _photos(part: Component) -> list[str]:
    return [inner.key for inner in part.components if inner.widget == "photo"]


def _load_rows(
    schema_for: Callable[[Mapping[str, Any]], Schema], rows: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    wrong: dict[str, Any] = {}
    loaded: dict[str, Any] = {}
    for number, row in rows.items():
        try:
            loaded[number] = schema_for(row).load(row)
        except ValidationError as refused:
            wrong[number] = refused.messages
    return wrong, loaded


def _flat(wrong: Mapping[str, Mapping[str, list[str]]]) -> dict[str, str]:
    return {f"{row}.{name}": said[0] for row, names in wrong.items() for name, said in names.items()}
