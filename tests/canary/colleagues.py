"""What the verifier and the supervisor have to do with the canary, and what they write of him."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cli.demonstration.people import PASSWORD
from tests.canary.person import WRITTEN
from tests.canary.visitor import Answer, Visitor
from tests.ears import heard, report

if TYPE_CHECKING:
    from tests.canary.walk import Walk


def is_sent_back_in_a_video(walk: Walk) -> None:
    """No certificate yet: he books, comes all the same, and the verifier sees what is wrong."""
    walk.step("证书检测", {})
    walk.step("未检测到证书", {"read": "yes"})
    walk.step("视频验证", {"choice": "book"})
    walk.step("预约视频", lambda page: {"appointment": first_choice(page, "appointment")})
    walk.step("等待预约时段", {"choice": "queue"})
    page = walk.until("设备检测")
    digits = heard(walk.me.get(f"{page.path}/devices/digits").data)
    assert "data-passed" in walk.me.post(f"{page.path}/devices", page, {"report": report(digits)}).text
    walk.step("设备检测", {"choice": "queue"})
    walk.until("排队中")
    signs_in(walk.call, "verifier.bj")
    page = walk.call.get(walk.call.post("/desk/next", walk.call.get("/desk"), {}).location)
    nonce = {"submission_id": page.hidden("submission_id")}
    said = walk.call.post(f"{page.path}/comments", page, {**nonce, "comment": WRITTEN["comment"]})
    assert said.status == 303, errors(said)
    page, reason = walk.call.get(page.path), "reasons.address_differs"
    told = {
        f"{reason}.customer_text": WRITTEN["verifier's text"],
        f"{reason}.internal_note": WRITTEN["verifier's note"],
    }
    sent = {"submission_id": page.hidden("submission_id"), "decision": "reject", "reasons": "address_differs"}
    assert walk.call.post(page.path, page, {**sent, **told}).status == 303
    walk.until("个人基本资料")
    walk.texts(3)  # of a booking that is given up nothing more is told


def is_handed_over(walk: Walk, path: str) -> None:
    """By the supervisor, to the reviewer, with a reason that names the customer."""
    if walk.chief.cookies:
        return
    signs_in(walk.chief, "supervisor.bj")
    form = walk.chief.get(path.replace("/desk/", "/desk/supervise/"))
    given = {"to": first_option(form, "to"), "reason": WRITTEN["supervisor's reason"]}
    assert walk.chief.post(form.path, form, given).status == 303


def signs_in(visitor: Visitor, login: str) -> None:
    page = visitor.get("/staff/sign-in")
    assert visitor.post(page.path, page, {"login": login, "password": PASSWORD}).status == 303


def first_choice(page: Answer, name: str) -> str:
    """The first radio button of this name that can be chosen."""
    return next(tag for tag in re.findall(rf'name="{name}" value="([^"]+)"(?! disabled)', page.text))


def first_option(page: Answer, name: str) -> str:
    """The first value that a list offers."""
    return re.findall(r'<option value="([^"]+)"', page.text.split(f'name="{name}"')[1])[0]


def errors(page: Answer) -> list[str]:
    return re.findall(r'class="error"[^>]*>(.*?)</span>', page.text)
