"""The people of the kill test: investors and a reviewer who do their work over HTTP and note what they were told."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass, field
from threading import Event

from cli.demonstration.people import INVESTORS, PASSWORD, SampleCard, SampleInvestor
from cli.demonstration.pictures import path_of
from engine.store import Store
from engine.tables import Task
from tests.crash.acks import Ack, Acks
from tests.crash.browser import Answer, Browser, TooLate
from tests.house import CHANGE
from tests.web.line import Browser as Keys

STEP = re.compile(r"/cases/([0-9a-f]{32})/([0-9a-f-]{36})")
DESK_TASK = re.compile(r"/desk/tasks/([0-9a-f-]{36})")
PAUSE = 0.15
SLOTS = ("id_portrait", "id_emblem", "signature")


def person(key: str) -> SampleInvestor:
    return next(each for each in INVESTORS if each.key == key)


@dataclass
class Investor:
    """Goes through his business, whatever happens to the server, to its end.

    With `turns_at` he stops before this step, and goes back and forth until `enough`.
    """

    who: SampleInvestor
    card: SampleCard
    browser: Browser
    store: Store
    acks: Acks
    turns_at: str = ""
    enough: Event = field(default_factory=Event)
    keys: Keys = field(default_factory=Keys)

    def walk(self) -> None:
        case = self._enter()
        while True:
            page = self.browser.get(case)
            here = STEP.search(page.path)
            if here is None:
                if "办理成功" in page.text:
                    return
                self._wait()
                continue
            step = self._step(here[2])
            if step != self.turns_at:
                self._do(step, page, here[1])
            elif self.enough.is_set():
                return
            else:
                self._send(f"{page.path}/back", page, here[1], {})

    def _enter(self) -> str:
        """The demonstration's panel fills in the sign-in form; where his case is."""
        browser = self.browser
        while True:
            page = browser.get(f"/sign-in/{CHANGE}")
            if 'name="agreed"' not in page.text:
                page = browser.get("/my")
                started = browser.post(f"/my/start/{CHANGE}", {"csrf_token": page.hidden("csrf_token")})
                return started.location
            fill = {"csrf_token": page.hidden("csrf_token"), "person": self.who.key, "business": CHANGE}
            filled = browser.post("/demonstration/fill", fill)
            self._take_certificate(filled)
            names = ("csrf_token", "id_number", "picture_id", "sent", "code")
            form = {name: field_value(filled, name) for name in names}
            form |= {"account_type": "期货经纪账户", "agreed": "yes", "action": "go"}
            entered = browser.post(f"/sign-in/{CHANGE}", form)
            if entered.status == 303 and entered.location.startswith("/cases/"):
                return entered.location

    def _take_certificate(self, page: Answer) -> None:
        if self.who.has_certificate and not self.keys.pem:
            form = {"csrf_token": page.hidden("csrf_token"), "person": self.who.key, "spki": self.keys.spki}
            self.keys.pem = json.loads(self.browser.post("/demonstration/certificate", form).text)["pem"]

    def _step(self, task_id: str) -> str:
        with self.store.read() as tx:
            return tx.get_one(Task, task_id).step

    def _wait(self) -> None:
        if time.monotonic() > self.browser.deadline:
            raise TooLate(f"{self.who.key} waits")
        time.sleep(PAUSE)

    def _do(self, step: str, page: Answer, case_id: str) -> None:
        if step == "upload_photos" and not self.who.stored:
            self._upload(page, case_id, SLOTS)
        if step == "bank_cards":
            self._upload(page, case_id, ("bank_card:1",))
        self._send(page.path, page, case_id, self._fields(step, page))

    def _send(self, path: str, page: Answer, case_id: str, fields: dict[str, str | list[str]]) -> None:
        """Send the form of this page; what is refused is done again from a new page."""
        form = {name: page.hidden(name) for name in ("csrf_token", "submission_id")}
        answer = self.browser.post(path, {**form, **fields})
        if answer.status == 303 and answer.location == f"/cases/{case_id}":
            self.acks.write(Ack("submission", case_id, form["submission_id"]))
        else:
            assert answer.status in (303, 422), f"{path}: {answer.status} {answer.text[:500]}"
            self._wait()

    def _upload(self, page: Answer, case_id: str, slots: tuple[str, ...]) -> None:
        for slot in slots:
            data = path_of(self.who, slot).read_bytes()
            token = {"csrf_token": page.hidden("csrf_token")}
            answer = self.browser.post(f"/cases/{case_id}/photos/{slot}", token, {f"photo-{slot}": data})
            assert answer.status == 303, f"{slot}: {answer.status} {answer.text[:300]}"
            self.acks.write(Ack("upload", case_id, slot))

    def _fields(self, step: str, page: Answer) -> dict[str, str | list[str]]:
        valid = f"{self.who.valid_from:%Y.%m.%d}-{self.who.valid_until:%Y.%m.%d}"
        card = {"row": "1", "bank": self.card.bank, "outlet": self.card.outlet, "number": self.card.number}
        typed: dict[str, dict[str, str | list[str]]] = {
            "upload_photos": {"identity_consent": "yes"},
            "check_photos": {"photos_checked": "yes", "responsibility": "yes"},
            "basic_data": {"address": self.who.address, "issuer": self.who.issuer, "validity": valid},
            "bank_cards": {"bank_cards_consent": "yes", **{f"cards.1.{name}": text for name, text in card.items()}},
            "bank_notice": {"read": "yes"},
            "video_notice": {"read": "yes"},
        }
        if step == "certificate_check":
            return dict(self._proof(page, "detect", "certificate"))
        if step == "sign_agreements":
            ticks = re.findall(r'name="agreements" value="([^"]+)"', page.text)
            return {"agreements": ticks, **self._proof(page, "sign", "agreements")}
        return typed[step]

    def _proof(self, page: Answer, purpose: str, key: str) -> dict[str, str]:
        """A challenge, signed by this browser's key."""
        if not self.keys.pem:
            return {}
        token = {"csrf_token": page.hidden("csrf_token")}
        asked = json.loads(self.browser.post(f"{page.path}/challenge/{purpose}", token).text)
        if "challenge" not in asked:
            return {}
        signature = self.keys.sign(asked["text"])
        parts = {"challenge": asked["challenge"], "signature": signature, "certificate": self.keys.pem}
        return {f"{key}.{name}": text for name, text in parts.items()}


