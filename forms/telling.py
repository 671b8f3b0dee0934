"""What was typed on the page of a part becomes the part; what was not touched stays as it was, to the last letter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from engine.feel.said import Said
from forms.editing import is_key
from forms.entries import OPTIONS, OTHERS, Entry, Raw, entries_of, has_options, others

NEW_OPTIONS = 3
"""Blank lines below the options that are there."""

BAD_KEY = Said(
    "key 用英文字母、数字和下划线，以字母开头，例如 home_address",
    "a key has letters, digits and underscores and begins with a letter, such as home_address",
)
BAD_NUMBER = Said("请写数字，例如 3", "write a number, such as 3")
BAD_OTHER = Said(
    "每行写一个“名称=值”，例如 mask=phone；“{line}”里没有等号",
    'write a line for each, NAME=VALUE, such as mask=phone; "{line}" has no =',
)
NO_VALUE = Said(
    "选项“{label}”没有值：写流程和条件里用的英文", 'the option "{label}" has no value for flow and conditions'
)

_ORDER = ("type", "key", "path", "label", "disabled", "description", "accept", "text", "decimalDigits", "values")
_LATER = ("validate", "conditional", "properties", "components", "id")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,9})?", re.ASCII)
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_NAME = re.compile(r"[^=\r\n]+")


@dataclass(frozen=True)
class Told:
    """The part as it is now; `wrong` says by the name of an entry what cannot be taken."""

    part: Raw
    wrong: Mapping[str, Said] = field(default_factory=dict)


def shown(part: Raw) -> dict[str, str]:
    """What the page of the part shows, by the names under which it is sent back."""
    found = {entry.name: _shown(entry, part) for entry in entries_of(part)}
    if has_options(part):
        for number, option in enumerate(_options(part)):
            found |= {f"{OPTIONS}.{number}.{name}": _text(option.get(name)) for name in ("value", "label")}
            found[f"{OPTIONS}.{number}.order"] = str(number + 1)
    if _can_be_lines(others(part)):
        found[OTHERS] = "\n".join(f"{name}={value}" for name, value in others(part).items())
    return found


def told(part: Raw, given: Mapping[str, str]) -> Told:
    """The part with what was typed. A tick that is not among what was sent is off."""
    made, wrong, before = deepcopy(part), {}, shown(part)
    for entry in entries_of(part):
        if _same(entry.sort, before[entry.name], given.get(entry.name, "")):
            continue
        problem = _put(made, entry, given.get(entry.name, "").replace("\r\n", "\n").strip())
        if problem:
            wrong[entry.name] = problem
    if has_options(part):
        wrong |= _put_options(made, given)
    if OTHERS in before and not _same("long", before[OTHERS], given.get(OTHERS, "")):
        wrong |= _put_others(made, given.get(OTHERS, ""))
    return Told(made, wrong)


def _shown(entry: Entry, part: Raw) -> str:
    value = entry.value(part)
    if entry.sort == "tick":
        return "yes" if value is True else ""
    return _text(value)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _same(sort: str, before: str, given: str) -> bool:
    """Whether it is what the page showed, whatever a browser makes of line ends and blanks at both ends."""
    return _plain(sort, before) == _plain(sort, given)


def _plain(sort: str, text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return (text if sort == "long" else text.replace("\n", "")).strip()


def _put(part: Raw, entry: Entry, text: str) -> Said | None:
    value: object = text
    if entry.sort == "tick":
        value = True
    elif entry.sort == "key" and not is_key(text):
        return BAD_KEY
    elif text and entry.sort in ("whole", "number"):
        if not (_WHOLE if entry.sort == "whole" else _NUMBER).fullmatch(text):
            return BAD_NUMBER
        value = float(text) if "." in text else int(text)
    if entry.sort == "key" and part.get("path") == part.get("key"):
        put(part, ("path",), value, only_there=True)
    put(part, entry.path, value if text else None)
    return None


def put(part: Raw, path: tuple[str, ...], value: object, only_there: bool = False) -> None:
    """The value where the path leads, in its place among the others; None takes it out."""
    if only_there and path[0] not in part:
        return
    if len(path) == 1:
        _set_here(part, path[0], value)
        return
    around = dict(part.get(path[0]) or {})
    _set_here(around, path[1], value)
    _set_here(part, path[0], around or None)


def _set_here(around: Raw, name: str, value: object) -> None:
    """In its place among the others; None takes it out."""
    if value is None:
        around.pop(name, None)
    elif name in around or name not in (*_ORDER, *_LATER):
        around[name] = value
    else:
        order = (*_ORDER, *_LATER)
        later = {one for one in around if one in order and order.index(one) > order.index(name)}
        items = [*around.items()]
        at = next((number for number, (one, _) in enumerate(items) if one in later), len(items))
        around.clear()
        around.update([*items[:at], (name, value), *items[at:]])


def _options(part: Raw) -> list[Raw]:
    return [one for one in part.get(OPTIONS) or () if isinstance(one, dict)]


def _put_options(part: Raw, given: Mapping[str, str]) -> dict[str, Said]:
    before, wrong = _options(part), {}
    found: list[tuple[int, Raw]] = []
    for number in range(len(before) + NEW_OPTIONS):
        old = before[number] if number < len(before) else {}
        value, label = (given.get(f"{OPTIONS}.{number}.{name}", "") for name in ("value", "label"))
        if not (value.strip() or label.strip()):
            continue
        if not value.strip():
            wrong[f"{OPTIONS}.{number}.value"] = NO_VALUE.filled(label=label.strip()[:40])
        order = given.get(f"{OPTIONS}.{number}.order", "").strip()
        found.append((int(order) if _WHOLE.fullmatch(order) else number + 1, _option(old, value, label)))
    after = [option for _, option in sorted(found, key=lambda one: one[0])]
    if after != before:
        put(part, (OPTIONS,), after or None)
    return wrong


def _option(old: Raw, value: str, label: str) -> Raw:
    made = dict(old)
    for name, text in (("value", value), ("label", label)):
        if not _same("line", _text(old.get(name)), text):
            made[name] = text.strip()
    return made


def _can_be_lines(properties: Mapping[str, Any]) -> bool:
    return all(_NAME.fullmatch(name) and "\n" not in str(value) for name, value in properties.items())


def _put_others(part: Raw, text: str) -> dict[str, Said]:
    before, after = others(part), {}
    for line in filter(None, (line.strip() for line in text.replace("\r\n", "\n").split("\n"))):
        name, equals, value = line.partition("=")
        if not equals or not name.strip():
            return {OTHERS: BAD_OTHER.filled(line=line[:40])}
        after[name.strip()] = before[name.strip()] if str(before.get(name.strip())) == value else value.strip()
    kept = {name: value for name, value in (part.get("properties") or {}).items() if name not in before}
    put(part, ("properties",), {**kept, **after} or None)
    return {}
