"""What tests of the engine live in: a clock moved by hand, ids that count, the services, the drawn businesses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from engine.actors import Actor
from engine.bundles import Bundle, Known, load_folder, publish
from engine.clock import SHANGHAI
from engine.store import Store
from engine.tables import Branch, Customer, Staff
from forms.facts import declared_facts, sure_facts
from forms.lint import lint
from forms.trying import fill
from workers.catalogue import SERVICES

ROOT = Path(__file__).parent.parent
MONDAY = datetime(2026, 11, 23, 9, 54, tzinfo=SHANGHAI)
SETTINGS = {"idle_warning": "P23D", "idle_limit": "P30D", "second_review": False}
CHANGE, SUPPLEMENT = "change_settlement_account", "supplementary_agreement"


@dataclass
class HandClock:
    """A clock that stands still until a test moves it."""

    moment: datetime = MONDAY

    def now(self) -> datetime:
        return self.moment

    def pass_by(self, **time: float) -> None:
        self.moment += timedelta(**time)


@dataclass
class CountedIds:
    """Ids in the order in which they were asked for."""

    counter: Any = field(default_factory=lambda: count(1))

    def new(self) -> str:
        return f"{next(self.counter):032x}"


@cache
def known() -> Known:
    """What the drawn businesses are read with; one object, so that bundles are parsed once."""
    return Known(SERVICES, frozenset(SETTINGS), declared_facts, sure_facts, lint, fill)


@cache
def drawn(business: str) -> Bundle:
    """The bundle of a business as it lies in the checkout."""
    return load_folder(ROOT, business, known())


def furnish(store: Store) -> None:
    """Branches, two customers and the drawn businesses."""
    with store.write() as tx:
        for branch in ("north", "south"):
            tx.add(Branch(id=branch, name=branch, name_en=branch))
        tx.flush()
        for name in ("zhang", "wang"):
            tx.add(customer(name))
        for business in (CHANGE, SUPPLEMENT):
            publish(tx, drawn(business), "drawn", "test", store.clock.now())


def customer(name: str) -> Customer:
    sealed = dict.fromkeys(("id_number", "name", "phone", "account_number", "address", "issuer"), b"sealed")
    return Customer(id=name, id_index=name, account_type="futures", id_long_term=True, branch_id="north", **sealed)


def investor(name: str = "zhang") -> Actor:
    return Actor("investor", name, name)


def staff(name: str = "li", *roles: str, branch: str = "north") -> Actor:
    return Actor("staff", name, name, frozenset(roles or ("reviewer", "verifier")), branch)


def hire(store: Store, *people: Actor) -> None:
    """Rows of staff, for those whose words are kept."""
    with store.write() as tx:
        tx.add_all(
            Staff(
                id=one.id, login=one.id, name=one.name, password="-", roles=sorted(one.roles),
                branch_id=one.branch_id or "",
            )
            for one in people
        )  # fmt: skip


def count_rows(tx: Session, table: Any, **where: object) -> int:
    return tx.query(table).filter_by(**where).count()
