# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""After the review: two steps sent back at once, a refusal for good, and an account system that does not accept."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from engine import outbox
from engine.company import default_company, save
from engine.errors import Conflict
from engine.store import Store
from engine.tables import Certificate, FiledCard, Signature, Submission
from tests.web.conftest import WANG, HandClock, KeptSms, sign_in
from tests.web.line import NEW_CARD, Browser, Line, filed_card
from tests.web.test_desk import claim, decide, desk_task, somebody
from tests.web.test_my import table
from tests.web.test_steps_line import app, browser  # noqa: F401
from webapp.desk.decision import Decision


@pytest.fixture
def line(app: Flask, client: FlaskClient, store: Store, sms: KeptSms, browser: Browser) -> Line:
    sign_in(app, client, sms)
    made = Line(app, client, store, browser)
    made.to_review()
    return made


@pytest.fixture
def reviewer(line: Line, app: Flask, store: Store) -> FlaskClient:
    return somebody(app, store, "zhao")


def heading(line: Line) -> str:
    return line.page().text.split("<h1>")[1].split("</h1>")[0]


def rounds(store: Store) -> dict[str, int]:
    with store.read() as tx:
        steps = [row.step for row in tx.scalars(select(Submission).where(Submission.kind == "submit"))]
    return {step: steps.count(step) for step in steps}


# -- sent back --


def test_photographs_and_cards_sent_back_at_once_and_nothing_else(
    reviewer: FlaskClient, line: Line, store: Store, clock: HandClock
) -> None:
    said = {"id_emblem_unclear": "国徽面太暗", "card_number_wrong": "卡号少了一位"}
    texts = {f"reasons.{code}.customer_text": text for code, text in said.items()}
    decide(reviewer, claim(reviewer, store), decision="reject", reasons=list(said), **texts)
    mine = table(line.client.get("/my").text, "pending")
    assert "复核未通过" in mine and all(text in mine for text in said.values())
    clock.pass_by(minutes=1)

    page = line.page().text
    assert heading(line) == "上传照片" and page.count("国徽面太暗") == 2 and "卡号少了一位" not in page
    portrait, emblem = page.split('id="slot-id_portrait"')[1].split('id="slot-id_emblem"')
    assert "国徽面太暗" not in portrait and "国徽面太暗" in emblem.split('id="slot-signature"')[0]
    assert "这张照片没有通过，请重新上传" in line.post(identity_consent="yes").text
    line.upload("id_emblem")
    line.post(identity_consent="yes")
    line.work()
    line.post(photos_checked="yes", responsibility="yes")

    page = line.page().text
    assert heading(line) == "银行卡" and page.count("卡号少了一位") == 2 and "国徽面太暗" not in page
    assert 'value="6225880123456783"' in page and "上海市静安支行" in page  # what was accepted is there
    line.post(bank_cards_consent="yes", **NEW_CARD | {"cards.1.number": "6225880123456791"})
    line.work()
    assert heading(line) == "使用提示"
    line.post(read="yes")
    assert heading(line) == "签署协议" and "**** 6791" in line.page().text
    line.signature()

    assert "已提交，等待复核" in line.client.get(f"/cases/{line.case_id}").text
    desk = reviewer.get(claim(reviewer, store)).text
    assert "更正后第 2 次提交" in desk and "✓ 签名有效" in desk and "国徽面太暗" in desk
    done = rounds(store)
    assert {step for step, times in done.items() if times == 2} == {
        "upload_photos", "check_photos", "bank_cards", "bank_notice", "sign_agreements",
    }  # fmt: skip
    assert done["basic_data"] == done["certificate_check"] == 1


