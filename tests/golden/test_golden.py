"""What any version has stored, today's engine finishes; what was recorded stays as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from SpiffWorkflow.exceptions import WorkflowException

from engine.interpreter.program import Program
from tests.flow.editions import with_income
from tests.golden.archives import FOLDER, LIST, Golden, digests, goldens, name_of, write
from tests.golden.finishing import Finishing
from tests.golden.record import stored_states
from tests.house import MONDAY, ROOT, SUPPLEMENT, drawn

BUSINESSES = sorted(path.parent.name for path in (ROOT / "processes").glob("*/business.json"))
VERSIONS = {golden.name: golden for golden in goldens()}


def unrecorded(steps: set[str], version: str) -> set[str]:
    recorded = VERSIONS[version].states.keys() if version in VERSIONS else set()
    return steps - recorded


def shape(text: str) -> list[list[tuple[str, int, list[str]]]]:
    """What a state is made of, whatever its ids and times: each task's element and state, and what is said of it."""
    run = json.loads(text)["run"]
    trees = [run, *run.get("subprocesses", {}).values()]
    return [sorted((task["task_spec"], task["state"], [*task]) for task in tree["tasks"].values()) for tree in trees]


@pytest.mark.parametrize("business", BUSINESSES)
def test_every_user_task_of_the_present_version_has_a_golden_state(business: str) -> None:
    bundle = drawn(business)
    missing = unrecorded({step.id for step in bundle.steps}, name_of(bundle))
    assert not missing, f"{name_of(bundle)} is new: run `python3 run.py golden` and commit what it adds"


def test_a_step_or_a_version_without_a_golden_state_is_noticed() -> None:
    """The control."""
    drawn_here = name_of(drawn(SUPPLEMENT))
    assert unrecorded({"certificate_check", "tea"}, drawn_here) == {"tea"}
    assert unrecorded({"income"}, name_of(with_income())) == {"income"}


@pytest.mark.parametrize("version", VERSIONS)
def test_todays_engine_finishes_each_state_by_every_branch(version: str) -> None:
    """From each state every end event is reached, and together every flow is taken that lies behind a step."""
    golden = VERSIONS[version]
    drawing, side = golden.bundle.drawing, Program.of(golden.bundle).side
    ends = {each.id for each in drawing.scopes[drawing.root] if each.kind == "endEvent" and each.id not in side}
    taken: set[tuple[str, str, str]] = set()
    for step, text in golden.states.items():
        finishing = Finishing(golden.bundle)
        finishing.finish(text, MONDAY)
        assert finishing.ends == ends, step
        taken |= {(flow.process, flow.source, flow.target) for flow in finishing.flows}
    missing = {(flow.process, flow.source, flow.target) for flow in drawing.flows} - taken
    assert all(drawing.elements[process, source].kind == "startEvent" for process, source, _ in missing), missing


def test_an_engine_that_forgets_what_waits_beside_a_step_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a compaction that drops the split above a step with boundary events."""
    monkeypatch.setattr("engine.interpreter.compaction._is_open_split", lambda _: False)
    golden = VERSIONS[name_of(drawn(SUPPLEMENT))]
    with pytest.raises(WorkflowException, match="was not reached"):
        Finishing(golden.bundle).finish(golden.states["sign_agreements"], MONDAY)


def test_an_engine_that_takes_no_message_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: everything else is finished, and nobody can give up."""
    monkeypatch.setattr("engine.interpreter.Run.waits_for", lambda *_: False)
    golden = VERSIONS[name_of(drawn(SUPPLEMENT))]
    finishing = Finishing(golden.bundle)
    finishing.finish(golden.states["sign_agreements"], MONDAY)
    assert finishing.ends == {"succeeded", "expired"}


def test_what_was_recorded_is_never_edited() -> None:
    listed = LIST.read_text().splitlines()
    assert listed == [*dict.fromkeys(listed)]
    assert set(listed) == {line for path in FOLDER.glob("*/*.tar.xz") for line in digests(path)}


def test_an_edited_state_and_a_second_recording_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    golden = VERSIONS[name_of(drawn(SUPPLEMENT))]
    listed = LIST.read_text().splitlines()
    with pytest.raises(FileExistsError):
        write(golden)
    assert LIST.read_text().splitlines() == listed
    monkeypatch.setattr("tests.golden.archives.FOLDER", tmp_path)
    monkeypatch.setattr("tests.golden.archives.LIST", tmp_path / "digests.txt")
    edited = {**golden.states, "sign_agreements": golden.states["sign_agreements"].replace("true", "false", 1)}
    write(Golden(golden.business, golden.files, edited))
    written = (tmp_path / "digests.txt").read_text().splitlines()
    assert {line.split("/", 1)[1] for line in written if line not in listed} == {
        f"{golden.name.split('/')[1]}.tar.xz",
        f"{golden.name.split('/')[1]}/sign_agreements",
    }


def test_the_recorder_takes_what_a_case_has_stored_at_each_step(tmp_path: Path) -> None:
    bundle = drawn(SUPPLEMENT)
    states = stored_states(bundle, tmp_path)
    assert states.keys() == {step.id for step in bundle.steps}
    assert all(json.loads(text)["process"] == bundle.process_hash for text in states.values())
    recorded = VERSIONS[name_of(bundle)].states
    shapes = {step: (shape(text), shape(recorded[step])) for step, text in states.items()}
    assert all(mine == theirs for mine, theirs in shapes.values()), "states are written otherwise: raise FORM, record"


def test_a_state_that_is_written_otherwise_is_noticed() -> None:
    """The control: the first form had what each task foresaw."""
    both = next(name for name in VERSIONS if name.startswith(SUPPLEMENT) and f"{name}.2" in VERSIONS)
    first, second = (VERSIONS[name].states["sign_agreements"] for name in (both, f"{both}.2"))
    assert shape(first) != shape(second)
