"""`kaihu staff` and `kaihu branches`: the company's own people and places."""

from __future__ import annotations

import click

from cli.store import opened
from engine import staff as people
from engine.accounts import add_branch

ROLES = ("verifier", "reviewer", "supervisor", "analyst", "operator", "administrator")
data_option = click.option("--data", default=None, help="folder of this installation [default: ./data]")


@click.group()
def staff() -> None:
    """The company's staff."""


@staff.command()
@click.argument("login")
@click.option("--name", required=True)
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(ROLES))
@click.option("--branch", required=True, help="a branch id (kaihu branches add)")
@click.password_option(help="asked for when it is not given")
@data_option
def add(login: str, name: str, roles: tuple[str, ...], branch: str, password: str, data: str | None) -> None:
    """Add a member of staff who signs in with LOGIN."""
    try:
        with opened(data) as store:
            member = people.add(store, login, name, password, roles, branch)
    except people.BadStaff as wrong:
        raise click.ClickException(str(wrong)) from wrong
    click.echo(f"{member.login} ({member.name}) may sign in at /staff/sign-in")


@click.group()
def branches() -> None:
    """The company's branches (营业部)."""


@branches.command("add")
@click.argument("branch_id")
@click.option("--name", required=True, help="in Chinese")
@click.option("--name-en", required=True)
@data_option
def add_one(branch_id: str, name: str, name_en: str, data: str | None) -> None:
    """Add a branch, or give it other names."""
    with opened(data) as store, store.write() as tx:
        add_branch(tx, branch_id, name, name_en)
    click.echo(f"branch {branch_id}: {name}")
