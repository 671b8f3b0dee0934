"""The check of the devices in Chromium: good ones, each fault with its words, simulated ones, a phone, the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import cv2
import numpy
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select

from cli.demonstration.screens.browser import PHONE, another, window
from cli.demonstration.screens.investor import Investor
from engine.tables import DeviceCheck
from tests.browser.conftest import Windows
from tests.browser.devices import ALLOWED, FAKE, SOUND, a_page, covered, frozen, moving, tone, with_devices
from tests.browser.line import IN_LINE, to_video
from tests.browser.strangers import Someone
from tests.browser.test_keyboard import tab_to
from tests.browser.test_pages import Inspector
from tests.browser.town import Town
from tests.ears import heard

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("video"), pytest.mark.usefixtures("empty_line")]

LONG = 40_000.0  # milliseconds: listening to a silent microphone takes eight seconds, waiting for a connection ten


@pytest.fixture(scope="module")
def good(chrome: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("devices")
    with with_devices(chrome.browser_type, moving(folder / "bar.y4m"), tone(folder / "tone.wav")) as opened:
        yield opened


@pytest.fixture
def good_page(good: Browser) -> Iterator[Page]:
    with a_page(good) as page:
        yield page


def at_check(town: Town, page: Page, who: Someone) -> Investor:
    return to_video(town, page, who).presses("开始视频通话").sees("设备检测")


def checked(page: Page) -> Locator:
    """The check is made; its verdict."""
    page.get_by_role("button", name="开始检测").or_(page.get_by_role("button", name="再检测一次")).click()
    verdict = page.locator("[data-verdict]")
    expect(verdict).to_be_visible(timeout=LONG)
    return verdict


def digits(page: Page) -> str:
    address = str(page.locator("[data-digits]").get_attribute("data-digits"))
    return heard(page.request.get(urljoin(page.url, address)).body())


def last(town: Town, case_id: str) -> DeviceCheck:
    with town.store.read() as tx:
        mine = select(DeviceCheck).where(DeviceCheck.case_id == case_id).order_by(DeviceCheck.at.desc())
        return tx.scalars(mine).first() or DeviceCheck(passed=False, faults={})


def test_with_good_devices_the_digits_open_the_way_into_the_line(good_page: Page, town: Town) -> None:
    page = good_page
    me = at_check(town, page, town.somebody())
    Inspector().look(page, "the check before it begins")
    verdict = checked(page)
    expect(verdict).to_contain_text("设备检测还没有通过")
    expect(page.locator("[data-fault]")).to_have_count(1)
    expect(page.locator("[data-item=loudspeaker]")).to_contain_text("还没有输入听到的数字")
    expect(page.get_by_role("button", name="播放数字")).to_be_focused()
    with page.expect_response("**/devices/digits"):
        page.keyboard.press("Enter")
    field = page.get_by_label("听到的数字")
    expect(field).to_be_focused()
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("请输入听到的 4 位数字")
    field.fill(digits(page))
    page.keyboard.press("Enter")
    expect(verdict).to_contain_text("设备检测通过")
    expect(page.get_by_role("button", name="进入排队")).to_be_focused()
    inspector = Inspector()
    inspector.look(page, "the check that is passed")
    assert not inspector.wrong, inspector.wrong
    row = last(town, me.case_id)
    assert row.passed and not row.simulated and row.measures["way"] == "direct"
    page.keyboard.press("Enter")
    me.sees(IN_LINE)


def test_wrong_digits_are_told_and_others_spoken_and_what_is_passed_is_not_said_to_be_missing(
    good_page: Page, town: Town
) -> None:
    page = good_page
    me = at_check(town, page, town.somebody())
    me.presses("进入排队").sees("设备检测")
    not_yet = page.get_by_role("status").filter(has_text="设备检测还没有通过，不能进入排队")
    expect(not_yet).to_be_visible()
    checked(page)
    before = digits(page)
    page.get_by_label("听到的数字").fill("1111")
    page.get_by_role("button", name="核对").click()
    expect(page.locator("[data-item=loudspeaker]")).to_contain_text("输入的数字与播放的不同")
    assert digits(page) != before
    page.get_by_label("听到的数字").fill(digits(page))
    expect(not_yet).to_be_visible()
    page.get_by_role("button", name="核对").click()
    expect(page.locator("[data-verdict]")).to_contain_text("设备检测通过")
    expect(not_yet).to_be_hidden()


BAD = {
    "covered": (covered, None, {"camera": ("black", "打开镜头盖")}),
    "frozen": (frozen, None, {"camera": ("still", "在镜头前动一动")}),
    "silent": (None, 0.0, {"microphone": ("silent", "对着麦克风说话")}),
}


@pytest.mark.parametrize("case", BAD)
def test_a_device_that_gives_nothing_is_told_with_its_cure(
    case: str, chrome: Browser, town: Town, tmp_path: Path
) -> None:
    film, loudness, faults = BAD[case]
    picture = (film or moving)(tmp_path / "film.y4m")
    sound = tone(tmp_path / "sound.wav", 0.2 if loudness is None else loudness)
    with with_devices(chrome.browser_type, picture, sound) as opened, a_page(opened) as page:
        me = at_check(town, page, town.somebody())
        checked(page)
        for item, (fault, cure) in faults.items():
            expect(page.locator(f"[data-item={item}]")).to_have_attribute("data-fault", fault)
            expect(page.locator(f"[data-item={item}]")).to_contain_text(cure)
        expect(page.locator("[data-fault]")).to_have_count(len(faults) + 1)  # and the digits are still to be heard
        me.presses("进入排队").sees("设备检测").reads("设备检测还没有通过，不能进入排队")
        inspector = Inspector()
        inspector.look(page, case)
        assert not inspector.wrong, inspector.wrong


WITHOUT = {
    "denied": ((FAKE, "--deny-permission-prompts", SOUND), "denied", "没有得到使用摄像头的许可"),
    "missing": ((ALLOWED, SOUND), "missing", "没有找到摄像头"),
}


@pytest.mark.parametrize("case", WITHOUT)
def test_without_devices_the_reason_is_said(case: str, chrome: Browser, town: Town) -> None:
    flags, fault, said = WITHOUT[case]
    with another(chrome.browser_type, *flags) as opened, a_page(opened) as page:
        me = at_check(town, page, town.somebody())
        checked(page)
        expect(page.locator("[data-item=camera]")).to_contain_text(said)
        expect(page.locator("[data-item=microphone]")).to_have_attribute("data-fault", fault)
        assert not last(town, me.case_id).passed
        me.presses("预约视频").sees("预约视频")  # no dead end


def test_a_microphone_that_is_missing_does_not_hide_a_camera_that_works(good: Browser, town: Town) -> None:
    with a_page(good) as page:
        page.add_init_script(
            "const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);"
            "navigator.mediaDevices.getUserMedia = (wishes) => wishes.audio"
            " ? Promise.reject(new DOMException('none', 'NotFoundError')) : ask(wishes);"
        )
        at_check(town, page, town.somebody())
        checked(page)
        expect(page.locator("[data-item=camera]")).not_to_have_attribute("data-fault", "missing")
        expect(page.locator("[data-item=microphone]")).to_have_attribute("data-fault", "missing")


def test_digits_that_were_heard_are_not_asked_again_while_a_camera_is_mended(good: Browser, town: Town) -> None:
    with a_page(good) as page:
        page.add_init_script(
            "const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);"
            "navigator.mediaDevices.getUserMedia = (wishes) => wishes.video && !window.mended"
            " ? Promise.reject(new DOMException('busy', 'NotReadableError')) : ask(wishes);"
        )
        at_check(town, page, town.somebody())
        checked(page)
        page.get_by_label("听到的数字").fill(digits(page))
        page.get_by_role("button", name="核对").click()
        expect(page.locator("[data-fault]")).to_have_count(1)
        expect(page.get_by_role("button", name="再检测一次")).to_be_focused()
        page.evaluate("window.mended = true")
        page.keyboard.press("Enter")
        expect(page.locator("[data-passed]")).to_be_visible(timeout=LONG)
        expect(page.get_by_role("button", name="进入排队")).to_be_focused()


def test_what_breaks_in_the_middle_is_told(good: Browser, town: Town) -> None:
    with a_page(good) as page:
        page.add_init_script("window.AudioContext = class { constructor() { throw new TypeError('no'); } };")
        at_check(town, page, town.somebody())
        page.get_by_role("button", name="开始检测").click()
        expect(page.get_by_role("alert")).to_contain_text("检测没有完成", timeout=LONG)
        expect(page.get_by_role("button", name="再检测一次")).to_be_enabled()


def test_a_camera_that_another_program_has_is_told_so(good: Browser, town: Town) -> None:
    with a_page(good) as page:
        page.add_init_script(
            "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('busy', 'NotReadableError'));"
        )
        at_check(town, page, town.somebody())
        checked(page)
        expect(page.locator("[data-item=camera]")).to_contain_text("请关闭其他使用摄像头的程序")


def test_an_address_without_https_is_told_and_leads_to_a_phone(chrome: Browser, town: Town) -> None:
    """An address of a name is no secure context; a phone may get to it, so that its code is shown."""
    told = "--host-resolver-rules=MAP kaihu.test 127.0.0.1"
    with with_devices(chrome.browser_type, None, None, told) as opened, a_page(opened) as page:
        who = town.somebody()
        me = to_video(town, page, who)
        page.context.add_cookies([{**one, "domain": "kaihu.test"} for one in page.context.cookies()])  # type: ignore[typeddict-item]
        page.goto(town.product.address.replace("127.0.0.1", "kaihu.test") + f"/cases/{me.case_id}")
        me.presses("开始视频通话").sees("设备检测")
        checked(page)
        expect(page.locator("[data-item=browser]")).to_contain_text("不是安全连接")
        page.locator(".on-a-computer > summary").click()
        assert read_code(page) == page.url.rsplit("/", 1)[0]


def read_code(page: Page) -> str:
    """What a phone's camera reads on the page."""
    shot = page.locator(".qr").screenshot()
    picture = cv2.imdecode(numpy.frombuffer(shot, numpy.uint8), cv2.IMREAD_GRAYSCALE)
    text, *_ = cv2.QRCodeDetector().detectAndDecode(cv2.resize(picture, None, fx=3, fy=3))
    return str(text)


