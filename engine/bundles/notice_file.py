"""The file of notices as an analyst edits it: one reworded, added or taken out, the rest as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.bundles.json_parts import parts_of, with_member, without_member
from engine.bundles.records import BadRecord, read_json

PARTS = ("title", "text", "action")
CODE = re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII)
Notice = Mapping[str, str]


def notices_in(file: str, data: bytes) -> dict[str, dict[str, str]] | None:
    """Each notice by its code, with the parts that it has; None where the file says anything else."""
    try:
        value = read_json(file, data)
    except BadRecord:
        return None
    return value if isinstance(value, dict) and all(map(_is_notice, value.values())) else None


def with_notice(data: bytes, code: str, now: Notice) -> bytes:
    """The file with this notice; a part that says nothing is left out, a notice that says nothing goes."""
    parts = parts_of(data)
    before: Notice = next((part.value for part in parts.parts if part.key == code), {})
    order = [*before, *(name for name in PARTS if name not in before)]
    said = {name: now.get(name, "") for name in order if now.get(name, "")}
    if before and all(before.get(name, "") == now.get(name, "") for name in PARTS):
        return data
    if not said:
        return without_member(parts, code) if before else data
    return with_member(parts, code, said)


def _is_notice(value: object) -> bool:
    return isinstance(value, dict) and all(name in PARTS and isinstance(text, str) for name, text in value.items())
