"""The line of 修改结算账户 in long strides, for tests whose subject lies further on."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cli.demonstration.people import BEIJING
from cli.demonstration.screens.investor import Investor
from engine import device_checks
from engine.actors import SYSTEM
from engine.cases import send_message
from engine.tables import Presence, Task
from engine.video_queue import LEAVE, line
from tests.browser.head_start import HeadStart
from tests.browser.strangers import Someone
from tests.browser.town import Town

IN_LINE = re.compile("排队中：第 [0-9]+ 位")


def to_photos(town: Town, page: Page, who: Someone) -> Investor:
    """At the first step, with the photographs that are on file."""
    return town.enter(page, who).opens("/my").starts().sees("上传照片")


def to_basic_data(town: Town, page: Page, who: Someone) -> Investor:
    """Photographs accepted."""
    case_id = HeadStart(town, who).to_basic_data()
    return town.enter(page, who).opens(f"/cases/{case_id}").sees("个人基本资料")


def through_photos(town: Town, page: Page, who: Someone) -> Investor:
    """The same, with the photographs on file really looked at."""
    me = to_photos(town, page, who).submits_photos()
    return me.sees("核对照片").checks_photos().sees("个人基本资料")


def to_certificate(town: Town, page: Page, who: Someone, *, certificate: bool = True) -> Investor:
    """A new card beside the one on file; the certificate in this browser, if he has one."""
    case_id = HeadStart(town, who).to_certificate()
    me = town.enter(page, who)
    if certificate:
        me.opens("/my")
        town.put_certificate_into(page, who)
    return me.opens(f"/cases/{case_id}").sees("证书检测")


def to_review(town: Town, page: Page, who: Someone) -> Investor:
    """In the reviewer's queue; nothing was really signed."""
    case_id = HeadStart(town, who).to_review().id
    return town.enter(page, who).opens(f"/cases/{case_id}").sees("已提交，等待复核")


def to_signed_review(town: Town, page: Page, who: Someone) -> Investor:
    """The same, with a signature that the server has checked."""
    me = to_certificate(town, page, who).detects_certificate().sees("签署协议")
    return me.signs().sees("已提交，等待复核")


def to_video(town: Town, page: Page, who: Someone) -> Investor:
    """At the video page, without a certificate."""
    case_id = HeadStart(town, who).to_video()
    return town.enter(page, who).opens(f"/cases/{case_id}").sees("视频验证")


def to_line(town: Town, page: Page, who: Someone) -> Investor:
    """In line for a verifier."""
    case_id = HeadStart(town, who).to_line()
    return town.enter(page, who).opens(f"/cases/{case_id}").sees(IN_LINE)


def to_installation(town: Town, page: Page, who: Someone, verifier: str = "verifier.bj") -> Investor:
    """The video has passed, and there is no certificate yet."""
    case_id = HeadStart(town, who).to_installation(town.actor(verifier))
    return town.enter(page, who).opens(f"/cases/{case_id}").sees("安装数字证书")


def gives_up(me: Investor) -> Investor:
    """放弃, from 我的业务 or from the case; the button sleeps five seconds, which the window's clock passes by."""
    me.page.get_by_role("link", name="放弃").click()
    me.sees("确定放弃办理“修改结算账户”吗？")
    expect(me.page.get_by_role("button", name="请再想一想")).to_be_disabled()
    me.page.clock.fast_forward(6_000)
    return me.presses("确定放弃").sees("我的业务").finds_done("已放弃")


def devices_are_well(town: Town, case_id: str) -> None:
    """His devices were checked just now; how that goes is tried in tests of its own."""

    def work(tx: Session) -> None:
        task = tx.scalars(select(Task).where(Task.case_id == case_id).order_by(Task.opened_at.desc())).first()
        assert task is not None
        now = town.store.clock.now()
        device_checks.store_check(tx, town.store.ids, task, now, faults={}, measures={}, simulated=False)

    town.store.unit(work)


def nobody_in_line(town: Town) -> None:
    """Whoever stands in the line of Beijing leaves it, and no verifier has said whether he is there."""
    with town.store.read() as tx:
        waiting = [place.case_id for place in line(tx, BEIJING, town.store.clock.now())]
    for case_id in waiting:
        send_message(town.store, case_id, LEAVE, SYSTEM)
    town.store.unit(lambda tx: tx.execute(delete(Presence)))
