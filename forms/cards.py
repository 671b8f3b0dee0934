"""The list of bank cards: what was typed, and the rules on the list that results (one card a bank, at least one)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from forms.messages import Message

ROW = re.compile(r"0|[1-9][0-9]{0,3}")
"""The number of a row: plain digits, one way of writing each."""

MOST_ROWS = 50
"""More rows, or more ticks, than anybody's page has are not read: the page is drawn again from what was typed."""


@dataclass(frozen=True)
class Bank:
    """A bank of the company's list."""

    code: str
    name: str


@dataclass(frozen=True)
class HeldCard:
    """A card on file; `linked` while 银期关联 stands at the bank."""

    id: str
    bank: str
    linked: bool


@dataclass(frozen=True)
class CardRules:
    """What the list is judged against: cards on file, banks, the photo of each new row, its fixed fields."""

    on_file: tuple[HeldCard, ...] = ()
    banks: Mapping[str, Bank] = field(default_factory=dict)
    photos: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)

    def name(self, code: str) -> str:
        return self.banks[code].name if code in self.banks else code


def typed_cards(key: str, posted: Mapping[str, list[str]], columns: tuple[str, ...]) -> dict[str, Any]:
    """`key.remove` and `key.unlinked` hold ids of cards on file; `key.ROW.field` are the new cards."""
    return {
        "removed": _ticked(posted.get(f"{key}.remove", [])),
        "unlinked": _ticked(posted.get(f"{key}.unlinked", [])),
        "added": [_row(key, row, posted, columns) for row in rows_of(key, posted)],
    }


def rows_of(key: str, posted: Mapping[str, list[str]]) -> list[str]:
    """The row numbers that were posted; a number is never used twice in a case, its photo's slot carries it."""
    pattern = re.compile(rf"{re.escape(key)}\.({ROW.pattern})\.")
    return sorted({match[1] for name in posted if (match := pattern.match(name))}, key=int)[:MOST_ROWS]


def _ticked(values: list[str]) -> list[str]:
    """Each once, in the order of the page."""
    return list(dict.fromkeys(value for value in values if value))[:MOST_ROWS]


def next_row(typed: Mapping[str, Any], photos: Mapping[str, str]) -> str:
    """A row number that no card of this case has had."""
    used = {int(row["row"]) for row in typed.get("added", [])} | {int(row) for row in photos if ROW.fullmatch(row)}
    return str(max(used, default=0) + 1)


def _row(key: str, row: str, posted: Mapping[str, list[str]], columns: tuple[str, ...]) -> dict[str, Any]:
    """A field that is blank although the page told what its photograph says was cleared: that is kept too."""

    def one(name: str) -> str:
        return next(iter(posted.get(f"{key}.{row}.{name}", [])), "").strip()

    found = {name: one(name) for name in columns}
    return {"row": row} | {name: value for name, value in found.items() if value or one(f"{name}.told")}


def judge(rules: CardRules, removed: list[str], unlinked: list[str], added: list[dict[str, Any]]) -> dict[str, str]:
    """What is wrong with the list: by card on file (`file.ID`), by row (`ROW.bank`), or as a whole (empty key)."""
    held = {card.id: card for card in rules.on_file}
    wrong = {f"file.{card}": said for card in removed if (said := _removal(rules, held, card, unlinked))}
    staying = [card.bank for card in rules.on_file if card.id not in removed]
    wrong |= _doubles(rules, staying, added)
    if not removed and not added:
        wrong[""] = Message("银行卡没有任何变更。请删除或添加一张银行卡；如不需要变更，请放弃本次业务")
    elif not staying and not added:
        wrong[""] = Message("请至少保留一张银行卡")
    return wrong


def _removal(rules: CardRules, held: Mapping[str, HeldCard], id: str, unlinked: list[str]) -> str | None:
    card = held.get(id)
    if card is None:
        return Message("这张银行卡已不在预留信息中，请刷新页面后重试")
    if card.linked and id not in unlinked:
        return Message("{bank}的这张卡仍有银期关联。请先在银行解除，再勾选确认", bank=rules.name(card.bank))
    return None


def _doubles(rules: CardRules, staying: list[str], added: list[dict[str, Any]]) -> dict[str, str]:
    wrong: dict[str, str] = {}
    seen = set(staying)
    pattern = "每家银行只能有一张卡：{bank}已有一张。请先删除原来的卡，或选择其他银行"
    for row in added:
        bank = str(row.get("bank", ""))
        if bank in seen:
            wrong[f"{row['row']}.bank"] = Message(pattern, bank=rules.name(bank))
        seen.add(bank)
    return wrong
