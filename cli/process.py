"""`kaihu process`: check and publish a business."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cli.known import known
from cli.preparing import ROOT
from cli.store import opened
from engine.bundles import BadBundle, describe, load_folder, publish


@click.group()
def process() -> None:
    """Businesses: diagrams, decisions, forms, reasons and texts."""


@process.command()
@click.argument("business")
@click.option("--root", default=ROOT, type=click.Path(exists=True, file_okay=False, path_type=Path))
def lint(business: str, root: Path) -> None:
    """Say everything that is wrong with BUSINESS, by file, element and line."""
    try:
        bundle = load_folder(root, business, known())
    except BadBundle as wrong:
        for finding in wrong.findings:
            click.echo(describe(finding))
        sys.exit(1)
    click.echo(f"{business}: nothing to find; version {bundle.hash[:12]}")


@process.command("publish")
@click.argument("business")
@click.option("--note", required=True, help="what changed and why; stays with the version")
@click.option("--author", required=True)
@click.option("--data", default=None, help="folder of this installation [default: ./data]")
def publish_business(business: str, note: str, author: str, data: str | None) -> None:
    """Publish BUSINESS from processes/ and forms/: new cases take it, running ones stay with theirs."""
    try:
        bundle = load_folder(ROOT, business, known())
    except BadBundle as wrong:
        raise click.ClickException("\n".join(describe(finding) for finding in wrong.findings)) from wrong
    with opened(data) as store, store.write() as tx:
        publish(tx, bundle, note, author, store.clock.now())
    click.echo(f"{business}: new cases take version {bundle.hash[:12]}")
