"""The live diagram of an analyst and the stuck board of an operator: figures and cures, and nothing of a customer."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.store import Store
from engine.tables import Branch
from tests.flow.trouble import broken
from tests.walk import Walk
from tests.web.conftest import LI, MAIN, WANG, HandClock, employ, put_on_file, sign_in_staff

LIVE, STUCK = f"/studio/{MAIN}/live", "/operate/stuck"
HIS = (WANG.name, WANG.id_number, WANG.phone.removeprefix("+86"), LI.name)


@pytest.fixture
def cases(store: Store) -> Iterator[tuple[Walk, Walk]]:
    """One rejected at the review, one given up at the bank cards."""
    put_on_file(store, LI)
    with store.write() as tx:
        tx.add(Branch(id="north", name="北城营业部", name_en="North"))
    first, second = Walk(store, customer=WANG.id), Walk(store, customer=LI.id)
    first.to_review().reject("review", "card_photo_unclear")
    second.to_bank_cards().give_up()
    yield first, second


def as_one_of(app: Flask, store: Store, *roles: str) -> FlaskClient:
    employ(store, "ana", set(roles), "west")
    client = app.test_client()
    sign_in_staff(client, "ana")
    return client


@pytest.fixture
def analyst(app: Flask, store: Store) -> FlaskClient:
    return as_one_of(app, store, "analyst")


def row_of(page: str, step: str) -> str:
    found = next(row for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL) if f"<span>{step}" in row)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found))


def test_the_live_diagram_says_each_step_in_words_and_on_the_drawing(
    analyst: FlaskClient, cases: tuple[Walk, Walk]
) -> None:
    page = analyst.get(LIVE).text
    assert "最近 30 天受理的 2 件" in page
    assert "100%" in row_of(page, "复核") and "50%" in row_of(page, "银行卡")
    cards = row_of(page, "银行卡")
    assert "件停在“银行卡”" in cards
    assert f'<a href="{LIVE}/bank_cards"' in page and 'aria-label="银行卡：停在这一步 1"' in page
    assert "银行卡照片不清晰" in page
    assert not any(secret in page for secret in HIS)


@pytest.mark.parametrize(("by", "mark"), [("rejected", "100%"), ("given_up", "50%"), ("nonsense", "1")])
def test_the_drawing_is_coloured_by_what_is_asked_for(
    analyst: FlaskClient, cases: tuple[Walk, Walk], by: str, mark: str
) -> None:
    page = analyst.get(f"{LIVE}?by={by}&days=nine&version=x").text
    assert re.search(rf'<text[^>]*fill="#ffffff"[^>]*>{mark}</text>', page) and "fill-opacity" in page


def test_a_version_without_cases_has_no_figures(analyst: FlaskClient, cases: tuple[Walk, Walk]) -> None:
    page = analyst.get(f"{LIVE}?version=1").text
    assert "只算第 1 版" in page


def test_the_figures_are_taken_home_as_a_table_and_as_a_drawing(analyst: FlaskClient, cases: tuple[Walk, Walk]) -> None:
    table = analyst.get(f"{LIVE}.csv")
    assert table.content_type == "text/csv; charset=utf-8" and table.data.startswith(b"\xef\xbb\xbf")
    rows = {row["step"]: row for row in csv.DictReader(io.StringIO(table.data.decode("utf-8-sig")))}
    assert (rows["review"]["rejected"], rows["bank_cards"]["standing"], rows["bank_cards"]["given_up"]) == (
        "1", "1", "0.5",
    )  # fmt: skip
    drawing = analyst.get(f"{LIVE}.svg?by=rejected")
    root = ElementTree.fromstring(drawing.text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg" and float(root.attrib["height"]) > 500
    assert "100%" in drawing.text and drawing.content_type.startswith("image/svg+xml")


def test_who_stands_at_a_step_is_listed_by_number_alone(
    app: Flask, store: Store, analyst: FlaskClient, cases: tuple[Walk, Walk]
) -> None:
    page = analyst.get(f"{LIVE}/bank_cards").text
    number = cases[0].case.number
    assert number and number in page and "/operate/cases/" not in page
    assert not any(secret in page for secret in HIS)
    assert analyst.get(f"{LIVE}/review").status_code == 200
    assert analyst.get(f"{LIVE}/no_such_step").status_code == 404
    assert analyst.get("/studio/no_business/live").status_code == 404


def test_an_operator_among_the_analysts_opens_the_case(app: Flask, store: Store, cases: tuple[Walk, Walk]) -> None:
    both = as_one_of(app, store, "analyst", "operator")
    assert f"/operate/cases/{cases[0].id}" in both.get(f"{LIVE}/bank_cards").text


def test_more_than_a_page_goes_on_where_it_ended(
    analyst: FlaskClient, cases: tuple[Walk, Walk], monkeypatch: pytest.MonkeyPatch, clock: HandClock
) -> None:
    third = Walk(cases[1].store, customer=LI.id)
    third.to_bank_cards()
    monkeypatch.setattr("webapp.studio.standing_at.SHOWN", 1)
    first = analyst.get(f"{LIVE}/bank_cards").text
    after = re.search(r'href="([^"]*after=[^"]*)"', first)
    assert after
    second = analyst.get(after[1].replace("&amp;", "&")).text
    assert {str(one.case.number) in first for one in (cases[0], third)} == {True, False}
    assert all((str(one.case.number) in first) != (str(one.case.number) in second) for one in (cases[0], third))


def test_the_board_says_what_holds_a_case_and_what_to_do(
    app: Flask, store: Store, clock: HandClock, cases: tuple[Walk, Walk]
) -> None:
    operator = as_one_of(app, store, "operator")
    assert "现在没有停滞的受理单" in operator.get(STUCK).text
    broken(Walk(store, customer=LI.id))
    page = operator.get(STUCK).text
    assert "后台任务没有办成" in page and "重试或人工给出结果" in page
    clock.pass_by(days=60)
    sign_in_staff(operator, "ana")
    page = operator.get(STUCK).text
    assert page.index("后台任务没有办成") < page.index("到时间没有继续")
    assert not any(secret in page for secret in HIS)
