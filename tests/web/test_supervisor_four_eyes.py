# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""A supervisor's word does not go over four eyes."""

from __future__ import annotations

from flask import Flask

from engine.store import Store
from tests.web.conftest import PASSWORD, employ, sign_in_staff
from tests.web.line import Line
from tests.web.test_desk import desk_task, somebody
from tests.web.test_roads_certificate import at_video, install, line, queued, verified  # noqa: F401
from tests.web.test_steps_line import app, browser  # noqa: F401
from tests.web.test_supervisor import hand_over, offered


def test_who_did_the_video_is_not_offered_the_review_and_the_page_says_why(
    queued: Line, app: Flask, store: Store
) -> None:
    both = employ(store, "both", {"verifier", "reviewer"})
    verifier = app.test_client()
    sign_in_staff(verifier, "both", PASSWORD)
    verified(queued, verifier)
    queued.post()
    queued.certificate()
    install(queued)
    queued.signature()
    other, chief = employ(store, "zhao", {"reviewer"}), somebody(app, store, "chief", roles="supervisor")
    form = chief.get(f"/desk/supervise/tasks/{desk_task(store)}")
    assert offered(form) == {"zhao（样本）"} and "both（样本） 不能办理：他在同一受理单里办过“" in form.text
    assert "这位同事不能办理这一件" in hand_over(chief, desk_task(store), both).text
    assert hand_over(chief, desk_task(store), other).status_code == 303  # the control
