"""What Kaihu asks of a company's account system."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from engine.accounts.people import Applied, CardOnFile, Change, ObligationOnFile, Person, RefusedChange


class AccountSystem(Protocol):
    """A connector. `name` says which one it is, on the pages of staff and in `kaihu doctor`."""

    name: str

    def find(self, id_number: str) -> str | None:
        """The customer with this ID number."""
        ...

    def person(self, customer_id: str) -> Person:
        """What is on file of a customer; Gone when there is none."""
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
