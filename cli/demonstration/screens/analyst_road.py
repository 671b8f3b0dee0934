"""The road of an analyst: a change is handed in, published and taken back, and what cannot be is refused."""

from __future__ import annotations

from playwright.sync_api import Page

from cli.demonstration.screens.analyst import Analyst, broken, drawn, renamed
from cli.demonstration.screens.investor import BUSINESS
from cli.demonstration.screens.visit import Visit, clicks
from engine.company import default_company
from engine.company.bank_table import write_table

DRAWING = "handling.bpmn"
SIGNING, STEP = "processes/shared/signing.bpmn", "sign_agreements"
FORM = "forms/shared/sign_agreements.form.json"


class AnalystRoad:
    """One analyst; some of his proposals lie open in a second window."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.look = visit, visit.look
        self.me = Analyst(visit.page(), visit.address).signs_in_as("analyst")

    def walk(self) -> None:
        self.look(self.me.page, "studio_home")
        self.me.opens_business(BUSINESS)
        self.look(self.me.page, "studio_business")
        self.sees_how_it_goes()
        self.draws()
        self.hands_in_what_is_none()
        self.publishes_a_change()
        self.moves_running_cases()
        self.takes_it_back()
        self.tries_it_with_a_part()
        self.changes_the_card_numbers()

    def sees_how_it_goes(self) -> None:
        """The live diagram, and who stands at one of its steps."""
        me = self.me.opens(f"/studio/{BUSINESS}/live?by=median")
        self.look(me.page, "studio_live")
        me.opens(f"/studio/{BUSINESS}/live/upload_photos")
        self.look(me.page, "studio_standing_at")
        me.opens_business(BUSINESS)

    def draws(self) -> None:
        """A draft, its diagram with a step that is selected, a form; thrown away again."""
        me = self.me.opens_business(BUSINESS).begins_a_draft()
        self.look(me.page, "studio_draft")
        draft = me.page.url.removeprefix(self.visit.address)
        me.opens_diagram(SIGNING).selects(STEP)
        self.look(me.page, "studio_diagram")
        self.look(me.opens_the_keys().page, "studio_diagram_keys")
        me.page.keyboard.press("Escape")
        self.adds_a_lane()
        self.types(draft)
        self.changes_a_form(draft)
        me.plays(draft)
        self.look(me.page, "studio_sandbox")
        self.look(me.lets_pass("soon").page, "refused_studio_sandbox")
        me.opens(draft).throws_the_draft_away()

    def adds_a_lane(self) -> None:
        """Below the diagram that is open, which lies open in a second window too; taken out again."""
        late = Analyst(self.lies_open(), self.visit.address)
        self.look(self.me.adds_a_lane("").page, "studio_lanes")
        self.look(late.adds_a_lane("另一条").page, "refused_studio_lanes")
        self.me.takes_the_lane_out()

    def changes_a_form(self, draft: str) -> None:
        """Its parts, one of them with a key that will not do, and the same form as text."""
        page = self.me.opens(draft).page
        self.me.opens_file(FORM)
        self.look(page, "studio_form")
        page.locator(".form-parts a").first.click()
        self.look(page, "studio_form_part")
        self.look(self.me.asks_for_another_kind().page, "studio_form_kind")
        self.me.opens(f"{draft}/forms/{FORM}").page.locator("#field-key").fill("1 key")
        clicks(page, "form.column .button-primary")
        self.look(page, "refused_studio_form")
        self.draws_the_form(draft)
        self.me.opens(f"{draft}/texts/{FORM}")
        self.look(page, "studio_draft_text")

    def draws_the_form(self, draft: str) -> None:
        """A part put in on the canvas, whose key will not do."""
        page = self.me.opens(f"{draft}/canvas/{FORM}").page
        page.locator("#canvas[data-state=open]").wait_for()
        page.locator(".canvas-kinds [data-field-type=number]").first.click()
        page.locator("#canvas-part [name=key]").fill("1 key")
        page.locator("#canvas-part [name=key]").press("Tab")
        page.locator("#canvas-wrong:not(:empty)").wait_for()
        self.look(page, "refused_form_canvas")

    def types(self, draft: str) -> None:
        """A table with a cell that can't be read, reasons, English, notices, a flow as a form, no new file."""
        me, page = self.me, self.me.page
        me.opens(f"{draft}/tables/processes/{BUSINESS}/eligibility.dmn")
        page.locator("textarea[name=test]").first.fill("not(")
        clicks(page, "button[value=line-add-1]")
        self.look(page, "studio_decision_table")
        reasons = f"processes/{BUSINESS}/reasons.json"
        me.opens(f"{draft}/reasons/{reasons}")
        self.look(page, "studio_reject_reasons")
        me.opens(f"{draft}/reason/new/{reasons}")
        clicks(page, "button[value=save]")
        self.look(page, "refused_studio_reason")
        me.opens(f"{draft}/english/processes/{BUSINESS}/texts.en.json")
        self.look(page, "studio_english")
        me.opens(f"{draft}/notices/processes/{BUSINESS}/notices.json").page.locator("#field-code").fill("Card Ready")
        clicks(page, "form .button-primary")
        self.look(page, "refused_studio_notice")
        me.opens(f"{draft}/elements/{STEP}/{SIGNING}")
        self.look(page, "studio_element")
        me.opens(draft).page.locator("summary", has_text="新的流程图").click()
        clicks(page, "form[action$='/new-file'] button")
        self.look(page, "refused_studio_new_file")

    def hands_in_what_is_none(self) -> None:
        """A picture, more than can be read, and the flow as it is."""
        me = self.me.hands_in("photo.png", b"\x89PNG")
        self.look(me.page, "refused_studio_upload")
        self.visit.sends_too_much(me.opens_business(BUSINESS).page, "input[type=file]", ".upload-form button")
        self.look(me.page, "refused_studio_too_big")
        me.opens_business(BUSINESS).hands_in(DRAWING, drawn(BUSINESS))
        self.look(me.page, "refused_studio_unchanged")
        me.puts_away()

    def publishes_a_change(self) -> None:
        """Another proposal of the same change is overtaken by it."""
        me = self.me.opens_business(BUSINESS).hands_in(DRAWING, renamed(BUSINESS))
        older = self.lies_open(), self.lies_open()
        me.opens_business(BUSINESS).hands_in(DRAWING, renamed(BUSINESS))
        self.look(me.page, "studio_proposal")
        self.look(Analyst(self.lies_open(), self.visit.address).sees_the_impact().page, "studio_impact")
        self.look(Analyst(self.lies_open(), self.visit.address).sees_the_difference().page, "studio_difference")
        self.look(me.tries().page, "studio_proposal_tried")
        again = Analyst(self.lies_open(), self.visit.address)
        me.publishes("")
        self.look(me.page, "studio_proposal_without_note")
        me.publishes("改了一个步骤的名称")
        self.look(me.page, "studio_published")
        self.look(again.publishes("改了一个步骤的名称").page, "refused_studio_published_twice")
        older[0].reload()
        self.look(older[0], "refused_studio_overtaken")
        for page in older:
            clicks(page, "form.studio-discard[action$='/discard'] button")
        self.look(older[1], "refused_studio_put_away")

    def moves_running_cases(self) -> None:
        """Those whose customers are at work are held."""
        me = self.me.opens(f"/studio/{BUSINESS}/migration").tries_the_newest()
        self.look(me.page, "studio_migration")
        me.migrates("")
        self.look(me.page, "refused_studio_migration_without_note")
        me.migrates("步骤改了名称").waits_for_the_last()
        self.look(me.page, "studio_migration_results")

    def takes_it_back(self) -> None:
        me = self.me.opens("/studio/supplementary_agreement/withdraw")
        self.look(me.page, "refused_studio_only_version")
        me.opens(f"/studio/{BUSINESS}/withdraw")
        self.look(me.page, "studio_withdraw")
        me.takes_back("改回来").hands_in(DRAWING, broken(BUSINESS))
        self.look(me.page, "studio_proposal_with_faults")

    def tries_it_with_a_part(self) -> None:
        """The same change again, with a share that cannot be, with one that can; stopped."""
        me = self.me.opens_business(BUSINESS).hands_in(DRAWING, renamed(BUSINESS)).chooses_a_share("150")
        self.look(me.publishes("先给一部分客户").page, "refused_studio_plan")
        self.look(me.chooses_a_share("10").publishes("先给一部分客户").page, "studio_under_way")
        me.stops_the_trial().opens(f"/studio/{BUSINESS}/versions/2/back")
        self.look(me.page, "studio_back")

    def changes_the_card_numbers(self) -> None:
        """A preview lies open while a colleague takes over another change."""
        me, table = self.me.opens("/studio/company/banks"), write_table(default_company().banks)
        self.look(me.page, "studio_banks")
        me.hands_in_banks(f"{table}ICBC,,,,62x,30,gift\n", "工行新发的卡")
        self.look(me.page, "refused_studio_banks")
        me.hands_in_banks(f"{table}ICBC,,,,622289,19,debit\n", "工行新发的卡")
        self.look(me.page, "studio_banks_preview")
        colleague = Analyst(me.page.context.new_page(), self.visit.address)
        colleague.hands_in_banks(f"{table}ABC,,,,622288,19,debit\n", "农行新发的卡").confirms()
        self.look(colleague.page, "studio_banks_saved")
        self.look(me.confirms().page, "refused_studio_banks_overtaken")

    def lies_open(self) -> Page:
        """The page of now in another window."""
        page = self.me.page.context.new_page()
        page.goto(self.me.page.url)
        return page
