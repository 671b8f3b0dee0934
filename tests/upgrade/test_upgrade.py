"""A data folder of a former version is taken over by today's code: nothing in it is lost, and its cases end."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from urllib.request import urlopen

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import select

from cli.demonstration.people import INVESTORS, PASSWORD, STAFF
from cli.demonstration.screens.product import running
from cli.installation import Installation
from cli.preparing import prepare
from engine import audit
from engine.accounts import LocalAccountSystem
from engine.bundles import published
from engine.cases import answers
from engine.clock import SHANGHAI
from engine.pki import load_demonstration_ca
from engine.staff import authenticate
from engine.store import Store, connect
from engine.tables import AppliedChange, Case, Photo, Submission, Task
from migrations.upgrade import configuration, is_current
from tests.browser.patience import until
from tests.house import CHANGE, HandClock
from tests.upgrade.resumed import Resumed
from tests.web.conftest import close, post
from tests.web.line import Browser, Line
from webapp.app import create_app
from webapp.settings import WebSettings

ARCHIVES = sorted(Path(__file__).parent.glob("*.tar.xz"))
NEXT_DAY = datetime(2026, 11, 30, 10, 30, tzinfo=SHANGHAI)
RUNNING = (
    "basic_data", "certificate", "video_page", "in_line", "after_video", "sent_back", "claimed",
)  # fmt: skip


@dataclass
class Old:
    """A folder that was taken over. `rows` counts each table as the former version left it."""

    place: Installation
    store: Store
    cases: dict[str, str]
    rows: dict[str, int]
    published: str
    said: list[str] = field(default_factory=list)


@pytest.fixture(scope="module", params=ARCHIVES, ids=lambda path: path.name.split(".")[0])
def taken_over(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpacked and prepared once, as `kaihu up` does before it starts the parts; each test has a copy of its own."""
    data = unpacked(request.param, tmp_path_factory.mktemp("old"))
    said: list[str] = []
    before = {"rows": count(data), "published": _published(data)}
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        prepare(Installation(data), demonstration=True, say=said.append).db.dispose()
    (data / "before.json").write_text(json.dumps({**before, "said": said}), "utf-8")
    return data


@pytest.fixture
def old(taken_over: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Old]:
    from cli.store import store_of

    monkeypatch.delenv("DATABASE_URL", raising=False)
    data = Path(shutil.copytree(taken_over, tmp_path / "data"))
    before = json.loads((data / "before.json").read_text("utf-8"))
    store = replace(store_of(Installation(data)), clock=HandClock(NEXT_DAY))
    cases = json.loads((data / "states.json").read_text("utf-8"))
    yield Old(Installation(data), store, cases, before["rows"], before["published"], before["said"])
    store.db.dispose()


def unpacked(archive: Path, folder: Path) -> Path:
    with tarfile.open(archive) as opened:
        safely = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # Python 3.11.0 to 3.11.3 lack it
        opened.extractall(folder, **safely)
    return folder / "data"