def test_what_was_refused_for_good_stands_among_the_done_with_its_reason(
    reviewer: FlaskClient, line: Line, store: Store
) -> None:
    text = {"reasons.not_in_person.customer_text": "经核实不是您本人办理，请到营业部柜台"}
    note = {"reasons.not_in_person.internal_note": "only for us"}
    answer = decide(reviewer, claim(reviewer, store), decision="reject", reasons="not_in_person", **text, **note)
    assert answer.status_code == 303, answer.text
    line.work()
    assert line.case.status == "办理失败"
    page = line.client.get("/my").text
    done = table(page, "done")
    assert "办理失败" in done and "经核实不是您本人办理" in done and "only for us" not in page
    assert "经核实不是您本人办理" in line.client.get(f"/cases/{line.case_id}").text
    with store.read() as tx:  # a certificate that was there before the case stays
        assert [row.revoked_at for row in tx.scalars(select(Certificate))] == [None]


# -- a second one looks, where the company wants it (G22) --


@pytest.fixture
def looked_at_twice(app: Flask, client: FlaskClient, store: Store, sms: KeptSms, browser: Browser) -> Line:
    """A case that was begun after the company had switched the second review on."""
    record = dict(default_company().document)
    save(store, {**record, "settings": {**record["settings"], "second_review": True}})
    sign_in(app, client, sms)
    made = Line(app, client, store, browser)
    made.to_review()
    return made


def test_with_a_second_review_a_colleague_passes_it_too_before_anything_is_applied(
    looked_at_twice: Line, app: Flask, store: Store
) -> None:
    first, second = somebody(app, store, "zhao"), somebody(app, store, "qian")
    decide(first, claim(first, store), decision="pass")
    looked_at_twice.work()
    assert looked_at_twice.case.status == "待复核" and cards(store) == ["CCB"], "nothing is applied yet"
    assert "柜台办理" in first.get("/desk").text and "须由同事办理" in first.get("/desk").text
    assert claim(first, store) and "这一步须由另一位同事办理" in first.get("/desk").text
    decide(second, claim(second, store), decision="pass")
    looked_at_twice.work()
    assert looked_at_twice.case.status == "办理成功" and cards(store) == ["CCB", "CMB"]


def test_what_the_second_one_sends_back_comes_to_him_again_and_not_to_the_first(
    looked_at_twice: Line, app: Flask, store: Store, clock: HandClock
) -> None:
    first, second = somebody(app, store, "zhao"), somebody(app, store, "qian")
    decide(first, claim(first, store), decision="pass")
    decide(second, claim(second, store), decision="reject", reasons="card_number_wrong")
    assert heading(looked_at_twice) == "银行卡"
    clock.pass_by(minutes=1)
    looked_at_twice.bank_cards()
    looked_at_twice.signature()
    assert "柜台办理" in second.get("/desk").text and "留给您优先办理" in second.get("/desk").text
    decide(second, claim(second, store), decision="pass")
    looked_at_twice.work()
    assert looked_at_twice.case.status == "办理成功"


# -- the account system does not accept --


@pytest.fixture
def refused(reviewer: FlaskClient, line: Line, store: Store) -> Line:
    """Between review and application somebody has put a card of the same bank on file."""
    decide(reviewer, claim(reviewer, store), decision="pass")
    filed_card(store, WANG.id, "meanwhile", "CMB")
    line.work()
    assert line.case.status == "待复核"
    return line


def take_away(store: Store) -> None:
    with store.write() as tx:
        tx.execute(delete(FiledCard).where(FiledCard.id == "meanwhile"))


def cards(store: Store) -> list[str]:
    with store.read() as tx:
        return sorted(row.bank for row in tx.scalars(select(FiledCard)))


def test_a_refused_application_waits_at_the_counter_and_is_tried_again(
    refused: Line, reviewer: FlaskClient, store: Store
) -> None:
    assert "已提交，等待柜台处理" in refused.client.get(f"/cases/{refused.case_id}").text
    path = claim(reviewer, store)
    desk = reviewer.get(path).text
    assert "账户系统没有接受这次变更" in desk and "要新增的卡已经在账户里" in desk
    decide(reviewer, path, decision="retry")
    refused.work()
    assert desk_task(store) and refused.case.status == "待复核"  # still refused: the counter has it again
    take_away(store)
    decide(reviewer, claim(reviewer, store), decision="retry")
    refused.work()
    assert refused.case.status == "办理成功" and cards(store) == ["CCB", "CMB"]


