# ruff: noqa: F811 - the table of routes and its fixtures are shared by import
"""The strict headers stand on every answer of every route, whoever asks and however it ends; errors and files too."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import BadRequest, Forbidden, ImATeapot, InternalServerError, NotFound
from werkzeug.test import TestResponse

from engine import errors as refusals
from engine.store import Store
from tests.web.conftest import MAIN, WANG, employ, post, sign_in_staff
from tests.web.test_access import EVERYBODY, SECRETS, TABLE, app, knock, let_in, rules, things  # noqa: F401
from webapp.headers import HEADERS

NEVER = ("server", "x-powered-by", "access-control-allow-origin")


def strict(answer: TestResponse, static: bool = False) -> bool:
    headers = answer.headers
    kept = all(headers.get(name) == value for name, value in HEADERS.items())
    once = all(len(headers.getlist(name)) == 1 for name in HEADERS)
    silent = not any(name in headers for name in NEVER)
    return kept and once and silent and (static or headers.get("Cache-Control") == "no-store")


@pytest.fixture(params=["nobody", "investor", "staff"])
def somebody(request: pytest.FixtureRequest, app: Flask, store: Store) -> FlaskClient:
    client = app.test_client()
    if request.param == "investor":
        let_in(app, client, WANG.id)
    if request.param == "staff":
        employ(store, "zhou", {"reviewer", "operator"})
        sign_in_staff(client, "zhou")
        post(client, "/desk/tasks/wangs-review/claim", client.get("/desk/tasks/wangs-review"))
    return client


def test_on_every_route_with_every_method(app: Flask, things: dict[str, str], somebody: FlaskClient) -> None:
    tried = 0
    for rule, method in rules(app, *EVERYBODY):
        if rule.endpoint in ("signin.sign_out", "staff.sign_out"):
            continue  # they would end what the others need
        with knock(app, somebody, rule, method, things) as answer:
            assert strict(answer, rule.endpoint == "static"), (rule, method, dict(answer.headers))
            tried += 1
    assert tried >= len(TABLE) - 2


def test_on_heads_and_options(app: Flask, client: FlaskClient) -> None:
    for answer in (client.head("/"), client.options("/"), client.head(f"/sign-in/{MAIN}"), client.options("/my")):
        assert strict(answer)


@pytest.mark.parametrize(
    "wrong",
    [
        BadRequest(), Forbidden(), NotFound(), ImATeapot(), InternalServerError(), RuntimeError("x"), KeyError("x"),
        refusals.Gone(), refusals.NoRoom(), refusals.Conflict(), refusals.Pending("c"), refusals.NotYours(),
    ],
    ids=lambda wrong: type(wrong).__name__,
)  # fmt: skip
def test_on_every_error(app: Flask, wrong: Exception) -> None:
    app.add_url_rule("/raise", view_func=lambda: (_ for _ in ()).throw(wrong))
    answer = app.test_client().get("/raise")
    assert strict(answer) and "Traceback" not in answer.text and "werkzeug" not in answer.text.lower()


def odd_requests(client: FlaskClient) -> Iterator[TestResponse]:
    yield client.post("/sign-in", data={})  # no token
    yield client.post("/", data={})  # no such method
    yield client.get("/static/../app.py")
    yield client.get("/static/nothing.css")
    yield client.get("//evil.example/")
    yield client.get("/cases/%00/x")
    yield client.get("/%ff%fe")
    yield client.get("/" + "a" * 5000)
    yield client.post("/sign-in", data=b"--x", content_type="multipart/form-data; boundary=")
    yield client.post("/sign-in", data={"id_number": "1" * (2 * 1024 * 1024)})
    yield client.put("/my")
    yield client.get("/sign-in?next=//[")
    yield client.get("/", headers={"Host": "x" * 300})
    yield client.post("/sign-in", headers={"Host": "x" * 300})
    yield client.delete("/my")


def test_on_requests_that_no_page_makes(client: FlaskClient) -> None:
    for answer in odd_requests(client):
        assert strict(answer, "static" in answer.request.path), answer.request.path
        assert 200 <= answer.status_code < 500, (answer.request.path, answer.status_code)


def test_a_file_that_the_browser_has_already_is_told_with_them_too(client: FlaskClient) -> None:
    with client.get("/static/kaihu.css") as first:
        tag = first.headers["ETag"]
    with client.get("/static/kaihu.css", headers={"If-None-Match": tag}) as again:
        assert again.status_code == 304 and strict(again, static=True)


def test_a_body_that_is_too_big_is_told_with_them_too(app: Flask, client: FlaskClient) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1000
    answer = client.post("/sign-in", data={"photo-x": (io.BytesIO(bytes(5000)), "x.jpg")})
    assert answer.status_code == 413 and strict(answer)


def test_no_route_takes_another_method(app: Flask) -> None:
    """Only the chunks of a recorded call are put: each may be sent again."""
    rules = list(app.url_map.iter_rules())
    taken = {method for rule in rules for method in rule.methods or ()}
    assert taken == {"GET", "POST", "PUT", "HEAD", "OPTIONS"}
    assert [rule.endpoint for rule in rules if "PUT" in (rule.methods or ())] == ["desk.chunk"]


def test_what_is_open_to_anybody_shows_nothing_of_anybody(app: Flask, things: dict[str, str]) -> None:
    """The rows of the table that say 'anybody' are held to it; the demonstration's own panel names its people."""
    for rule, method in rules(app, "anybody"):
        if rule.endpoint.startswith("demonstration"):
            continue
        with knock(app, app.test_client(), rule, method, things) as answer:
            shown = [secret for secret in SECRETS if secret in answer.data]
            assert shown == [] or answer.request.path.startswith("/sign-in"), (rule, method)


def test_a_header_that_is_missing_would_be_missed(app: Flask, client: FlaskClient) -> None:
    """The control of `strict`."""
    app.after_request_funcs[None].insert(0, _forget)  # runs last
    assert not strict(client.get("/"))


def _forget(response):
    del response.headers["Content-Security-Policy"]
    return response
