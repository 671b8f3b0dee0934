"""What of a list is asked for. It stands in the address, so that it outlives polling, a claim and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import has_request_context, request

LONGEST_NUMBER = 24
NAMES = ("step", "state", "number")


@dataclass(frozen=True)
class Filter:
    """Empty parts ask for everything. `number` is a 受理单号 or its last digits."""

    step: str
    state: str
    number: str

    @property
    def is_set(self) -> bool:
        return bool(self.step or self.state or self.number)


def asked() -> Filter:
    """The filter of this request."""
    given = request.args
    number = "".join(given.get("number", "").split())[:LONGEST_NUMBER]
    return Filter(given.get("step", ""), given.get("state", ""), number)


def keep(endpoint: str, values: dict[str, Any]) -> None:
    """Carry the filter along in every address of the desks; a part that is given empty is dropped."""
    if not has_request_context() or request.blueprint != "desk" or endpoint in ("desk.photo", "desk.cut"):
        return
    for name in NAMES:
        value = values.setdefault(name, request.args.get(name, ""))
        if not value:
            del values[name]
