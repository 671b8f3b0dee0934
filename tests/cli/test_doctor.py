"""`kaihu doctor`: each thing that can be wrong is said with its cure, and the exit code tells."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, text

from cli import checkups_stored
from cli.finding import Patient
from cli.installation import Installation
from cli.running import Running
from engine import texts
from engine.bundles import publish
from engine.clock import SystemClock
from engine.room import FLOOR
from engine.store import Store
from engine.tables import BundleRow, Case, Customer, Incident, Job, Publication
from tests.account_core import Core, put_secret, says, serving
from tests.cli.conftest import Kaihu
from tests.disks import disk_with
from tests.flow.editions import with_income
from tests.house import CHANGE, customer

NOBODY = 2**22 - 3  # above the highest process id of Linux


def lines(output: str, level: str) -> list[str]:
    return [line for line in output.splitlines() if line.startswith(level)]


def test_a_folder_that_was_set_up_and_does_not_run_has_nothing_wrong(kaihu: Kaihu) -> None:
    done = kaihu("doctor")
    assert done.exit_code == 0 and done.output.endswith("nothing is wrong\n"), done.output
    assert lines(done.output, "wrong") == []
    assert "Kaihu does not run on this folder" in done.output
    assert "local: texts are kept in the database" in done.output
    assert "there is no administrator who may sign in" in done.output
    assert "no authority: what is signed with a certificate cannot be finished" in done.output
    assert "things in the record are worth a look: kaihu company check" in done.output


def open_to_others(data: Path) -> None:
    data.chmod(0o755)


def keys_open_to_others(data: Path) -> None:
    (data / "keys.json").chmod(0o644)


def no_keys(data: Path) -> None:
    (data / "keys.json").unlink()


def no_database(data: Path) -> None:
    (data / "kaihu.db").unlink()


def damaged_database(data: Path) -> None:
    (data / "kaihu.db").write_bytes(b"no database" * 1000)


def file_instead_of_blobs(data: Path) -> None:
    shutil.rmtree(data / "blobs", ignore_errors=True)
    (data / "blobs").write_text("")


def killed_supervisor(data: Path) -> None:
    Running(NOBODY, 1, "unix:///nowhere/queue.sock", {}).write(data / "running.json")


@pytest.mark.parametrize(
    ("harm", "said", "cure"),
    [
        (shutil.rmtree, "does not exist", "kaihu up --data"),
        (open_to_others, "is open to others (mode 0755)", "chmod 700"),
        (keys_open_to_others, "open to others (mode 0644)", "chmod 600"),
        (no_keys, "No such file", "put it back from its backup"),
        (no_database, "does not exist", "put the file back from a backup"),
        (damaged_database, "not a database", "put it back from a backup"),
        (file_instead_of_blobs, "blobs cannot be written", "with mode 0700"),
        (killed_supervisor, "was killed", "kaihu up --data"),
    ],
    ids=lambda each: getattr(each, "__name__", None),
)
def test_what_is_wrong_with_the_folder_is_said_once_with_its_cure(
    kaihu: Kaihu, data: Path, harm: Callable[[Path], object], said: str, cure: str
) -> None:
    harm(data)
    done = kaihu("doctor")
    assert done.exit_code == 1, done.output
    [wrong] = lines(done.output, "wrong")
    assert said in wrong
    assert cure in done.output.splitlines()[done.output.splitlines().index(wrong) + 1]


def older_tables(store: Store) -> None:
    with store.db.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))


def newer_tables(store: Store) -> None:
    with store.db.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))


def never_published(store: Store) -> None:
    with store.write() as tx:
        tx.execute(delete(Publication).where(Publication.business == CHANGE))


def no_company(store: Store) -> None:
    with store.db.begin() as connection:
        connection.execute(text("DELETE FROM company"))


def incident(store: Store) -> None:
    now = SystemClock().now()
    with store.write() as tx:
        bundle = tx.query(BundleRow).filter_by(business=CHANGE).one().hash
        connection = tx.connection()
        connection.execute(text("INSERT INTO branches (id, name, name_en) VALUES ('north', 'n', 'n')"))
        tx.add(customer("zhang"))
        tx.flush()
        assert tx.get(Customer, "zhang")
        case = Case(
            id="c", business=CHANGE, bundle_hash=bundle, customer_id="zhang", branch_id="north", exclusive=True,
            state="", opened_at=now, touched_at=now, status="",
        )  # fmt: skip
        job = Job(
            id="j", case_id="c", service="notice.send", args={}, status="incident", attempt=3, max_attempts=3,
            run_after=now, created_at=now,
        )  # fmt: skip
        for row in (case, job, Incident(id="i", case_id="c", job_id="j", cause="TimeoutError", at=now)):
            tx.add(row)
            tx.flush()


def lost_code(store: Store) -> None:
    """A code that no carrier took while it lived."""
    with store.write() as tx:
        texts.write_down(store, tx, "e" * 32, "+8613800138000", "123456", store.clock.now())
    texts.due(store)


@pytest.mark.parametrize(
    ("harm", "said", "cure"),
    [
        (lost_code, "1 sign-in codes of the last day were not sent", "worker.log, and ask the provider of local"),
        (older_tables, "of another version of Kaihu", "kaihu migrate --data"),
        (newer_tables, "of a newer version of Kaihu", "git pull"),
        (never_published, f"{CHANGE} was never published", f"kaihu process publish {CHANGE}"),
        (no_company, "there is no company record", "kaihu up"),
        (incident, "1 jobs need somebody", "kaihu incident retry"),
    ],
    ids=lambda each: getattr(each, "__name__", None),
)
def test_what_is_wrong_in_the_database_is_said_once_with_its_cure(
    kaihu: Kaihu, store: Store, harm: Callable[[Store], None], said: str, cure: str
) -> None:
    harm(store)
    done = kaihu("doctor")
    assert done.exit_code == 1, done.output
    [wrong] = lines(done.output, "wrong")
    assert said in wrong and cure in done.output


@pytest.mark.parametrize(
    ("free", "level", "said"),
    [
        (checkups_stored.LITTLE_SPACE, "ok", "1.0 GiB free"),
        (checkups_stored.LITTLE_SPACE - 4096, "wrong", "only 1.0 GiB free"),
        (FLOOR - 4096, "wrong", "255 MiB free, 256 MiB are needed"),
    ],
)
def test_little_space_is_wrong(kaihu: Kaihu, place: Installation, free: int, level: str, said: str) -> None:
    with Patient(place, None) as patient:
        [found] = checkups_stored.disk(patient, disk_with(free))
    assert (found.level, said in found.says) == (level, True) and bool(found.cure) is (level == "wrong")


def test_a_published_version_that_differs_from_the_folder_is_a_note(kaihu: Kaihu, store: Store) -> None:
    other = with_income()
    with store.write() as tx:
        publish(tx, other, "with a step more", "qian", store.clock.now())
    done = kaihu("doctor")
    assert done.exit_code == 0 and f"{CHANGE}: version {other.hash[:12]} stays in use" in done.output


def test_parts_that_are_not_there_are_said(kaihu: Kaihu, place: Installation) -> None:
    """The supervisor lives (it is this process); nothing else does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    parts = {"relay": NOBODY, "worker": NOBODY, "web": NOBODY}
    Running(os.getpid(), port, "redis://:secret@127.0.0.1:1/0", parts).write(place.running)
    said = kaihu("doctor").output
    wrong = " ".join(lines(said, "wrong"))
    assert "not running: relay, worker, web" in wrong
    assert "redis://127.0.0.1:1 does not answer" in wrong and "secret" not in said
    assert "never showed a sign of life" in wrong


