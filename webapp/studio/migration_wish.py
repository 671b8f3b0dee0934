"""What an analyst has chosen on the page of migrations: read from the address, so that a look can be shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from engine.bundles import Bundle
from engine.bundles.running import running
from engine.interpreter import LET_GO
from engine.migration import Order
from webapp.house import bundle_named, reading

HOME, GONE = "home.", "-"
"""A mapping's name on the page, and how it says that nothing is waited for any more."""


@dataclass(frozen=True)
class Wish:
    """To which version, from which, at which step, and what elements that are gone become."""

    to: str = ""
    versions: tuple[str, ...] = ()
    step: str = ""
    homes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, given: MultiDict[str, str]) -> Wish:
        """Choices that were left open are no choices."""
        homes = {name.removeprefix(HOME): value for name, value in given.items() if name.startswith(HOME) and value}
        return cls(
            given.get("to", ""),
            tuple(given.getlist("from")),
            given.get("step", ""),
            {old: LET_GO if home == GONE else home for old, home in homes.items()},
        )

    @property
    def words(self) -> dict[str, Any]:
        """The same as the words of an address."""
        homes = {HOME + old: GONE if home == LET_GO else home for old, home in self.homes.items()}
        return {"to": self.to, "from": list(self.versions), "step": self.step, **homes}

    def order(self, business: str, note: str) -> Order:
        return Order(business, self.to, note, self.homes, self.versions, self.step or None)

    def sources(self, business: str) -> Mapping[str, int]:
        """The versions that cases run on, with how many."""
        return {one.hash: one.cases for one in running(reading(), business)}

    def steps(self, bundle: Bundle) -> list[tuple[str, str]]:
        """The steps at which cases stand, by id and name."""
        found: dict[str, str] = {}
        for one in running(reading(), bundle.business.id):
            source = bundle_named(one.hash)
            found |= {step: source.step_name(step) for step in one.steps}
        return sorted(found.items())
