"""The whole line for the web tests: a browser's key, photographs that the pipeline has seen, jobs done at once."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine import outbox
from engine.company import default_company, save
from engine.store import Store
from engine.tables import Case, FiledCard, Job, Photo, Task
from tests.ears import heard, report
from workers.catalogue import FUNCTIONS
from workers.service import JobContext

SLOTS = ("id_portrait", "id_emblem", "signature")


@dataclass
class Browser:
    """A key as WebCrypto would hold it, with the certificate that was given for it."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    pem: str = ""

    @property
    def spki(self) -> str:
        form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        return base64.b64encode(self.key.public_key().public_bytes(*form)).decode()

    def sign(self, text: str) -> str:
        r, s = decode_dss_signature(self.key.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
        return base64.b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode()


class Line:
    """One investor in front of his case."""

    def __init__(self, app: Flask, client: FlaskClient, store: Store, browser: Browser) -> None:
        self.app, self.client, self.store, self.browser = app, client, store, browser
        with store.read() as tx:
            self.case_id = tx.scalars(select(Case.id).order_by(Case.opened_at.desc())).first() or ""

    @property
    def task(self) -> Task:
        """The investor's open task."""
        with self.store.read() as tx:
            mine = select(Task).where(Task.case_id == self.case_id, Task.role == "investor", Task.closed_at.is_(None))
            return tx.scalars(mine).one()

    @property
    def case(self) -> Case:
        with self.store.read() as tx:
            return tx.get_one(Case, self.case_id)

    def path(self, *more: str) -> str:
        return "/".join(("/cases", self.case_id, self.task.id, *more))

    def page(self) -> TestResponse:
        return self.client.get(self.path())

    def post(self, path: str | None = None, page: TestResponse | None = None, **fields: Any) -> TestResponse:
        """Send the open step's form with its own token and nonce."""
        shown = page or self.page()
        given = {name: value(shown, name) for name in ("csrf_token", "submission_id")}
        answer = self.client.post(path or self.path(), data=given | fields, content_type="multipart/form-data")
        answer.request.environ["wsgi.input"].close()  # the test client keeps a big body in a file
        return answer

    def work(self) -> None:
        """Do the jobs that are due; photographs are 'seen' without pixels being looked at."""
        house = self.app.extensions["kaihu"]
        for _ in range(10):
            sent = outbox.due(self.store)
            for job in sent:
                self._do(house, job)
            if not sent:
                return

    def _do(self, house: Any, job: outbox.SentJob) -> None:
        if job.service == "photo.process":
            outbox.finish(self.store, job.job_id, job.attempt, {}, lambda tx: see(self.store, tx, job.job_id))
            return
        with self.store.read() as tx:
            row = tx.get_one(Job, job.job_id)
        context = JobContext(self.store, row.case_id, row.id, job.attempt, house.accounts, Sms(), house.authority)
        result = FUNCTIONS[job.service].function(context, **row.args)
        outbox.finish(self.store, job.job_id, job.attempt, result.facts, result.effect)

    def upload(self, *slots: str) -> None:
        for slot in slots:
            self.post(f"/cases/{self.case_id}/photos/{slot}", **{f"photo-{slot}": (io.BytesIO(jpeg()), "x.jpg")})
        self.work()

    def proof(self, purpose: str, key: str) -> dict[str, str]:
        """What the script would put into the form: a challenge signed by this browser's key."""
        asked = self.post(self.path("challenge", purpose)).json
        assert asked
        parts = {
            "challenge": asked["challenge"],
            "signature": self.browser.sign(asked["text"]),
            "certificate": self.browser.pem,
        }
        return {f"{key}.{name}": text for name, text in parts.items()}

    # -- the steps of the main business --

    def photos(self) -> None:
        self.upload(*SLOTS)
        self.post(identity_consent="yes")
        self.work()
        self.post(photos_checked="yes", responsibility="yes")

    def basic_data(self) -> None:
        self.post(address="样本市样本路 2 号", issuer="样本市公安局", validity="2016.05.02-2036.05.02")

    def bank_cards(self) -> None:
        self.upload("bank_card:1")
        self.post(bank_cards_consent="yes", **NEW_CARD)
        self.work()
        self.post(read="yes")

    def certificate(self) -> None:
        self.post(**(self.proof("detect", "certificate") if self.browser.pem else {}))

    def queues(self) -> TestResponse:
        """开始视频通话, or 进入排队 of a booking; the devices are checked first where no check holds."""
        answer = self.post(choice="queue")
        with self.store.read() as tx:
            open_tasks = select(Task).where(Task.case_id == self.case_id, Task.closed_at.is_(None))
            asked = [task.step for task in tx.scalars(open_tasks)]
        if asked != ["device_check"]:
            return answer
        assert "data-passed" in self.checks_devices(self.hears()).text
        return self.post(choice="queue")

    def hears(self) -> str:
        return heard(self.client.get(self.path("devices", "digits")).data)

    def checks_devices(self, typed: str = "", **measured: object) -> TestResponse:
        """What the page's script sends once it has measured."""
        return self.post(self.path("devices"), report=report(typed, **measured))

    def signature(self) -> TestResponse:
        page = self.page()
        ticks = re.findall(r'name="agreements" value="([^"]+)"', page.text)
        return self.post(page=page, agreements=ticks, **self.proof("sign", "agreements"))

    def to_review(self) -> None:
        self.photos()
        self.basic_data()
        self.bank_cards()
        self.certificate()
        self.signature()


NEW_CARD = {
    "cards.1.row": "1", "cards.1.bank": "CMB", "cards.1.outlet": "上海市静安支行", "cards.1.number": "6225880123456783",
}  # fmt: skip


class Sms:
    """Nobody is sent anything."""

    def send(self, key: str, phone: str, text: str) -> None: ...


def value(page: TestResponse, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found, f"no field {name}: {page.status} {page.text[:400]}"
    return found[1]


def jpeg(colour: str = "teal", size: tuple[int, int] = (64, 40)) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", size, colour).save(kept, "JPEG")
    return kept.getvalue()


def see(store: Store, tx: Any, job_id: str, verdicts: tuple[Mapping[str, object], ...] = ()) -> None:
    """What photo.process would write of a good photograph."""
    photo = tx.get_one(Photo, tx.get_one(Job, job_id).args["photo_id"])
    photo.upright = store.vault.blobs.put(tx, photo.case_id, jpeg("navy"))
    photo.crop = store.vault.blobs.put(tx, photo.case_id, jpeg("green"))
    photo.record, photo.status = {"action": "crop", "verdicts": list(verdicts)}, "ready"


def filed_card(store: Store, customer: str, id: str = "old", bank: str = "CCB", linked: bool = False) -> None:
    with store.write() as tx:
        sealed = {
            "outlet": store.vault.seal("filed_cards.outlet", "北京市东城支行"),
            "number": store.vault.seal("filed_cards.number", "6217000010012345677"),
        }
        tx.add(FiledCard(id=id, customer_id=customer, bank=bank, linked=linked, added_at=store.clock.now(), **sealed))


def demonstrating(store: Store) -> None:
    """From now on the company's record says that this is a demonstration."""
    save(store, default_company().document, demonstration=True)
