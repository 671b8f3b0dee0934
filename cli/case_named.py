"""A case as an operator names it."""

from __future__ import annotations

import click
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.tables import Case


def case_named(tx: Session, number: str) -> Case:
    """By its number or id."""
    found = tx.scalar(select(Case).where(or_(Case.number == number, Case.id == number)))
    if found is None:
        raise click.ClickException(f"there is no case {number}")
    return found