@dataclass
class Reviewer:
    """Claims what comes to the desk and passes it, until told to go home."""

    login: str
    browser: Browser
    store: Store
    acks: Acks
    home: Event

    def work(self) -> None:
        page = self.browser.get("/staff/sign-in")
        form = {"csrf_token": page.hidden("csrf_token"), "login": self.login, "password": PASSWORD}
        self.browser.post("/staff/sign-in", form)
        while not self.home.is_set():
            found = DESK_TASK.search(self.browser.get("/desk").text)
            if found:
                self._decide(found[1])
            self.home.wait(PAUSE * 2)

    def _decide(self, task_id: str) -> None:
        path = f"/desk/tasks/{task_id}"
        page = self.browser.get(path)
        if 'name="submission_id"' not in page.text:
            if "csrf_token" in page.text:
                self.browser.post(f"{path}/claim", {"csrf_token": page.hidden("csrf_token")})
            return
        form = {name: page.hidden(name) for name in ("csrf_token", "submission_id")} | {"decision": "pass"}
        answer = self.browser.post(path, form)
        if answer.status == 303 and answer.location == "/desk":
            with self.store.read() as tx:
                case_id = tx.get_one(Task, task_id).case_id
            self.acks.write(Ack("submission", case_id, form["submission_id"]))


def field_value(page: Answer, name: str) -> str:
    """The value of an input, in whichever order its attributes stand."""
    tag = re.search(rf'<input[^>]*\bname="{name}"[^>]*>', page.text)
    assert tag, f"no input {name} in {page.path}: {page.text[:300]}"
    value = re.search(r'\bvalue="([^"]*)"', tag[0])
    return value[1] if value else ""
