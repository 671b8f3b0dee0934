"""What the tests make once for all is what each of them would have made for itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, literal, select, union_all
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from werkzeug.routing import Map, Rule

from engine.store import connect
from engine.tables import Base
from tests import statements
from tests.tables import make_tables
from tests.web.addresses import compile_once

ROUTES = (("/a/<int:n>", None), ("/a/<n>", None), ("/<path:n>/b", None), ("/c", {"n": 1}), ("/c", {"n": 2}))


def addresses() -> list[str]:
    """Of some routes that are easily confounded, bound anew, in two words each."""
    rules = [Rule(path, endpoint=f"{place}", defaults=given) for place, (path, given) in enumerate(ROUTES)]
    bound = Map(rules).bind("here")
    words = [{"n": given["n"] if given else 7, "x": "a b&"} for _, given in ROUTES]
    return [bound.build(f"{place}", asked) for place, asked in enumerate(words)]


def test_addresses_compiled_once_are_the_same_addresses() -> None:
    with pytest.MonkeyPatch.context() as patch:
        alone = addresses()
        kept = compile_once(patch)
        assert addresses() == alone
        held = dict(kept)
        assert addresses() == alone and kept == held, "the second time nothing is compiled"


def test_statements_are_compiled_once_for_all_databases_of_a_kind(tmp_path: Path) -> None:
    one, other, control = (connect(f"sqlite:///{tmp_path / name}.db") for name in ("one", "other", "control"))
    assert asked(one) == ["7"]
    held = len(one._compiled_cache or ())
    assert asked(other) == ["7"] and other._compiled_cache is one._compiled_cache
    assert len(one._compiled_cache or ()) == held > 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SQLiteCompiler, "limit_clause", lambda *given, **more: "")
        statements.compiles_for_itself(control)
        assert [asked(one), asked(control)] == [["7"], ["7", "8"]], "what a control compiles is its own"
    assert asked(other) == ["7"]


def asked(engine: Engine) -> list[str]:
    """One of two numbers."""
    numbers = union_all(select(literal("7").label("n")), select(literal("8"))).subquery()
    with engine.connect() as connection:
        found = list(connection.scalars(select(numbers.c.n).limit(1)))
    engine.dispose()
    return found


def test_tables_that_are_copied_are_those_that_would_be_made(tmp_path: Path) -> None:
    made, copied = (connect(f"sqlite:///{tmp_path / name}.db") for name in ("made", "copied"))
    Base.metadata.create_all(made)
    make_tables(copied)
    with made.connect() as one, copied.connect() as other:
        asked = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
        assert one.exec_driver_sql(asked).all() == other.exec_driver_sql(asked).all()
    assert set(inspect(copied).get_table_names()) == set(Base.metadata.tables)
    made.dispose()
    copied.dispose()
