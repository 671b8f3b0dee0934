"""A walk past every page: the sample people do what they are there for, and at each page somebody may look."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from cli.demonstration.screens import refused_entry
from cli.demonstration.screens.analyst_road import AnalystRoad
from cli.demonstration.screens.certificate_road import CertificateRoad
from cli.demonstration.screens.investor import BUSINESS, Investor
from cli.demonstration.screens.operator_road import OperatorRoad
from cli.demonstration.screens.product import Product
from cli.demonstration.screens.refused_staff import StaffRefusals
from cli.demonstration.screens.supplement_road import SupplementRoad
from cli.demonstration.screens.video_road import VideoRoad
from cli.demonstration.screens.visit import Look, Visit, clicks


def walk(opened: Browser, product: Product, look: Look) -> None:
    """Past the pages of a fresh demonstration, once."""
    visit = Visit(opened, product.address, look)
    staff = StaffRefusals(visit, product.place)
    try:
        public(visit)
        refused_entry.walk_past(visit, product.place)
        staff.at_their_door()
        staff.adds_a_colleague()
        road = CertificateRoad(visit, product.place)
        road.walk()
        without_certificate(visit, staff)
        SupplementRoad(visit, staff).walk()
        staff.what_is_not_his()
        AnalystRoad(visit).walk()
        OperatorRoad(visit, product.place).walk(road.number)
        administration(visit)
        errors(visit)
    finally:
        visit.end()


def public(visit: Visit) -> None:
    page = visit.page()
    for name, path in PUBLIC.items():
        page.goto(visit.address + path)
        visit.look(page, name)


def without_certificate(visit: Visit, staff: StaffRefusals) -> None:
    with tempfile.TemporaryDirectory(prefix="kaihu-") as folder:
        road = VideoRoad(visit, staff.colleague, staff.place, Path(folder))
        road.to_the_video_page()
        road.checks_his_devices()
        in_english(visit)
        road.books()
        road.is_sent_back()
        road.passes()
        road.installs_and_signs()
        staff.four_eyes(road.me.number)
        staff.customer_gives_up(road.me.number, road.me)


def in_english(visit: Visit) -> None:
    """The public pages, and a case that stands at its video page."""
    page = visit.page()
    page.goto(visit.address + "/?lang=en")
    for name, path in ENGLISH.items():
        page.goto(visit.address + path)
        visit.look(page, name)
    me = Investor(page, visit.address).signs_in_as("zhouyuanfan").sees("My business")
    visit.look(page, "english_my_business")
    clicks(me.opens("/my").page, "a.button[href^='/cases/']")
    visit.look(page, "english_step_video_page")
    clicks(page, "a[href$='/flow']")
    visit.look(page, "english_flow_picture_of_a_case")


def administration(visit: Visit) -> None:
    """Who works here, and in which branches."""
    admin = visit.desk().signs_in_as("admin")
    page = admin.page
    visit.look(page, "admin_people")
    clicks(page, "a[href^='/administration/people/']:not([href$='/new'])")
    visit.look(page, "admin_person")
    for name, path in ADMINISTRATION.items():
        page.goto(visit.address + path)
        visit.look(page, name)


def errors(visit: Visit) -> None:
    page = visit.page()
    page.goto(visit.address + "/no-such-page")
    visit.look(page, "error_not_found")
    page.goto(visit.address + "/my")
    visit.look(page, "sign_in_to_go_on")
    page.goto(visit.address + "/sign-out")
    visit.look(page, "refused_wrong_way")
    page.goto(visit.address + "/sign-in")
    page.locator("form.panel input[name=csrf_token]").evaluate("one => { one.value = 'of yesterday'; }")
    clicks(page, "form.panel .button-primary")
    visit.look(page, "refused_stale_page")
    page.goto(visit.address + "/demonstration/outbox")
    visit.look(page, "demonstration_outbox")


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
ADMINISTRATION = {
    "admin_new_person": "/administration/people/new",
    "admin_branches": "/administration/branches",
    "admin_company": "/administration/company",
    "staff_password": "/staff/password",
}
