"""What a check of `kaihu doctor` is given, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from types import TracebackType
from typing import Literal

from cli.installation import Installation
from cli.running import Running
from cli.store import store_of
from engine.store import Store


@dataclass(frozen=True)
class Finding:
    """One line. A note is nothing wrong; what is wrong says how it is mended."""

    level: Literal["ok", "note", "wrong"]
    what: str
    says: str
    cure: str = ""


@dataclass
class Patient(AbstractContextManager["Patient"]):
    """The installation that is looked at; its store is opened when the first check needs it."""

    place: Installation
    running: Running | None
    _after: ExitStack = field(default_factory=ExitStack)

    @cached_property
    def store(self) -> Store:
        store = store_of(self.place)
        self._after.callback(store.db.dispose)
        return store

    @property
    def is_up(self) -> bool:
        return self.running is not None and self.running.is_alive

    def __exit__(self, kind: type[BaseException] | None, wrong: BaseException | None, at: TracebackType | None) -> None:
        self._after.close()


@dataclass(frozen=True)
class Check:
    """`needs`: the checks that must not have found anything wrong, else this one could only repeat them."""

    look: Callable[[Patient], Iterable[Finding]]
    needs: Sequence[str] = ()


def examine(name: str, check: Check, patient: Patient, before: Sequence[Finding]) -> list[Finding]:
    """The check's findings; one that breaks off is a finding too."""
    if any(each.level == "wrong" and each.what in check.needs for each in before):
        return []
    return list(_careful(name, check, patient))


def _careful(name: str, check: Check, patient: Patient) -> Iterator[Finding]:
    try:
        yield from check.look(patient)
    except Exception as broken:
        says = f"the check broke off with {type(broken).__name__}"
        yield Finding("wrong", name, says, f"look into {patient.place.logs}, and mend what the lines above say first")