def count(data: Path) -> dict[str, int]:
    with sqlite3.connect(data / "kaihu.db") as base:
        names = [row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: base.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def _published(data: Path) -> str:
    with sqlite3.connect(data / "kaihu.db") as base:
        row = base.execute("SELECT bundle_hash FROM published WHERE business = ?", (CHANGE,)).fetchone()
        return str(row[0])


def test_the_schema_is_todays_and_no_row_is_lost(old: Old) -> None:
    assert is_current(old.place.database_url)
    now = count(old.place.data)
    assert sum(old.rows.values()) > 100
    assert {name: rows for name, rows in old.rows.items() if now.get(name, 0) < rows} == {}


def test_a_flow_that_differs_is_reported_and_not_used(old: Old) -> None:
    with old.store.read() as tx:
        assert published(tx, CHANGE, old.store.clock.now()) == old.published
    assert any(CHANGE in line and "differs" in line for line in old.said)


@pytest.mark.parametrize("archive", ARCHIVES, ids=lambda path: path.name.split(".")[0])
def test_the_product_starts_on_it(archive: Path, tmp_path: Path) -> None:
    """As after a pull: the same command on the same folder."""
    data = unpacked(archive, tmp_path)
    with running(data, tmp_path / "up.log") as product:
        until(lambda: product.health()["state"] == "ok")  # its reader has models to load
        with urlopen(f"{product.address}/staff/sign-in", timeout=10) as page:
            assert page.status == 200
    assert f"{CHANGE}: the folder differs from the published version" in (tmp_path / "up.log").read_text("utf-8")


def test_taking_over_twice_changes_nothing(old: Old) -> None:
    once = count(old.place.data)
    prepare(old.place, demonstration=True, say=lambda line: None).db.dispose()
    assert count(old.place.data) == once


def test_what_was_sealed_opens(old: Old) -> None:
    """Answers, drafts, people, photographs: with the keys of the folder, by the code of today."""
    accounts, vault = LocalAccountSystem(old.store), old.store.vault
    assert all(accounts.find(one.id_number) for one in INVESTORS)
    with old.store.read() as tx:
        for case in tx.scalars(select(Case)):
            accounts.person(case.customer_id)
        opened = [answers.rounds(tx, vault, row.case_id, row.step) for row in tx.scalars(select(Submission))]
        mine = list(tx.scalars(select(Photo).where(Photo.case_id == old.cases["signed"])))
        pictures = [vault.blobs.get(tx, one.case_id, name) for one in mine for name in (one.original, one.crop) if name]
    assert len(opened) > 40 and len(pictures) >= 8 and all(picture[:2] == b"\xff\xd8" for picture in pictures)


def test_the_chains_of_the_audit_are_whole(old: Old) -> None:
    with old.store.read() as tx:
        heads = list(audit.heads(tx))
        assert len(heads) > 9
        assert [head.chain for head in heads if audit.verify(tx, old.store.vault, head.chain) is not None] == []


def test_staff_sign_in_with_their_passwords(old: Old) -> None:
    assert all(authenticate(old.store, one.login, PASSWORD) for one in STAFF[:4])


@pytest.mark.parametrize("state", RUNNING)
def test_a_case_that_stood_there_comes_to_its_end_on_its_own_version(old: Old, state: str) -> None:
    case = Resumed(old.store, old.cases[state])
    assert case.case.bundle_hash == old.published
    case.to_the_end()
    assert (case.case.status, case.case.bundle_hash) == ("办理成功", old.published)
    with old.store.read() as tx:
        assert audit.verify(tx, old.store.vault, f"case:{case.id}") is None


def test_answers_that_are_kept_short_are_whole_again_for_the_version_before(old: Old) -> None:
    Resumed(old.store, old.cases["basic_data"]).to_the_end()
    assert not all(map(is_whole, outcomes(old.store))), "control: today's are short"
    taken_back(old.place.database_url, "0010")
    assert all(map(is_whole, outcomes(old.store)))


def outcomes(store: Store) -> list[dict[str, object]]:
    with store.read() as tx:
        return list(tx.scalars(select(Submission.outcome)))


def is_whole(outcome: dict[str, object]) -> bool:
    """As it was read up to the tenth version of the tables: nothing may be missing."""
    return set(outcome) == {"case_id", "opened", "jobs", "ended"}


def taken_back(url: str, version: str) -> None:
    config, engine = configuration(), connect(url)
    with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, version)
    engine.dispose()


def test_a_case_that_was_over_stays_over(old: Old) -> None:
    case = Resumed(old.store, old.cases["given_up"])
    assert case.case.status == "已放弃" and case.tasks == []


@pytest.fixture
def app(old: Old) -> Iterator[Flask]:
    settings = WebSettings(old.place.database_url, old.place.data, secure_cookies=False, clock=old.store.clock)
    made = create_app(settings, authority=load_demonstration_ca(old.place.data))
    yield made
    close(made)


def test_what_was_signed_before_is_reviewed_and_applied_after(old: Old, app: Flask) -> None:
    """The pages of today on a case, a form and a signature of then."""
    desk, case_id = app.test_client(), old.cases["signed"]
    signed_in = post(desk, "/staff/sign-in", desk.get("/staff/sign-in"), login="reviewer.bj", password=PASSWORD)
    assert signed_in.status_code == 303
    with old.store.read() as tx:
        task = tx.scalars(select(Task).where(Task.case_id == case_id, Task.closed_at.is_(None))).one()
    path = f"/desk/tasks/{task.id}"
    post(desk, f"{path}/claim", desk.get(path))
    page = desk.get(path)
    assert "签名有效" in page.text and page.text.count("<img") >= 4
    nonce = page.text.split('name="submission_id" value="')[1].split('"')[0]
    assert post(desk, path, page, submission_id=nonce, decision="pass").status_code == 303
    line = Line(app, app.test_client(), old.store, Browser())
    line.case_id = case_id
    line.work()
    assert line.case.status == "办理成功"
    with old.store.read() as tx:
        assert [change.result for change in tx.scalars(select(AppliedChange))] == ["applied"]
