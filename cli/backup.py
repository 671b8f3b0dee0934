"""`kaihu backup FOLDER`: database and photographs of one moment, while people go on working."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click
from sqlalchemy import func, select

from cli import snapshot
from cli.blob_copies import copy_missing, remove_gone
from cli.installation import installation
from cli.store import opened
from engine import audit
from engine.clock import SystemClock
from engine.store import Store
from engine.tables import Case, CaseKey

ABOUT = "backup.json"
BLOBS = "blobs"
SHREDDED = "shredded"
"""Whose blobs were shredded between the snapshot and its last blob: the snapshot names them, and they are not there."""


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--data", default=None, help="folder of this installation [default: ./data]")
def backup(folder: Path, data: str | None) -> None:
    """Copy the database and the photographs into FOLDER, sealed as they are. Keep the key file somewhere else.

    A FOLDER that holds an earlier backup is brought up to date: only what is new is copied, what was shredded goes. If
    that is cut off, the earlier backup still stands.
    """
    place = installation(data)
    with opened(data) as store, _told():
        about, before = _about(store), _owners(store)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        refuse_strange(folder)
        name = snapshot.name_for(place.database_url)
        beside = folder / f"{name}.new"
        beside.unlink(missing_ok=True)
        snapshot.take(place.database_url, beside)
        beside.chmod(0o600)
        copied = copy_missing(place.data / BLOBS, folder / BLOBS)
        beside.replace(folder / name)
        about |= {"database": name, SHREDDED: sorted(before - _owners(store))}
        (folder / ABOUT).write_text(json.dumps(about, indent=2) + "\n", "utf-8")
        removed = remove_gone(place.data / BLOBS, folder / BLOBS)
    click.echo(f"{folder}: {about['cases']} cases, {copied} pictures copied, {removed} that were shredded removed")
    click.echo(f"The key file is not in it. Keep {place.keys} in another place: without it nothing can be opened")


@contextmanager
def _told() -> Iterator[None]:
    """What a disk could not do, as a sentence."""
    try:
        yield
    except (OSError, sqlite3.Error) as wrong:
        said = getattr(wrong, "strerror", None) or str(wrong)
        raise click.ClickException(
            f"the backup was not finished ({said}); an earlier one in that folder still stands. Mend that, then again"
        ) from wrong


def refuse_strange(folder: Path) -> None:
    """A folder with other things in it is not ours to write into."""
    ours = {ABOUT, BLOBS, snapshot.SQLITE, snapshot.POSTGRES}
    strange = [path.name for path in folder.iterdir() if path.name.removesuffix(".new") not in ours]
    if strange:
        raise click.ClickException(
            f"{folder} holds other things ({strange[0]}): name an empty folder or an older backup"
        )


def _about(store: Store) -> dict[str, object]:
    """When it was begun, and where every chain of the audit then stood: what is cut off later is found by it."""
    with store.read() as tx:
        cases, heads = tx.scalar(select(func.count()).select_from(Case)) or 0, audit.heads(tx)
    return {"begun": SystemClock().now().isoformat(), "cases": cases, "heads": [asdict(head) for head in heads]}


def _owners(store: Store) -> set[str]:
    """Who has blobs that somebody can open."""
    with store.read() as tx:
        return set(tx.scalars(select(CaseKey.owner_id)))