def test_a_relay_that_stopped_coming_round_is_said(kaihu: Kaihu, place: Installation) -> None:
    Running(os.getpid(), 1, "unix:///nowhere/queue.sock", {"relay": os.getpid()}).write(place.running)
    beat = place.data / "beats" / "relay"
    beat.parent.mkdir()
    beat.touch()
    assert "came round" in kaihu("doctor").output
    os.utime(beat, (1, 1))
    assert "jobs and timers wait" in kaihu("doctor").output


# -- the company's account system --


def test_an_account_system_that_answers_is_told_with_its_name(
    kaihu: Kaihu, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "local: customers live in Kaihu's own database" in kaihu("doctor").output
    put_secret(data)
    with serving(Core()) as url:
        monkeypatch.setenv("ACCOUNT_SYSTEM_URL", url)
        done = kaihu("doctor")
    assert done.exit_code == 0 and f"HTTP at {url}, answers as 样例账户系统" in done.output


def away(data: Path, core: Core) -> None:
    core.mishaps.append(says(503))


def another_secret(data: Path, core: Core) -> None:
    put_secret(data, "a-secret-that-nobody-knows")


def no_secret(data: Path, core: Core) -> None:
    (data / "account_system.secret").unlink()


@pytest.mark.parametrize(
    ("harm", "said"),
    [(away, "HTTP 503"), (another_secret, "the secret is not accepted (HTTP 401)"), (no_secret, "No such file")],
    ids=lambda each: getattr(each, "__name__", None),
)
def test_an_account_system_that_does_not_answer_is_wrong(
    kaihu: Kaihu, data: Path, monkeypatch: pytest.MonkeyPatch, harm: Callable[[Path, Core], None], said: str
) -> None:
    core = Core()
    put_secret(data)
    harm(data, core)
    with serving(core) as url:
        monkeypatch.setenv("ACCOUNT_SYSTEM_URL", url)
        done = kaihu("doctor")
    [wrong] = lines(done.output, "wrong")
    assert done.exit_code == 1 and said in wrong and "docs/account-system.md" in done.output
    assert "that-nobody-knows" not in done.output
