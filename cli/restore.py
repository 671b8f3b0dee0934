"""`kaihu restore BACKUP`: a backup and its key file become an installation, and are looked through."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from cli import snapshot
from cli.audit import broken
from cli.backup import ABOUT, BLOBS, SHREDDED
from cli.blob_copies import copy_missing, missing
from cli.installation import Installation, installation
from cli.store import store_of
from engine import audit
from engine.audit import Head
from engine.vault import KeyMissing, load_keys
from migrations.upgrade import BadTables, migrate


@click.command()
@click.argument("backup", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--keys", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help="its key file"
)
@click.option("--data", default=None, help="a new folder for the installation [default: ./data]")
def restore(backup: Path, keys: Path, data: str | None) -> None:
    """Make an installation of a backup and its key file in a new folder, and say whether all of it is there."""
    place = installation(data)
    about = read_about(backup)
    refuse_used(place)
    _put_back(backup, keys, place, str(about["database"]))
    wrong = list(_wrong(place, {head["chain"]: Head(**head) for head in about["heads"]}, set(about[SHREDDED])))
    for line in wrong:
        click.echo(line)
    click.echo(
        f"{place.data}: the backup of {about['begun'][:16].replace('T', ' ')}, {about['cases']} cases; "
        + (f"{len(wrong)} things are wrong with it" if wrong else "every picture and every row of the audit is there")
    )
    sys.exit(1 if wrong else 0)


def read_about(backup: Path) -> Mapping[str, Any]:
    try:
        about: Mapping[str, Any] = json.loads((backup / ABOUT).read_text("utf-8"))
        known = {name: about[name] for name in ("begun", "cases", "heads", "database")}
        return {**known, SHREDDED: about.get(SHREDDED, [])}
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise click.ClickException(f"{backup} is no backup that was finished: {ABOUT} is missing or broken") from wrong


def refuse_used(place: Installation) -> None:
    """A backup never goes over an installation."""
    if place.data.exists() and any(place.data.iterdir()):
        raise click.ClickException(f"{place.data} is not empty, and nothing was changed: name a new folder, --data DIR")


def _put_back(backup: Path, keys: Path, place: Installation, database: str) -> None:
    if not (backup / database).exists():
        raise click.ClickException(f"{backup / database} is missing: the backup is not whole")
    _refuse_bad_keys(keys)
    place.prepare()
    snapshot.put_back(backup / database, place.database_url)
    _to_this_version(place)
    copy_missing(backup / BLOBS, place.data / BLOBS)
    shutil.copyfile(keys, place.keys)
    for path in (place.keys, place.data / snapshot.SQLITE):
        if path.exists():
            path.chmod(0o600)


def _refuse_bad_keys(keys: Path) -> None:
    """Told before anything is written."""
    try:
        load_keys(keys)
    except KeyMissing as wrong:
        raise click.ClickException(str(wrong)) from wrong


def _to_this_version(place: Installation) -> None:
    try:
        migrate(place.database_url)
    except BadTables as wrong:
        raise click.ClickException(str(wrong)) from wrong


def _wrong(place: Installation, anchors: Mapping[str, Head], shredded: set[str]) -> list[str]:
    """What does not fit: chains under another key are all broken, pictures can be missing."""
    store = store_of(place)
    try:
        with store.read() as tx:
            there = {head.chain for head in audit.heads(tx)}
            bad = dict(broken(tx, store.vault, sorted(there | anchors.keys()), dict(anchors)))
            if there and all(bad.get(chain) == 1 for chain in there):
                return ["this is not the key file of this backup: no row of the audit verifies under it"]
            chains = [f"{chain}: row {row} is not what was written" for chain, row in bad.items()]
            return chains + [f"the picture {path} is missing" for path in missing(tx, place.data / BLOBS, shredded)]
    finally:
        store.db.dispose()
