"""`kaihu sms`: the texts that the local driver was given. It sends nothing to any phone, so somebody must read them."""

from __future__ import annotations

import click
from sqlalchemy import select

from cli.store import opened
from cli.who import operator
from engine import audit
from engine.tables import SmsMessage

LOOKED_AT = 500
DIGITS = 11


@click.group()
def sms() -> None:
    """Texts kept by the local SMS driver, for trying an installation that has no gateway yet."""


@sms.command()
@click.argument("phone")
@click.option("--data", default=None, help="folder of this installation [default: ./data]")
def last(phone: str, data: str | None) -> None:
    """Print the newest text to PHONE; that it was read, and by whom, stands in the audit."""
    with opened(data) as store:
        with store.read() as tx:
            rows = tx.scalars(select(SmsMessage).order_by(SmsMessage.at.desc()).limit(LOOKED_AT)).all()
        opened_as = store.vault.open
        to = ((row, opened_as("sms_messages.phone", row.phone)) for row in rows)
        found = next((row for row, number in to if number[-DIGITS:] == phone[-DIGITS:]), None)
        if found is None:
            raise click.ClickException("no text to this phone was kept (a real gateway keeps none here)")
        by, now = operator(), store.clock.now()
        with store.write() as tx:
            audit.record(tx, store.vault, audit.actor_chain(by.key), by.key, "sms.read", {"sms": found.id}, now)
        click.echo(f"{found.at:%Y-%m-%d %H:%M}  {opened_as('sms_messages.text', found.text)}")
