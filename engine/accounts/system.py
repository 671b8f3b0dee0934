"""What Kaihu asks of a company's account system."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from engine.accounts.people import Applied, CardOnFile, Change, ObligationOnFile, Person, RefusedChange
from engine.errors import Refused


class Unavailable(Refused):
    """The account system did not answer as it should. What was asked of it may have been done or not.

    `permanent`: trying again cannot help, somebody must mend it. The message names nobody: it stands in logs.
    """

    def __init__(self, what: str, *, permanent: bool = False) -> None:
        super().__init__(what)
        self.permanent = permanent


class AccountSystem(Protocol):
    """A connector. `name` says which one it is, in `kaihu doctor`.

    `look_up`, `find`, `photos`, `apply` and `withdraw` may ask another machine, so never from inside a write unit, and
    may raise Unavailable. `person`, `names`, `cards` and `obligations` say what Kaihu was told last, at once.
    """

    name: str

    def look_up(self, id_number: str) -> Person | None:
        """Who has this ID number, asked for somebody who has not shown yet that it is his own.

        Nothing is kept, and it costs the same whether anybody has it or not: who only guesses numbers learns nothing.
        """
        ...

    def find(self, id_number: str) -> str | None:
        """The customer with this ID number; what is kept of him is brought up to date."""
        ...

    def person(self, customer_id: str) -> Person:
        """What is on file of a customer; Gone when there is none."""
        ...

    def names(self, customer_ids: Collection[str]) -> Mapping[str, str]:
        """The names of several customers, for a list; whoever is not on file is not in it."""
        ...

    def cards(self, customer_id: str) -> list[CardOnFile]:
        """His cards on file, the oldest first."""
        ...

    def photos(self, customer_id: str) -> Mapping[str, str]:
        """His pictures on file: blob name by slot; the blobs' owner is the customer."""
        ...

    def obligations(self, customer_id: str) -> list[ObligationOnFile]:
        """What he has still to sign, the oldest first."""
        ...

    def apply(self, key: str, customer_id: str, change: Change) -> Applied | RefusedChange:
        """Make the change once, however often it is asked under this key. A refused change may be asked again."""
        ...

    def withdraw(self, key: str, customer_id: str) -> Applied | None:
        """Take a change back that may be under way: when it was made already; else never to be made under this key."""
        ...
