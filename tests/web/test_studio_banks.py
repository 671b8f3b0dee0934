"""The analysts' table of card numbers: taken home, handed in changed, looked at, confirmed; and what is refused."""

from __future__ import annotations

import io
import re
from html import unescape
from time import perf_counter

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine.company import default_company, history, load, save
from engine.store import Store
from engine.tables import AuditRow
from tests.web.conftest import ON_BOTH, company, employ, hidden, post, sign_in_staff
from tests.web.refusals import nothing_stored

PAGE, FILE = "/studio/company/banks", "/studio/company/banks.csv"
HEADER = "银行代码,卡号开头,卡号位数,卡种\n"
NOTE = "工行新发的卡"
NEW = f"{HEADER}ICBC,622289,19,借记卡\n"


def upload(client: FlaskClient, data: str | bytes, note: str = NOTE, **fields: str) -> TestResponse:
    given = {"csrf_token": hidden(client.get(PAGE), "csrf_token"), "note": note, **fields,
             "table": (io.BytesIO(data.encode() if isinstance(data, str) else data), "b.csv")}  # fmt: skip
    answer = client.post(PAGE, data=given, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # the test client keeps a big body in a file
    return answer


def confirm(client: FlaskClient, preview: TestResponse, **other: str) -> TestResponse:
    """Press the button of the preview: everything that stands in its form goes along."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', preview.text.split("</dl>")[-1])
    return client.post(PAGE, data={name: unescape(value) for name, value in found} | other)


def icbc(store: Store) -> list[tuple[str, int, str]]:
    return [
        (row.prefix, row.length, row.kind) for bank in company(store).banks if bank.code == "ICBC" for row in bank.bins
    ]


def test_the_banks_are_shown_with_the_ways_their_numbers_begin(analyst: FlaskClient, store: Store) -> None:
    page = analyst.get(PAGE).text
    for bank in company(store).banks:
        assert bank.name in page and all(row.prefix in page for row in bank.bins)
    assert "19 位 · 借记卡" in page and "还没有更改过" in page and PAGE in analyst.get("/studio").text
    english = analyst.get(f"{PAGE}?lang=en", follow_redirects=True).text
    assert "Bank card numbers" in english and "19 digits · debit card" in english and "工商银行" not in english


@pytest.mark.parametrize("role", ["reviewer", "verifier", "supervisor", "operator", "administrator"])
def test_it_is_the_analysts(app: Flask, store: Store, role: str) -> None:
    employ(store, "other", {role})
    client = app.test_client()
    sign_in_staff(client, "other")
    assert client.get(PAGE).status_code == client.get(FILE).status_code == post(client, PAGE).status_code == 403


def test_the_file_opens_in_a_spreadsheet_and_handed_in_unchanged_changes_nothing(
    analyst: FlaskClient, store: Store
) -> None:
    answer = analyst.get(FILE)
    assert answer.mimetype == "text/csv" and "banks.csv" in answer.headers["Content-Disposition"]
    assert answer.data.startswith(b"\xef\xbb\xbfbank,name") and "工商银行" in answer.data.decode("utf-8-sig")
    for fields in ({}, {"only": "yes"}):
        preview = upload(analyst, answer.data, **fields)
        assert "没有可保存的改动" in preview.text and "确认保存" not in preview.text


@ON_BOTH
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_change_is_seen_first_and_confirmed_stands_in_the_record_with_who_when_and_why(
    analyst: FlaskClient, store: Store, encoding: str
) -> None:
    before = icbc(store)
    with nothing_stored(store):
        preview = upload(analyst, NEW.encode(encoding))
    assert preview.status_code == 200 and "还没有保存" in preview.text and NOTE in preview.text
    assert "622289" in preview.text and "19 位 · 借记卡" in preview.text and before[0][0] in preview.text
    assert confirm(analyst, preview).location == PAGE and icbc(store) == [("622289", 19, "debit")]
    page = analyst.get(PAGE).text
    assert "已保存，立即生效" in page and NOTE in page and "ana（样本）" in page
    with store.read() as tx:
        change = history(tx)[0]
        assert change.by.startswith("staff:") and change.note == NOTE
        assert ["banks.ICBC.bins.622289.prefix", "", "622289"] in change.changes
        assert "company.change" in set(tx.scalars(select(AuditRow.action)))


def test_banks_that_are_not_in_the_table_stay_unless_the_box_is_ticked(analyst: FlaskClient, store: Store) -> None:
    there = len(company(store).banks)
    confirm(analyst, upload(analyst, NEW))
    assert len(company(store).banks) == there
    preview = upload(analyst, NEW, only="yes")
    assert "农业银行" in preview.text and "（没有）" in preview.text
    confirm(analyst, preview)
    assert [bank.code for bank in company(store).banks] == ["ICBC"]


def test_every_bad_line_is_told_with_its_number_and_the_note_stays(analyst: FlaskClient, store: Store) -> None:
    lines = (
        "ICBC,62x,19,借记卡",
        f"ICBC,622289,{'9' * 5000},借记卡",
        "",
        "ICBC,622288,19,礼品卡",
        "HXB,622287,16,借记卡",
    )
    lines += ("ICBC,622286,19,借记卡", "ICBC,622286,16,信用卡", "ICBC,622285,19,借记卡", "ICBC,622284,19,借记卡,又一格")
    table = HEADER + "\n".join(lines)
    with nothing_stored(store):
        answer = upload(analyst, table, only="")
    page = answer.text
    assert answer.status_code == 422 and NOTE in page and 'value="yes" checked' in page
    for told in (
        "第 2 行：卡号开头须是 3 至 10 位数字",
        "第 3 行：卡号位数须在 12 到 19 之间",
        "第 5 行：卡种须是",
        "第 6 行：银行名称新银行须写明银行名称",
        "第 8 行：卡号开头 622286 在第 7 行已经有了",
        "第 10 行：单元格比表头多",
    ):
        assert told in page, told
    english = analyst.get(f"{PAGE}?lang=en", follow_redirects=True)
    assert english.status_code == 200
    assert "Line 2: prefix has 3 to 10 digits" in upload(analyst, table).text


def test_what_another_bank_has_is_told_with_its_line_and_that_bank(analyst: FlaskClient, store: Store) -> None:
    theirs = next(bank for bank in company(store).banks if bank.code == "ABC").bins[0].prefix
    taken = f"{NEW}ICBC,{theirs},19,借记卡\n"
    assert f"第 3 行：卡号开头 {theirs} 已属于农业银行" in upload(analyst, taken).text
    assert upload(analyst, taken, only="yes").status_code == 200, "the control: that bank leaves"


@pytest.mark.parametrize("note", ["", " ", "x", "长" * 501])
def test_without_a_note_nothing_is_looked_at_or_taken(analyst: FlaskClient, store: Store, note: str) -> None:
    with nothing_stored(store):
        answer = upload(analyst, NEW, note=note)
        assert answer.status_code == 422 and "请写明改了什么、为什么" in answer.text
        assert confirm(analyst, upload(analyst, NEW), note=note).status_code == 422


def test_a_preview_of_what_a_colleague_has_changed_meanwhile_is_shown_anew_and_not_taken(
    analyst: FlaskClient, store: Store
) -> None:
    preview = upload(analyst, NEW)
    other = {**default_company().document, "hotline": "95000"}
    save(store, other, note="新热线")
    with nothing_stored(store):
        answer = confirm(analyst, preview)
    assert answer.status_code == 409 and "同事已经改过公司资料，没有保存" in answer.text and "622289" in answer.text
    assert confirm(analyst, answer).status_code == 303, "the control: the preview of now is taken"
    assert icbc(store) == [("622289", 19, "debit")] and company(store).hotline == "95000", "nothing of theirs is lost"


def test_a_made_up_digest_takes_nothing(analyst: FlaskClient, store: Store) -> None:
    with nothing_stored(store):
        assert confirm(analyst, upload(analyst, NEW), seen="0" * 64).status_code == 409
        assert confirm(analyst, upload(analyst, NEW), table="no table").status_code == 422


@pytest.mark.parametrize("sent", ["preview", "confirmation"])
def test_it_is_refused_without_its_token(analyst: FlaskClient, store: Store, sent: str) -> None:
    preview = upload(analyst, NEW)
    given = {"table": NEW, "note": NOTE, "seen": hidden(preview, "seen")} if sent == "confirmation" else {"note": NOTE}
    with nothing_stored(store):
        assert analyst.post(PAGE, data=given).status_code == 400


HOSTILE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "缺少列"),
    "zeros": (bytes(1000), "缺少列"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe", "编码无法识别"),
    "a program": (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00", "编码无法识别"),
    "a workbook": (b"PK\x03\x04" + bytes(100), "另存为 CSV"),
    "2 MB": (NEW.encode() + b"\n" * 2 * 1024 * 1024, "文件超过 512 KB"),
    "an endless cell": (NEW.encode() + b'"' + b"x" * 200_000, "引号不成对"),
    "a page": (b"<html><script>alert(1)</script></html>", "缺少列"),
    "a sign that no database takes": (f"银行名称,{HEADER}a\0b,ICBC,622289,19,借记卡\n".encode(), "第 2 行"),
    "a script for a name": (f"{HEADER}<script>alert(1)</script>,622289,19,借记卡\n".encode(), "第 2 行"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_breaks_no_page(analyst: FlaskClient, store: Store, name: str) -> None:
    data, told = HOSTILE[name]
    with nothing_stored(store):
        answer = upload(analyst, data)
    assert answer.status_code == 422 and told in answer.text and NOTE in answer.text
    assert "<script>alert" not in answer.text


def test_no_file_at_all_is_said(analyst: FlaskClient) -> None:
    answer = post(analyst, PAGE, analyst.get(PAGE), note=NOTE)
    assert answer.status_code == 422 and "请选择改好的 CSV 文件" in answer.text


def test_the_largest_table_is_looked_at_and_confirmed_in_seconds(analyst: FlaskClient, store: Store) -> None:
    rows = "".join(f"ICBC,{prefix},19,debit\n" for prefix in range(1_000_000, 1_022_000))
    begun = perf_counter()
    preview = upload(analyst, f"{HEADER}{rows}")
    assert "其余" in preview.text and confirm(analyst, preview).status_code == 303
    assert perf_counter() - begun < 20 and len(icbc(store)) == 22_000


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1+1", "@SUM(1)", "＝1", " =1"])
def test_a_name_is_no_formula_in_the_file_and_comes_back_as_it_is(
    analyst: FlaskClient, store: Store, name: str
) -> None:
    head = "银行代码,银行名称,英文名称,卡号开头,卡号位数,卡种\n"
    confirm(analyst, upload(analyst, f"{head}ICBC,{name},ICBC,622289,19,借记卡\n"))
    with store.read() as tx:
        assert load(tx).banks[0].name == name.strip()
    told = analyst.get(FILE).data.decode("utf-8-sig")
    assert f",'{name.strip()}," in told and f",{name.strip()}," not in told
    assert "没有可保存的改动" in upload(analyst, told).text
