"""Signing in while the company's account system is another machine: found, not found, away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.accounts.keeping import find_kept
from tests.account_core import Core, customer, put_secret, says, serving
from tests.web.conftest import LI, UNKNOWN, WANG, KeptSms, ask_code, close, enter, furnish, sign_in
from tests.web.refusals import refused
from tests.web.test_unknown_number import cost
from webapp.app import create_app
from webapp.settings import WebSettings
from workers.drivers.account_http import Pace, account_system
from workers.drivers.account_http.client import Client as HttpClient


@pytest.fixture
def core() -> Core:
    return Core(customers={WANG.id_number: customer(WANG.id_number, WANG.name, "east")})


@dataclass
class Patience:
    """A clock of seconds that moves when somebody waits."""

    at: float = 0.0
    waited: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.at

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.at += seconds


@pytest.fixture
def patience() -> Patience:
    return Patience()


@pytest.fixture
def app(web_settings: WebSettings, core: Core, patience: Patience) -> Iterator[Flask]:
    pace = Pace(0.5, patience.now, patience.wait)
    put_secret(web_settings.data_dir)
    with serving(core) as url:
        made = create_app(
            web_settings, accounts=partial(account_system, url=url, folder=web_settings.data_dir, pace=pace)
        )
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


def test_who_is_known_there_costs_no_more_the_first_time_or_later(app: Flask, core: Core) -> None:
    """Whoever guesses numbers must learn nothing from the time: what is told of a customer is kept after his code."""
    core.customers[LI.id_number] = customer(LI.id_number, "李四", "east")
    assert kept(app, WANG.id_number) and not kept(app, LI.id_number)
    later, first, unknown = (cost(app, number) for number in (WANG.id_number, LI.id_number, UNKNOWN))
    assert first == later == unknown
    assert core.count("POST", "/customers/search") == 3  # a wrong try asks nothing


def test_how_long_it_thinks_about_somebody_is_not_to_be_seen(
    app: Flask, client: FlaskClient, patience: Patience, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = HttpClient.ask

    def thinks(self: HttpClient, *asked: Any) -> Any:
        patience.at += 0.3 if WANG.id_number in str(asked) else 0.1
        return ask(self, *asked)

    monkeypatch.setattr(HttpClient, "ask", thinks)
    for number in (WANG.id_number, UNKNOWN):
        patience.at = 0.0
        ask_code(app, client, number)
        assert patience.at == pytest.approx(0.5)
    assert patience.waited == pytest.approx([0.2, 0.4])


def test_nothing_is_kept_of_him_before_his_code_is_right(
    app: Flask, client: FlaskClient, sms: KeptSms, core: Core
) -> None:
    """A stranger who types his number brings nothing of him into Kaihu."""
    core.customers[LI.id_number] = customer(LI.id_number, "李四", "east")
    page = ask_code(app, client, LI.id_number)
    enter(client, page, LI.id_number, "000000")
    assert not kept(app, LI.id_number)
    assert enter(client, page, LI.id_number, sms.last_code).status_code == 303
    assert kept(app, LI.id_number)


def kept(app: Flask, number: str) -> bool:
    store = app.extensions["kaihu"].store
    with store.read() as tx:
        return find_kept(tx, store.vault, number) is not None


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
