"""Where the errands are run: a data folder and a database with one business, some customers, and their sessions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path

from flask import Flask
from sqlalchemy import NullPool

from engine.bundles import Bundle, load_folder, publish
from engine.company import default_company, save
from engine.ids import RandomIds
from engine.store import Store, connect
from engine.tables import Base, Branch, Customer, SessionRow
from engine.vault import make_keys, open_vault
from tests.crash.kills import codes
from tests.crash.kills.board import Board
from tests.crash.kills.effects import EFFECTS
from webapp.app import KNOWN, create_app
from webapp.sessions import digest
from webapp.settings import Limits, WebSettings
from workers.catalogue import SERVICES
from workers.house import House, build
from workers.settings import WorkerSettings

BUSINESS = "errands"
CUSTOMERS = 8
REHEARSING = CUSTOMERS  # one more, whom no client plays
LONG = timedelta(days=36500)
MANY, HOUR = 10**6, timedelta(hours=1)
LIMITS = Limits(
    code_again=timedelta(), code_life=HOUR, codes_a_day=MANY, codes_an_hour_by_address=MANY,
    pictures_an_hour_by_address=MANY, picture_life=LONG,
)  # fmt: skip


@dataclass(frozen=True)
class Town:
    """One installation. What is made here is connected to nothing yet, so it may be carried over a fork."""

    folder: Path
    database_url: str
    queue_url: str
    board: Board

    def store(self) -> Store:
        """A store that keeps no connection."""
        vault = open_vault(self.folder / "keys.json", self.folder / "blobs")
        engine = connect(self.database_url, poolclass=NullPool)
        return Store(engine, self.board, RandomIds(), vault, SERVICES, KNOWN)

    @cached_property
    def app(self) -> Flask:
        settings = WebSettings(
            self.database_url, self.folder, self.queue_url, secure_cookies=False, clock=self.board,
            requests_a_minute=10**6, limits=LIMITS,
        )  # fmt: skip
        return create_app(settings)

    @property
    def working(self) -> WorkerSettings:
        return WorkerSettings(self.folder, self.database_url, self.queue_url, KNOWN)

    @cached_property
    def house(self) -> House:
        house = build(self.working, self.board)
        return replace(house, sms=codes.MoodyGateway(house.sms))


def token_of(customer: int) -> str:
    return f"session-of-{customer}"


def errands() -> Bundle:
    return load_folder(Path(__file__).parent / "errands", BUSINESS, KNOWN)


def furnish(town: Town) -> None:
    """Tables, keys, the company, the business, customers with sessions that began long after any test."""
    make_keys(town.folder / "keys.json")
    store = town.store()
    Base.metadata.create_all(store.db)
    EFFECTS.create(store.db)
    save(store, default_company().document, demonstration=False)
    with store.write() as tx:
        tx.add(Branch(id="east", name="东城营业部", name_en="East"))
        publish(tx, errands(), "drawn", "test", store.clock.now())
        tx.add_all(_customer(store, each) for each in range(CUSTOMERS + 1))
        tx.add_all(_session(each, store.clock.now()) for each in range(CUSTOMERS + 1))


def _customer(store: Store, number: int) -> Customer:
    person = {
        "id_number": codes.id_number(number), "name": "样本客户", "phone": f"+861380013800{number}",
        "account_number": "80001234", "address": "样本路 1 号", "issuer": "样本市公安局",
    }  # fmt: skip
    return Customer(
        id=f"customer{number}", id_index=store.vault.index("customers.id_number", person["id_number"]),
        account_type="期货经纪账户", id_valid_from=date(2016, 5, 2), id_long_term=True, branch_id="east",
        **{name: store.vault.seal(f"customers.{name}", value) for name, value in person.items()},
    )  # fmt: skip


def _session(number: int, now: datetime) -> SessionRow:
    """The clock is moved by days, and nobody is to sign in again."""
    begun = now + LONG
    return SessionRow(
        id=digest(token_of(number)), kind="investor", person_id=f"customer{number}", created_at=begun, seen_at=begun
    )
