"""`kaihu audit`: whether the audit is still what was written, and anchors that show when its end was cut off."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click
from sqlalchemy.orm import Session

from cli.store import opened
from engine import audit as chains
from engine.audit import Head
from engine.vault import Vault

data_option = click.option("--data", default=None, help="folder of this installation [default: ./data]")


@click.group()
def audit() -> None:
    """The audit: one sealed chain for each case and each actor."""


@audit.command()
@click.option(
    "--anchors",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="a file that `kaihu audit heads` wrote earlier: rows cut off since then are found too",
)
@data_option
def verify(anchors: Path | None, data: str | None) -> None:
    """Go through every chain and name the first row of each that is not what was written."""
    try:
        kept = read_anchors(anchors) if anchors else {}
    except (ValueError, TypeError) as wrong:
        raise click.ClickException(f"{anchors} is no file of `kaihu audit heads`") from wrong
    with opened(data) as store, store.read() as tx:
        rows = sum(head.seq for head in chains.heads(tx))
        names = sorted({head.chain for head in chains.heads(tx)} | kept.keys())
        bad = list(broken(tx, store.vault, names, kept))
    for chain, row in bad:
        click.echo(f"{chain}: row {row} is not what was written, or is missing")
    click.echo(f"chains: {len(names)}, rows: {rows}; " + (f"broken: {len(bad)}" if bad else "all as they were written"))
    sys.exit(1 if bad else 0)


@audit.command()
@data_option
def heads(data: str | None) -> None:
    """Print the last row of every chain, one JSON object a line: keep it on another machine."""
    with opened(data) as store, store.read() as tx:
        for head in chains.heads(tx):
            click.echo(json.dumps(asdict(head)))


def broken(tx: Session, vault: Vault, names: list[str], kept: dict[str, Head]) -> Iterator[tuple[str, int]]:
    """Each broken chain with its first bad row."""
    for chain in names:
        row = chains.verify(tx, vault, chain, kept.get(chain))
        if row is not None:
            yield chain, row


def read_anchors(path: Path) -> dict[str, Head]:
    """The heads of a file, by chain."""
    found = (Head(**json.loads(line)) for line in path.read_text("utf-8").splitlines() if line.strip())
    return {head.chain: head for head in found}
