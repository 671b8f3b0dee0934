"""Loops of three hundred rounds through what has a state of its own: as small as in the first, and to the right end."""

from __future__ import annotations

import pytest

from tests.unit.elements.circuit import Circuit, happens, opened
from tests.unit.elements.circuits import CIRCUITS
from tests.unit.sheets import again, start

LONG = [
    each
    for each in CIRCUITS
    if each.name
    in (
        "call activity",
        "embedded sub-process",
        "parallel gateway, one order",
        "boundary timer that interrupts nothing",
    )
]


@pytest.mark.parametrize("circuit", LONG, ids=lambda circuit: circuit.name.replace(" ", "_"))
def test_three_hundred_rejections_keep_the_size_and_come_to_the_end(circuit: Circuit) -> None:
    """SpiffWorkflow's own tree ends at a depth of 1,000: what is open there is neither seen nor counted."""
    sheet = circuit.sheet
    run = again(start(sheet), sheet)
    sizes = []
    for _ in range(300):
        for action, then in circuit.walk:
            run = happens(run, action, sheet)
            assert opened(run) == then
        sizes.append(len(run.dump()))
        run = happens(run, "do after", sheet, again=True)
        assert not run.finished
    second, *later = sizes[1:]  # what asks for another round is a fact that the first does not have yet
    assert max(later) <= second * 1.02
    for action, _ in circuit.walk:
        run = happens(run, action, sheet)
    run = happens(run, "do after", sheet, again=False)
    assert (run.finished, run.end) == (True, "end")
