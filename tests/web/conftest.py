"""What the web tests share: an application on SQLite in a folder of its own, a clock moved by hand, people to be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from engine import staff as staff_register
from engine import texts
from engine.bundles import Bundle, load_folder, publish
from engine.clock import SHANGHAI
from engine.company import Company, default_company, save
from engine.ids import RandomIds
from engine.store import Store, connect
from engine.tables import Branch, Customer, OutgoingText
from engine.vault import make_keys, open_vault
from tests.emptying import empty
from tests.tables import make_tables
from tests.web.addresses import compile_once
from tests.web.templates import Compiled
from webapp.app import KNOWN, create_app
from webapp.settings import WebSettings
from webapp.signin import pictures

ROOT = Path(__file__).parents[2]
MAIN, EXTRA = "change_settlement_account", "supplementary_agreement"
BROKERAGE, ASSETS = "期货经纪账户", "资产管理账户"
PASSWORD = "a long enough password"
DATABASES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
ON_BOTH = pytest.mark.parametrize("web_database", DATABASES, indirect=True)
ON_POSTGRES = pytest.mark.parametrize("web_database", DATABASES[1:], indirect=True)
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # what a hash costs is tests/store's subject


@dataclass
class HandClock:
    """A Tuesday morning, within every calendar."""

    moment: datetime = datetime(2026, 11, 24, 9, 54, 11, tzinfo=SHANGHAI)

    def now(self) -> datetime:
        return self.moment

    def pass_by(self, **time: float) -> None:
        self.moment += timedelta(**time)


@dataclass
class KeptSms:
    """What waits to be carried to phones; what is for nobody is not among it."""

    settings: WebSettings

    @property
    def sent(self) -> list[tuple[str, str]]:
        engine = connect(self.settings.database_url)
        opened = open_vault(self.settings.key_file, self.settings.blob_folder).open
        waiting = select(OutgoingText).where(OutgoingText.status == texts.DUE).order_by(OutgoingText.created_at)
        with Session(engine) as tx:
            found = [(opened(texts.PHONE, row.phone), opened(texts.TEXT, row.text)) for row in tx.scalars(waiting)]
        engine.dispose()
        return found

    @property
    def last_code(self) -> str:
        return str(re.findall(r"\d{6}", self.sent[-1][1])[0])


@dataclass(frozen=True)
class Somebody:
    """A customer of the tests."""

    id: str
    id_number: str
    name: str = "王测试"
    phone: str = "+8613800138000"
    account_type: str = BROKERAGE
    branch: str = "east"
    valid_until: date | None = date(2036, 5, 2)


WANG = Somebody("wang", "11010519491231002X")
LI = Somebody("li", "110101200811240010", name="李正好", phone="+8613900139000")
UNKNOWN = "440524199001010018"


@cache
def bundle(business: str) -> Bundle:
    return load_folder(ROOT, business, KNOWN)


@pytest.fixture(scope="session", autouse=True)
def templates_and_addresses_are_compiled_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": Compiled()})
        compile_once(patch)
        yield


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def sms(web_settings: WebSettings) -> KeptSms:
    return KeptSms(web_settings)


@pytest.fixture
def web_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """SQLite, unless a test that is marked `ON_BOTH` asks for PostgreSQL."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return f"sqlite:///{tmp_path / 'kaihu.db'}"
    url: str = request.getfixturevalue("postgres")
    engine = connect(url)
    empty(engine)
    engine.dispose()
    return url


@pytest.fixture
def web_settings(web_database: str, tmp_path: Path, clock: HandClock) -> WebSettings:
    make_keys(tmp_path / "keys.json")
    return WebSettings(web_database, tmp_path, secure_cookies=False, clock=clock, ids=RandomIds(), hasher=QUICK)


@pytest.fixture
def app(web_settings: WebSettings) -> Iterator[Flask]:
    made = create_app(web_settings)
    furnish(made)
    yield made
    close(made)


