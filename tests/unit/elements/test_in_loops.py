"""What lint lets through runs as BPMN says, in the first round of a loop, the second and the third."""

from __future__ import annotations

import pytest

from tests.unit.elements.circuit import Circuit, found, rounds
from tests.unit.elements.circuits import CIRCUITS


@pytest.mark.parametrize("circuit", CIRCUITS, ids=lambda circuit: circuit.name.replace(" ", "_"))
def test_an_element_runs_in_each_round_of_a_loop_and_leaves_nothing_behind(circuit: Circuit) -> None:
    assert found(circuit.sheet) == []
    second, *later = rounds(circuit)[1:]  # what asks for another round is a fact that the first does not have yet
    assert max(later) <= second * 1.02
