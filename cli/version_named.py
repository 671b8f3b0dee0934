"""A version of a business as a person names it in a command."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from engine.bundles import in_use, versions
from engine.feel.said import Said

NO_VERSION = Said("{business} 没有版本 {version}；可用 kaihu process versions {business} 查看",
                  "{business} has no version {version}; see kaihu process versions {business}")  # fmt: skip
CURRENT = "current"
LEAST = 4
"""Characters of a hash: fewer might be a number that no version has."""


def version_named(tx: Session, business: str, said: str, now: datetime) -> str | None:
    """Its hash, by its number, by how its hash begins, or `current`; None for none, or for more than one."""
    if said == CURRENT:
        return in_use(tx, business, now)
    begins = len(said) >= LEAST
    every = versions(tx, business, now)
    found = {each.hash for each in every if str(each.number) == said or (begins and each.hash.startswith(said))}
    return found.pop() if len(found) == 1 else None
