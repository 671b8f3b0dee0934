"""A case brought some steps on by the engine's own commands, so that a test begins where its subject lies."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from engine import photos
from engine.actors import Actor
from engine.cases import Completion, complete, open_case
from tests.house import CHANGE, SETTINGS
from tests.walk import Walk, dotted, new_submission

if TYPE_CHECKING:
    from tests.browser.town import Someone, Town

ROW = "1"


class HeadStart(Walk):
    """Walks as the engine's tests do, in the running product: services are its worker's business."""

    def __init__(self, town: Town, who: Someone) -> None:
        self.store, self.who = town.store, who
        self.me = Actor("investor", who.customer_id, who.file.name, frozenset({"investor"}))
        self.id = open_case(
            self.store,
            business=CHANGE,
            customer_id=who.customer_id,
            branch_id=who.file.branch,
            settings=SETTINGS,
        )

    def to_basic_data(self) -> str:
        """Photographs accepted: those that the company already holds."""
        self.do("upload_photos")
        self.until("check_photos").do("check_photos")
        return self.id

    def to_certificate(self) -> str:
        """One card added, with its photograph."""
        self.to_basic_data()
        file = self.who.file
        self.give("basic_data", {"address": file.address, "issuer": file.issuer, "validity": "2016.05.20-2036.05.20"})
        self._photograph_card()
        self.give("bank_cards", {"cards": {"removed": [], "unlinked": [], "added": [self._card()]}})
        self.until("bank_notice").do("bank_notice")
        return self.id

    def to_review(self) -> Walk:
        self.to_certificate()
        self.do("certificate_check", certificate__found=True)
        self.do("sign_agreements")
        return self

    def give(self, step: str, answers: dict[str, object], **facts: object) -> None:
        done = Completion(self.task(step).id, self.me, new_submission(), answers=answers, facts=dotted(facts))
        complete(self.store, done)

    def until(self, step: str, patience: float = 30.0) -> HeadStart:
        end = time.monotonic() + patience
        while step not in self.steps and time.monotonic() < end:
            time.sleep(0.05)  # the worker is another process: there is nothing to wait on
        return self

    def _card(self) -> dict[str, str]:
        card = self.who.new_card
        return {"row": ROW, "bank": card.bank, "outlet": card.outlet, "number": card.number}

    def _photograph_card(self) -> None:
        data = self.who.new_card.photo.read_bytes()
        photos.add(self.store, case_id=self.id, slot=f"bank_card:{ROW}", data=data, by=self.who.customer_id, kind="id1")
