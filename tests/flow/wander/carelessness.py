"""Somebody who took no lock: what he read has changed since, and the version column says so."""

from __future__ import annotations

from functools import partial

from hypothesis.stateful import precondition, rule
from hypothesis.strategies import DataObject, data
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from engine.errors import Conflict
from engine.tables import Case
from tests.flow.wander.acting import one_of
from tests.flow.wander.moves import Moves


class Carelessness(Moves):
    @precondition(lambda self: bool(self.earlier))
    @rule(data=data())
    def somebody_writes_what_he_read_before_it_changed(self, data: DataObject) -> None:
        read = one_of(data, list(self.earlier.values()), "case")
        self.refused(partial(self.store.unit, partial(_put_back, read)), Conflict)
        self.tally["writes without a lock"] += 1


def _put_back(read: Case, tx: Session) -> None:
    case = tx.merge(read, load=False)
    flag_modified(case, "state")
    tx.flush()
