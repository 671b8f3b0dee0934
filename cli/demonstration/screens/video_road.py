"""The road of who has no certificate: booking, line, call, what the verifier sends back, installation, signature."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageFilter
from playwright.sync_api import Page

from cli.demonstration.pictures import path_of
from cli.demonstration.screens import refused_aside, refused_steps
from cli.demonstration.screens.certificate_road import SLOTS
from cli.demonstration.screens.desk import Desk
from cli.demonstration.screens.investor import Investor
from cli.demonstration.screens.visit import PEOPLE, Visit, card_of, clicks
from cli.installation import Installation

PERSON = PEOPLE["zhouyuanfan"]
UNSHARP = 12


class VideoRoad:
    """One investor and a verifier of his branch, who is signed in. `paper` is where a bad photograph may lie."""

    def __init__(self, visit: Visit, desk: Desk, place: Installation, paper: Path) -> None:
        self.visit, self.look, self.place, self.paper = visit, visit.look, place, paper
        self.me, self.desk = visit.visitor(), desk

    def to_the_video_page(self) -> None:
        me = self._photos(self.me.signs_in_as(PERSON.key).sees("上传照片"))
        me.submits_photos().sees("核对照片").checks_photos().sees("个人基本资料").goes_on().sees("银行卡")
        self.look(me.page, "step_bank_cards_linked")
        refused_steps.cards(me, self.look, card_of(PERSON))
        me.adds_card(card_of(PERSON)).submits_cards().sees("使用提示").ticks("read").goes_on().sees("证书检测")
        me.page.locator("[data-certificate=detect] [data-state=none]").wait_for()
        self.look(me.page, "step_certificate_missing")
        me.goes_on().sees("未检测到证书")
        self.look(me.page, "step_video_notice")
        me.ticks("read").goes_on().sees("视频验证")
        self.look(me.page, "step_video_page")

    def _photos(self, me: Investor) -> Investor:
        self.look(me.page, "step_upload_photos_nothing_on_file")
        unsharp = self._unsharp()
        refused_steps.files(me, self.look, self.paper)
        plain = self.visit.without_scripts(me.page)
        self.visit.sends_too_much(plain, "input[type=file]", "form.step-form .button-row .button-primary")
        self.look(plain, "refused_too_big")
        me.uploads("id_portrait", unsharp).waits_for("id_portrait", "id_emblem")
        self.look(me.page, "step_upload_photos_unsharp")
        for slot in SLOTS:
            me.uses_specimen(slot).sees("上传照片")
        return me

    def _unsharp(self) -> Path:
        """His portrait side, out of focus."""
        with Image.open(path_of(PERSON, "id_portrait")) as sharp:
            sharp.filter(ImageFilter.GaussianBlur(UNSHARP)).save(self.paper / "unsharp.jpg")
        return self.paper / "unsharp.jpg"

    def checks_his_devices(self) -> None:
        """Nothing is checked yet, then all is well; back at the video page it holds for half an hour."""
        me = self.me.presses("开始视频通话").sees("设备检测")
        self.look(me.page, "step_device_check")
        me.presses("进入排队").sees("设备检测").reads("设备检测还没有通过，不能进入排队")
        self.look(me.page, "refused_devices_unchecked")
        me.checks_simulated_devices()
        self.look(me.page, "step_device_check_passed")
        me.goes_back().sees("视频验证").reads("已通过")

    def books(self) -> None:
        me = self.me.presses("预约视频").sees("预约视频")
        self.look(me.page, "step_appointment")
        refused_steps.bookings(me, self.look, self.place)
        me.page.locator("input[name=appointment]:enabled").nth(2).check()
        me.goes_on().sees("等待预约时段")
        self.look(me.page, "step_appointment_waiting")
        me.opens("/my")
        self.look(me.page, "my_business_booked")
        clicks(me.page, "a.button[href^='/cases/']")

    def is_sent_back(self) -> None:
        me, desk = self.me.sees("等待预约时段"), self.desk
        self.loses_his_turn()
        me.queues().sees("排队中：第 1 位")
        self.look(me.page, "step_in_line")
        desk.sees_queue()
        self.look(desk.page, "desk_video_line")
        late = self.lies_open()
        desk.calls_next().shows_himself()
        self.look(desk.page, "desk_video_call")
        refused_steps.too_late_to_leave(late, self.look)
        desk.calls_next()
        self.look(desk.page, "refused_second_call")
        me.sees("视频验证人员正在接通")
        self.look(me.page, "step_in_call")
        desk.rejects({"address_differs": ""})
        me.sees("个人基本资料")
        self.look(me.page, "step_basic_data_rejected")
        refused_aside.nothing_can_be_kept(self.visit, me, self.place)
        me.goes_on().sees("视频验证")

    def loses_his_turn(self) -> None:
        """His half day goes by, then the hours of the day, then he is away from the line."""
        me, desk = self.me, self.desk
        refused_steps.late_for_his_booking(me, self.look, self.place)
        refused_aside.after_video_hours(self.visit, me, self.place)
        desk.calls_next()
        self.look(desk.page, "refused_nobody_in_line")
        me.queues().sees("排队中：第 1 位")
        refused_steps.away(me, self.look, self.place)

    def lies_open(self) -> Page:
        """The page of the line in another window, which hears nothing."""
        page = self.me.page.context.new_page()
        for asks in ("**/line/beat", "**/events*"):
            page.route(asks, lambda route: route.abort())
        page.goto(self.me.page.url)
        return page

    def passes(self) -> None:
        me, desk = self.me, self.desk
        refused_steps.interrupted(me, self.look, desk)
        me.queues().sees("排队中：第 1 位")
        desk.calls_next().page.locator("input[type=radio][value=pass]").check()
        desk.ticks_all()
        self.look(desk.page, "desk_video_checklist")
        desk.page.locator(".desk-decision input[type=checkbox]:checked").first.uncheck()
        desk.decides()
        self.look(desk.page, "refused_desk_checklist")
        desk.ticks_all()
        desk.decides()
        me.sees("视频已通过")
        self.look(me.page, "step_video_passed")

    def installs_and_signs(self) -> None:
        me = self.me.goes_on().sees("再次检测证书")
        self.look(me.page, "step_certificate_recheck")
        me.goes_on().sees("安装数字证书")
        self.look(me.page, "step_install_certificate")
        refused_steps.not_installed(me, self.look)
        me.installs_certificate().sees("签署协议").signs().sees("已提交，等待复核")
