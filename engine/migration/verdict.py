"""What is said of a case and a version: whether it can be put there, what stands in the way, what it would mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.feel.said import Said, listed
from engine.migration.words import WORDS

UNTOUCHED, CLEAN, NEEDS_MAPPING, BLOCKED, HELD = "untouched", "clean", "needs_mapping", "blocked", "held"
KINDS = (UNTOUCHED, CLEAN, NEEDS_MAPPING, BLOCKED)


@dataclass(frozen=True)
class Cause:
    """One thing that is said of a case, about these elements; `offers` are the ids that could be named instead."""

    code: str
    what: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()

    @property
    def said(self) -> Said:
        return WORDS[self.code].filled(what=listed(self.what))

    def plain(self) -> list[object]:
        return [self.code, list(self.what), list(self.offers)]

    @classmethod
    def of(cls, plain: list[Any]) -> Cause:
        """What `plain` gave, read back."""
        return cls(str(plain[0]), tuple(plain[1]), tuple(plain[2]))


@dataclass(frozen=True)
class Verdict:
    """`place`: the steps that are open, or else what is waited for. `causes` stand in the way, `notes` do not."""

    kind: str
    place: tuple[str, ...]
    causes: tuple[Cause, ...] = ()
    notes: tuple[Cause, ...] = ()

    @property
    def moves(self) -> bool:
        return self.kind in (UNTOUCHED, CLEAN)

    def plain(self) -> dict[str, Any]:
        said = {name: [each.plain() for each in getattr(self, name)] for name in ("causes", "notes")}
        return {"kind": self.kind, "place": list(self.place), **said}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Verdict:
        """What `plain` gave, read back."""
        causes, notes = (tuple(map(Cause.of, plain[name])) for name in ("causes", "notes"))
        return cls(str(plain["kind"]), tuple(plain["place"]), causes, notes)
