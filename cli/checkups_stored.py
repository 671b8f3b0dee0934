"""Checks of what lies on disk and in the database."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from cli.finding import Check, Finding, Patient
from cli.known import known
from cli.preparing import ROOT, businesses_of
from engine import incidents
from engine.accounts import Unavailable
from engine.bundles import BadBundle, in_use, load_folder
from engine.clock import SystemClock
from engine.company import load
from engine.company.advice import advice
from engine.incidents import Wish
from engine.room import Statvfs, free, no_room
from engine.tables import Branch, CompanyRow, Customer, Staff
from engine.vault import KeyMissing, load_keys
from migrations.upgrade import BadTables, is_current
from workers.drivers.account_http import HttpAccountSystem, NotSetUp
from workers.drivers.account_http import account_system as connect

LITTLE_SPACE = 1024**3
FOLDER, KEYS, BLOBS, DATABASE, TABLES = "data folder", "keys", "blobs", "database", "tables"
ACCOUNTS = "account system"


def data_folder(patient: Patient) -> Iterator[Finding]:
    folder = patient.place.data
    if not folder.is_dir():
        yield Finding("wrong", FOLDER, f"{folder} does not exist", f"kaihu up --data {folder}")
        return
    mode = folder.stat().st_mode & 0o777
    if mode & 0o077:
        yield Finding("wrong", FOLDER, f"{folder} is open to others (mode {mode:04o})", f"chmod 700 {folder}")
    elif not os.access(folder, os.W_OK | os.X_OK):
        yield Finding("wrong", FOLDER, f"{folder} cannot be written by this user", "run Kaihu as the folder's owner")
    else:
        yield Finding("ok", FOLDER, f"{folder} (mode {mode:04o})")


def key_file(patient: Patient) -> Iterator[Finding]:
    path = patient.place.keys
    try:
        keys = load_keys(path)
    except KeyMissing as wrong:
        cure = f"chmod 600 {path}" if path.exists() else "put it back from its backup: without it nothing can be opened"
        yield Finding("wrong", KEYS, str(wrong), cure)
    else:
        yield Finding("ok", KEYS, f"{path.name} is its owner's alone; current key {keys.current}")


def database(patient: Patient) -> Iterator[Finding]:
    engine = patient.store.db
    where = "PostgreSQL (DATABASE_URL)" if engine.dialect.name == "postgresql" else str(engine.url.database)
    if engine.dialect.name == "sqlite" and not Path(str(engine.url.database)).exists():
        yield Finding("wrong", DATABASE, f"{where} does not exist", "kaihu up, or put the file back from a backup")
        return
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError as wrong:
        says = " ".join(str(getattr(wrong, "orig", wrong)).split())[:200]
        cure = "start the database, or mend DATABASE_URL; a damaged file: put it back from a backup"
        yield Finding("wrong", DATABASE, f"{where}: {says}", cure)
    else:
        yield Finding("ok", DATABASE, where)


def tables(patient: Patient) -> Iterator[Finding]:
    try:
        current = is_current(patient.place.database_url)
    except BadTables:
        cure = "git pull and start again, or put a backup from before the upgrade into another folder: --data DIR"
        yield Finding("wrong", TABLES, "of a newer version of Kaihu, which this one must not touch", cure)
        return
    if current:
        yield Finding("ok", TABLES, "of this version")
    else:
        yield Finding("wrong", TABLES, "of another version of Kaihu", f"kaihu migrate --data {patient.place.data}")


def blobs(patient: Patient) -> Iterator[Finding]:
    folder = patient.place.data / "blobs"
    if not folder.exists() and os.access(patient.place.data, os.W_OK):
        yield Finding("ok", BLOBS, "none yet; the folder is made with the first photograph")
        return
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"kaihu")
    except OSError as wrong:
        cure = f"give {folder} back to Kaihu's user, with mode 0700"
        yield Finding("wrong", BLOBS, f"{folder} cannot be written: {wrong.strerror}", cure)
    else:
        yield Finding("ok", BLOBS, f"{folder} can be written")


def disk(patient: Patient, statvfs: Statvfs = os.statvfs) -> Iterator[Finding]:
    folders = (patient.place.data, patient.place.data / "blobs")
    least = min(free(folder, statvfs) for folder in folders)
    says = f"{least / 1024**3:.1f} GiB free"
    if (wrong := no_room(folders, statvfs)) is not None:
        yield Finding("wrong", "disk", wrong, "make room now: /healthz says down, nothing more should be accepted")
    elif least < LITTLE_SPACE:
        yield Finding("wrong", "disk", f"only {says}", "make room; uploads are refused when the disk is full")
    else:
        yield Finding("ok", "disk", says)


def account_system(patient: Patient) -> Iterator[Finding]:
    """Whether it answers, with this secret, over this wire, and speaks our version of the contract."""
    place = patient.place
    if place.account_system_url is None:
        yield Finding("ok", ACCOUNTS, "local: customers live in Kaihu's own database")
        return
    try:
        system = connect(patient.store, place.account_system_url, place.data)
        assert isinstance(system, HttpAccountSystem)
        yield Finding("ok", ACCOUNTS, f"{system.name}, answers as {system.about()}")
    except (NotSetUp, Unavailable) as wrong:
        yield Finding("wrong", ACCOUNTS, str(wrong), "docs/account-system.md says how it is set up")


def content(patient: Patient) -> Iterator[Finding]:
    with patient.store.read() as tx:
        yield from _company(tx)
        yield from _businesses(tx)
        yield from _incidents(tx)


def _company(tx: Session) -> Iterator[Finding]:
    row = tx.get(CompanyRow, 1)
    if row is None:
        yield Finding("wrong", "company", "there is no company record", "kaihu up")
        return
    if row.demonstration:
        yield Finding(
            "note", "demonstration", "this folder holds sample people and a demonstration CA: no real IDs here"
        )
    looks = len(advice(load(tx), list(tx.scalars(select(Branch.id))), SystemClock().now().date()))
    if looks and not row.demonstration:
        yield Finding("note", "company", f"{looks} things in the record are worth a look: kaihu company check")
    people = {name: tx.scalar(select(func.count()).select_from(table)) for name, table in _people()}
    yield Finding("ok", "company", ", ".join(f"{count} {name}" for name, count in people.items()))


def _people() -> list[tuple[str, type[Customer] | type[Staff]]]:
    return [("customers", Customer), ("staff", Staff)]


def _businesses(tx: Session) -> Iterator[Finding]:
    """A folder that differs is not used: no fault, but somebody may wait for it."""
    now = SystemClock().now()
    for business in businesses_of(ROOT):
        there, publish = in_use(tx, business, now), f"kaihu process publish {business} --note WHY --author WHO"
        try:
            bundle = load_folder(ROOT, business, known())
        except BadBundle as wrong:
            says = (
                f"{business}: {len(wrong.findings)} findings in the folder, the first: {wrong.findings[0].text('en')}"
            )
            yield Finding("wrong", "business", says, f"kaihu process lint {business}")
            continue
        if there is None:
            yield Finding("wrong", "business", f"{business} was never published", publish)
        elif there != bundle.hash:
            says = f"{business}: version {there[:12]} stays in use; the folder holds {bundle.hash[:12]}"
            yield Finding("note", "business", says, publish)
        else:
            yield Finding(
                "ok", "business", f"{business}: version {bundle.hash[:12]} is published, as the folder has it"
            )


def _incidents(tx: Session) -> Iterator[Finding]:
    waiting = incidents.count_open(tx)
    if not waiting:
        yield Finding("ok", "incidents", "none")
        return
    oldest: datetime = incidents.listed(tx, Wish(), 1)[0].incident.at
    says = f"{waiting} jobs need somebody, the oldest since {oldest:%Y-%m-%d %H:%M}"
    yield Finding("wrong", "incidents", says, "kaihu incident list; mend the cause; kaihu incident retry ID --note WHY")


STORE = [FOLDER, KEYS, BLOBS]  # what it takes to open the store at all
CHECKS = [
    (FOLDER, Check(data_folder)),
    (KEYS, Check(key_file, [FOLDER])),
    (BLOBS, Check(blobs, [FOLDER])),
    ("disk", Check(disk, [FOLDER, BLOBS])),
    (DATABASE, Check(database, STORE)),
    (TABLES, Check(tables, [*STORE, DATABASE])),
    (ACCOUNTS, Check(account_system, STORE)),
    ("content", Check(content, [*STORE, DATABASE, TABLES])),
]
