"""补签协议 past its pages: first without the certificate, to the counter and back online, then signed."""

from __future__ import annotations

from cli.demonstration.screens.investor import Investor
from cli.demonstration.screens.refused_staff import StaffRefusals
from cli.demonstration.screens.visit import Visit, clicks

WHO, COUNTER = "sunbuqian", "reviewer.sh"
START = "form[action*='/obligations/'] button"
CLEARED = "new Promise((done) => { indexedDB.deleteDatabase('kaihu').onsuccess = done; })"


class SupplementRoad:
    """The sample person who must sign something first."""

    def __init__(self, visit: Visit, staff: StaffRefusals) -> None:
        self.visit, self.staff, self.me = visit, staff, visit.visitor()

    def walk(self) -> None:
        me = self.me.signs_in_as(WHO).sees("我的业务")
        self.visit.look(me.page, "my_business_obligation")
        before = me.page.context.new_page()
        before.goto(me.page.url)
        me.page.locator(START).click()
        me.sees("证书检测")
        self.visit.look(me.page, "supplement_certificate")
        self._to_the_counter(me)
        self._and_back_online()
        self._signs(self.visit.visitor().signs_in_as(WHO).opens("/my"))
        clicks(before, START)
        self.visit.look(before, "refused_signed_already")

    def _to_the_counter(self, me: Investor) -> None:
        me.page.evaluate(CLEARED)
        me.page.reload()
        me.page.locator("[data-certificate=detect] [data-state=none]").wait_for()
        me.goes_on().sees("未检测到证书")
        self.visit.look(me.page, "supplement_without_certificate")
        me.page.locator("input[name=place][value=counter]").check()
        me.goes_on().sees("请到营业部柜台签署")
        self.visit.look(me.page, "supplement_to_the_counter")

    def _and_back_online(self) -> None:
        desk = self.visit.desk().signs_in_as(COUNTER)
        desk.page.locator("[data-queue-item]:has-text('柜台补签')").first.click()
        desk.page.wait_for_url("**/desk/tasks/*")
        self.staff.somebody_was_faster(desk.page.url.removeprefix(self.visit.address), desk)
        desk.claims().page.locator("input[type=radio][value=signed]").check()
        self.visit.look(desk.page, "desk_counter_signing")
        desk.page.locator("input[type=radio][value=online]").check()
        desk.decides()
        self.staff.somebody_has_finished()

    def _signs(self, me: Investor) -> None:
        me.page.locator("table[aria-labelledby=pending] a.button").first.click()
        me.sees("证书检测").detects_certificate().sees("签署协议")
        self.visit.look(me.page, "supplement_sign")
        me.signs().sees("办理成功")
        self.visit.look(me.page, "supplement_done")
