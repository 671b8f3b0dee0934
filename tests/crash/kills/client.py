"""Customers who send forms as fast as they are answered, and write down what they were told."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from engine.store import Store
from tests.crash.acks import Ack, Acks
from tests.crash.browser import Answer, Browser, TooLate
from tests.crash.kills import codes
from tests.crash.kills.town import BUSINESS, Town, token_of

STEP = re.compile(r"/cases/([0-9a-f]{32})/([0-9a-f-]{36})$")
WISHES = {"job": 50, "rest": 22, "nothing": 24, "over": 4}
CASES = 6
CODES_AT_ONCE = 3
UPLOADS = 0.2
CODES = 0.25
PATIENCE = 60.0
BREATH = 0.3


@dataclass
class Client:
    """One customer with several cases at once; where one waits, another is gone on with."""

    number: int
    port: int
    acks: Acks
    town: Town
    random: Random
    store: Store
    cases: list[str] = field(default_factory=list)
    token: str = ""
    codes: list[str] = field(default_factory=list)

    def work(self) -> None:
        """Until it is over. Whoever is started again goes on with the cases that he was told of."""
        browser = Browser(self.port, 0.0)
        browser.cookies["kaihu_investor"] = token_of(self.number)
        self.cases = self._mine()
        while not self.town.board.over:
            browser.deadline = time.monotonic() + PATIENCE
            try:
                self.token = self.token or browser.get("/my").hidden("csrf_token")
                self._turn(browser)
            except TooLate:
                if not self.town.board.over:
                    raise

    def _mine(self) -> list[str]:
        mine = f"customer{self.number}"
        return [ack.case_id for ack in self.acks.read() if ack.kind == "opening" and ack.id == mine][-CASES:]

    def _turn(self, browser: Browser) -> None:
        if self.random.random() < CODES and len(self._codes_under_way()) < CODES_AT_ONCE:
            self._ask_for_code(browser)
        if len(self.cases) < CASES:
            self._open(browser)
            return
        case = self.random.choice(self.cases)
        page = browser.get(f"/cases/{case}")
        if STEP.search(page.path):
            self._step(browser, case, page)
        elif "都办完了" in page.text:
            self.cases.remove(case)
        else:
            time.sleep(BREATH)

    def _ask_for_code(self, browser: Browser) -> None:
        if code := codes.ask(browser, self.token, self.store, self.number):
            self.acks.write(Ack("code", "", code))
            self.codes.append(code)

    def _codes_under_way(self) -> list[str]:
        """Workers that cannot follow would only be sent each text anew."""
        self.codes = [code for code in self.codes if codes.is_under_way(self.store, code)]
        return self.codes

    def _open(self, browser: Browser) -> None:
        answer = browser.post(f"/my/start/{BUSINESS}", {"csrf_token": self.token})
        assert answer.status == 303, f"start: {answer.status} {answer.text[:300]}"
        case = answer.location.removeprefix("/cases/")
        if case not in self.cases:
            self.acks.write(Ack("opening", case, f"customer{self.number}"))
            self.cases.append(case)
        self._step(browser, case, browser.get(f"/cases/{case}"))

    def _step(self, browser: Browser, case: str, page: Answer) -> None:
        if self.random.random() < UPLOADS:
            self._upload(browser, case, page)
        wish = self.random.choices(list(WISHES), list(WISHES.values()))[0]
        form = {name: page.hidden(name) for name in ("csrf_token", "submission_id")} | {"errand": wish}
        answer = browser.post(page.path, form)
        if answer.status == 303 and answer.location == f"/cases/{case}":
            self.acks.write(Ack("submission", case, form["submission_id"]))
        else:
            assert answer.status in (303, 422), f"{page.path}: {answer.status} {answer.text[:300]}"

    def _upload(self, browser: Browser, case: str, page: Answer) -> None:
        """Nothing that can be read as a picture: what it costs to look at one is not the subject."""
        data = b"\xff\xd8\xff" + self.random.randbytes(400)
        token = {"csrf_token": page.hidden("csrf_token")}
        answer = browser.post(f"/cases/{case}/photos/paper", token, {"photo-paper": data})
        assert answer.status in (303, 422), f"upload: {answer.status} {answer.text[:300]}"
        if answer.location == f"{page.path}#slot-paper":  # a step that was just closed sends elsewhere
            self.acks.write(Ack("upload", case, "paper"))


def work(number: int, port: int, acks: Path, town: Town, seed: int) -> None:
    Client(number, port, Acks(acks), town, Random(seed), town.store()).work()
