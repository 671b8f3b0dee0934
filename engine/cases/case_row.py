"""The case that a step holds: its row, read and written beside the ORM, and refused where another writer was first."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from engine import changes, rows
from engine.errors import Conflict
from engine.prepared import Constant
from engine.tables import Case, Task

_OF_TASK = Constant(
    select(rows.of(Case))
    .join(rows.of(Task), Task.case_id == Case.id)
    .where(Task.id == bindparam("task"))
    .with_for_update(of=rows.of(Case))
)
_MAPPER: Any = Case.__mapper__
_KEEP = Constant(update(rows.of(Case)).where(Case.id == bindparam("of"), Case.version == bindparam("seen")))


class CaseRow(SimpleNamespace):
    """A case by the names of its columns. What is set on it is written together, by `keep`."""

    def __init__(self, read: Any) -> None:
        super().__init__(**read._asdict())
        self._read = read

    def keep(self, tx: Session) -> None:
        """Write what was set; Conflict where the row has another version by now. Whoever shows the case is told."""
        changed = {name: each for name, was in self._read._asdict().items() if (each := getattr(self, name)) != was}
        if not changed:
            return
        changed["version"] = _MAPPER.version_id_generator(self._read.version)
        if rows.write(tx, _KEEP, {**changed, "of": self._read.id, "seen": self._read.version}) != 1:
            raise Conflict("the case was written meanwhile")
        self.__dict__.update(changed, _read=self._read._replace(**changed))
        changes.note_case(tx, self._read.id, self._read.branch_id)


def locked(tx: Session, task_id: str) -> CaseRow | None:
    """Lock the case of a task and read it as it is now."""
    read = rows.first(tx, _OF_TASK, task=task_id)
    return None if read is None else CaseRow(read)
