"""The company's record: the default one, and the mistakes that are told."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from engine.clock import SHANGHAI
from engine.company import BadCompany, default_company, read_company
from engine.company.times import SWITCHES

Record = dict[str, Any]
CHINESE = re.compile(r"[\u3400-\u9fff]")
YEARS = "20 to 100 (article 117 of the Futures and Derivatives Law: at least 20), or null to keep them"
TIMES = 'two times such as ["09:00", "11:30"], the earlier first'


@pytest.fixture
def record() -> Record:
    return copy.deepcopy(dict(default_company().document))


def test_the_default_company_has_what_the_manual_names() -> None:
    company = default_company()
    assert company.account_types == ("期货经纪账户", "资产管理账户")
    assert company.calendars.self_service.describe("zh") == "周一至周六 01:23-23:58"
    assert not company.calendars.self_service.is_open(datetime(2026, 11, 22, 9, 54, tzinfo=SHANGHAI))  # a Sunday
    assert len(company.banks) == 13
    assert {link.title for link in company.links} == {"投资者教育", "开户帮助"}
    assert company.settings == {"idle_warning": "P23D", "idle_limit": "P30D", "second_review": False}
    assert (company.retention.given_up_days, company.retention.recording_years) == (30, None)
    assert not company.demonstration


@pytest.mark.parametrize(
    ("number", "bank"),
    [
        ("6228480402564890018", "ABC"),
        ("6222021234567890128", "ICBC"),
        ("6217000010012345677", "CCB"),
        ("6225880123456783", "CMB"),
        ("4111111111111111", None),
    ],
)
def test_a_card_number_tells_its_bank(number: str, bank: str | None) -> None:
    found = {
        each.code
        for each in default_company().banks
        for row in each.bins
        if number.startswith(row.prefix) and row.length == len(number) and row.kind == "debit"
    }
    assert found == ({bank} if bank else set())


def test_every_chinese_text_of_the_default_record_has_english() -> None:
    company = default_company()
    texts = [
        *company.account_types,
        *(notice.text for notice in company.notices),
        *(bank.name for bank in company.banks),
    ]
    texts += [link.title for link in company.links]
    texts += [text for page in company.pages.values() for text in (page.title, page.text)]
    assert [text for text in texts if company.say(text, "en") == text] == []
    assert company.say("投资者教育", "zh") == "投资者教育"


def put(*path: str | int, to: object) -> Callable[[Record], None]:
    def change(record: Record) -> None:
        place: Any = record
        for step in path[:-1]:
            place = place[step]
        if to is ...:
            del place[path[-1]]
        else:
            place[path[-1]] = to

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (put("name", to=""), "name: a text is needed"),
        (put("hotline", to=...), "hotline: a text is needed"),
        (put("banks", to={}), "banks: a list [ ... ] is needed"),
        (put("banks", 0, "code", to="ABC"), "banks: the code ABC occurs twice"),
        (put("banks", 0, "auto_link", to="yes"), "banks[0].auto_link: true or false is needed"),
        (put("banks", 0, "bins", 0, "prefix", to="622848"), "banks: the card prefix 622848 occurs twice"),
        (put("banks", 0, "bins", 0, "prefix", to="62x"), "banks[0].bins[0].prefix: 3 to 10 digits"),
        (put("banks", 0, "bins", 0, "kind", to="gift"), "banks[0].bins[0].kind: debit or credit"),
        (put("banks", 0, "bins", 0, "length", to=30), "banks[0].bins[0].length: 12 to 19"),
        (put("account_types", to=[]), "account_types: one or more names of at most 32 characters, each once"),
        (put("account_types", to=["甲", "甲"]), "account_types: one or more names of at most 32 characters, each once"),
        (put("links", 0, "page", to="elsewhere"), "links[0].page: there is no page elsewhere in pages"),
        (put("links", 0, "address", to="https://example.org"), "links[0].page: a page or an address, not both"),
        (put("links", 0, to={"title": "甲", "address": "javascript:alert(1)"}), "links[0].address: https only"),
        (put("pages", "help", "text", to=""), "pages.help.text: a text is needed"),
        (put("retention", "given_up_days", to=0), "retention.given_up_days: 1 to 3650"),
        (put("retention", "given_up_days", to=True), "retention.given_up_days: a whole number is needed"),
        (put("retention", "recording_years", to=19), f"retention.recording_years: {YEARS}"),
        (put("retention", "recording_years", to=101), f"retention.recording_years: {YEARS}"),
        (put("retention", "recording_years", to="20"), f"retention.recording_years: {YEARS}"),
        (put("retention", "recording_years", to=True), f"retention.recording_years: {YEARS}"),
        (put("retention", "given_up", to=30), "retention.given_up: unknown entry; check its spelling"),
        (put("settings", "idle_limit", to="30 days"), "settings.idle_limit: a period is needed, such as P30D or PT12H"),
        (put("settings", "idle_limit", to="P"), "settings.idle_limit: a period is needed, such as P30D or PT12H"),
        (put("settings", "second_review", to="no"), "settings.second_review: true or false is needed"),
        (put("settings", "idle_warning", to=...), "settings.idle_warning: is missing"),
        (put("settings", "colour", to="blue"), "settings.colour: unknown entry; check its spelling"),
        (put("colour", to="blue"), "colour: unknown entry; check its spelling"),
        (put("banks", 0, "autolink", to=True), "banks[0].autolink: unknown entry; check its spelling"),
        (put("banks", 0, "code", to="工行"), "banks[0].code: 1 to 16 letters, digits and - _"),
        (put("calendars", "night", to={}), "calendars.night: unknown entry; check its spelling"),
        (
            put("calendars", "video", "hours", "mon", to="all day"),
            'calendars.video.hours.mon: write [["09:00", "17:00"]], or [] for closed',
        ),
        (put("notices", "x", to={"text": "甲", "from": "1 May"}), "notices.x.from: is no date; write it as 2026-12-31"),
        (
            put("notices", "x", to={"text": "甲", "from": "2026-05-02", "until": "2026-05-01"}),
            "notices.x.until: lies before from",
        ),
        (put("notices", "x", to={"from": "2026-05-02"}), "notices.x.text: a text is needed"),
        (put("notices", "x", to=1), 'notices.x: a text, or {"text", "from", "until"}'),
        (put("english", "甲", to=1), "english.甲: a text is needed"),
        (put("calendars", "video", to=...), "calendars.video: a group of entries { ... } is needed"),
        (put("appointments", to=...), "appointments: a group of entries { ... } is needed"),
        (put("appointments", "days_ahead", to="30"), "appointments.days_ahead: a whole number is needed"),
        (put("appointments", "days_ahead", to=0), "appointments.days_ahead: 1 to 90"),
        (put("appointments", "days_ahead", to=True), "appointments.days_ahead: a whole number is needed"),
        (put("appointments", "am", to="09:00-11:30"), "appointments.am: a list [ ... ] is needed"),
        (put("appointments", "am", to=["11:30", "09:00"]), f"appointments.am: {TIMES}"),
        (put("appointments", "am", to=["09:00"]), f"appointments.am: {TIMES}"),
        (put("appointments", "pm", to=["13:00", "17:00+08:00"]), f"appointments.pm: {TIMES}"),
        (put("appointments", "pm", to=["11:00", "17:00"]), "appointments.pm: begins when am is over"),
        (put("appointments", "capacity", to=-1), "appointments.capacity: 0 to 1000"),
        (put("appointments", "branches", to={"east": "many"}), "appointments.branches.east: a whole number is needed"),
        (
            put("appointments", "evening", to=["18:00", "20:00"]),
            "appointments.evening: unknown entry; check its spelling",
        ),
    ],
)
def test_a_mistake_in_the_record_is_told_with_its_place(
    record: Record, change: Callable[[Record], None], told: str
) -> None:
    read_company(record, demonstration=False)  # control
    change(record)
    with pytest.raises(BadCompany) as bad:
        read_company(record, demonstration=False)
    assert told in map(str, bad.value.problems)
    assert all(CHINESE.search(problem.zh) for problem in bad.value.problems)


def test_a_mistake_in_a_calendar_is_told_with_its_name(record: Record) -> None:
    record["calendars"]["video"] = {"hours": {"mon": [["17:00", "09:00"]]}}
    with pytest.raises(BadCompany, match=r"calendars\.video"):
        read_company(record, demonstration=False)


def test_all_mistakes_are_told_at_once(record: Record) -> None:
    record["name"], record["settings"]["idle_limit"] = "", "x"
    with pytest.raises(BadCompany) as bad:
        read_company(record, demonstration=False)
    assert len(bad.value.problems) == 2


def test_every_setting_that_is_on_or_off_has_a_name_that_people_know():
    assert SWITCHES.keys() == {name for name, value in default_company().settings.items() if isinstance(value, bool)}