def test_an_application_without_an_answer_is_told_with_what_each_decision_would_do(
    reviewer: FlaskClient, line: Line, store: Store
) -> None:
    assert "账户系统没有" not in reviewer.get(claim(reviewer, store)).text  # the control: nothing was asked yet
    decide(reviewer, f"/desk/tasks/{desk_task(store)}", decision="pass")
    [sent] = outbox.due(store)
    outbox.fail(store, sent.job_id, sent.attempt, "account system: PUT /changes/x: no answer in time", permanent=True)
    desk = reviewer.get(claim(reviewer, store)).text
    assert "账户系统没有给出答复" in desk and "已提交 1 次" in desk and "no answer in time" in desk
    decide(reviewer, f"/desk/tasks/{desk_task(store)}", decision="retry")
    line.work()
    assert line.case.status == "办理成功"


def test_a_refused_application_is_corrected_by_the_customer_signed_and_reviewed_again(
    refused: Line, reviewer: FlaskClient, store: Store, clock: HandClock
) -> None:
    line = refused
    decide(reviewer, claim(reviewer, store), decision="correct", reasons="card_same_bank")
    line.work()  # the application is withdrawn first: it might have been made after all
    clock.pass_by(minutes=1)
    page = line.page().text
    assert heading(line) == "银行卡" and "您在这家银行已有结算账户" in page
    change = {"cards.remove": "meanwhile", "bank_cards_consent": "yes"}
    line.post(**change, **NEW_CARD)
    line.work()
    line.post(read="yes")
    assert heading(line) == "签署协议"
    line.signature()
    assert "已提交，等待复核" in line.client.get(f"/cases/{line.case_id}").text
    assert "✓ 签名有效" in reviewer.get(claim(reviewer, store)).text
    decide(reviewer, f"/desk/tasks/{desk_task(store)}", decision="pass")
    line.work()
    assert line.case.status == "办理成功"
    with store.read() as tx:
        assert len(list(tx.scalars(select(Signature)))) == 2


def test_a_refused_application_is_given_up_by_the_counter_with_a_reason(
    refused: Line, reviewer: FlaskClient, store: Store
) -> None:
    path = claim(reviewer, store)
    assert decide(reviewer, path, decision="fail").status_code == 422
    decide(reviewer, path, decision="fail", final_reasons="not_possible")
    refused.work()
    done = table(refused.client.get("/my").text, "done")
    assert "办理失败" in done and "您的账户目前不能在网上修改结算账户" in done
    assert cards(store) == ["CCB", "CMB"]  # nothing was applied


# -- decisions that cannot be --


@pytest.mark.parametrize("decision", ["reject", ""])
def test_a_decision_without_what_it_needs_is_a_sentence(
    reviewer: FlaskClient, line: Line, store: Store, decision: str
) -> None:
    answer = decide(reviewer, claim(reviewer, store), decision=decision, note="写到一半")
    assert answer.status_code == 422 and "请" in answer.text and "写到一半" in answer.text


def test_a_rejection_that_only_the_engine_refuses_is_a_sentence_too(
    reviewer: FlaskClient, line: Line, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form whose reasons an analyst has made optional lets it through; the engine does not."""
    monkeypatch.setattr(Decision, "rejections", lambda self, loaded: [])
    path = claim(reviewer, store)
    answer = decide(reviewer, path, decision="reject", reasons="id_photo_unclear", note="写到一半")
    assert answer.status_code == 422 and "这个结论须同时选择原因" in answer.text and "写到一半" in answer.text
    assert desk_task(store) in path and line.case.ended_at is None


def test_a_decision_that_meets_another_write_is_kept(
    reviewer: FlaskClient, line: Line, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(self: Decision, loaded: object) -> None:
        raise Conflict

    path = claim(reviewer, store)
    monkeypatch.setattr(Decision, "complete", lost)
    answer = decide(reviewer, path, decision="pass", note="写到一半")
    assert answer.status_code == 409 and "请再提交一次" in answer.text and "写到一半" in answer.text
