"""The canary's way through everything that this version has, in a product that runs."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import select

from cli.demonstration.people import BEIJING, PASSWORD
from engine import staff
from engine.accounts import LocalAccountSystem
from engine.pki import Party, issue_certificate
from engine.store import Store
from engine.tables import Case, Incident, Job, PictureCode, SmsMessage, Task
from tests.canary.colleagues import errors, is_handed_over, is_sent_back_in_a_video, signs_in
from tests.canary.person import AGENT, IP, ON_FILE, SLOTS, TYPED, WRITTEN, photo
from tests.canary.visitor import Answer, Visitor
from tests.house import CHANGE
from tests.web.line import Browser as Keys

PATIENCE = 120.0
SENT = 5
"""Texts: the code, the booking, the verifier's reject, the reviewer's reject, and that it is done."""
DESK_TASK = re.compile(r"/desk/tasks/([0-9a-f-]{36})")
CONSENT = {"identity_consent": "yes"}
CHECKED = {"photos_checked": "yes", "responsibility": "yes"}
DATA = {"issuer": ON_FILE["issuer"], "validity": "2016.05.20-2036.05.20"}


@dataclass
class Walk:
    """The investor and four of the staff, each in a browser of his own."""

    store: Store
    port: int
    me: Visitor = field(init=False)
    desk: Visitor = field(init=False)
    operator: Visitor = field(init=False)
    call: Visitor = field(init=False)
    chief: Visitor = field(init=False)
    keys: Keys = field(default_factory=Keys)

    def __post_init__(self) -> None:
        self.me = Visitor(self.port, IP, AGENT)
        self.desk, self.call, self.chief = (
            Visitor(self.port, f"198.51.100.{number}", "DeskBrowser/1") for number in (9, 10, 11)
        )
        self.operator = Visitor(self.port, "198.51.100.12", "OperatorBrowser/1")

    @property
    def seen(self) -> list[Answer]:
        """What everybody was shown."""
        everybody = (self.me, self.desk, self.call, self.chief, self.operator)
        return [answer for visitor in everybody for answer in visitor.seen]

    def whole(self) -> None:
        """Refused entries, a case that is given up after a video, and a case that is rejected once and then done."""
        self.is_refused_at_the_door()
        self.signs_in()
        self.gives_a_case_up()
        self.installs_a_certificate()
        self.fills_in_a_case()
        self.is_rejected()
        self.corrects()
        self.is_passed()
        self.is_looked_at()

    # -- coming in --

    def is_refused_at_the_door(self) -> None:
        page = self.me.get(f"/sign-in/{CHANGE}")
        self.me.post(f"/sign-in/{CHANGE}", page, {"id_number": TYPED["another id_number"], "action": "code"})
        self._code(TYPED["another id_number"])
        self.me.get(f"/nowhere/{ON_FILE['id_number']}?name={ON_FILE['phone']}")
        self.me.get(f"/sign-in?next=/{ON_FILE['phone']}")

    def signs_in(self) -> None:
        asked = self._code(ON_FILE["id_number"])
        form = self._entry(ON_FILE["id_number"]) | {"sent": asked.hidden("sent"), "agreed": "yes", "action": "go"}
        refused = self.me.post(asked.path, asked, form | {"code": TYPED["wrong code"]})
        entered = self.me.post(asked.path, refused, form | {"code": self._sent_code()})
        assert entered.status == 303, entered.text[:500]

    def _entry(self, number: str) -> dict[str, str]:
        return {"id_number": number, "account_type": "期货经纪账户"}

    def _code(self, number: str) -> Answer:
        page = self.me.get(f"/sign-in/{CHANGE}")
        with self.store.read() as tx:
            row = tx.get_one(PictureCode, page.hidden("picture_id"))
        picture = self.store.vault.open("picture_codes.answer", row.answer)
        shown = {"picture_id": row.id, "picture": picture, "action": "code"}
        return self.me.post(page.path, page, self._entry(number) | shown)

    def _sent_code(self) -> str:
        [text] = self.texts(1)
        found = re.search(r"验证码是 (\d{6})", text)
        assert found
        return found[1]

    def texts(self, number: int) -> list[str]:
        """What came to the phone, once the relay and the worker have carried so many texts there."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with self.store.read() as tx:
                rows = tx.scalars(select(SmsMessage)).all()
            if len(rows) >= number:
                return [self.store.vault.open("sms_messages.text", row.text) for row in rows]
            time.sleep(0.3)
        raise AssertionError(f"{number} texts never came to the phone")

    def installs_a_certificate(self) -> None:
        """As the demonstration does for its own people."""
        place = self.store.vault
        customer = LocalAccountSystem(self.store).find(ON_FILE["id_number"])
        assert customer
        party = Party(customer, "", ON_FILE["name"], ON_FILE["id_number"])
        with self.store.write() as tx:
            self.keys.pem = issue_certificate(
                tx, place, self.authority, self.store.clock.now(), party, self.keys.spki
            )  # fmt: skip

    authority: object = None

    # -- the steps --

    def gives_a_case_up(self) -> None:
        case = self.to_cards(TYPED["address"])
        self._card("given-up card", "given-up outlet", "CMB", save=True)
        assert TYPED["given-up outlet"] in self.until("银行卡").text
        self.upload("bank_card:1")
        self._card("given-up card", "given-up outlet", "CMB")
        self.step("使用提示", {"read": "yes"})
        is_sent_back_in_a_video(self)
        page = self.me.get(f"/cases/{case}/abandon")
        assert self.me.post(f"/cases/{case}/abandon", page, {"submission_id": "0" * 32}).location == "/my"

    def fills_in_a_case(self) -> None:
        page = self.me.get("/my")
        self.me.post(f"/my/start/{CHANGE}", page, {})
        self.to_cards(TYPED["address"])
        self.upload("bank_card:1")
        self._card("new card", "new outlet", "CCB")
        self.step("使用提示", {"read": "yes"})
        self.step("证书检测", lambda page: self.proof(page, "detect", "certificate"))
        self.sign()
        self.me.get("/my")

    def to_cards(self, address: str) -> str:
        self.upload(*SLOTS)
        self.step("上传照片", CONSENT)
        self.step("核对照片", CHECKED)
        page = self.until("个人基本资料")
        self.me.post(f"{page.path}/draft", page, {"address": TYPED["draft address"]})
        wrong = {"address": TYPED["draft address"], "issuer": "", "validity": "2016"}
        assert self.me.post(page.path, page, wrong).status == 422
        self.step("个人基本资料", DATA | {"address": address})
        self.until("银行卡")
        return self.case.id

    def _card(self, number: str, outlet: str, bank: str, save: bool = False) -> None:
        card = {"row": "1", "bank": bank, "outlet": TYPED[outlet], "number": TYPED[number]}
        fields = {f"cards.1.{name}": text for name, text in card.items()} | {"bank_cards_consent": "yes"}
        self.step("银行卡", fields | ({"add_row": "cards.2"} if save else {}))

    def upload(self, *slots: str) -> None:
        page = self.me.get(f"/cases/{self.case.id}")
        for slot in slots:
            path = f"/cases/{self.case.id}/photos/{slot}"
            assert self.me.post(path, page, {}, {f"photo-{slot}": photo(slot)}).status == 303
        self._look_at_photos(slots)

    def _look_at_photos(self, slots: tuple[str, ...]) -> None:
        """Until each has its verdict; then the pictures themselves."""
        for slot in slots:
            shown = self._wait(partial(self.me.get, f"/cases/{self.case.id}/photos/{slot}"), "?seen=", gone=True)
            for path in re.findall(r'src="(/photos/[^"]+)"', shown.text):
                assert self.me.get(path).headers["content-type"] == "image/jpeg"

    def step(self, heading: str, fields: dict[str, str] | Callable[[Answer], dict[str, str]]) -> None:
        page = self.until(heading)
        given = fields(page) if callable(fields) else fields
        sent = {"submission_id": page.hidden("submission_id")} | given
        answer = self.me.post(page.path, page, sent)
        assert answer.status == 303, (
            heading,
            answer.status,
            re.findall(r'class="error"[^>]*>(.*?)</span>', answer.text),
        )

    def until(self, heading: str) -> Answer:
        return self._wait(lambda: self.me.get(f"/cases/{self.case.id}"), f"<h1>{heading}")

    def _wait(self, ask: Callable[[], Answer], text: str, gone: bool = False) -> Answer:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            answer = ask()
            if (text in answer.text) is not gone:
                return answer
            time.sleep(0.3)
        raise AssertionError(f"{text}: {answer.path} {answer.text[:3000]}")

    def proof(self, page: Answer, purpose: str, key: str) -> dict[str, str]:
        asked = json.loads(self.me.post(f"{page.path}/challenge/{purpose}", page, {}).text)
        signature = self.keys.sign(asked["text"])
        parts = {"challenge": asked["challenge"], "signature": signature, "certificate": self.keys.pem}
        return {f"{key}.{name}": text for name, text in parts.items()}

    def sign(self) -> None:
        page = self.until("签署协议")
        ticks = re.findall(r'name="agreements" value="([^"]+)"', page.text)
        fields = {"submission_id": page.hidden("submission_id"), "agreements": ticks}
        answer = self.me.post(page.path, page, fields | self.proof(page, "sign", "agreements"))
        assert answer.status == 303, answer.text[:2000]
        self.until("已提交")

    @property
    def case(self) -> Case:
        with self.store.read() as tx:
            customer = LocalAccountSystem(self.store).find(ON_FILE["id_number"])
            return tx.scalars(
                select(Case).where(Case.customer_id == customer).order_by(Case.opened_at.desc()).limit(1)
            ).one()

    # -- the desk --

    def claims(self) -> Answer:
        if not self.desk.cookies:
            signs_in(self.desk, "reviewer.bj")
        with self.store.read() as tx:
            mine = select(Task.id).where(Task.case_id == self.case.id, Task.step == "review", Task.closed_at.is_(None))
            path = f"/desk/tasks/{tx.scalars(mine).one()}"
        self.desk.get("/desk")
        is_handed_over(self, path)
        self.desk.post(f"{path}/claim", self.desk.get(path), {})
        page = self.desk.get(path)
        for picture in set(re.findall(r'src="(/desk/photos/[^"]+)"', page.text)):
            assert self.desk.get(picture).status == 200
        return page

    def is_rejected(self) -> None:
        page = self.claims()
        self.desk.post(f"{page.path}/reveal", page, {})
        self.desk.post(f"{page.path}/draft", page, {"note": WRITTEN["internal note"]})
        reason = "reasons.id_photo_unclear"
        written = {
            f"{reason}.customer_text": WRITTEN["customer text"],
            f"{reason}.internal_note": WRITTEN["internal note"],
        }
        self.decide(page, {"decision": "reject", "reasons": ["id_photo_unclear", "address_differs"], **written})

    def corrects(self) -> None:
        assert WRITTEN["customer text"] in self.me.get("/my").text
        self.until("上传照片")
        self.upload("id_portrait")
        self.step("上传照片", CONSENT)
        self.step("核对照片", CHECKED)
        self.step("个人基本资料", DATA | {"address": TYPED["corrected address"]})
        self.sign()

    def is_passed(self) -> None:
        page = self.claims()
        self.decide(page, {"decision": "pass", "note": WRITTEN["desk note"]})
        self.until("办理成功")
        self.me.get("/my")
        self.texts(SENT)

    def decide(self, page: Answer, fields: dict[str, str | list[str]]) -> None:
        answer = self.desk.post(page.path, page, {"submission_id": page.hidden("submission_id"), **fields})
        assert answer.status == 303, errors(answer)

    # -- the operator --

    def is_looked_at(self) -> None:
        """Every page on which an operator meets his case, an incident of it too."""
        staff.add(self.store, "ops", "值班", PASSWORD, {"operator"}, BEIJING)
        signs_in(self.operator, "ops")
        case, incident = self.case, self._incident()
        assert case.number
        for path in ("incidents", f"incidents/{incident}", f"cases?number={case.number[-4:]}", f"cases/{case.id}"):
            assert self.operator.get(f"/operate/{path}").status == 200, path

    def _incident(self) -> str:
        """A job of his that failed once, as if it had never been mended."""
        with self.store.write() as tx:
            applied = select(Job).where(Job.case_id == self.case.id, Job.service == "account.apply")
            job = tx.scalars(applied.limit(1)).one()
            row = Incident(id=self.store.ids.new(), case_id=job.case_id, job_id=job.id, cause="TimeoutError in send:30")
            row.at = self.store.clock.now()
            tx.add(row)
            return row.id
