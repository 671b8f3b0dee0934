"""The versions of the schema: they make the tables that the code speaks of, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from engine.bundles import versions
from engine.store import connect
from engine.tables import Base
from migrations.upgrade import BadTables, is_current, migrate
from tests.store.conftest import HandClock


@pytest.fixture
def migrated(url: str) -> Iterator[Engine]:
    migrate(url)
    engine = connect(url)
    yield engine
    engine.dispose()


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))


def test_a_migrated_database_is_what_the_tables_say(migrated: Engine) -> None:
    assert differences(migrated) == []


def test_a_difference_would_be_found(migrated: Engine) -> None:
    with migrated.begin() as connection:
        connection.execute(text("ALTER TABLE branches ADD COLUMN colour VARCHAR(8)"))
    assert len(differences(migrated)) == 1


def test_migrating_twice_is_migrating_once(url: str) -> None:
    assert not is_current(url)
    migrate(url)
    migrate(url)
    assert is_current(url)


def test_every_version_can_be_taken_back(url: str, migrated: Engine) -> None:
    from alembic import command

    from migrations.upgrade import configuration

    config = configuration()
    with migrated.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(migrated).get_table_names() == ["alembic_version"]
    migrate(url)
    assert differences(migrated) == []


def test_an_upgrade_that_fails_leaves_nothing_behind(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate(url, "0001")
    with pytest.raises(BadTables, match=r"the power went\. Nothing was changed"), monkeypatch.context() as broken:
        broken.setattr("alembic.operations.Operations.execute", _break_after_the_first())
        migrate(url)
    engine = connect(url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "0001"
    engine.dispose()
    migrate(url)  # control: what was left behind does not stand in the way
    assert is_current(url)


def test_tables_of_a_newer_version_are_refused_and_stay(url: str, migrated: Engine) -> None:
    with migrated.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for ask in (migrate, is_current):
        with pytest.raises(BadTables, match=r"a newer Kaihu \(9999; this one knows \d+\), and nothing was done"):
            ask(url)
    with migrated.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"
    assert differences(migrated) == []


def _break_after_the_first() -> object:
    from alembic.operations import Operations

    real, calls = Operations.execute, [0]

    def execute(self: Operations, *args: object, **kwargs: object) -> object:
        calls[0] += 1
        if calls[0] > 1:
            raise RuntimeError("the power went")
        return real(self, *args, **kwargs)  # type: ignore[arg-type]

    return execute


def add_row(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(
            sqlalchemy.insert(Base.metadata.tables["audit"]).values(
                chain="case:1", seq=1, at=HandClock().now(), actor="a", action="b", body="{}", mac="m"
            )
        )


def test_versions_that_were_published_before_keep_their_note_and_the_one_in_use_stays_in_use(url: str) -> None:
    """Somebody had gone back to the first of two versions: it is the last publication."""
    migrate(url, "0004")
    engine, at = connect(url), HandClock().now()
    tables = Base.metadata.tables
    with engine.begin() as connection:
        for number, name in enumerate("ab"):
            row = {"hash": name, "business": "tea", "process_hash": name, "files": b"", "note": f"note {name}"}
            moment = at + timedelta(hours=number)
            connection.execute(tables["bundles"].insert().values(**row, author="qian", published_at=moment))
        connection.execute(text("INSERT INTO published (business, bundle_hash) VALUES ('tea', 'a')"))
    migrate(url)
    with Session(engine) as tx:
        found = versions(tx, "tea", at)
    engine.dispose()
    assert [(each.number, each.hash, each.current, each.published.note) for each in found] == [
        (2, "a", True, "note a"),
        (1, "b", False, "note b"),
    ]
    assert found[0].published.at == at and found[0].published.name == "qian"


ATTACKS = [
    "UPDATE audit SET body = '{1}'",
    "DELETE FROM audit",
    "INSERT INTO audit SELECT * FROM audit",
]
SQLITE_ONLY = ["INSERT OR REPLACE INTO audit SELECT chain, seq, at, actor, action, 'changed', mac FROM audit"]
POSTGRES_ONLY = [
    "TRUNCATE audit",
    "INSERT INTO audit SELECT * FROM audit ON CONFLICT (chain, seq) DO UPDATE SET body = 'changed'",
]


def test_the_audit_table_takes_new_rows_and_nothing_else(migrated: Engine) -> None:
    add_row(migrated)
    own = SQLITE_ONLY if migrated.dialect.name == "sqlite" else POSTGRES_ONLY
    for attack in ATTACKS + own:
        with pytest.raises(DBAPIError), migrated.begin() as connection:
            connection.execute(text(attack))
    with migrated.connect() as connection:
        assert connection.execute(text("SELECT body FROM audit")).all() == [("{}",)]


def test_without_the_triggers_the_same_attacks_would_succeed(url: str) -> None:
    migrate(url, "0001")
    engine = connect(url)
    add_row(engine)
    with engine.begin() as connection:
        assert connection.execute(text(ATTACKS[0])).rowcount == 1
        assert connection.execute(text(ATTACKS[1])).rowcount == 1
    engine.dispose()


def test_the_versions_run_for_flask_migrate_as_well(tmp_path: Path) -> None:
    from flask import Flask
    from flask_migrate import Migrate, upgrade
    from flask_sqlalchemy import SQLAlchemy

    app, url = Flask("sample"), f"sqlite:///{tmp_path / 'flask.db'}"
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db = SQLAlchemy(model_class=Base)
    db.init_app(app)
    Migrate(app, db, directory=str(Path(__file__).parents[2] / "migrations"))
    with app.app_context():
        upgrade()
        db.engine.dispose()
    assert is_current(url)
