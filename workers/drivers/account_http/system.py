"""The company's own account system over HTTP. Kaihu keeps what it was told of a customer, sealed, and works with that.

It asks when somebody signs in or begins a business, and to make, look up or take back a change: pages and desks need
no answer of another machine, and while there is none everything else goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal

from engine.accounts import (
    Applied,
    CardOnFile,
    Change,
    LocalAccountSystem,
    ObligationOnFile,
    Person,
    RefusedChange,
    Unavailable,
    note_answer,
)
from workers.drivers.account_http import contract
from workers.drivers.account_http.client import CHANGE, Client
from workers.drivers.account_http.contract import Decided
from workers.drivers.account_http.lookup import Lookup, Pace
from workers.drivers.account_http.order import order

if TYPE_CHECKING:
    from engine.store import Store

FINAL = ("applied", "withdrawn")

_log = logging.getLogger("kaihu.accounts")


class HttpAccountSystem:
    """An AccountSystem that asks over HTTP, by docs/account-system.md."""

    def __init__(self, store: Store, client: Client, pace: Pace) -> None:
        self.store, self.client = store, client
        self.kept, self.lookup = LocalAccountSystem(store), Lookup(store, client, pace)
        self.name = f"HTTP at {client.address}"

    def about(self) -> str:
        """What the account system calls itself."""
        return contract.about(self.client.ask("GET", "/about"))

    def look_up(self, id_number: str) -> Person | None:
        return self.lookup.person(id_number)

    def find(self, id_number: str) -> str | None:
        return self.lookup.customer(id_number)

    def person(self, customer_id: str) -> Person:
        return self.kept.person(customer_id)

    def names(self, customer_ids: Collection[str]) -> Mapping[str, str]:
        return self.kept.names(customer_ids)

    def cards(self, customer_id: str) -> list[CardOnFile]:
        return self.kept.cards(customer_id)

    def photos(self, customer_id: str) -> Mapping[str, str]:
        """Brought up to date; where nobody answers, what is there already: a missing picture can be uploaded."""
        try:
            self.lookup.photos(customer_id, self.kept.person(customer_id).id_number)
        except Unavailable as wrong:
            _log.warning("pictures on file were not asked for: %s", wrong)
        return self.kept.photos(customer_id)

    def obligations(self, customer_id: str) -> list[ObligationOnFile]:
        return self.kept.obligations(customer_id)

    def apply(self, key: str, customer_id: str, change: Change) -> Applied | RefusedChange:
        wish = order(self.store, customer_id, change)
        if wish is None:
            return RefusedChange("card_unknown")
        answer = self._decision(key, lambda: self.client.ask("PUT", f"/changes/{key}", wish, CHANGE))
        if answer.state == "applied":
            with suppress(Unavailable):  # the change is made; what is kept of the cards may follow later
                self.find(self.kept.person(customer_id).id_number)
            return self._applied(key, answer)
        return self._refused(key, answer.code or answer.state)

    def withdraw(self, key: str, customer_id: str) -> Applied | None:
        answer = self._decision(key, lambda: self.client.ask("PUT", f"/changes/{key}/withdrawal", {}, CHANGE))
        if answer.state == "applied":
            return self._applied(key, answer)
        if answer.state != "withdrawn":
            raise Unavailable(f"PUT /changes/KEY/withdrawal: answered {answer.state}", permanent=True)
        self._refused(key, "withdrawn")
        return None

    def _decision(self, key: str, ask: Callable[[], Mapping[str, Any]]) -> Decided:
        """What was decided. Where the answer was lost or cannot be read, what became of the change is asked for.

        A refusal that is found so may be an older one, since a refused change may be asked again: it decides nothing.
        """
        try:
            answer = contract.decided(ask())
        except Unavailable:
            with suppress(Unavailable):
                found = contract.decided(self.client.ask("GET", f"/changes/{key}"))
                if found.state in FINAL:
                    return found
            raise
        if answer.state not in (*FINAL, "refused"):
            raise Unavailable(f"not decided yet ({answer.state})")
        return answer

    def _applied(self, key: str, answer: Decided) -> Applied:
        assert answer.at is not None
        at = answer.at
        self.store.unit(lambda tx: note_answer(tx, key, "applied", "", at))
        return Applied(at)

    def _refused(self, key: str, code: str) -> RefusedChange:
        result: Literal["withdrawn", "refused"] = "withdrawn" if code == "withdrawn" else "refused"
        self.store.unit(lambda tx: note_answer(tx, key, result, code, self.store.clock.now()))
        return RefusedChange(code)
