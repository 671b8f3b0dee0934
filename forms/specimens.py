"""A valid entry for a field that nobody speaks of: what a scenario leaves unsaid is filled in with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from forms.cards import Bank, CardRules
from forms.context import HalfDay
from forms.document import Component, Form, Option
from forms.widgets import RIGHT

BANK, ROW, HALF = "SPECIMEN", "1", "specimen"
CARDS = CardRules(banks={BANK: Bank(BANK, "样例银行")}, photos={ROW: "specimen"}, fixed={"holder": "样例"})
"""What a specimen's bank card is judged against: nothing on file yet, one bank, the photograph of the one new card."""

RULED = {
    "id_number": "119901199001010017",
    "bank_card": "6200000000000000000",
    "name": "样例",
    "phone": "13800000000",
    "validity": "2020.01.01-2040.01.01",
    "outlet": "样例省样例市样例支行",
}
"""By `properties.rule`; the numbers have the right check digits and are of nobody."""

PERSON = {
    "person.name": RULED["name"],
    "person.sex": "男",
    "person.birth": "1990-01-01",
    "person.id_number": RULED["id_number"],
    "person.phone": RULED["phone"],
    "person.address": "样例省样例市样例路 1 号",
    "person.issuer": "样例市公安局",
    "person.validity": RULED["validity"],
    "person.account_number": "80000001",
    "person.account_type": "样例",
}
"""By `properties.source`: what a form shows of a person, of nobody."""


def specimen(part: Component, today: date, questions: tuple[str, ...] = ()) -> object:
    """What stands in the field; None where it says what the flow is decided by, or where nothing can be made up."""
    if part.properties.get("fact"):
        return None
    if part.widget == "knowledge_questions":
        return dict.fromkeys(questions, RIGHT)
    maker = _WIDGETS.get(part.widget) or _TYPES.get(part.type)
    return maker(part, today) if maker and (part.required or part.widget in _GIVEN) else None


def half_day(ends_at: str) -> HalfDay:
    """The half of a day that is free."""
    return HalfDay(HALF, ends_at, free=1)


def choices(part: Component) -> tuple[Option, ...]:
    """What can be chosen where the choices are data."""
    return (Option(BANK, "样例"),)


def _text(part: Component, today: date) -> str:
    rule = part.properties.get("rule")
    if rule in RULED:
        return RULED[rule]
    least, most = part.validate.get("minLength"), part.validate.get("maxLength")
    if part.validate.get("validationType") == "email":
        return "specimen@example.com"
    return ("样例" * (int(least or 0) // 2 + 1))[: int(most) if most else None]


def _number(part: Component, today: date) -> str:
    low, high = part.validate.get("min"), part.validate.get("max")
    return str(low if low is not None else min(1, high) if high is not None else 1)


def _chosen(part: Component, today: date) -> str | None:
    options = choices(part) if part.properties.get("choices") else part.options
    return options[0].value if options else None


def _ticked(part: Component, today: date) -> list[str]:
    return [found] if (found := _chosen(part, today)) else []


def _rows(part: Component, today: date) -> list[dict[str, object]]:
    return [_row(part, today)]


def _cards(part: Component, today: date) -> dict[str, object]:
    return {"removed": [], "unlinked": [], "added": [{"row": ROW, **_row(part, today)}]}


def _row(part: Component, today: date) -> dict[str, object]:
    inner = Form(part.key, part.components)
    found = {one.key: specimen(one, today) for one in inner.fields if one.widget not in _GIVEN}
    return {key: value for key, value in found.items() if value is not None}


def _known(part: Component, today: date) -> str:
    return "样例"


Maker = Callable[[Component, date], object]
_GIVEN: Mapping[str, Maker] = {"fixed": _known, "photo": _known}
_WIDGETS: Mapping[str, Maker] = {
    **_GIVEN,
    "bank_cards": _cards,
    "agreements": lambda part, today: list(part.names("documents")),
}
_TYPES: Mapping[str, Maker] = {
    "textfield": _text,
    "textarea": _text,
    "number": _number,
    "datetime": lambda part, today: today.isoformat(),
    "checkbox": lambda part, today: True,
    "radio": _chosen,
    "select": _chosen,
    "checklist": _ticked,
    "taglist": _ticked,
    "dynamiclist": _rows,
}
