# ruff: noqa: F811 - the table of routes and its fixtures are shared by import
"""Whatever the page: its form, sent after the session has slept in, waits for whoever comes back."""

from __future__ import annotations

import pytest
from flask import Flask

from engine.store import Store
from tests.web.conftest import WANG, HandClock, employ, post, sign_in_staff
from tests.web.test_access import TABLE, app, let_in, rules, things  # noqa: F401
from tests.web.test_tokens_everywhere import address
from webapp.kept import NEVER

ROLES = {"reviewer", "verifier", "supervisor", "analyst", "operator", "administrator"}


@pytest.mark.parametrize(("who", "kept"), [("investor", "/kept"), ("staff", "/staff/kept")])
def test_a_form_of_every_page_is_kept(
    app: Flask, store: Store, clock: HandClock, things: dict[str, str], who: str, kept: str
) -> None:
    client = app.test_client()
    employ(store, "zhou", ROLES)
    if who == "investor":
        let_in(app, client, WANG.id)
    else:
        sign_in_staff(client, "zhou")
    page = client.get("/staff/sign-in")
    clock.pass_by(minutes=31)
    forms = [
        rule for rule, method in rules(app, *((who, "operator") if who == "staff" else (who,))) if method == "POST"
    ]
    assert len(forms) > 10
    for rule in (one for one in forms if one.endpoint not in NEVER):
        answer = post(client, address(app, rule, things), page, note="写了很久的说明")
        assert answer.status_code == 303 and answer.location.endswith(f"?next={kept}"), rule
