"""Where walks begin: the same furnished house each time, with people at their desks and cases on their way."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from engine import appointments, company
from engine.actors import Actor
from engine.appointments import Half
from engine.store import Store
from engine.tables import Staff
from tests.emptying import empty
from tests.flow.wander.deaths import Mortal
from tests.house import CHANGE, MONDAY, SUPPLEMENT, HandClock, drawn, furnish, staff
from tests.walk import Walk

BOTH = ("reviewer", "verifier")
PEOPLE = {
    person.id: person
    for person in (
        staff("li", *BOTH),
        staff("han", *BOTH),
        staff("mo", "reviewer"),
        staff("xu", "verifier"),
        staff("sue", *BOTH, branch="south"),
        staff("ana", "analyst"),
        staff("chief", "supervisor"),
    )
}
"""Who may come to the desks of a walk."""
LI, HAN = PEOPLE["li"], PEOPLE["han"]
FRESH = {
    step.id: staff(f"new at {step.id}"[:32], step.role)
    for business in (CHANGE, SUPPLEMENT)
    for step in drawn(business).steps
    if step.role != "investor"
}
"""A colleague for each desk who does nothing else, so that four eyes never leave a desk without anybody."""
EVERYBODY = PEOPLE | {person.id: person for person in FRESH.values()}


def half_days(walk: Walk) -> list[Half]:
    """The next half days that the customer is offered."""
    with walk.store.read() as tx:
        return appointments.halves(tx, company.load(tx), walk.case.branch_id, walk.store.clock.now())[:4]


@dataclass
class Ground:
    """A house in which one walk after the other begins at the same place, as if it were the first."""

    given: Store
    begin: Callable[[Store], list[Walk]]
    image: sqlite3.Connection | None = None
    begun: list[Walk] = field(default_factory=list)
    tally: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.store = Mortal.of(self.given)

    def again(self) -> list[Walk]:
        """Everything as it was at the beginning; on SQLite from a picture of it, which costs a millisecond."""
        assert isinstance(self.store.clock, HandClock)
        self.store.clock.moment = MONDAY
        if self.image is None:
            self._build()
        else:
            _copy(self.store, self.image, back=True)
        return list(self.begun)

    def _build(self) -> None:
        if self.begun:
            empty(self.store.db)
            furnish(self.store)
        with self.store.write() as tx:
            tx.add_all(employed(person) for person in EVERYBODY.values())
        self.begun = self.begin(self.store)
        if self.store.db.dialect.name == "sqlite":
            self.image = sqlite3.connect(":memory:")
            _copy(self.store, self.image, back=False)


def _copy(store: Store, image: sqlite3.Connection, back: bool) -> None:
    here = store.db.raw_connection()
    source, target = (image, here.driver_connection) if back else (here.driver_connection, image)
    assert isinstance(source, sqlite3.Connection) and isinstance(target, sqlite3.Connection)
    source.backup(target)
    here.close()


def employed(person: Actor) -> Staff:
    roles = sorted(person.roles)
    return Staff(
        id=person.id, login=person.id, name=person.id, password="-", roles=roles, branch_id=person.branch_id or ""
    )
