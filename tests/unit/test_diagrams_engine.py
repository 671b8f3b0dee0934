"""The specs run as drawn, and nothing of a diagram can run code."""

from __future__ import annotations

from typing import Any

import pytest
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.script_engine.python_environment import TaskDataEnvironment
from SpiffWorkflow.util.task import TaskState

from engine.bundles import Bundle
from engine.diagrams.engine import FeelEnvironment, FeelScriptEngine, ScriptRefused, closed_engine
from engine.feel.errors import FeelError
from tests.unit.tea import CHECK, HANDLING, KIND, SCENARIO, changed, findings, load, rules, service_task, tea

FACTS = {
    "todo": {"order": True, "sign": False},
    "back": False,
    "settings": {"idle_limit": "P1D", "idle_warning": "PT1H"},
}


def running(bundle: Bundle, **facts: object) -> Any:
    spec, called = bundle.spec()
    workflow = BpmnWorkflow(spec, called, script_engine=closed_engine(bundle.declared))
    workflow.task_tree.data.update(FACTS | facts)
    workflow.do_engine_steps()
    return workflow


def at(workflow: Any, state: int = TaskState.READY) -> list[str]:
    found = workflow.get_tasks(state=state)
    return [task.task_spec.bpmn_id for task in found if task.task_spec.bpmn_id not in ("handling", "check", None)]


def step(workflow: Any, state: int = TaskState.READY, **facts: object) -> None:
    (task,) = [task for task in workflow.get_tasks(state=state) if task.task_spec.bpmn_id not in ("handling", "check")]
    task.data.update(facts)
    task.run() if state == TaskState.READY else task.complete()
    workflow.do_engine_steps()


def test_a_case_waits_at_steps_and_at_services_until_its_end() -> None:
    workflow = running(load(tea()))
    assert at(workflow) == ["order"]
    step(workflow, todo={"order": False, "sign": True})
    assert (at(workflow), at(workflow, TaskState.STARTED)) == ([], ["check_leaf"])
    step(workflow, TaskState.STARTED, leaf={"verdict": "ok"})
    assert at(workflow) == ["sign"]
    step(workflow)
    step(workflow, taste={"decision": "pass"})
    assert workflow.completed


def test_the_parameters_of_a_service_are_values_of_the_condition_language() -> None:
    workflow = running(load(changed(CHECK, "value='\"black,green\"'", "value='1 + 1.5'")), todo={"order": False})
    (task,) = workflow.get_tasks(spec_name="check_leaf")
    assert task.task_spec.evaluate_params(task) == {"slots": {"value": 2.5, "type": "str"}}


def test_a_condition_holds_only_when_it_is_true() -> None:
    """A text is no answer: Python would take it for true."""
    bundle = load(changed(HANDLING, 'taste.decision = "reject"', "taste.decision"))
    workflow = running(bundle, todo={"order": False, "sign": False}, leaf={"verdict": "ok"})
    step(workflow, taste={"decision": "reject"})
    assert workflow.completed


def test_a_business_rule_task_asks_our_table_and_sets_facts() -> None:
    task = (
        '<businessRuleTask id="check_leaf"><extensionElements><spiffworkflow:calledDecisionId>tea_kind'
        "</spiffworkflow:calledDecisionId></extensionElements></businessRuleTask>"
    )
    files = changed(CHECK, service_task("check_leaf", "leaf.check", slots='"black,green"'), task)
    files = changed("forms/shared/check.form.json", '"properties": {}', '"properties": {"fact": "leaf.verdict"}', files)
    files = changed(CHECK, 'leaf.verdict = null or leaf.verdict != "ok"', "tea.kind = null", files)
    kind = KIND.replace("leaf.verdict", "taste.decision")
    files = changed("processes/tea/decisions.dmn", "</definitions>", kind + "</definitions>", files)
    del files[SCENARIO]  # it tells of the service that is gone
    workflow = running(load(files), todo={"order": False}, taste={"decision": "ok"}, tea={"kind": None})
    assert workflow.get_tasks(spec_name="taste")[0].data["tea"] == {"kind": "black"}


def test_specs_are_built_once_for_the_same_process_files() -> None:
    one, other = load(tea()), load(changed("processes/tea/notices.json", "茶快凉了", "茶"))
    assert one.hash != other.hash
    assert one.process_hash == other.process_hash
    assert one.spec()[0] is other.spec()[0]


ATTACKS = [
    "__import__('os').system('true')",
    '"".__class__',
    "().__class__.__base__.__subclasses__()",
    "[x for x in todo]",
    "lambda: 1",
    "open",
    "todo.__class__",
    'todo.order.__init__.__globals__["os"]',
    "9**9**9",
    'f"{todo}"',
    '"%s" % todo',
    "exec(1)",
    "todo.order if back else 1",
    "back; back",
    "a" * 600,
    "nobody",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_refused_at_load_and_by_the_environment(attack: str) -> None:
    quoted = attack.replace("&", "&amp;").replace("<", "&lt;")
    assert rules(changed(HANDLING, ">todo.order<", f">{quoted}<")) == {"condition"}
    with pytest.raises(FeelError):
        FeelEnvironment(["todo.order", "back"]).evaluate(attack, FACTS)


def test_the_script_engine_runs_no_script_and_calls_no_service() -> None:
    environment = closed_engine(()).environment
    assert not isinstance(environment, TaskDataEnvironment)
    with pytest.raises(ScriptRefused):
        environment.execute("x = 1", {})
    with pytest.raises(ScriptRefused):
        environment.call_service({}, operation_name="x")
    with pytest.raises(TypeError):
        FeelScriptEngine()  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("P1D", "P1D"),
        ('"PT30M"', "PT30M"),
        ("settings.idle_limit", "P1D"),
        ('duration("PT90M")', "PT5400S"),
        ("1 + 1", 2),
        ("back", False),
        ("leaf.verdict", None),
        (" = todo.order ", True),
    ],
)
def test_values_come_out_as_plain_json(text: str, value: object) -> None:
    declared = ["settings.idle_limit", "back", "leaf.verdict", "todo.order"]
    assert FeelEnvironment(declared).evaluate(text, FACTS) == value


def test_what_only_the_engine_refuses_is_a_finding_too() -> None:
    files = changed(CHECK, 'name="查茶" isExecutable="true"', 'name="查茶" isExecutable="false"')
    assert [(found.rule, found.file) for found in findings(files)] == [("bpmn.engine", CHECK)]
