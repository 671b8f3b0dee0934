"""No person in the logs: by key and by pattern; nobody writes a line of his own into them."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import WANG, KeptSms, sign_in
from webapp.logs import MASK, log, masked

NUMBERS = [
    ("ID number", "11010519491231002X"),
    ("ID number with blanks", "110105 19491231 002X"),
    ("ID number in a sentence", "身份证11010519491231002X有误"),
    ("ID number, small x", "11010519491231002x"),
    ("card of 19", "6228480402564890018"),
    ("card of 16 in groups", "6225 8801 2345 6783"),
    ("card of 16 with hyphens", "6225-8801-2345-6783"),
    ("mobile", "13800138000"),
    ("mobile with country code", "+8613800138000"),
    ("mobile in groups", "138 0013 8000"),
]


@pytest.mark.parametrize("text", [text for _, text in NUMBERS], ids=[name for name, _ in NUMBERS])
def test_a_persons_number_is_masked_wherever_it_stands(text: str) -> None:
    digits = "".join(sign for sign in text if sign.isdigit())
    for value in (text, f"before {text} after", {"note": [text]}, (text,)):
        assert digits not in "".join(sign for sign in str(masked(value)) if sign.isdigit())
        assert MASK in str(masked(value))


@pytest.mark.parametrize(
    "text",
    ["20261124000001", "2026-11-24T09:54:11.239070Z", "0b5c7a1d2e3f4051", "8f14e45fceea167a5a36dedd4bea2543", "10086"],
)
def test_what_is_nobodys_number_stays(text: str) -> None:
    assert masked(text) == text


def test_private_keys_are_masked_whatever_they_hold() -> None:
    event = {"event": "x", "name": "王测试", "Phone": 13800138000, "nested": {"code": "123456", "case": "c1"}}
    assert masked(event) == {"event": "x", "name": MASK, "Phone": MASK, "nested": {"code": MASK, "case": "c1"}}


def test_a_number_that_is_no_text_is_masked_too() -> None:
    assert masked({"at": 6228480402564890018}) == {"at": MASK}


def test_nobody_starts_a_line_of_his_own(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    log.info("seen", what='a\n{"event": "forged"}')
    lines = capsys.readouterr().out.strip().splitlines()
    assert len(lines) == 1 and json.loads(lines[0])["event"] == "seen"


def test_signing_in_leaves_nothing_of_the_person(
    app: Flask, client: FlaskClient, sms: KeptSms, capsys: pytest.CaptureFixture[str]
) -> None:
    sign_in(app, client, sms)
    client.get(f"/nowhere?{WANG.id_number}")
    logged = "".join(capsys.readouterr())
    assert "/sign-in/<business_id>" in logged
    for secret in (WANG.id_number, WANG.phone.removeprefix("+86"), WANG.name, sms.last_code):
        assert secret not in logged


def test_an_error_is_told_by_its_class_and_place_and_never_by_its_message(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    """A message often repeats the very value that was wrong: a name or an address has no pattern to be masked by."""

    def broken() -> str:
        try:
            date.fromisoformat(WANG.name)
        except ValueError as wrong:
            raise KeyError("样本市样本路 1 号") from wrong
        return ""

    app.add_url_rule("/broken", view_func=broken)
    app.test_client().get("/broken")
    logged = "".join(capsys.readouterr())
    assert "KeyError at test_logs.py" in logged and "ValueError at test_logs.py" in logged and "broken" in logged
    assert WANG.name not in logged and "样本路" not in logged


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_log_that_finds_no_room_stops_no_request(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk that is full is often the one that the logs lie on."""
    full = Full()
    monkeypatch.setattr("sys.stdout", full)
    assert client.get("/").status_code == 200
    assert client.get("/nowhere").status_code == 404
    assert full.refused > 0


class Full(io.StringIO):
    """Writes to a device that is always full; counts how often it said so."""

    refused = 0

    def write(self, text: str) -> int:
        try:
            with Path("/dev/full").open("w") as device:
                device.write(text)
        except OSError:
            self.refused += 1
            raise
        return len(text)
