"""`kaihu branches`: the company's branches (营业部)."""

from __future__ import annotations

import click
from sqlalchemy import select

from cli.store import opened
from cli.who import operator
from engine import branches as places
from engine.tables import Branch

data_option = click.option("--data", default=None, help="folder of this installation [default: ./data]")


@click.group()
def branches() -> None:
    """The company's branches (营业部)."""


@branches.command()
@click.argument("branch_id")
@click.option("--name", required=True, help="in Chinese")
@click.option("--name-en", required=True)
@data_option
def add(branch_id: str, name: str, name_en: str, data: str | None) -> None:
    """Add a branch, or give it other names."""
    try:
        with opened(data) as store:
            new = places.keep(store, branch_id, name, name_en, operator())
    except places.BadBranch as wrong:
        raise click.ClickException(str(wrong)) from wrong
    click.echo(f"branch {branch_id}: {name}" if new else f"branch {branch_id} is {name} from now on")


@branches.command("list")
@data_option
def show(data: str | None) -> None:
    """Every branch with its names."""
    with opened(data) as store, store.read() as tx:
        rows = tx.scalars(select(Branch).order_by(Branch.id)).all()
    for row in rows:
        click.echo(f"{row.id}  {row.name}  {row.name_en}")
