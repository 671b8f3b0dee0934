"""The connector to a company's own account system over HTTP, and the choice between it and the local one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.accounts import AccountSystem, LocalAccountSystem
from workers.drivers.account_http.address import Address, NotSetUp, read_secret
from workers.drivers.account_http.client import Client
from workers.drivers.account_http.lookup import Pace
from workers.drivers.account_http.system import HttpAccountSystem

if TYPE_CHECKING:
    from engine.store import Store

PACE = Pace()

__all__ = ["HttpAccountSystem", "NotSetUp", "Pace", "account_system"]


def account_system(store: Store, url: str | None, folder: Path, pace: Pace = PACE) -> AccountSystem:
    """The one at the address, else the local one. NotSetUp when the address or a file in the data folder is unfit."""
    if url is None:
        return LocalAccountSystem(store)
    client = Client(Address.parse(url), folder)
    read_secret(folder)
    return HttpAccountSystem(store, client, pace)
