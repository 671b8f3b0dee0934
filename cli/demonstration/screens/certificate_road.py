"""The road of who has a certificate: every step, the review that sends back and the one that passes."""

from __future__ import annotations

from cli.demonstration.pictures import path_of
from cli.demonstration.screens import meanwhile, refused_steps
from cli.demonstration.screens.investor import Investor
from cli.demonstration.screens.visit import PEOPLE, Visit, card_of, clicks
from cli.installation import Installation

PERSON = PEOPLE["linzhiqiu"]
SLOTS = ("id_portrait", "id_emblem", "signature")


class CertificateRoad:
    """One investor, the reviewer of his branch, and their supervisor."""

    def __init__(self, visit: Visit, place: Installation) -> None:
        self.visit, self.look, self.place = visit, visit.look, place
        self.me, self.desk = visit.visitor(), visit.desk()
        self.number = self.done_step = ""

    def walk(self) -> None:
        self.to_the_cards()
        self.from_notice_to_review()
        self.give_up_almost()
        self.at_the_desk()
        self.corrects()
        self.passes()

    def to_the_cards(self) -> None:
        me = self.me.signs_in_as(PERSON.key).sees("上传照片").waits_for(*SLOTS)
        self.look(me.page, "step_upload_photos")
        self._by_hand(me)
        me.goes_on().is_refused()
        self.look(me.page, "step_upload_photos_not_agreed")
        refused_steps.too_many_photographs(me, self.look, self.place, path_of(PERSON, "signature"))
        self.visit.look_while_waiting(me, me.submits_photos, "step_waiting_for_photos")
        me.sees("核对照片")
        self.look(me.page, "step_check_photos")
        refused_steps.not_ticked(me, self.look, "refused_check_photos_not_ticked")
        self._basic_data(me.checks_photos().sees("个人基本资料"))
        refused_steps.signed_out(me, self.look, self.place, PERSON.key)
        self._cards(me.sees("银行卡"))

    def _by_hand(self, me: Investor) -> None:
        """What will do and what will not; the four corners; a camera that is not there."""
        summary = me.page.locator(".examples summary").first
        summary.click()
        self.look(me.page, "step_upload_photos_examples")
        summary.click()
        me.adjusts_corners(SLOTS[0])
        self.look(me.page, "step_upload_photos_corners")
        me.drags_corner("左上角", "右下角")
        self.look(me.page, "refused_outline_crossed")
        me.page.keyboard.press("Escape")
        me.slot(SLOTS[0]).get_by_role("button", name="拍照").click()
        me.page.locator("[data-problem]:not([hidden])").wait_for()
        self.look(me.page, "refused_no_camera")
        me.page.keyboard.press("Escape")

    def _basic_data(self, me: Investor) -> None:
        self.look(me.page, "step_basic_data")
        refused_steps.not_kept(me, self.look)
        self.done_step = me.page.url
        me.page.locator("input[name=validity]").fill("2016.05.20")
        me.goes_on().is_refused()
        self.look(me.page, "step_basic_data_wrong")
        me.page.locator("input[name=validity]").fill("2016.05.20-2036.05.20")

    def _cards(self, me: Investor) -> None:
        self.look(me.page, "step_bank_cards")
        me.submits_cards().is_refused()
        self.look(me.page, "step_bank_cards_unchanged")
        me.deletes_first_card().adds_card(card_of(PERSON))
        self.look(me.page, "step_bank_cards_changed")
        self.visit.look_while_waiting(me, me.submits_cards, "step_waiting_for_cards")

    def from_notice_to_review(self) -> None:
        me = self.me.sees("使用提示")
        self.look(me.page, "step_bank_notice")
        refused_steps.not_ticked(me, self.look, "refused_notice_not_read")
        refused_steps.old_page(me, self.look, self.done_step, "使用提示")
        refused_steps.from_before(me.ticks("read"), self.look, PERSON.key)
        me.sees("证书检测")
        me.page.locator("[data-certificate=detect] [data-state=found]").wait_for()
        self.look(me.page, "step_certificate_found")
        refused_steps.undetected(me, self.look)
        me.detects_certificate().sees("签署协议")
        self.look(me.page, "step_sign_agreements")
        refused_steps.no_road(me, self.look)
        refused_steps.unsigned(me, self.look)
        me.signs().sees("已提交，等待复核")
        self.look(me.page, "result_waiting_for_review")

    def give_up_almost(self) -> None:
        me = self.me
        self.number = me.number
        me.follows("查看流程图").sees("您的业务走到了哪里")
        self.look(me.page, "flow_picture_of_a_case")
        me.follows("我的业务").sees("我的业务")
        self.look(me.page, "my_business_waiting_for_review")
        clicks(me.page, "a[href$='/abandon']")
        self.look(me.page, "abandon")

    def at_the_desk(self) -> None:
        desk = self.desk.opens("/staff/sign-in")
        self.look(desk.page, "staff_sign_in")
        desk.types_sign_in("reviewer.bj", "not it").reads("账号或密码不正确")
        self.look(desk.page, "staff_sign_in_wrong")
        desk.signs_in_as("reviewer.bj")
        self.look(desk.page, "desk_queue")
        desk.opens_case(self.number)
        self.look(desk.page, "desk_unclaimed")
        desk.claims()
        self.look(desk.page, "desk_case")
        self.supervised()
        desk.page.locator("input[type=radio][value=reject]").check()
        desk.decides()
        self.look(desk.page, "desk_no_reason_given")
        desk.rejects({"id_photo_unclear": "人像面有反光，请换个角度重拍。", "card_number_wrong": ""})
        self.look(desk.page, "desk_decided")

    def supervised(self) -> None:
        """While the reviewer has it."""
        chief = self.visit.desk().signs_in_as("supervisor.bj")
        self.look(chief.page, "desk_branch")
        clicks(chief.page, "a[id^='give-']")
        self.look(chief.page, "desk_hand_over")

    def corrects(self) -> None:
        me = self.me.opens("/my")
        self.look(me.page, "my_business_rejected")
        me.page.locator("a.button[href^='/cases/']").first.click()
        me.sees("上传照片")
        self.look(me.page, "step_upload_photos_rejected")
        me.uses_specimen("id_portrait").submits_photos().sees("核对照片").checks_photos()
        me.sees("银行卡")
        self.look(me.page, "step_bank_cards_rejected")
        me.submits_cards().sees("使用提示").ticks("read").goes_on().sees("签署协议")
        self.look(me.page, "step_sign_agreements_again")
        me.signs().sees("已提交，等待复核")

    def passes(self) -> None:
        desk, me = self.desk.opens_case(self.number).claims(), self.me
        self.look(desk.page, "desk_case_second_round")
        clicks(desk.page, "form[action$='/reveal'] button")
        self.look(desk.page, "desk_case_numbers_shown")
        case_id = me.case_id
        self.not_accepted(case_id)
        me.opens(f"/cases/{case_id}").sees("办理成功")
        self.look(me.page, "result_done")
        me.opens(f"/cases/{me.case_id}/abandon").sees("我的业务")
        self.look(me.page, "refused_abandon_over")
        me.opens("/my").finds_done("办理成功")
        self.look(me.page, "my_business_done")

    def not_accepted(self, case_id: str) -> None:
        """The account system refuses; when it is asked again, it thinks for a while."""
        desk, me = self.desk, self.me
        with meanwhile.every_card_linked(self.place, case_id):
            desk.passes().waits_for_case(self.number)
            me.opens(f"/cases/{case_id}")
            self.look(me.page, "result_waiting_for_the_counter")
            desk.opens_case(self.number).claims()
            self.look(desk.page, "refused_by_account_system")
        desk.page.locator("input[type=radio][value=retry]").check()
        with meanwhile.worker_held(self.place):
            desk.decides()
            self.look(desk.page, "desk_queue_empty")
            me.opens(f"/cases/{case_id}/abandon").sees("我的业务")
            self.look(me.page, "refused_abandon_too_late")
