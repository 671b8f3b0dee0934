"""Signing in while the company's account system is another machine: found, not found, away."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.account_core import Core, customer, put_secret, says, serving
from tests.web.conftest import UNKNOWN, WANG, KeptSms, ask_code, close, enter, furnish, sign_in
from tests.web.refusals import refused
from webapp.app import create_app
from webapp.settings import WebSettings
from workers.drivers.account_http import account_system


@pytest.fixture
def core() -> Core:
    return Core(customers={WANG.id_number: customer(WANG.id_number, WANG.name, "east")})


@pytest.fixture
def app(web_settings: WebSettings, core: Core) -> Iterator[Flask]:
    put_secret(web_settings.data_dir)
    with serving(core) as url:
        made = create_app(web_settings, accounts=partial(account_system, url=url, folder=web_settings.data_dir))
        furnish(made)
        yield made
        close(made)


def test_who_is_known_there_comes_in_with_the_phone_that_is_on_file_there(
    app: Flask, client: FlaskClient, sms: KeptSms, core: Core
) -> None:
    core.customers[WANG.id_number]["phone"] = "13700137000"
    assert sign_in(app, client, sms).status_code == 303 and sms.sent[-1][0] == "13700137000"
    assert client.get("/my").status_code == 200
    asked = len(core.asked)
    assert client.get("/my").status_code == 200 and len(core.asked) == asked


def test_who_is_not_known_there_reads_the_same(app: Flask, client: FlaskClient, core: Core) -> None:
    known, unknown = (ask_code(app, client, number) for number in (WANG.id_number, UNKNOWN))
    assert known.status_code == unknown.status_code == 200
    assert core.count("POST", "/customers/search") == 2  # once each


def test_while_it_is_away_nobody_is_sent_a_code_and_nothing_typed_is_lost(
    app: Flask, client: FlaskClient, sms: KeptSms, core: Core
) -> None:
    core.mishaps.append(says(503))
    page = ask_code(app, client, WANG.id_number, agreed="yes")
    refused(page, "现在查不到账户资料，不是您填错了", "请几分钟后再试", status=503)
    assert f'value="{WANG.id_number}"' in page.text and not sms.sent
    assert ask_code(app, client, WANG.id_number).status_code == 200 and sms.sent  # the control, and no try was counted


def test_a_code_stays_good_while_it_is_away(app: Flask, client: FlaskClient, sms: KeptSms, core: Core) -> None:
    page = ask_code(app, client, WANG.id_number)
    core.mishaps += [says(503), says(503)]
    away = enter(client, page, WANG.id_number, sms.last_code)
    refused(away, "现在查不到账户资料", status=503)
    assert 'name="code"' in away.text and sms.last_code in away.text and len(core.mishaps) == 1  # asked once
    core.mishaps.clear()
    assert enter(client, away, WANG.id_number, sms.last_code).status_code == 303


def test_what_is_wrong_with_it_stands_in_the_log_and_names_nobody(
    app: Flask, client: FlaskClient, core: Core, capsys: pytest.CaptureFixture[str]
) -> None:
    core.customers[WANG.id_number]["branch"] = "paris"
    assert ask_code(app, client, WANG.id_number).status_code == 503
    logged = "".join(capsys.readouterr())
    assert "told a branch that is not set up here: paris" in logged
    assert not any(secret in logged for secret in (WANG.id_number, WANG.name, "13800138000", "88001234"))
