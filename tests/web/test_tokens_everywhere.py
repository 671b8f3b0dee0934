# ruff: noqa: F811 - the table of routes and its fixtures are shared by import
"""No form of any route is taken without its token, or with that of another browser; nothing changes."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from engine.store import Store
from tests.web.conftest import MAIN, WANG, employ, post, sign_in_staff, token
from tests.web.refusals import nothing_stored, refused
from tests.web.test_access import EVERYBODY, TABLE, app, let_in, rules, things  # noqa: F401


@pytest.fixture
def both(app: Flask, store: Store, things: dict[str, str]) -> FlaskClient:
    """A browser in which Wang and the reviewer who holds his case are signed in."""
    client = app.test_client()
    employ(store, "zhou", {"reviewer"})
    sign_in_staff(client, "zhou")
    post(client, "/desk/tasks/wangs-review/claim", client.get("/desk/tasks/wangs-review"))
    let_in(app, client, WANG.id)
    return client


def address(app: Flask, rule: Rule, things: dict[str, str]) -> str:
    ids = {name: things.get(value, value) for name, value in TABLE[rule.endpoint].ids.items()}
    with app.test_request_context():
        return app.url_for(rule.endpoint, **ids)


@pytest.mark.parametrize("sent", ["none", "another browser's"])
def test_every_form_is_refused_without_its_own_token(
    app: Flask, store: Store, things: dict[str, str], both: FlaskClient, sent: str
) -> None:
    foreign = {} if sent == "none" else {"csrf_token": token(app.test_client(), f"/sign-in/{MAIN}")}
    posts = [(rule, method) for rule, method in rules(app, *EVERYBODY) if method in ("POST", "PUT")]
    assert len(posts) > 15
    for rule, method in posts:
        with nothing_stored(store):
            answer = both.open(address(app, rule, things), method=method, data=foreign)
            refused(answer, "这一页已失效，没有提交", status=400)
    assert both.get("/my").status_code == 200 and both.get("/desk").status_code == 200  # still signed in


def test_another_sites_form_is_refused_by_its_cookie_alone(app: Flask) -> None:
    """SameSite keeps the cookie at home; the control is that it says so on each of ours."""
    client = app.test_client()
    answer = client.get(f"/sign-in/{MAIN}")
    assert all("SameSite=Lax" in cookie and "HttpOnly" in cookie for cookie in answer.headers.getlist("Set-Cookie"))
    assert answer.headers.getlist("Set-Cookie")
