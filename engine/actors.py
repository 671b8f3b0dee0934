"""Who acts: an investor, one of the staff, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Actor:
    """A person who was let in, with what he may do. An investor's id is the customer's id."""

    kind: Literal["investor", "staff", "system"]
    id: str
    name: str
    roles: frozenset[str] = frozenset()
    branch_id: str | None = None

    @property
    def key(self) -> str:
        """The name under which the audit knows this actor."""
        return f"{self.kind}:{self.id}"


SYSTEM = Actor("system", "system", "system")
OPERATORS = frozenset({"operator", "administrator"})
"""Who keeps the installation running: an operator by trade, and the administrator, who may be the same person."""


def may_operate(actor: Actor) -> bool:
    """A command is given by whoever has the machine; on pages it takes the role."""
    return actor.kind == "system" or (actor.kind == "staff" and bool(OPERATORS & actor.roles))
