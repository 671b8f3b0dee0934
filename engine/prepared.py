"""A constant statement, made ready once: its text, the order of its parameters, what converts them and its rows.

SQLAlchemy finds these anew each time, which is most of what a small statement costs (docs/performance.md). Here it is
asked once. What listens for statements hears these too, and what a database refuses is said in SQLAlchemy's words.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

Convert = Callable[[Any], Any]
Named = Mapping[str, object]


class Constant:
    """Said once in the code and run often. Insertions name their columns by the rows that they are given."""

    def __init__(self, statement: Any) -> None:
        self._statement = statement
        self._ready: dict[tuple[str, tuple[str, ...]], _Prepared] = {}

    def first(self, connection: Connection, named: Named) -> Any:
        """The first row that it finds, with the names of its columns, or None."""
        ready = self._for(connection.dialect, named)
        return ready.run(connection, ready.given(named), ready.first)

    def every(self, connection: Connection, named: Named) -> list[Any]:
        """All rows that it finds."""
        ready = self._for(connection.dialect, named)
        found: list[Any] = ready.run(connection, ready.given(named), ready.every)
        return found

    def write(self, connection: Connection, rows: Sequence[Named]) -> int:
        """Insert, change or remove, once for each of these. How many rows the last of it has met."""
        ready = self._for(connection.dialect, rows[0])
        many = len(rows) > 1
        given = [ready.given(row) for row in rows]
        met: int = ready.run(connection, given if many else given[0], _met, many=many)
        return met

    def _for(self, dialect: Dialect, named: Named) -> _Prepared:
        key = dialect.name, tuple(named)
        if key not in self._ready:
            self._ready[key] = _Prepared(self._statement, dialect, list(named))
        return self._ready[key]


class _Prepared:
    """One statement with these parameters, for one kind of database."""

    def __init__(self, statement: Any, dialect: Dialect, names: list[str]) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=names)
        assert not compiled.insert_prefetch and not compiled.update_prefetch, "a default is left to SQLAlchemy"
        whole = compiled.construct_expanded_state(dict.fromkeys(names))
        types = {name: _bound(bound.type, dialect) for bound, name in compiled.bind_names.items()} | whole.processors
        self.text, self.dialect = whole.statement, dialect
        self.constants = {
            name: convert(value) if (convert := types.get(name)) else value
            for name, value in whole.parameters.items()
            if name not in names
        }
        self.converts = [(name, types.get(name)) for name in names]
        self.order = whole.positiontup
        self.types = [column.type for column in getattr(statement, "selected_columns", ())]
        self.row: Any = None
        self.read: list[tuple[int, Convert]] = []

    def given(self, named: Named) -> Any:
        """The parameters as the driver takes them."""
        values = self.constants.copy()
        for name, convert in self.converts:
            values[name] = convert(named[name]) if convert else named[name]
        return values if self.order is None else tuple([values[name] for name in self.order])

    def run(self, connection: Connection, given: Any, take: Callable[[DBAPICursor], Any], *, many: bool = False) -> Any:
        """What is taken from a cursor that has run it."""
        cursor = connection.connection.cursor()
        try:
            for hear in connection.dispatch.before_cursor_execute:
                hear(connection, cursor, self.text, given, None, many)
            (cursor.executemany if many else cursor.execute)(self.text, given)
            return take(cursor)
        except self.dialect.loaded_dbapi.Error as wrong:
            raise self._in_words(wrong, given) from wrong
        finally:
            cursor.close()

    def first(self, cursor: DBAPICursor) -> Any:
        """The first row that was found, each value as its column's type means it, or None."""
        found = cursor.fetchone()
        return None if found is None else self._read(cursor, found)

    def every(self, cursor: DBAPICursor) -> list[Any]:
        """All of them."""
        return [self._read(cursor, found) for found in cursor.fetchall()]

    def _read(self, cursor: DBAPICursor, found: Any) -> Any:
        if self.row is None:
            self._name_columns(cursor)
        values = list(found)
        for place, convert in self.read:
            if values[place] is not None:
                values[place] = convert(values[place])
        return self.row._make(values)

    def _name_columns(self, cursor: DBAPICursor) -> None:
        """By what the database calls them, and by what a driver says of their kinds."""
        columns = list(zip(self.types, cursor.description or (), strict=True))
        read = [_found(kind, self.dialect, described[1]) for kind, described in columns]
        self.read = [(place, convert) for place, convert in enumerate(read) if convert]
        self.row = namedtuple("Row", [described[0] for _, described in columns])  # type: ignore[misc]

    def _in_words(self, wrong: Exception, given: Any) -> BaseException:
        kind = self.dialect.loaded_dbapi.Error
        return DBAPIError.instance(self.text, given, wrong, kind, hide_parameters=True, dialect=self.dialect)


def _met(cursor: DBAPICursor) -> int:
    return cursor.rowcount


def _bound(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _found(kind: TypeEngine[Any], dialect: Dialect, described: object) -> Convert | None:
    return kind.dialect_impl(dialect).result_processor(dialect, described)
