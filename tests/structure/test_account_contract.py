"""docs/account-system.md is the contract: its examples are read by the code, and its figures are those of the code."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any, get_args

import pytest

from engine.accounts import Change, NewCard, Refusal
from engine.outbox import _FIRST, _LONGEST
from tests.house import ROOT
from workers.catalogue import SERVICES
from workers.drivers.account_http import address, client, contract, lookup

PAGES = ("docs/account-system.md", "docs/account-system.zh.md")
ID_NUMBER = "11010519491231002X"


@cache
def text(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def examples(page: str, kind: str) -> list[Any]:
    blocks = re.findall(rf"^```json {kind}\n(.*?)^```$", text(page), re.MULTILINE | re.DOTALL)
    assert blocks, kind
    return [json.loads(block) for block in blocks]


@pytest.mark.parametrize("page", PAGES)
def test_the_answers_of_the_page_are_understood(page: str) -> None:
    [found], [nobody], [about] = (examples(page, kind) for kind in ("search", "search-nobody", "about"))
    told = contract.customer(found, ID_NUMBER)
    assert told and told.person.id_long_term and len(told.cards) == len(told.photos) == 1
    assert contract.customer(nobody, ID_NUMBER) is None and contract.about(about) == about["name"]
    states = [
        contract.decided(one).state for kind in ("change", "status", "withdrawal") for one in examples(page, kind)
    ]
    assert states == ["applied", "refused", "withdrawn", "pending", "unknown", "withdrawn"]
    assert set(states) == set(contract.STATES)


@pytest.mark.parametrize("page", PAGES)
def test_what_is_asked_has_the_fields_of_the_page(page: str) -> None:
    [asked] = examples(page, "change-asked")
    assert asked.keys() == {"customer", "remove", "add"}
    assert asked["add"][0].keys() == NewCard("", "", "").__dict__.keys() and Change().removed == ()
    assert examples(page, "search-asked") == [{"id_number": ID_NUMBER}]
    assert examples(page, "photo-asked") == [{"id_number": ID_NUMBER, "slot": "id_portrait"}]


@pytest.mark.parametrize("page", PAGES)
def test_every_code_of_a_refusal_stands_on_the_page(page: str) -> None:
    assert [code for code in get_args(Refusal) if f"`{code}`" not in text(page) and code != "withdrawn"] == []


@pytest.mark.parametrize("page", PAGES)
def test_names_and_figures_are_those_of_the_code(page: str) -> None:
    for name in (address.SECRET, address.AUTHORITIES, "ACCOUNT_SYSTEM_URL"):
        assert name in text(page)
    assert (client.Patience(2, 5), client.Patience(5, 30)) == (client.LOOK_UP, client.CHANGE)
    assert client.MEGABYTE == 2**20 and lookup.LARGEST_PICTURE == 20 * 2**20 and lookup.AT_ONCE == 2
    pauses = [min(_FIRST * 2**attempt, _LONGEST) for attempt in range(1, SERVICES["account.apply"].max_attempts)]
    assert len(pauses) + 1 == SERVICES["account.withdraw"].max_attempts == 10
    assert pauses[:3] == [10, 20, 40] and 38 * 60 < sum(pauses) < 42 * 60
