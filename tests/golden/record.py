"""Record the versions that have no golden states yet: `python3 run.py golden`. What is there is never made again.

The states are those that a real case has stored on the scenarios of `tests/flow`, each at the first moment at which its
step was open.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from sqlalchemy import event
from sqlalchemy.orm import Session

from engine.bundles import Bundle
from engine.cases.case_row import CaseRow
from engine.interpreter import Run
from engine.store import Store, connect
from engine.tables import Base, Case
from engine.vault import make_keys, open_vault
from tests.flow.scenarios import SCENARIOS
from tests.golden.archives import Golden, name_of, path_of, write
from tests.house import CountedIds, HandClock, drawn, furnish, known
from workers.catalogue import SERVICES


def main() -> int:
    missing = [drawn(business) for business in SCENARIOS if not path_of(name_of(drawn(business))).exists()]
    for bundle in missing:
        with TemporaryDirectory() as folder:
            states = stored_states(bundle, Path(folder))
        write(Golden(bundle.business.id, bundle.files, states))
        print(f"{name_of(bundle)}: {len(states)} states recorded")
    if not missing:
        print("every version has its golden states")
    return 0


def stored_states(bundle: Bundle, folder: Path) -> dict[str, str]:
    """By step, the text that a case stored when the step was first open; LookupError where no scenario opens one."""
    states: dict[str, str] = {}
    wanted = {step.id for step in bundle.steps}
    make_keys(folder / "keys.json")
    with _listening(bundle, states):
        for number, scenario in enumerate(SCENARIOS[bundle.business.id]):
            if wanted - states.keys():
                scenario.walk(_store(folder, number))
    if wanted - states.keys():
        raise LookupError(f"no scenario of tests/flow opens {', '.join(sorted(wanted - states.keys()))}")
    return states


@contextmanager
def _listening(bundle: Bundle, states: dict[str, str]) -> Iterator[None]:
    def stored(case: object, text: str, *_: object) -> None:
        if text:
            for each in Run.restore(bundle, text, HandClock().now()).steps:
                states.setdefault(each.step, text)

    keep = CaseRow.keep

    def kept(row: CaseRow, tx: Session) -> None:
        stored(row, row.state)
        keep(row, tx)

    event.listen(Case.state, "set", stored)
    try:
        with patch.object(CaseRow, "keep", kept):
            yield
    finally:
        event.remove(Case.state, "set", stored)


def _store(folder: Path, number: int) -> Store:
    engine = connect(f"sqlite:///{folder}/{number}.db")
    Base.metadata.create_all(engine)
    vault = open_vault(folder / "keys.json", folder / "blobs")
    store = Store(engine, HandClock(), CountedIds(), vault, SERVICES, known())
    furnish(store)
    return store


if __name__ == "__main__":
    sys.exit(main())
