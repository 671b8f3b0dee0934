"""What a handed-in table changes, in words: an entry for each way a card number begins, and for each fact of a bank."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.company.changes import changes
from webapp.language import language
from webapp.language import words as _

PLACE = re.compile(r"banks\.(?P<bank>[^.]+)(?:\.bins\.(?P<prefix>[0-9]+))?\.(?P<what>\w+)")
Document = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """Empty words stand for nothing."""

    bank: str
    what: str
    before: str
    after: str


def differences(before: Document, after: Document) -> list[Difference]:
    """Of the banks of two records, in the order of the new one; what is gone comes after."""
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for place, old, new in changes({"banks": before["banks"]}, {"banks": after["banks"]}):
        at = PLACE.fullmatch(place)
        assert at, place
        found.setdefault((at["bank"], at["prefix"] or _column(at["what"])), []).append((at["what"], old, new))
    names = {**_names(before), **_names(after)}
    return [
        Difference(
            names[bank],
            what,
            _words((name, old) for name, old, _new in parts),
            _words((name, new) for name, _old, new in parts),
        )
        for (bank, what), parts in found.items()
    ]


def _names(document: Document) -> dict[str, str]:
    key = "name_en" if language() == "en" else "name"
    return {bank["code"]: bank[key] for bank in document["banks"]}


def _words(parts: Any) -> str:
    return " · ".join(_value(name, text) for name, text in parts if text and name != "prefix")


def _value(name: str, text: str) -> str:
    if name == "length":
        return _("%(n)s 位", n=text)
    named = {
        ("kind", "debit"): _("借记卡"),
        ("kind", "credit"): _("信用卡"),
        ("auto_link", "true"): _("自动关联"),
        ("auto_link", "false"): _("须到银行办理"),
    }
    return named.get((name, text), text)


def _column(name: str) -> str:
    return {"code": _("代码"), "name": _("名称"), "name_en": _("英文名称"), "auto_link": _("银期关联")}.get(name, name)
