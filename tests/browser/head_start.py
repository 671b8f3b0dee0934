"""A case brought some steps on by the engine's own commands, so that a test begins where its subject lies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from engine import outbox, photos
from engine.actors import Actor
from engine.cases import Completion, complete, open_case
from engine.tables import Job
from tests.browser.patience import until
from tests.house import CHANGE, SETTINGS
from tests.walk import Walk, dotted, new_submission
from tests.web.line import SLOTS, see

if TYPE_CHECKING:
    from tests.browser.strangers import Someone
from tests.browser.town import Town

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
        """Photographs uploaded and accepted."""
        for slot in SLOTS:
            self._photograph(slot, self.who.photo(slot), "sheet" if slot == "signature" else "id1")
        self.do("upload_photos")
        self.until("check_photos").do("check_photos")
        return self.id

    def to_bank_cards(self) -> str:
        """The basic data given."""
        self.to_basic_data()
        file = self.who.file
        self.give("basic_data", {"address": file.address, "issuer": file.issuer, "validity": "2016.05.20-2036.05.20"})
        return self.id

    def to_certificate(self) -> str:
        """One card added, with its photograph."""
        self.to_bank_cards()
        self._photograph(f"bank_card:{ROW}", self.who.new_card.photo)
        self.give_cards()
        return self.id

    def give_cards(self) -> None:
        """The same card, with the photograph that is there, also when it is asked for again."""
        self.give("bank_cards", {"cards": {"removed": [], "unlinked": [], "added": [self._card()]}})
        self.until("bank_notice").do("bank_notice")

    def to_review(self) -> Walk:
        self.to_certificate()
        self.do("certificate_check", certificate__found=True)
        self.do("sign_agreements")
        return self

    def to_video(self) -> str:
        """No certificate was found, and it was read what that means."""
        self.to_certificate()
        self.do("certificate_check", certificate__found=False)
        self.do("video_notice")
        return self.id

    def to_line(self) -> str:
        """In line for a verifier."""
        self.to_video()
        self.do("video_page", video__choice="queue", device__ok=True)
        return self.id

    def to_installation(self, verifier: Actor) -> str:
        """The video has passed."""
        self.to_line()
        self.decide("video_verification", verifier, video__decision="pass")
        self.do("video_passed")
        self.do("certificate_recheck", certificate__found=False)
        return self.id

    def give(self, step: str, answers: dict[str, object], **facts: object) -> None:
        done = Completion(self.task(step).id, self.me, new_submission(), answers=answers, facts=dotted(facts))
        complete(self.store, done)

    def until(self, step: str) -> HeadStart:
        until(lambda: step in self.steps)
        return self

    def _card(self) -> dict[str, str]:
        card = self.who.new_card
        return {"row": ROW, "bank": card.bank, "outlet": card.outlet, "number": card.number}

    def _photograph(self, slot: str, photo: Path, kind: str = "id1") -> None:
        """Its pixels are looked at by nobody: that takes the worker seconds, and is the subject of other tests."""

        mine = {"case_id": self.id, "slot": slot, "by": self.who.customer_id, "kind": kind}
        row = photos.add(self.store, data=photo.read_bytes(), **mine)
        with self.store.read() as tx:
            jobs = tx.scalars(select(Job).where(Job.case_id == self.id, Job.service == photos.PROCESS))
            job = next(job.id for job in jobs if job.args["photo_id"] == row)
        outbox.finish(self.store, job, 0, {}, lambda tx: see(self.store, tx, job))
