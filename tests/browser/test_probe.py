"""The probe at the start of a business: it asks for nothing, and warns of a device that will be missing later."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from cli.demonstration.screens.browser import another
from tests.browser.devices import ALLOWED, FAKE, a_page
from tests.browser.test_pages import Inspector
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("video")]

NAMED = "--host-resolver-rules=MAP kaihu.test 127.0.0.1"
WELL, MISSING = "可用", "未检测到"
REFUSED, INSECURE = "没有得到许可，请点击地址栏左边的图标改为“允许”", "此网址不是 https 开头，浏览器不允许使用"
STARTS = ["/business/change_settlement_account", "/sign-in/change_settlement_account"]


@pytest.mark.parametrize(
    ("flags", "host", "allowed", "said"),
    [
        ((FAKE, ALLOWED), "127.0.0.1", None, WELL),
        ((), "127.0.0.1", None, MISSING),
        ((FAKE, ALLOWED), "127.0.0.1", [], REFUSED),
        ((FAKE, ALLOWED, NAMED), "kaihu.test", None, INSECURE),
    ],
    ids=["well", "missing", "refused", "no https"],
)
def test_the_start_of_a_business_warns_of_devices_that_will_be_missing(
    chrome: Browser, town: Town, flags: tuple[str, ...], host: str, allowed: list[str] | None, said: str
) -> None:
    with another(chrome.browser_type, *flags) as opened, a_page(opened) as page:
        if allowed is not None:
            page.context.grant_permissions(allowed)  # and no others
        for start in STARTS:
            page.goto(town.product.address.replace("127.0.0.1", host) + start)
            assert told(page) == {"摄像头": said, "麦克风": said}
        inspector = Inspector()
        inspector.look(page, said)
        assert not inspector.wrong, inspector.wrong


def told(page: Page) -> dict[str, str]:
    """What is said of camera and microphone."""
    lines = page.locator("[data-device-results] li")
    expect(lines).to_have_count(4)
    pairs = [line.inner_text().split(maxsplit=2) for line in lines.all()[2:]]
    return {name: text for name, _, text in pairs}
