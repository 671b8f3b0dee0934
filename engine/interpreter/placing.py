"""A case that is under way is put on another version: its open tasks keep their ids, facts and due times.

A stored state names elements and holds nothing else of its version, and what is done was forgotten (`compaction`). So
each open task is told which element of the other version it is at: no history has to fit, whatever loops were gone
through. `homes` says it where that element has another id, and '' where a boundary event is not waited for any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.util.task import TaskState

from engine.diagrams.tokens import waiting_tokens
from engine.interpreter import rehanging
from engine.interpreter.compaction import OPEN, compact, counts_tokens, open_tasks
from engine.interpreter.facts import Facts, merged
from engine.interpreter.moving import CannotMove, put_token, road_to
from engine.interpreter.restored import is_foreseen
from engine.interpreter.standing import CALL, Standing, alike, kind_of, told
from engine.interpreter.timers import DUE
from engine.interpreter.way import all_tasks

if TYPE_CHECKING:
    from engine.interpreter.program import CaseWorkflow, Program

Homes = Mapping[str, str]
LET_GO = ""


def homeless(workflow: CaseWorkflow, program: Program, homes: Homes) -> list[Standing]:
    """What is open and has no place in the other version; of a called process that is gone, what is open inside."""
    return [told(task) for task in _homeless(workflow, program.spec, program, homes)]


def place(workflow: CaseWorkflow, program: Program, homes: Homes, facts: Facts) -> None:
    """Put the case there; CannotMove where something that is open has no place. `facts` are added where unset."""
    forget_foreseen(workflow)
    lost = _homeless(workflow, program.spec, program, homes)
    moved = _moved(workflow, program, homes, lost) if lost else None
    due = {task.task_spec.name: task.internal_data[DUE] for task in all_tasks(workflow) if DUE in task.internal_data}
    data = merged(moved.data, facts) if moved is not None else {}
    if moved is not None:
        _cut(workflow, program, homes, moved)
    _put_on(workflow, program.spec, program, homes)
    workflow.spec, workflow.program, workflow.script_engine = program.spec, program, program.engine
    workflow.subprocess_specs = dict(program.subprocesses)
    for task in all_tasks(workflow):
        if task.data:
            task.data = merged(task.data, facts)
    if moved is not None:
        _enter(workflow, homes.get(told(moved).element, told(moved).element), data, moved.id, due)
    for tree in (workflow, *workflow.subprocesses.values()):
        rehanging.set_new_events(tree)


def forget_foreseen(workflow: CaseWorkflow) -> None:
    """States of older forms hold what each task foresaw on its own version."""
    compact(workflow)
    for tree in (workflow, *workflow.subprocesses.values()):
        gone = {task.id for task in tree.tasks.values() if is_foreseen(task)}
        tree.tasks = {key: task for key, task in tree.tasks.items() if key not in gone}
        for task in tree.tasks.values():
            task._children = [child for child in task._children if child not in gone]


def _homeless(tree: Any, spec: Any, program: Program, homes: Homes) -> list[Any]:
    lost: list[Any] = []
    for task in open_tasks(tree):
        home = home_of(task, spec, homes)
        inner = tree.top_workflow.subprocesses.get(task.id)
        if home is None:
            lost += _inside(task) if inner is not None else [task]
        elif inner is not None:
            lost += _homeless(inner, program.subprocesses[home.spec], program, homes)
    return [task for task in lost if not _is_let_go(task, homes)]


def home_of(task: Any, spec: Any, homes: Homes) -> Any | None:
    """The element of this other process that the task is at; None where there is none of its kind."""
    name = homes.get(task.task_spec.name, task.task_spec.name)
    found = spec.task_specs.get(name)
    if found is None or not alike(task.task_spec, found):
        return None
    return found if not isinstance(task.task_spec, BoundaryEvent) or _hangs_there(task, found, spec, homes) else None


def _hangs_there(event: Any, found: Any, spec: Any, homes: Homes) -> bool:
    """A boundary event has its place on the activity that its own has become."""
    on = rehanging.activity_beside(event)
    split = spec.task_specs.get(rehanging.split_name(homes.get(on.task_spec.name, on.task_spec.name)))
    return split is not None and found in split.outputs


def _is_let_go(task: Any, homes: Homes) -> bool:
    return isinstance(task.task_spec, BoundaryEvent) and homes.get(task.task_spec.name) == LET_GO


def _inside(call: Any) -> list[Any]:
    """What is open in a called process, its boundary events and those of what it calls left out: they go with it."""
    trees = call.workflow.top_workflow.subprocesses
    found = [task for task in open_tasks(trees[call.id]) if not isinstance(task.task_spec, BoundaryEvent)]
    return [deep for task in found for deep in (_inside(task) if task.id in trees else [task])]


def _moved(workflow: CaseWorkflow, program: Program, homes: Homes, lost: list[Any]) -> Any:
    """The one task whose step lies in another process of the other version, so that a token is put there."""
    main = [task for task in lost if not isinstance(task.task_spec, BoundaryEvent)]
    names = ", ".join(told(task).element for task in lost)
    if len(main) != 1 or any(rehanging.activity_beside(each) is not main[0] for each in lost if each is not main[0]):
        raise CannotMove(f"no place for {names}")
    busy = [task for task in all_tasks(workflow) if task.has_state(TaskState.READY | TaskState.STARTED)]
    if any(waiting_tokens(tree) for tree in (workflow, *workflow.subprocesses.values())) or [
        task for task in busy if kind_of(task.task_spec) != CALL and task is not main[0]
    ]:
        raise CannotMove(f"{names} is open beside something else")
    road_to(program, program.spec, homes.get(told(main[0]).element, told(main[0]).element))
    return main[0]


def _cut(workflow: CaseWorkflow, program: Program, homes: Homes, task: Any) -> None:
    """Forget the called processes around the task that do not lead to its step there, and the task."""
    step = homes.get(told(task).element, told(task).element)
    here, there = list(_calls_around(task)), road_to(program, program.spec, step)
    tree: Any = workflow
    for call, element in zip(here, there[:-1], strict=False):
        if homes.get(call.task_spec.name, call.task_spec.name) != element:
            break
        tree = workflow.subprocesses[call.id]
    tree.task_tree.children = []
    tree.tasks = {tree.task_tree.id: tree.task_tree}
    tree.last_task = None
    compact(workflow)


def _calls_around(task: Any) -> Iterator[Any]:
    """The call activities that a task lies in, the outermost first."""
    top = task.workflow.top_workflow
    if task.workflow is not top:
        call = top.get_task_from_id(task.workflow.parent_task_id)
        yield from _calls_around(call)
        yield call


def _put_on(tree: Any, spec: Any, program: Program, homes: Homes) -> None:
    """Every task of this process, and of what it calls, at its element of the other version."""
    if _has_branches(tree) and _flow(tree.spec) != _flow(spec):
        raise CannotMove(f"branches of {tree.spec.name} wait for each other, and it is drawn otherwise")
    called = {task.id: task for task in tree.tasks.values() if task.id in tree.top_workflow.subprocesses}
    rehanging.rehang(tree, spec, homes)
    tree.task_tree.task_spec = spec.start
    for task in tree.tasks.values():
        if not isinstance(task.task_spec, BoundaryEventSplit) and task is not tree.task_tree:
            name = homes.get(task.task_spec.name, task.task_spec.name)
            if name not in spec.task_specs:
                raise CannotMove(f"no place for {task.task_spec.name}")
            task.task_spec = spec.task_specs[name]
    for task_id, task in called.items():
        inner = tree.top_workflow.subprocesses[task_id]
        _put_on(inner, program.subprocesses[task.task_spec.spec], program, homes)
    if tree is not tree.top_workflow:
        tree.spec = spec


def _has_branches(tree: Any) -> bool:
    main = [task for task in open_tasks(tree) if not isinstance(task.task_spec, BoundaryEvent)]
    return bool(waiting_tokens(tree)) or (counts_tokens(tree) and len(main) > 1)


def _flow(spec: Any) -> dict[str, Any]:
    """What is drawn: each element with its kind, and where it leads."""
    return {each.name: (type(each), [to.name for to in each.outputs]) for each in spec.task_specs.values()}


def _enter(workflow: CaseWorkflow, step: str, data: Mapping[str, Any], task_id: Any, due: Mapping[str, Any]) -> None:
    """Put the token on the step under the id that its task had; what waits there as before waits for the same time."""
    put_token(workflow, step, data)
    for task in all_tasks(workflow):
        if task.state == TaskState.WAITING and task.task_spec.name in due:
            task.internal_data[DUE] = dict(due[task.task_spec.name])
    token = next(task for task in all_tasks(workflow) if task.task_spec.name == step and task.has_state(OPEN))
    rehanging.rename(token, task_id)
