"""What the diagrams name is there, and what is there is named by a diagram."""

from __future__ import annotations

from engine.bundles.reading import form_key
from tests.structure.sources import bundles, files, name
from workers.catalogue import FUNCTIONS, SERVICES


def asked_forms() -> set[str]:
    return {step.form for bundle in bundles() for step in bundle.steps}


def documents() -> set[str]:
    return {form_key(name(path)) for path in files(".form.json") if name(path).startswith("forms/")}


def named_services() -> set[str]:
    tasks = [task for bundle in bundles() for task in bundle.drawing.of("serviceTask")]
    return {task.operator.id for task in tasks if task.operator}


def test_every_form_of_a_step_has_its_document() -> None:
    assert len(asked_forms()) > 10
    assert asked_forms() - documents() == set()


def test_every_form_document_is_shown_by_a_step() -> None:
    assert documents() - asked_forms() == set()


def test_every_service_of_a_diagram_is_in_the_catalogue_with_a_function() -> None:
    assert len(named_services()) > 4
    assert named_services() - SERVICES.keys() == set()
    assert SERVICES.keys() == FUNCTIONS.keys()
    assert all(callable(one.function) and one.spec is SERVICES[each] for each, one in FUNCTIONS.items())


def test_every_service_for_tasks_is_named_by_a_diagram() -> None:
    assert {each for each, spec in SERVICES.items() if spec.task} - named_services() == set()


def test_every_decision_is_asked() -> None:
    for bundle in bundles():
        drawn = {task.decision for task in bundle.drawing.of("businessRuleTask")}
        assert bundle.decisions.keys() == drawn | {bundle.business.eligibility, bundle.business.repeats} - {None}


def test_every_reason_can_be_given_and_every_notice_is_told() -> None:
    for bundle in bundles():
        own = [path for path in bundle.files if path.endswith((".bpmn", ".dmn", ".form.json"))]
        text = b"".join(bundle.files[path] for path in own).decode()
        assert [code for code in bundle.notices if code not in text] == []
        steps = {step.id for step in bundle.steps}
        assert [reason.code for reason in bundle.reasons if not steps & set(reason.desks)] == []
