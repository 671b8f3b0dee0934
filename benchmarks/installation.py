"""An installation of a benchmark's own: key file, database, company, two businesses, one colleague."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.bundles import load_folder, publish
from engine.clock import SystemClock
from engine.company import default_company, save
from engine.ids import RandomIds
from engine.store import Store, connect
from engine.tables import Base, Branch, Customer, Staff
from engine.vault import make_keys, open_vault
from webapp.app import KNOWN
from workers.catalogue import SERVICES

ROOT = Path(__file__).parents[1]
BUSINESS = "change_settlement_account"
BRANCH, REVIEWER = "east", "reviewer"


@dataclass(frozen=True)
class Place:
    """Where it lies."""

    folder: Path
    database_url: str

    def store(self) -> Store:
        vault = open_vault(self.folder / "keys.json", self.folder / "blobs")
        return Store(connect(self.database_url), SystemClock(), RandomIds(), vault, SERVICES, KNOWN)


def furnish(folder: Path, database_url: str = "") -> Place:
    """Make it: on SQLite in the folder, or in an empty database of a server."""
    folder.mkdir(parents=True, exist_ok=True)
    make_keys(folder / "keys.json")
    place = Place(folder, database_url or f"sqlite:///{folder / 'kaihu.db'}")
    store = place.store()
    Base.metadata.create_all(store.db)
    save(store, default_company().document, demonstration=False)
    with store.write() as tx:
        tx.add(Branch(id=BRANCH, name="东城营业部", name_en="East"))
        publish(tx, load_folder(ROOT, BUSINESS, KNOWN), "for a benchmark", "benchmarks", store.clock.now())
    with store.write() as tx:
        tx.add(_reviewer())
    store.db.dispose()
    return place


def customer(store: Store, id: str) -> str:
    """Put a customer on file."""
    vault = store.vault
    plain = {
        "id_number": "11010519491231002X", "name": "王测试", "phone": "+8613800138000", "account_number": "80001234",
        "address": "样本市样本路 1 号", "issuer": "样本市公安局",
    }  # fmt: skip
    sealed = {name: vault.seal(f"customers.{name}", value) for name, value in plain.items()}
    kept = {"id_index": vault.index("customers.id_number", id), "account_type": "期货经纪账户", "id_long_term": True}
    with store.write() as tx:
        tx.add(Customer(id=id, branch_id=BRANCH, **kept, **sealed))
    return id


def _reviewer() -> Staff:
    return Staff(id=REVIEWER, login=REVIEWER, name="评测", password="-", roles=["reviewer"], branch_id=BRANCH)
