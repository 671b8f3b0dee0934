"""A walk past every page: the sample people do what they are there for, and at each page somebody may look."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Browser, BrowserContext, Page

from cli.demonstration.people import INVESTORS, SampleInvestor
from cli.demonstration.pictures import CARD, path_of
from cli.demonstration.screens.browser import window
from cli.demonstration.screens.desk import Desk
from cli.demonstration.screens.investor import BUSINESS, Investor, NewCard

Look = Callable[[Page, str], None]
PEOPLE = {person.key: person for person in INVESTORS}
WAITING = re.compile(r"/waiting$")


class Gallery:
    """Walks a fresh demonstration once. `look` is called with each page and its speaking name."""

    def __init__(self, opened: Browser, address: str, look: Look) -> None:
        self.opened, self.address, self.look = opened, address, look
        self.contexts: list[BrowserContext] = []
        self.number = ""

    def walk(self) -> None:
        try:
            for part in (self.public, self.sign_in, self.refusals, self.with_certificate, self.without_certificate,
                         self.supplement, self.errors, self.in_english):  # fmt: skip
                part()
        finally:
            for context in self.contexts:
                context.close()

    # -- before anybody signs in --

    def public(self) -> None:
        page = self._page()
        for name, path in PUBLIC.items():
            page.goto(self.address + path)
            self.look(page, name)

    def sign_in(self) -> None:
        page = self._page()
        visitor = Investor(page, self.address).opens(f"/sign-in/{BUSINESS}")
        self.look(page, "sign_in")
        clicks(page, "button.button-primary[name=action]")
        self.look(page, "sign_in_nothing_typed")
        visitor.fills_in_as("linzhiqiu")
        self.look(page, "sign_in_filled_by_the_panel")
        page.locator("input[name=code]").fill("000000")
        clicks(page, "button.button-primary[name=action]")
        self.look(page, "sign_in_wrong_code")

    def refusals(self) -> None:
        for key, name in (("chenjiuan", "refused_id_expired"), ("wuxiaoman", "refused_under_age")):
            self.look(self._visitor().signs_in_as(key).page, name)
        self.look(self._visitor().signs_in_as("zhengzaitu").sees("我的业务").page, "my_business_pending_elsewhere")

    # -- the whole line --

    def with_certificate(self) -> None:
        me, desk = self._visitor(), Desk(self._page(), self.address)
        me.signs_in_as("linzhiqiu").sees("上传照片").waits_for("id_portrait", "id_emblem", "signature")
        self.look(me.page, "step_upload_photos")
        me.goes_on().is_refused()
        self.look(me.page, "step_upload_photos_not_agreed")
        self._wait_and_look(me, me.submits_photos, "step_waiting_for_photos")
        self._from_crops_to_cards(me)
        self._from_notice_to_review(me, "")
        self._desk_rejects(desk)
        self._corrects(me)
        self._desk_passes(me, desk)

    def _from_crops_to_cards(self, me: Investor) -> None:
        me.sees("核对照片")
        self.look(me.page, "step_check_photos")
        me.checks_photos().sees("个人基本资料")
        self.look(me.page, "step_basic_data")
        me.page.locator("input[name=validity]").fill("2016.05.20")
        me.goes_on().is_refused()
        self.look(me.page, "step_basic_data_wrong")
        me.page.locator("input[name=validity]").fill("2016.05.20-2036.05.20")
        me.goes_on().sees("银行卡")
        self.look(me.page, "step_bank_cards")
        me.submits_cards().is_refused()
        self.look(me.page, "step_bank_cards_unchanged")
        me.deletes_first_card().adds_card(card_of(PEOPLE["linzhiqiu"]))
        self.look(me.page, "step_bank_cards_changed")
        self._wait_and_look(me, me.submits_cards, "step_waiting_for_cards")

    def _from_notice_to_review(self, me: Investor, round: str) -> None:
        me.sees("使用提示")
        self.look(me.page, "step_bank_notice" + round)
        me.ticks("read").goes_on()
        if not round:
            me.sees("证书检测").page.locator("[data-certificate=detect] [data-state=found]").wait_for()
            self.look(me.page, "step_certificate_found")
            me.detects_certificate()
        me.sees("签署协议")
        self.look(me.page, "step_sign_agreements" + round)
        me.signs().sees("已提交，等待复核")
        self.look(me.page, "result_waiting_for_review" + round)
        if round:
            return
        self.number = me.number
        me.follows("查看流程图").sees("您的业务走到了哪里")
        self.look(me.page, "flow_picture_of_a_case")
        me.follows("我的业务").sees("我的业务")
        self.look(me.page, "my_business_waiting_for_review")
        clicks(me.page, "a[href$='/abandon']")
        self.look(me.page, "abandon")

    def _desk_rejects(self, desk: Desk) -> None:
        desk.opens("/staff/sign-in")
        self.look(desk.page, "staff_sign_in")
        desk.types_sign_in("reviewer.bj", "not it").reads("账号或密码不正确")
        self.look(desk.page, "staff_sign_in_wrong")
        desk.signs_in_as("reviewer.bj")
        self.look(desk.page, "desk_queue")
        desk.opens_case(self.number)
        self.look(desk.page, "desk_unclaimed")
        desk.claims()
        self.look(desk.page, "desk_case")
        desk.page.locator("input[type=radio][value=reject]").check()
        desk.decides()
        self.look(desk.page, "desk_no_reason_given")
        desk.rejects({"id_photo_unclear": "人像面有反光，请换个角度重拍。", "card_number_wrong": ""})
        self.look(desk.page, "desk_decided")

    def _corrects(self, me: Investor) -> None:
        me.opens("/my")
        self.look(me.page, "my_business_rejected")
        me.page.locator("a.button[href^='/cases/']").first.click()
        me.sees("上传照片")
        self.look(me.page, "step_upload_photos_rejected")
        me.uses_specimen("id_portrait").submits_photos().sees("核对照片").checks_photos()
        me.sees("银行卡")
        self.look(me.page, "step_bank_cards_rejected")
        me.submits_cards()
        self._from_notice_to_review(me, "_again")

    def _desk_passes(self, me: Investor, desk: Desk) -> None:
        desk.opens_case(self.number).claims()
        self.look(desk.page, "desk_case_second_round")
        clicks(desk.page, "form[action$='/reveal'] button")
        self.look(desk.page, "desk_case_numbers_shown")
        desk.passes()
        self.look(desk.page, "desk_queue_empty")
        case = me.case_id
        me.opens(f"/cases/{case}").sees("办理成功")
        self.look(me.page, "result_done")
        me.opens("/my").finds_done("办理成功")
        self.look(me.page, "my_business_done")

    # -- the other roads --

    def without_certificate(self) -> None:
        me, person = self._visitor(), PEOPLE["zhouyuanfan"]
        me.signs_in_as(person.key).sees("上传照片")
        self.look(me.page, "step_upload_photos_nothing_on_file")
        for slot in ("id_portrait", "id_emblem", "signature"):
            me.uses_specimen(slot).sees("上传照片")
        me.submits_photos().sees("核对照片").checks_photos().sees("个人基本资料").goes_on().sees("银行卡")
        self.look(me.page, "step_bank_cards_linked")
        me.adds_card(card_of(person)).submits_cards().sees("使用提示").ticks("read").goes_on().sees("证书检测")
        me.page.locator("[data-certificate=detect] [data-state=none]").wait_for()
        self.look(me.page, "step_certificate_missing")
        me.goes_on().sees("未检测到证书")
        self.look(me.page, "step_video_notice")
        me.ticks("read").goes_on().sees("视频验证")
        self.look(me.page, "step_video_page")

    def supplement(self) -> None:
        me = self._visitor().signs_in_as("sunbuqian").sees("我的业务")
        self.look(me.page, "my_business_obligation")
        me.page.locator("form[action*='/obligations/'] button").click()
        me.sees("证书检测")
        self.look(me.page, "supplement_certificate")
        me.detects_certificate().sees("签署协议")
        self.look(me.page, "supplement_sign")
        me.signs().sees("办理成功")
        self.look(me.page, "supplement_done")

    def errors(self) -> None:
        page = self._page()
        page.goto(self.address + "/no-such-page")
        self.look(page, "error_not_found")
        page.goto(self.address + "/my")
        self.look(page, "sign_in_to_go_on")
        page.goto(self.address + "/demonstration/outbox")
        self.look(page, "demonstration_outbox")

    def in_english(self) -> None:
        page = self._page()
        page.goto(self.address + "/?lang=en")
        for name, path in ENGLISH.items():
            page.goto(self.address + path)
            self.look(page, name)
        me = Investor(page, self.address).signs_in_as("zhouyuanfan").sees("My business")
        self.look(page, "english_my_business")
        clicks(me.opens("/my").page, "a.button[href^='/cases/']")
        self.look(page, "english_step_video_page")
        clicks(page, "a[href$='/flow']")
        self.look(page, "english_flow_picture_of_a_case")

    # -- how it is done --

    def _page(self) -> Page:
        self.contexts.append(window(self.opened))
        return self.contexts[-1].new_page()

    def _visitor(self) -> Investor:
        return Investor(self._page(), self.address)

    def _wait_and_look(self, me: Investor, submits: Callable[[], object], name: str) -> None:
        """The page that waits goes on by itself: it is held for as long as somebody looks."""
        me.page.route(WAITING, lambda route: route.abort())
        submits()
        me.sees("正在处理您提交的内容")
        self.look(me.page, name)
        me.page.unroute(WAITING)
        me.page.reload()


def clicks(page: Page, selector: str) -> None:
    """Click the first of these, and be on the page that it leads to."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def card_of(person: SampleInvestor) -> NewCard:
    card = person.new_card
    return NewCard(card.bank, card.outlet, card.number, path_of(person, CARD))


PUBLIC = {
    "entry": "/",
    "business": f"/business/{BUSINESS}",
    "business_supplement": "/business/supplementary_agreement",
    "investor_education": "/page/education",
    "help": "/page/help",
    "privacy": "/page/privacy",
}
ENGLISH = {f"english_{name}": path for name, path in PUBLIC.items()} | {
    "english_sign_in": f"/sign-in/{BUSINESS}",
    "english_staff_sign_in": "/staff/sign-in",
}
