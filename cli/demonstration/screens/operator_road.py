"""The road of who keeps an installation running: nothing wrong, then something, retried, settled; a case looked up."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from sqlalchemy import select

from cli.demonstration.people import PASSWORD
from cli.demonstration.screens.visit import Visit, clicks
from cli.installation import Installation
from cli.store import store_of
from engine.cases.inbox import new_job
from engine.tables import Case

LIST = "/operate/incidents"
CAUSE = "a[href*='/operate/incidents?'][href*='service=']"
NOTE = "已补上通知的文字"


class OperatorRoad:
    """One administrator in front of the operators' pages."""

    def __init__(self, visit: Visit, place: Installation) -> None:
        self.visit, self.look, self.place = visit, visit.look, place
        self.page = visit.page()

    def walk(self, number: str) -> None:
        self.signs_in()
        self.opens(LIST)
        self.look(self.page, "operate_nothing_wrong")
        self.opens("/operate/stuck")
        self.look(self.page, "operate_nothing_stuck")
        break_notices(self.place, number)
        self.retries()
        self.settles()
        self.finds(number)

    def signs_in(self) -> None:
        self.opens("/staff/sign-in")
        self.page.locator("input[name=login]:visible").fill("admin")
        self.page.locator("input[name=password]:visible").fill(PASSWORD)
        with self.page.expect_navigation():
            self.page.locator("input[name=password]:visible").press("Enter")

    def opens(self, path: str) -> Page:
        self.page.goto(self.visit.address + path)
        return self.page

    def retries(self) -> None:
        """All of one cause: without a note it is refused, with one each row is told."""
        self._waits_for_incidents(2)
        self.look(self.page, "operate_incidents")
        clicks(self.page, CAUSE)
        clicks(self.page, "form[action*='/incidents/retry'] .button-primary")
        self.look(self.page, "operate_retry_without_a_note")
        self.page.locator("textarea[name=note]").fill(NOTE)
        clicks(self.page, "form[action*='/incidents/retry'] .button-primary")
        self.look(self.page, "operate_retried")

    def settles(self) -> None:
        """The cause was not mended: what failed again is let be, once the operator says why."""
        self._waits_for_incidents(2)
        clicks(self.page, f"th a[href^='{LIST}/']")
        self.look(self.page, "operate_incident")
        clicks(self.page, "form[action$='/resolve'] button")
        self.look(self.page, "operate_incident_not_said_how")
        late = self.page.context.new_page()
        late.goto(self.page.url.removesuffix("/resolve"))
        for page, name in ((self.page, "operate_incident_settled"), (late, "refused_operate_settled")):
            page.locator("input[name=result]").first.check()
            page.locator("form[action$='/resolve'] textarea").fill("已电话告知客户")
            clicks(page, "form[action$='/resolve'] button")
            self.look(page, name)

    def finds(self, number: str) -> None:
        self.opens("/operate/cases?number=12")
        self.look(self.page, "refused_operate_number")
        self.opens(f"/operate/cases?number={number[-6:]}")
        self.look(self.page, "operate_cases_found")
        self.opens(f"/operate/cases?number={number}")
        self.look(self.page, "operate_case")
        self.opens(f"{LIST}?lang=en")
        self.look(self.page, "english_operate_incidents")

    def _waits_for_incidents(self, count: int) -> None:
        """The worker tries, and calls for help."""
        said = self.page.locator(".menu-count")
        for _ in range(60):
            self.opens(LIST)
            if said.count() and said.inner_text() == str(count):
                return
            self.page.wait_for_timeout(500)
        expect(said).to_have_text(str(count))


def break_notices(place: Installation, number: str) -> None:
    """As if a business asked for a text that it does not have: the real worker finds out."""
    store = store_of(place)
    with store.write() as tx:
        case_id = tx.scalars(select(Case.id).where(Case.number == number)).one()
        for _ in range(2):
            tx.add(new_job(store, case_id, "notice.send", {"template": "closing"}, store.clock.now()))
    store.db.dispose()