@pytest.fixture
def store(app: Flask) -> Store:
    return store_of(app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def analyst(app: Flask, store: Store) -> FlaskClient:
    employ(store, "ana", {"analyst"})
    client = app.test_client()
    sign_in_staff(client, "ana")
    return client


@pytest.fixture
def colleague(app: Flask, store: Store) -> FlaskClient:
    """A second analyst."""
    employ(store, "bob", {"analyst"})
    client = app.test_client()
    sign_in_staff(client, "bob")
    return client


def store_of(app: Flask) -> Store:
    found: Store = app.extensions["kaihu"].store
    return found


def furnish(app: Flask, demonstration: bool = False) -> None:
    """Tables, the sample company, two branches, both businesses and one customer."""
    store = store_of(app)
    make_tables(store.db)
    save(store, default_company().document, demonstration=demonstration)
    with store.write() as tx:
        tx.add_all(
            [Branch(id="east", name="东城营业部", name_en="East"), Branch(id="west", name="西城营业部", name_en="West")]
        )
        for business in (MAIN, EXTRA):
            publish(tx, bundle(business), "for tests", "tests", store.clock.now())
    put_on_file(store, WANG)


def close(app: Flask) -> None:
    """Give the connections back, so that no test leaves one open."""
    from webapp.house import db

    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    store_of(app).db.dispose()


def put_on_file(store: Store, one: Somebody) -> None:
    vault = store.vault
    sealed = {
        name: vault.seal(f"customers.{name}", value)
        for name, value in {
            "id_number": one.id_number, "name": one.name, "phone": one.phone, "account_number": "80001234",
            "address": "样本市样本路 1 号", "issuer": "样本市公安局",
        }.items()
    }  # fmt: skip
    with store.write() as tx:
        tx.add(
            Customer(
                id=one.id, id_index=vault.index("customers.id_number", one.id_number), account_type=one.account_type,
                id_valid_from=date(2016, 5, 2), id_valid_until=one.valid_until, id_long_term=False,
                branch_id=one.branch, **sealed,
            )
        )  # fmt: skip


def employ(store: Store, login: str, roles: set[str], branch: str = "east") -> str:
    return staff_register.add(store, login, f"{login}（样本）", PASSWORD, roles, branch, QUICK).id


def company(store: Store) -> Company:
    from engine.company import load

    with store.read() as tx:
        return load(tx)


def token(client: FlaskClient, path: str) -> str:
    """The token of the forms of a page."""
    return hidden(client.get(path), "csrf_token")


def hidden(page: TestResponse, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found, f"no field {name} in the page"
    return found[1]


def post(client: FlaskClient, path: str, page: TestResponse | None = None, **fields: str) -> TestResponse:
    """Post a form as a browser would, with the token of the page that it stands on."""
    token = hidden(page or client.get("/staff/sign-in"), "csrf_token")
    return client.post(path, data={"csrf_token": token, **fields})


def solved(app: Flask, page: TestResponse) -> dict[str, str]:
    """The picture of a page, read by somebody with good eyes."""
    picture_id = hidden(page, "picture_id")
    with app.app_context():
        return {"picture_id": picture_id, "picture": pictures._shown(picture_id)}


def ask_code(
    app: Flask, client: FlaskClient, id_number: str, path: str = f"/sign-in/{MAIN}", **more: str
) -> TestResponse:
    """Fill in the page and press 获取验证码."""
    page = client.get(path)
    fields = {"id_number": id_number, "account_type": BROKERAGE, "action": "code", **solved(app, page), **more}
    return post(client, path, page, **fields)


def enter(
    client: FlaskClient, page: TestResponse, id_number: str, code: str, path: str = f"/sign-in/{MAIN}", **more: str
) -> TestResponse:
    """Press 马上开户 on the page that came back with 获取验证码."""
    fields = {"id_number": id_number, "account_type": BROKERAGE, "code": code, "agreed": "yes", "action": "go", **more}
    return post(client, path, page, sent=hidden(page, "sent"), **fields)


def sign_in(
    app: Flask, client: FlaskClient, sms: KeptSms, id_number: str = WANG.id_number, path: str = f"/sign-in/{MAIN}"
) -> TestResponse:
    """The whole way in."""
    page = ask_code(app, client, id_number, path)
    return enter(client, page, id_number, sms.last_code, path)


def sign_in_staff(client: FlaskClient, login: str, password: str = PASSWORD) -> TestResponse:
    return post(client, "/staff/sign-in", login=login, password=password)


@pytest.fixture
def both(app: Flask, store: Store) -> FlaskClient:
    """A colleague who serves a desk and supervises its branch."""
    employ(store, "both", {"reviewer", "supervisor"})
    member = app.test_client()
    sign_in_staff(member, "both", PASSWORD)
    return member