def test_on_a_phone_the_case_s_address_leads_by_the_sign_in_to_this_very_step(
    page: Page, new_window: Windows, town: Town
) -> None:
    who = town.somebody()
    me = at_check(town, page, who)
    phone = new_window(width=PHONE)
    phone.goto(f"{town.product.address}/cases/{me.case_id}")
    expect(phone.get_by_role("heading", level=1)).not_to_have_text("设备检测")
    town.signs_in_where_he_stands(phone, who).sees("设备检测")


def test_simulated_devices_are_marked_on_the_page_and_in_the_record(page: Page, town: Town) -> None:
    me = at_check(town, page, town.somebody())
    page.locator(".device-simulated > summary").click()
    me.presses("用模拟设备检测")
    expect(page.locator("[data-passed]")).to_contain_text("模拟设备（演示）", timeout=LONG)
    row = last(town, me.case_id)
    assert row.passed and row.simulated and page.evaluate("sessionStorage.getItem('kaihu-simulated-camera')") == "1"
    me.presses("进入排队").sees(IN_LINE)


def test_without_scripts_the_page_says_what_to_do(new_window: Windows, town: Town) -> None:
    page = new_window(scripts=False)
    me = at_check(town, page, town.somebody())
    assert "设备检测需要运行脚本" in page.content()  # the browser of a test draws no noscript
    me.presses("进入排队").sees("设备检测").reads("设备检测还没有通过，不能进入排队")
    me.presses("预约视频").sees("预约视频")


def test_the_check_is_reached_and_begun_by_keyboard(good: Browser, town: Town) -> None:
    context = window(good)
    page = context.new_page()
    at_check(town, page, town.somebody())
    tab_to(page, "[data-start]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-verdict]")).to_be_visible(timeout=LONG)
    context.close()
