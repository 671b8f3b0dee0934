"""The people of the browser tests: customers and colleagues who are added to the running product, each for one test."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from playwright.sync_api import Page
from sqlalchemy import select

from cli.demonstration.customer_file import lines_of
from cli.demonstration.people import BEIJING, INVESTORS, PASSWORD, SampleCard, SampleInvestor
from cli.demonstration.pictures import CARD, STORED, path_of
from cli.demonstration.screens.investor import Investor, NewCard
from cli.demonstration.screens.product import Product
from cli.store import store_of
from engine.accounts import LocalAccountSystem, file_photo
from engine.company import load
from engine.pki import Party, issue_certificate, load_demonstration_ca
from engine.tables import Case, PictureCode
from workers.specimens.numbers import specimen_card_number, specimen_id_number

PATTERN = INVESTORS[0]
ENOUGH = 40
KEYS = "/static/js/keys.js"


@dataclass(frozen=True)
class Someone:
    """A customer on file, and what he holds in his hands: photographs of papers that are nobody's."""

    file: SampleInvestor
    customer_id: str

    @property
    def new_card(self) -> NewCard:
        card = self.file.new_card
        return NewCard(card.bank, card.outlet, card.number, path_of(PATTERN, CARD))

    def photo(self, slot: str) -> Path:
        return path_of(PATTERN, slot)


class Town:
    """Adds people to a running product, and looks into its data folder where a person would look at his phone."""

    def __init__(self, product: Product, folder: Path) -> None:
        self.product, self.folder = product, folder
        self.store = store_of(product.place)
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

    def colleague(self, login: str, name: str, role: str, branch: str = BEIJING) -> str:
        options = ["--name", name, "--role", role, "--branch", branch, "--password", PASSWORD]
        self._kaihu("staff", "add", login, *options)
        return login

    def sign_in(self, page: Page, who: Someone, business: str = "change_settlement_account") -> Investor:
        """The whole sign-in as a person does it: number, picture, code from the phone, tick, button."""
        me = Investor(page, self.product.address, business).opens(f"/sign-in/{business}")
        page.locator("input[name=id_number]").fill(who.file.id_number)
        page.locator("input[name=picture]").fill(self.picture_answer(page))
        page.locator("button.button[name=action][value=code]").click()
        page.locator("input[name=code]").fill(self.code_sent_to(page, who))
        page.locator("input[name=agreed]").check()
        page.locator("button.button-primary[name=action][value=go]").click()
        return me

    def picture_answer(self, page: Page) -> str:
        """What the picture shows; we do not read pictures, so the sealed answer is opened."""
        with self.store.read() as tx:
            row = tx.get_one(PictureCode, page.locator("input[name=picture_id]").input_value())
        return self.store.vault.open("picture_codes.answer", row.answer)

    def code_sent_to(self, page: Page, who: Someone) -> str:
        """From the demonstration's page of texts that were sent."""
        page.locator("input[name=code]").wait_for()
        sent = page.request.get(f"{self.product.address}/demonstration/outbox").text()
        found = re.search(rf"{who.file.phone}.*?验证码是 (\d{{6}})", sent, re.DOTALL)
        assert found, "no code was sent"
        return found[1]

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

    def _import(self, people: Sequence[SampleInvestor]) -> None:
        with self.store.read() as tx:
            account_type = load(tx).account_types[0]
        path = self.folder / "customers.csv"
        path.write_text("\n".join(lines_of(people, account_type)), "utf-8")
        self._kaihu("customers", "import", str(path))

    def _kaihu(self, *words: str) -> None:
        command = [sys.executable, "-m", "cli", *words, "--data", str(self.product.place.data)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

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


def newcomer(order: int) -> SampleInvestor:
    """A person made up from his order: number of an unlisted county, one card at one bank, another card at hand."""
    born = date(1970 + order % 30, 1 + order % 12, 1 + order % 28)
    return replace(
        PATTERN,
        key=f"newcomer{order}",
        name=f"样本{'甲乙丙丁戊己庚辛壬癸'[order % 10]}{'子丑寅卯辰巳午未申酉戌亥'[order % 12]}",
        id_number=specimen_id_number(born, 100 + order),
        phone=f"139{order:08d}",
        on_file=(SampleCard("ICBC", "样例市和平路支行", specimen_card_number("622202", order)),),
        new_card=SampleCard("CCB", "样例市中山路支行", specimen_card_number("621700", order)),
    )
