# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""The list of bank cards, refused: said at the place, everything typed still there, nothing stored."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.store import Store
from tests.web.conftest import WANG, KeptSms, sign_in
from tests.web.line import NEW_CARD, Browser, Line, filed_card
from tests.web.refusals import nothing_stored, refused
from tests.web.test_steps_line import app, browser  # noqa: F401
from webapp.settings import WebSettings

OUTLET = "上海市静安支行"
CREDIT, SECOND_CCB, OFF_THE_LIST = "4392260000000008", "6217000099900000007", "9999990000000006"
OUTLINE = {"cards.1.row": "1", "cards.1.outlet": OUTLET, "bank_cards_consent": "yes"}


def card(bank: str, number: str, **more: str) -> dict[str, str]:
    return OUTLINE | {"cards.1.bank": bank, "cards.1.number": number} | more


REFUSALS = [
    ("no change", {"bank_cards_consent": "yes"}, "银行卡没有任何变更。请删除或添加一张银行卡"),
    ("all cards gone", {"bank_cards_consent": "yes", "cards.remove": ["old", "tied"], "cards.unlinked": "tied"},
     "请至少保留一张银行卡"),
    ("still linked", card("CMB", "6225880123456783", **{"cards.remove": "tied"}),
     "工商银行的这张卡仍有银期关联。请先在银行解除，再勾选确认"),
    ("a card that is not on file", {"bank_cards_consent": "yes", "cards.remove": "invented"},
     "这张银行卡已不在预留信息中，请刷新页面后重试"),
    ("second card of a bank", card("CCB", SECOND_CCB), "每家银行只能有一张卡：建设银行已有一张。请先删除原来的卡"),
    ("two new cards of one bank", card("CMB", "6225880123456783", **{
        "cards.2.row": "2", "cards.2.bank": "CMB", "cards.2.outlet": OUTLET, "cards.2.number": "6225880000000008"}),
     "每家银行只能有一张卡：招商银行已有一张"),
    ("credit card", card("CMB", CREDIT), "结算账户只能使用借记卡，不支持信用卡。请换一张借记卡"),
    ("bank not on the list", card("ZZZ", OFF_THE_LIST), "请从列表中选择开户银行"),
    ("number of another bank", card("CMB", SECOND_CCB), "卡号与所选银行不一致。请核对卡号和开户银行"),
    ("number with a wrong digit", card("CMB", "6225880123456784"), "银行卡号不正确，可能输错了某一位"),
    ("no number", card("CMB", ""), "请填写银行卡号"),
    ("no consent", {**NEW_CARD, "bank_cards_consent": ""}, "请阅读并勾选“我单独同意处理我的银行卡信息”"),
]  # fmt: skip


@pytest.fixture
def line(app: Flask, client: FlaskClient, store: Store, sms: KeptSms, browser: Browser) -> Line:
    """In front of the bank cards, with a card on file, a linked one, and a photograph of a new one."""
    filed_card(store, WANG.id, "tied", "ICBC", linked=True)
    sign_in(app, client, sms)
    made = Line(app, client, store, browser)
    made.photos()
    made.basic_data()
    made.upload("bank_card:1")
    return made


def test_a_list_that_may_not_be_is_refused_and_stays_as_typed(
    line: Line, store: Store, web_settings: WebSettings, subtests: pytest.Subtests
) -> None:
    """One walk for all: a refusal changes nothing, so the next begins where this one began."""
    for name, fields, said in REFUSALS:
        with subtests.test(name):
            refuses(line, store, web_settings, fields, said)


def refuses(line: Line, store: Store, web_settings: WebSettings, fields: dict[str, Any], said: str) -> None:
    with nothing_stored(store, blobs=web_settings.blob_folder):
        answer = refused(line.post(**fields), said)
    for name in ("cards.1.outlet", "cards.1.number"):
        assert not fields.get(name) or f'value="{fields[name]}"' in answer.text
    ticked = fields.get("cards.remove", [])
    for card_id in [ticked] if isinstance(ticked, str) else ticked:
        assert card_id == "invented" or f'value="{card_id}" checked' in answer.text
    again = line.page().text  # and on another visit too
    assert not fields.get("cards.1.outlet") or f'value="{OUTLET}"' in again


def test_a_linked_card_goes_once_it_is_unlinked(line: Line) -> None:
    """The control: the same list with the confirmation."""
    fields = card("CMB", "6225880123456783", **{"cards.remove": "tied", "cards.unlinked": "tied"})
    assert line.post(**fields).status_code == 303


def test_delete_and_add_at_one_bank_passes(line: Line) -> None:
    """The rule is on the list that results (G14)."""
    assert line.post(**card("CCB", SECOND_CCB, **{"cards.remove": "old"})).status_code == 303


def test_a_card_without_its_photograph_is_asked_for_it(line: Line, store: Store) -> None:
    fields = {name.replace("cards.1", "cards.7"): text for name, text in card("CMB", "6225880123456783").items()}
    with nothing_stored(store):
        refused(line.post(**{**fields, "cards.7.row": "7"}), "请上传银行卡照片")
