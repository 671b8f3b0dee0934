"""Refusals that colleagues read: at their door, in the administration, at the desk of somebody who was faster."""

from __future__ import annotations

from cli.demonstration.people import PASSWORD
from cli.demonstration.screens.behind import let_claim_lapse, sign_out_by_time
from cli.demonstration.screens.desk import Desk
from cli.demonstration.screens.investor import Investor
from cli.demonstration.screens.visit import Visit, clicks
from cli.installation import Installation

COLLEAGUE, NAME, BRANCH = "both.sh", "钱兼", "shanghai"
SAVE = "form:has(input[name=name]) button.button-primary"
MINE = "a[href^='/administration/people/']:has-text('管理员')"
ASK_AGAIN = "() => htmx.ajax('GET', '/desk/queue', {target: '#queue', swap: 'outerHTML'})"
MOST_TRIES = 5


class StaffRefusals:
    """An administrator, and a colleague whom he adds: verifier and reviewer in one."""

    def __init__(self, visit: Visit, place: Installation) -> None:
        self.visit, self.look, self.place = visit, visit.look, place
        self.colleague = visit.desk()

    def at_their_door(self) -> None:
        desk = self.visit.desk().opens("/staff/sign-in")
        for _ in range(MOST_TRIES + 1):
            with desk.page.expect_navigation():
                desk.types_sign_in("nobody.bj", "not it")
        self.look(desk.page, "refused_staff_too_many_tries")

    def adds_a_colleague(self) -> None:
        page = self.visit.desk().signs_in_as("admin").opens("/administration/people/new").page
        page.locator("input[name=login]").fill("reviewer.sh")
        clicks(page, SAVE)
        self.look(page, "refused_admin_person")
        page.locator("input[name=login]").fill(COLLEAGUE)
        page.locator("input[name=name]").fill(NAME)
        for role in ("verifier", "reviewer"):
            page.locator(f"input[name=roles][value={role}]").check()
        page.locator("select[name=branch]").select_option(BRANCH)
        clicks(page, SAVE)
        self.look(page, "admin_one_time_password")
        self._chooses_a_password(page.locator("code.once").inner_text())
        self._forgets_himself(Desk(page, self.visit.address))

    def _chooses_a_password(self, once: str) -> None:
        desk = self.colleague.opens("/staff/sign-in").types_sign_in(COLLEAGUE, once)
        page = desk.page
        page.wait_for_url("**/staff/password")
        for new, again in (("short", "short"), (PASSWORD, PASSWORD)):
            page.locator("input[name=new]").fill(new)
            page.locator("input[name=again]").fill(again)
            clicks(page, "form:has(input[name=new]) button.button-primary")
            if new == "short":
                self.look(page, "refused_own_password")

    def _forgets_himself(self, admin: Desk) -> None:
        page = admin.opens("/administration/people").page
        clicks(page, MINE)
        page.locator("input[name=roles][value=administrator]").uncheck()
        page.locator("input[name=roles][value=analyst]").check()
        clicks(page, SAVE)
        self.look(page, "refused_admin_himself")
        admin.opens("/administration/branches")
        for field, text in {"id": BRANCH, "name": "浦东营业部", "name_en": "Pudong branch"}.items():
            page.locator(f"input[name={field}]").fill(text)
        clicks(page, "form:has(input[name=id]) button.button-primary")
        self.look(page, "refused_admin_branch")

    def somebody_was_faster(self, address: str, claims: Desk) -> None:
        """A task of the counter: claimed by another, lapsed, taken over without a reason."""
        mine = self.colleague.opens(address)
        claims.claims()
        mine.wants_it().reads("更快一步")
        self.look(mine.page, "refused_claim_lost")
        let_claim_lapse(self.place, address.rsplit("/", 1)[1])
        claims.page.locator("input[type=radio][value=online]").check()
        claims.decides().reads("领取已到期")
        self.look(claims.page, "refused_claim_lapsed")
        with mine.opens(address).page.expect_navigation():
            mine.wants_it()
        self.look(mine.page, "refused_take_over_without_reason")

    def somebody_has_finished(self) -> None:
        """The page of before still lies open."""
        mine = self.colleague
        mine.page.locator("input[name=reason]").fill("他今天不在")
        mine.wants_it().reads("办完")
        self.look(mine.page, "refused_task_finished")

    def four_eyes(self, number: str) -> None:
        """Who has talked to the customer does not review him."""
        self.look(self.colleague.opens_case(number).page, "refused_four_eyes")

    def customer_gives_up(self, number: str, customer: Investor) -> None:
        """While a colleague has his case; what is noted about it says nothing."""
        desk = self.visit.desk().signs_in_as("reviewer.sh").opens_case(number).claims()
        desk.page.locator("details.say summary").click()
        clicks(desk.page, "button[name=say]")
        self.look(desk.page, "refused_comment")
        desk.page.locator("input[type=radio][value=pass]").check()
        customer.opens(f"/cases/{customer.case_id}/abandon")
        clicks(self.visit.without_scripts(customer.page), ".button-danger")
        desk.decides()
        self.look(desk.page, "refused_customer_gave_up")

    def what_is_not_his(self) -> None:
        mine = self.colleague
        for name, path in NOT_HIS.items():
            self.look(mine.opens(path).page, name)
        mine.opens("/desk")
        sign_out_by_time(self.place, "staff")
        mine.page.evaluate(ASK_AGAIN)
        mine.page.locator(".signed-out").wait_for()
        self.look(mine.page, "refused_desk_signed_out")


NOT_HIS = {
    "refused_desk_not_there": "/desk/tasks/none",
    "refused_no_permission": "/administration/people",
    "refused_desk_number_unknown": "/desk?number=99999999",
}
