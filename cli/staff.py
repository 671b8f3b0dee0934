"""`kaihu staff`: the company's own people, for whoever has the machine; administrators have a page of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from cli.store import opened
from cli.who import operator
from engine import staff as people
from engine.store import Store
from engine.tables import Staff

data_option = click.option("--data", default=None, help="folder of this installation [default: ./data]")
role_option = click.option("--role", "roles", multiple=True, required=True, type=click.Choice(people.ROLES))


@contextmanager
def told(data: str | None) -> Iterator[Store]:
    """The store of the installation; what cannot be is said in a sentence."""
    try:
        with opened(data) as store:
            yield store
    except people.BadStaff as wrong:
        raise click.ClickException(str(wrong)) from wrong


@click.group()
def staff() -> None:
    """The company's staff."""


@staff.command()
@click.argument("login")
@click.option("--name", required=True)
@role_option
@click.option("--branch", required=True, help="a branch id (kaihu branches list)")
@click.option("--password", default=None, help="for scripts; without it a one-time password is made")
@data_option
def add(login: str, name: str, roles: tuple[str, ...], branch: str, password: str | None, data: str | None) -> None:
    """Add a member of staff who signs in with LOGIN."""
    with told(data) as store:
        if password is None:
            member, once = people.invite(store, login, name, roles, branch, operator())
        else:
            member, once = people.add(store, login, name, password, roles, branch, by=operator()), ""
    click.echo(f"{member.login} ({member.name}) may sign in at /staff/sign-in")
    if once:
        say_once(once)


@staff.command("list")
@data_option
def show(data: str | None) -> None:
    """Everybody: login, name, roles, branch, last sign-in, and whether he may sign in."""
    with told(data) as store, store.read() as tx:
        rows = tx.scalars(select(Staff).order_by(Staff.branch_id, Staff.login)).all()
        lines = [(row.login, row.name, ",".join(row.roles), row.branch_id, _standing(tx, row)) for row in rows]
    for line in lines:
        click.echo("  ".join(line))
    click.echo(f"{len(lines)} members of staff")


def _standing(tx: Session, row: Staff) -> str:
    seen = f"last signed in {_moment(row.signed_in_at)}" if row.signed_in_at else "never signed in"
    if row.locked_at:
        return f"{seen}; locked since {_moment(row.locked_at)} by {people.name_of(tx, row.locked_by) or 'somebody'}"
    return f"{seen}; one-time password until {_moment(row.one_time_until)}" if row.one_time_until else seen


@staff.command()
@click.argument("login")
@data_option
def lock(login: str, data: str | None) -> None:
    """Let LOGIN in no more: his sessions end now, and what he holds goes back to its queue."""
    with told(data) as store:
        returned = people.lock(store, login, operator())
    click.echo(f"{login} is locked; {returned} tasks went back to their queues")


@staff.command()
@click.argument("login")
@data_option
def unlock(login: str, data: str | None) -> None:
    """Let LOGIN in again, with the password that it had."""
    with told(data) as store:
        people.unlock(store, login, operator())
    click.echo(f"{login} may sign in")


@staff.command()
@click.argument("login")
@data_option
def reset(login: str, data: str | None) -> None:
    """Give LOGIN a one-time password in place of the old one, and end his sessions."""
    with told(data) as store:
        say_once(people.reset(store, login, operator()))


@staff.command()
@click.argument("login")
@role_option
@data_option
def roles(login: str, roles: tuple[str, ...], data: str | None) -> None:
    """Give LOGIN these roles, and no others."""
    with told(data) as store:
        row = _row(store, login)
        returned = people.change(store, login, row.name, roles, row.branch_id, operator())
    click.echo(f"{login} is {', '.join(sorted(roles))}; {returned} tasks went back to their queues")


@staff.command()
@click.argument("login")
@click.argument("branch_id")
@data_option
def branch(login: str, branch_id: str, data: str | None) -> None:
    """Let LOGIN work in the branch BRANCH_ID."""
    with told(data) as store:
        row = _row(store, login)
        returned = people.change(store, login, row.name, row.roles, branch_id, operator())
    click.echo(f"{login} works in {branch_id}; {returned} tasks went back to their queues")


def _row(store: Store, login: str) -> Staff:
    with store.read() as tx:
        row = people.find(tx, login)
    if row is None:
        raise people.BadStaff("unknown")
    return row


def say_once(password: str) -> None:
    days = people.ONE_TIME.days
    click.echo(f"one-time password, told now and never again: {password}")
    click.echo(f"good for {days} days, for one thing: choosing another one at the next sign-in")


def _moment(value: datetime | None) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if value else ""
