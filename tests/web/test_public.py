"""What everybody may read before signing in (S1, S4-S12): the whole business, as a picture and as text."""

from __future__ import annotations

import re
from html import unescape

import pytest
import segno
from flask.testing import FlaskClient

from tests.house import drawn
from tests.web.conftest import EXTRA, MAIN

CASE_BUNDLE = drawn(MAIN)


@pytest.fixture
def page(client: FlaskClient) -> str:
    return unescape(client.get(f"/business/{MAIN}").text)


def test_papers_devices_and_every_step_are_told_as_text(page: str) -> None:
    business = CASE_BUNDLE.business
    text = re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    names = [CASE_BUNDLE.step(step).name for milestone in business.milestones for step in milestone.steps]
    told = [*business.papers, *business.devices, *(one.name for one in business.milestones), *names]
    assert [one for one in told if one not in text] == []


def test_every_diagram_is_drawn_with_every_step_and_every_lane_on_it(page: str) -> None:
    pictures = re.findall(r"<figure class=.flow-picture.*?</figure>", page.split('id="flow"')[1], re.DOTALL)
    assert len(pictures) == len(CASE_BUNDLE.diagrams)
    words = re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", "".join(pictures)))
    names = [step.name for step in CASE_BUNDLE.steps] + [
        lane.name for one in CASE_BUNDLE.diagrams for lane in one.lanes
    ]
    assert [name for name in names if name not in words] == []


def test_who_may_come_with_what_browser_and_which_devices_is_told(page: str) -> None:
    for told in (
        "年满 18 周岁",
        "二代居民身份证",
        "Chrome、Edge、Firefox 或 Safari",
        "不需要安装控件",
        "摄像头、麦克风和扬声器",
    ):
        assert told in page
    assert "data-device-check" in page and "js/devices.js" in page


def test_the_hours_are_those_of_the_record(page: str) -> None:
    assert "周一至周六 01:23-23:58" in page


def test_the_code_for_the_phone_holds_the_address_of_the_sign_in_page(page: str) -> None:
    """Drawn by the same library from the address that it should hold: another address makes another drawing."""
    drawing = re.search(r'class="qr".*?<path[^>]* d="([^"]+)"', page, re.DOTALL)
    assert drawing
    right, wrong = (
        segno.make(f"http://localhost{path}", error="m", micro=False).svg_inline(border=0)
        for path in (f"/sign-in/{MAIN}", "/sign-in")
    )
    assert f'd="{drawing[1]}"' in right
    assert f'd="{drawing[1]}"' not in wrong


def test_the_entry_lists_what_an_investor_may_start_and_nothing_else(client: FlaskClient) -> None:
    page = client.get("/").text
    assert f"/sign-in/{MAIN}" in page and f"/business/{MAIN}" in page
    assert EXTRA not in page


@pytest.mark.parametrize(("name", "words"), [("education", "期货交易有风险"), ("help", "十分钟"), ("privacy", "隐私")])
def test_the_pages_behind_the_links_are_there(client: FlaskClient, name: str, words: str) -> None:
    assert words in client.get(f"/page/{name}").text


def test_the_sign_in_page_leads_to_them(client: FlaskClient) -> None:
    page = client.get(f"/sign-in/{MAIN}").text
    for name in ("education", "help", "privacy"):
        assert f'href="/page/{name}"' in page
