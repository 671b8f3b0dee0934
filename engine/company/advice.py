"""What is not wrong with a record and yet worth a look before customers come, or once a year."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date

from engine.calendar import Calendar
from engine.company.model import Company
from engine.company.problems import Problem
from engine.company.storage import default_company

CHINESE = re.compile(r"[\u3400-\u9fff]")
ANNOUNCED = 11
"""In November the State Council announces the holidays of the next year."""


def advice(company: Company, branches: Collection[str], today: date) -> list[Problem]:
    """Everything, in the order of the record."""
    return [
        *_sample(company),
        *_calendars(company, today),
        *_branches(company, branches),
        *_retention(company),
        *_banks(company),
        *_old_notices(company, today),
        *_english(company),
    ]


def _sample(company: Company) -> Iterator[Problem]:
    for name in ("name", "name_en", "hotline"):
        if getattr(company, name) == getattr(default_company(), name):
            yield Problem(name, "还是样例，请换成贵公司的", "is still the sample; put the company's own")
    for name in company.document.get("notices", {}):
        if company.document["notices"][name] == default_company().document["notices"].get(name):
            yield Problem(
                f"notices.{name}", "还是样例公告，资料换好后请删除", "is the sample's notice; delete it when done"
            )


def _calendars(company: Company, today: date) -> Iterator[Problem]:
    for name in ("self_service", "video", "trading"):
        calendar: Calendar = getattr(company.calendars, name)
        place = f"calendars.{name}"
        if not calendar.always_open and not any(calendar.week):
            yield Problem(place, "没有任何开放时间", "is never open")
        days = [*calendar.holidays, *calendar.special_days]
        if calendar.public_holidays and today.month >= ANNOUNCED and not any(day.year > today.year for day in days):
            year = today.year + 1
            yield Problem(
                place,
                f"还没有 {year} 年的放假和调休。国务院通知公布后，请核对并写入 holidays 和 special_days",
                f"has no holiday or special day of {year} yet; enter them once they are announced",
            )


def _branches(company: Company, branches: Collection[str]) -> Iterator[Problem]:
    if not branches:
        yield Problem("", "还没有营业部（kaihu branches add）", "there is no branch yet (kaihu branches add)")
    for name in sorted(set(company.appointments.branches) - set(branches)):
        yield Problem(f"appointments.branches.{name}", "没有这个营业部", "there is no such branch")


def _retention(company: Company) -> Iterator[Problem]:
    """The rules of 2020 count from the day on which the account is closed, which nobody tells Kaihu."""
    years = company.retention.recording_years
    if years is not None:
        yield Problem(
            "retention.recording_years",
            f"录像在受理单办结 {years} 年后销毁。互联网开户规则要求账户销户后再保存 20 年，"
            "本系统不知道何时销户，请由合规人员核对",
            f"deletes recordings {years} years after a case's end; the rules of online account opening ask for 20 years"
            " after the account is closed, which Kaihu is not told: let compliance confirm the number",
        )


def _banks(company: Company) -> Iterator[Problem]:
    for place, bank in enumerate(company.banks):
        if not any(row.kind == "debit" for row in bank.bins):
            told = (
                f"{bank.name} 没有借记卡的卡号开头，认不出它的卡",
                f"{bank.name_en} has no debit prefix: its cards are not known",
            )
            yield Problem(f"banks[{place}].bins", *told)


def _old_notices(company: Company, today: date) -> Iterator[Problem]:
    for name, notice in zip(company.document.get("notices", {}), company.notices, strict=True):
        if notice.last is not None and notice.last < today:
            yield Problem(
                f"notices.{name}", "已过期，不再显示，可以删除", "is over and not shown any more; it may be deleted"
            )


def _english(company: Company) -> Iterator[Problem]:
    for text in texts(company):
        if CHINESE.search(text) and text not in company.english:
            short = text if len(text) <= 20 else f"{text[:20]}…"
            yield Problem("english", f"“{short}”没有英文，英文页面会显示中文", f'"{short}" has no English')


def texts(company: Company) -> list[str]:
    """The Chinese texts of the record that English pages show."""
    links = [link.title for link in company.links]
    pages = [text for page in company.pages.values() for text in (page.title, page.text)]
    return [*company.account_types, *(notice.text for notice in company.notices), *links, *pages]
