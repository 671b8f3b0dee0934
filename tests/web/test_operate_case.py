# ruff: noqa: F811 - the fixtures of the incidents page are shared by import
"""The operator's view of a case: found by its number, masked, every look in its audit, its way counted and in words."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from engine import audit, claims, incidents, reassigning
from engine.actors import Actor
from engine.store import Store
from engine.tables import BundleRow, Publication, Staff, Timer
from tests.flow.trouble import broken
from tests.house import staff
from tests.walk import Walk
from tests.web.conftest import MAIN, ON_BOTH, WANG, HandClock, employ
from tests.web.test_operate_incidents import CHINESE, case, cases, ops  # noqa: F401

PRIVATE = (WANG.name, WANG.id_number, WANG.phone.removeprefix("+86"), "样本市", "80001234")


def look(member: FlaskClient, walk: Walk, **args: object) -> str:
    page = member.get(f"/operate/cases/{walk.id}", query_string=args)
    assert page.status_code == 200
    return page.text


def section(page: str, title: str) -> str:
    """From one heading to the next."""
    return page.split(f">{title}</h2>")[1].split("<h2")[0]


# -- finding --


@ON_BOTH
def test_a_case_is_found_by_its_number_and_those_that_end_alike_are_listed(
    ops: FlaskClient, cases: tuple[Walk, Walk]
) -> None:
    for walk in cases:
        walk.do("upload_photos")
    number = cases[0].case.number or ""
    assert ops.get(f"/operate/cases?number={number}").location == f"/operate/cases/{cases[0].id}"
    assert ops.get(f"/operate/cases?number= {number[:8]} {number[8:]} ").location == f"/operate/cases/{cases[0].id}"
    listed = ops.get(f"/operate/cases?number={number[-4:]}").text
    assert number in listed and (cases[1].case.number or "-") not in listed and "北城营业部" in listed


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("", "输入号码后，这里会显示受理单"),
        ("12", "请至少输入受理单号末尾 4 位"),
        ("12a4", "受理单号只有数字"),
        ("99999", "没有以 99999 结尾的受理单号"),
        ("%", "受理单号只有数字"),
    ],
)
def test_what_finds_nothing_says_what_to_type(ops: FlaskClient, number: str, said: str) -> None:
    page = ops.get("/operate/cases", query_string={"number": number})
    assert page.status_code == 200 and said in page.text


# -- what is shown, and what is not --


@ON_BOTH
def test_nothing_that_the_customer_handed_in_is_shown_and_every_look_is_written_down(
    ops: FlaskClient,
    case: Walk,
    store: Store,
) -> None:
    case.to_review()
    for times in (1, 2):
        page = look(ops, case)
        assert not [value for value in PRIVATE if value in page] and "<img" not in page
        assert f"谁看过（{times} 次）" in page and "ops（样本） 查看了受理单" in page
    with store.read() as tx:
        rows = [row for row in audit.history(tx, audit.case_chain(case.id)) if row.action == "look"]
        assert audit.verify(tx, store.vault, audit.case_chain(case.id)) is None
    assert len(rows) == 2 and all(row.actor.startswith("staff:") for row in rows)
    assert "王*" in page and "待复核" in page and case.case.number in page


def test_who_is_waited_for_and_since_when(
    ops: FlaskClient,
    case: Walk,
    store: Store,
    clock: HandClock,
) -> None:
    assert "客户" in section(look(ops, case), "现在在等谁")
    case.to_review()
    assert "无人领取" in section(look(ops, case), "现在在等谁")
    clock.pass_by(minutes=6)
    zhao = employ(store, "zhao", {"reviewer"})
    claims.claim(store, case.task("review").id, staff(zhao, "reviewer"))
    waited = section(look(ops, case), "现在在等谁")
    assert "zhao（样本） 于 2026-11-24 10:00 领取" in waited and "领取到 2026-11-24 10:30" in waited


def test_timers_with_their_due_times_and_what_should_have_fired(
    ops: FlaskClient,
    case: Walk,
    store: Store,
    clock: HandClock,
) -> None:
    timers = section(look(ops, case), "定时")
    assert "临近超时" in timers and "2026-12-17 09:54" in timers and "2026-12-24 09:54" in timers
    assert "已过时间" not in timers
    with store.write() as tx:
        tx.execute(update(Timer).where(Timer.element == "idle_warning").values(due_at=clock.now() - timedelta(hours=1)))
    assert section(look(ops, case), "定时").count("已过时间还没有触发") == 1


def test_jobs_that_are_at_work_stand_before_those_that_are_over(ops: FlaskClient, case: Walk) -> None:
    assert "现在没有后台任务" in section(look(ops, case), "后台任务")
    broken(case)
    jobs = section(look(ops, case), "后台任务")
    assert "核对照片" in jobs and "异常，等待处理" in jobs and "TimeoutError in send:30" in jobs
    assert "已结束的后台任务（2 项）" in jobs  # looking and reading
    case.give_up()
    assert "已结束的后台任务（3 项）" in section(look(ops, case), "后台任务")


def test_the_version_says_whether_new_cases_take_it_still(ops: FlaskClient, case: Walk, store: Store) -> None:
    version = case.case.bundle_hash
    assert f"<code>{version[:12]}</code> （现行版本）" in look(ops, case) and "for tests" in look(ops, case)
    with store.write() as tx:
        row = tx.get_one(BundleRow, version)
        columns = ("business", "process_hash", "files", "note", "author", "published_at")
        tx.add(BundleRow(hash="f" * 64, **{name: getattr(row, name) for name in columns}))
        tx.flush()
        now = store.clock.now()
        tx.add(Publication(business=MAIN, bundle_hash="f" * 64, note="", author="x", at=now))
    assert "旧版本" in look(ops, case)


def test_a_case_that_is_only_opened_and_one_that_is_over_have_their_page(
    ops: FlaskClient,
    cases: tuple[Walk, Walk],
) -> None:
    assert "还没有受理的业务" in look(ops, cases[0])
    cases[1].to_success()
    page = look(ops, cases[1])
    assert "办理成功" in page and "业务已结束，不再等任何人" in page and "没有等待中的定时" in page
    assert "现在停在" not in page


# -- its way --


def test_the_way_is_drawn_with_counts_and_said_in_words(ops: FlaskClient, case: Walk) -> None:
    case.photos(tries=3)
    way = section(look(ops, case), "走过的路")
    assert "现在停在：<strong>个人基本资料</strong>（修改结算账户：办理，第 1 次）" in way
    assert "<title>✓ 上传照片 ×3</title>" in way and "<title>✓ 检查照片 ×3</title>" in way
    assert "<title>▶ 个人基本资料</title>" in way and ">需要重拍 ×2<" in way
    assert way.count("第 3 次") == 1 and "上传照片 → 切边摆正" in way and "×3" in way
    rows = re.findall(r'<th scope="row">([^<]+?)\s*(?:<span[^<]*</span>)?</th><td class="number">(\d+)', way)
    assert dict(rows)["上传照片"] == "3" and dict(rows)["照片可用吗？"] == "3" and dict(rows)["核对照片"] == "1"


@ON_BOTH
def test_where_an_incident_holds_the_case_is_marked_in_the_picture_and_in_words(
    ops: FlaskClient,
    case: Walk,
) -> None:
    broken(case)
    way = section(look(ops, case), "走过的路")
    assert "<title>! 检查照片</title>" in way and "<strong>检查照片</strong>" in way and "异常" in way
    assert "<title>▶" not in way


def test_diagrams_that_the_case_did_not_come_to_are_folded_away(ops: FlaskClient, case: Walk) -> None:
    came_to, elsewhere = look(ops, case).split("没有走到的流程图")
    assert came_to.count('class="flow-picture"') == 3 and elsewhere.count('class="flow-picture"') == 2
    assert "视频验证" in elsewhere


# -- the audit in words --


TOLD = [
    "打开受理单，版本",
    "提交“上传照片”",
    "“核对照片”完成：photos.verdict=ok",
    "接着：核对照片",
    "从“银行卡”返回上一步",
    "领取“复核”",
    "把“复核”转给 qian（样本）：原因写在同事的留言里",
    "在“复核”退回：",
    "提交“上传照片（第 2 次）”",
    "“核对照片”没有办成，转为异常任务",
    "重试“核对照片”。说明：磁盘已换",
    "root（命令行）",
    "放弃这项业务",
]


def test_the_audit_is_told_in_words_the_newest_first(
    ops: FlaskClient,
    case: Walk,
    store: Store,
    clock: HandClock,
) -> None:
    zhao, qian = (employ(store, login, {"reviewer"}) for login in ("zhao", "qian"))
    case.to_bank_cards().back("bank_cards")
    case.do("basic_data")
    case.cards().do("bank_notice")
    case.do("certificate_check", certificate__found=True)
    case.do("sign_agreements")
    review = case.task("review").id
    claims.claim(store, review, staff(zhao, "reviewer"))
    chief = Actor("staff", employ(store, "chief", {"supervisor"}), "chief", frozenset({"supervisor"}), "north")
    with store.write() as tx:
        for login in (zhao, qian):
            tx.get_one(Staff, login).branch_id = "north"
    reassigning.reassign(store, review, qian, chief, "他今天休假")
    case.reject("review", "id_photo_unclear", by=staff(qian, "reviewer"))
    broken(case)
    incidents.retry(store, incidents_of(case), Actor("system", "root", "root"), "磁盘已换")
    case.answer("photo.check", photos__verdict="ok")
    case.give_up()
    told = section(look(ops, case), "审计：做过什么")
    for said in TOLD:
        assert said in told, said
    assert told.index("放弃这项业务") < told.index("打开受理单") and "收到消息" not in told
    assert not [name for name in ("todo.", "again.", "rejection.") if name in told]


def incidents_of(walk: Walk) -> str:
    with walk.store.read() as tx:
        return incidents.of_case(tx, walk.id)[-1].id


def test_a_row_of_a_kind_that_nobody_knows_is_told_by_its_name(
    ops: FlaskClient,
    case: Walk,
    store: Store,
    clock: HandClock,
) -> None:
    with store.write() as tx:
        audit.record(tx, store.vault, audit.case_chain(case.id), "system:system", "new.kind", {}, clock.now())
        audit.record(
            tx, store.vault, audit.case_chain(case.id), "system:system", "timer", {"element": "gone"}, clock.now()
        )
    told = look(ops, case)
    assert "收到消息“new.kind”" in told and "到时间：gone" in told


@ON_BOTH
def test_a_long_audit_is_read_page_by_page(
    ops: FlaskClient,
    case: Walk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("webapp.operate.timeline.SHOWN", 3)
    case.photos()
    first = look(ops, case)
    assert "打开受理单" not in first and "更早的" in first
    before = re.search(r"before=(\d+)#timeline", first)
    assert before
    second = look(ops, case, before=before[1])
    assert "打开受理单" in second and "更早的" not in second
    assert "打开受理单" not in look(ops, case, before="x")


def test_the_page_is_english_in_english(ops: FlaskClient, case: Walk) -> None:
    case.to_review().reject("review", "id_photo_unclear")
    broken(case)
    ops.get("/operate/cases?lang=en")
    for path in (
        "/operate/cases",
        "/operate/cases?number=12",
        "/operate/cases?number=99999",
        f"/operate/cases/{case.id}",
    ):
        said = ops.get(path).text.replace(">中文<", "><").replace("ops（样本）", "").replace("王*", "")
        assert not CHINESE.search(said), re.findall(r"[^<>]*[\u4e00-\u9fff][^<>]*", said)
