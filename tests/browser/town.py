"""The people of the browser tests: customers and colleagues who are added to the running product, each for one test."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence

from playwright.sync_api import Page
from sqlalchemy import select

from cli.column_check import check_column
from cli.demonstration.customer_file import file_of
from cli.demonstration.people import BEIJING, PASSWORD, SampleInvestor
from cli.demonstration.pictures import STORED, path_of
from cli.demonstration.screens.desk import Desk
from cli.demonstration.screens.investor import Investor
from cli.demonstration.screens.product import Product
from cli.known import known
from engine import staff
from engine.accounts import LocalAccountSystem, file_photo, import_customers
from engine.actors import Actor
from engine.clock import Clock, SystemClock
from engine.company import load
from engine.pki import Party, issue_certificate, load_demonstration_ca
from engine.tables import Case, Certificate, PictureCode, SessionRow, SmsMessage, Staff
from tests.browser.patience import until
from tests.browser.strangers import PATTERN, Someone, newcomer
from webapp.sessions import INVESTOR, STAFF, Door, digest
from workers.house import build
from workers.settings import WorkerSettings

ENOUGH = 96
KEYS = "/static/js/keys.js"


class Town:
    """Adds people to a running product, and looks into its data folder where a person would look at his phone."""

    def __init__(self, product: Product, clock: Clock | None = None) -> None:
        self.product = product
        place = product.place
        self.store = build(WorkerSettings(place.data, place.database_url, "", known()), clock or SystemClock()).store
        self.accounts = LocalAccountSystem(self.store)
        self.strangers = [newcomer(order) for order in range(1, ENOUGH + 1)]
        self._import(self.strangers)

    def somebody(self, *, photos_on_file: bool = True) -> Someone:
        """A customer of the Beijing branch whom no other test knows, with one card on file."""
        file = self.strangers.pop()
        customer_id = self.accounts.find(file.id_number)
        assert customer_id is not None
        if photos_on_file:
            self._put_photos_on_file(customer_id)
        return Someone(file, customer_id)

    def colleague(self, login: str, name: str, *roles: str, branch: str = BEIJING) -> str:
        staff.add(self.store, login, name, PASSWORD, roles, branch)
        return login

    def enter(self, page: Page, who: Someone) -> Investor:
        """His page with the session that a sign-in gives; the sign-in itself is the subject of few tests."""
        self._let_in(page, INVESTOR, who.customer_id)
        return Investor(page, self.product.address)

    def desk(self, page: Page, login: str) -> Desk:
        """A colleague at his desk, signed in likewise."""
        self._let_in(page, STAFF, self.actor(login).id)
        return Desk(page, self.product.address)

    def actor(self, login: str) -> Actor:
        """A colleague as the engine knows him."""
        with self.store.read() as tx:
            row = tx.scalars(select(Staff).where(Staff.login == login)).one()
        return Actor("staff", row.id, row.name, frozenset(row.roles), row.branch_id)

    def sign_in(self, page: Page, who: Someone, business: str = "change_settlement_account") -> Investor:
        """The whole sign-in as a person does it: number, picture, code from the phone, tick, button."""
        Investor(page, self.product.address, business).opens(f"/sign-in/{business}")
        return self.signs_in_where_he_stands(page, who)

    def signs_in_where_he_stands(self, page: Page, who: Someone) -> Investor:
        """The same on the sign-in page to which he was led."""
        page.locator("input[name=id_number]").fill(who.file.id_number)
        page.locator("input[name=picture]").fill(self.picture_answer(page))
        page.locator("button.button[name=action][value=code]").click()
        page.locator("input[name=code]").fill(self.code_sent(page))
        page.locator("input[name=agreed]").check()
        page.locator("button.button-primary[name=action][value=go]").click()
        return Investor(page, self.product.address)

    def picture_answer(self, page: Page) -> str:
        """What the picture shows; we do not read pictures, so the sealed answer is opened."""
        with self.store.read() as tx:
            row = tx.get_one(PictureCode, page.locator("input[name=picture_id]").input_value())
        return self.store.vault.open("picture_codes.answer", row.answer)

    def code_sent(self, page: Page) -> str:
        """What the driver was given for this page."""
        page.locator("input[name=code]").wait_for()
        sent = page.locator("input[name=sent]").input_value()
        until(lambda: self._text(sent))
        found = re.search(r"验证码是 (\d{6})", self._text(sent))
        assert found, "no code was sent"
        return found[1]

    def texts_to(self, who: Someone) -> list[str]:
        """Every text that his phone was sent, the oldest first."""
        with self.store.read() as tx:
            rows = tx.scalars(select(SmsMessage).order_by(SmsMessage.at)).all()
        opened = [(self._open("phone", row.phone), self._open("text", row.text)) for row in rows]
        return [text for phone, text in opened if who.file.phone in phone]

    def status_of(self, case_id: str) -> str:
        """The 办理状态 of a case."""
        with self.store.read() as tx:
            return tx.get_one(Case, case_id).status

    def standing_certificates(self, who: Someone) -> int:
        """How many of his are not revoked."""
        with self.store.read() as tx:
            mine = select(Certificate).where(Certificate.customer_id == who.customer_id)
            return sum(row.revoked_at is None for row in tx.scalars(mine))

    def put_certificate_into(self, page: Page, who: Someone) -> None:
        """As the demonstration's panel does: a key made in this browser, certified by the demonstration CA."""
        pair = page.evaluate_handle(f"async () => (await import('{KEYS}')).make()")
        spki = page.evaluate(f"async pair => (await import('{KEYS}')).publicText(pair)", pair)
        given = {"who": who.customer_id, "pair": pair, "pem": self._certify(who, spki)}
        page.evaluate(f"async it => {{ await (await import('{KEYS}')).keep(it.who, it.pair, it.pem); }}", given)

    def case_of(self, who: Someone) -> str:
        """The case of somebody who has one."""
        with self.store.read() as tx:
            return tx.scalars(select(Case.id).where(Case.customer_id == who.customer_id)).one()

    def number_of(self, case_id: str) -> str:
        """The 受理单号 of a case."""
        with self.store.read() as tx:
            return tx.get_one(Case, case_id).number or ""

    def _text(self, id: str) -> str:
        with self.store.read() as tx:
            row = tx.get(SmsMessage, id)
        return self._open("text", row.text) if row else ""

    def _open(self, column: str, sealed: bytes) -> str:
        return self.store.vault.open(f"sms_messages.{column}", sealed)

    def _let_in(self, page: Page, door: Door, person_id: str) -> None:
        token, now = secrets.token_urlsafe(32), self.store.clock.now()
        with self.store.write() as tx:
            tx.add(SessionRow(id=digest(token), kind=door.kind, person_id=person_id, created_at=now, seen_at=now))
        page.context.add_cookies([{"name": door.cookie, "value": token, "url": self.product.address}])

    def _import(self, people: Sequence[SampleInvestor]) -> None:
        with self.store.read() as tx:
            account_type = load(tx).account_types[0]
        report = import_customers(self.store, file_of(people, account_type), check_column)
        assert not [problem.text("en") for row in report for problem in row.problems]

    def _put_photos_on_file(self, customer_id: str) -> None:
        with self.store.write() as tx:
            for slot in STORED:
                data = path_of(PATTERN, slot).read_bytes()
                file_photo(tx, self.store.vault, self.store.clock.now(), customer_id, slot, data)

    def _certify(self, who: Someone, spki: str) -> str:
        authority = load_demonstration_ca(self.product.place.data)
        assert authority is not None
        party = Party(who.customer_id, "", who.file.name, who.file.id_number)
        with self.store.write() as tx:
            return issue_certificate(tx, self.store.vault, authority, self.store.clock.now(), party, spki)
