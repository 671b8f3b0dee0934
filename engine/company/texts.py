"""What the record says to people: account types, notices, links and pages, and all of it in English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.company.model import Link, Notice, Page
from engine.company.reader import KINDS, Reader

LONGEST_TYPE, LONGEST_NOTICE = 32, 500


def read_account_types(read: Reader, document: Mapping[str, Any]) -> tuple[str, ...]:
    """What 账户类型 offers at the sign-in."""
    names = read.get("", document, "account_types", list, [])
    good = bool(names) and all(isinstance(name, str) and 0 < len(name) <= LONGEST_TYPE for name in names)
    told = ("须有一个或几个名称，每个最多 32 个字，不重复", "one or more names of at most 32 characters, each once")
    read.judge(good and len(set(map(str, names))) == len(names), "account_types", *told)
    return tuple(map(str, names))


def read_notices(read: Reader, document: Mapping[str, Any]) -> tuple[Notice, ...]:
    """What the entry page and the sign-in page say to everybody: a text, or a text with its first and last day."""
    record = read.get("", document, "notices", dict, {})
    return tuple(_notice(read, f"notices.{name}", entry) for name, entry in record.items())


def _notice(read: Reader, place: str, entry: object) -> Notice:
    if isinstance(entry, str):
        entry = {"text": entry}
    if not isinstance(entry, Mapping):
        read.note(place, '须是文字，或 {"text": …, "from": …, "until": …}', 'a text, or {"text", "from", "until"}')
        return Notice("", None, None)
    read.only(f"{place}.", entry, ("text", "from", "until"))
    text = read.get(f"{place}.", entry, "text", str, "")
    long = ("最多 500 个字", "at most 500 characters")
    read.judge(len(text) <= LONGEST_NOTICE, f"{place}.text", *long)
    first, last = (_day(read, place, entry, name) for name in ("from", "until"))
    order = first is None or last is None or first <= last
    read.judge(order, f"{place}.until", "早于 from", "lies before from")
    return Notice(text, first, last)


def _day(read: Reader, place: str, entry: Mapping[str, object], name: str) -> date | None:
    return read.day(f"{place}.{name}", entry[name]) if name in entry else None


def read_english(read: Reader, document: Mapping[str, Any]) -> Mapping[str, str]:
    """Each Chinese text of the record in English."""
    record = read.get("", document, "english", dict, {})
    for name, text in record.items():
        read.judge(isinstance(text, str), f"english.{name}", *KINDS[str])
    return record


def read_pages(read: Reader, document: Mapping[str, Any]) -> Mapping[str, Page]:
    """Texts with a page of their own (S12)."""
    record = read.get("", document, "pages", dict, {})
    return {
        name: Page(read.get(f"pages.{name}.", row, "title", str, ""), read.get(f"pages.{name}.", row, "text", str, ""))
        for name, row in record.items()
    }


def read_links(read: Reader, document: Mapping[str, Any], pages: Mapping[str, Page]) -> tuple[Link, ...]:
    """Links at the foot of the pages."""
    return tuple(_link(read, at, row, pages) for at, row in read.rows("", document, "links"))


def _link(read: Reader, at: str, row: object, pages: Mapping[str, Page]) -> Link:
    page = row.get("page") if isinstance(row, Mapping) else None
    address = row.get("address") if isinstance(row, Mapping) else None
    one = ("page（本资料的页面）和 address（外部地址）须填且只填一个", "a page or an address, not both")
    read.judge((page is None) != (address is None), f"{at}page", *one)
    secure = address is None or str(address).startswith("https://")
    read.judge(secure, f"{at}address", "须以 https:// 开头", "https only")
    there = page is None or page in pages
    read.judge(there, f"{at}page", f"pages 里没有 {page}", f"there is no page {page} in pages")
    return Link(read.get(at, row, "title", str, ""), page, address)
