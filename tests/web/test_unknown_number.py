"""An ID number that nobody has: the same words, the same work, the same questions as for a customer's (G15)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import Engine, event
from werkzeug.test import TestResponse

from engine.store import Store
from engine.vault import Vault
from tests.web.conftest import MAIN, ON_BOTH, UNKNOWN, WANG, HandClock, ask_code, enter
from tests.web.test_refusals_entry import nobody_came_in

PAGE = f"/sign-in/{MAIN}"


@pytest.mark.parametrize("typed", ["wrong", "no code"])
def test_an_unknown_number_reads_the_same_at_every_step(app: Flask, store: Store, clock: HandClock, typed: str) -> None:
    """After the code as before it: who only guesses numbers learns nothing."""
    seen = []
    for number in (WANG.id_number, UNKNOWN):
        client = app.test_client()
        page = ask_code(app, client, number)
        with nobody_came_in(store):
            seen.append(enter(client, page, number, "000000" if typed == "wrong" else ""))
    assert seen[0].status_code == seen[1].status_code == 422
    assert words(seen[0]) == words(seen[1])


@ON_BOTH
def test_an_unknown_number_costs_as_much_as_a_known_one(app: Flask, asked: list[str]) -> None:
    """As many statements of each kind, as much sealed and opened: there is nothing to be timed."""
    known, unknown = (cost(app, number) for number in (WANG.id_number, UNKNOWN))
    assert known == unknown
    assert known[0]["INSERT"] and known[0]["open"] and known[1]["UPDATE"]
    assert asked == ["look_up"] * 2  # once for each code; a wrong try asks for nobody


def cost(app: Flask, number: str) -> tuple[Counter[str], Counter[str]]:
    """What is done for a code, and for a wrong try of it."""
    client, vault = app.test_client(), app.extensions["kaihu"].store.vault
    client.get(PAGE)
    with work(vault) as of_a_code:
        page = ask_code(app, client, number)
    with work(vault) as of_a_try:
        assert enter(client, page, number, "000000").status_code == 422
    return of_a_code, of_a_try


@pytest.fixture
def asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of the account system, in order."""
    accounts, said = app.extensions["kaihu"].accounts, []
    for name in ("look_up", "find", "person"):
        answer = getattr(accounts, name)
        monkeypatch.setattr(accounts, name, lambda it, name=name, answer=answer: said.append(name) or answer(it))
    return said


@contextmanager
def work(vault: Vault) -> Iterator[Counter[str]]:
    """Everything that is said to the databases meanwhile, by its first word, and what is sealed and opened."""
    counted: Counter[str] = Counter()

    def listen(*seen: object) -> None:
        counted[str(seen[2]).split()[0]] += 1

    event.listen(Engine, "before_cursor_execute", listen)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("seal", "open", "index", "indexes"):
            patch.setattr(vault, name, _counted(counted, name, getattr(vault, name)))
        yield counted
    event.remove(Engine, "before_cursor_execute", listen)


def _counted(counted: Counter[str], name: str, does: Callable[..., object]) -> Callable[..., object]:
    def do(*given: object) -> object:
        counted[name] += 1
        return does(*given)

    return do


def words(page: TestResponse) -> str:
    """A page without what is random or typed in it."""
    text = re.sub(r'value="[^"]*"', "", page.text)
    text = re.sub(r"/picture-code/\w+", "", text)
    return re.sub(r"1\d\d\*{4}\d{4}", "PHONE", text)
