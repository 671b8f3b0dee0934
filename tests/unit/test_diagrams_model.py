"""What the model says of a diagram is what the file says."""

from __future__ import annotations

from engine.diagrams.cycles import loops, reach
from engine.diagrams.drawing import draw
from engine.diagrams.durations import is_duration, literal
from engine.diagrams.model import Event
from engine.diagrams.reading import read_diagram
from engine.diagrams.roads import asks_next, must_wait
from engine.diagrams.xml import read_xml
from tests.unit.tea import CHECK, HANDLING, PROCESS, load, tea


def test_elements_have_their_kind_lane_line_and_properties() -> None:
    files = tea()
    diagram = read_diagram(HANDLING, read_xml(HANDLING, files[HANDLING]))
    sign = next(element for element in diagram.elements if element.id == "sign")
    assert (sign.kind, sign.name, sign.lane, sign.process, sign.scope) == (
        "userTask", "签字", "investor", "tea_handling", "tea_handling",
    )  # fmt: skip
    assert sign.properties["back"] == "order"
    lines = files[HANDLING].decode().splitlines()
    assert 'id="sign"' in lines[sign.line - 1]
    assert 'name="back"' in lines[sign.property_lines["back"] - 1]
    assert [(lane.id, lane.name) for lane in diagram.lanes] == [("investor", "茶客"), ("reviewer", "茶客")]


def test_shapes_and_edges_are_where_the_file_draws_them() -> None:
    diagram = read_diagram(PROCESS, read_xml(PROCESS, tea()[PROCESS]))
    elements = {element.id: element for element in diagram.elements}
    start, handling = elements["start"], elements["handling"]
    assert (start.drawn, start.x, start.y, start.w, start.h) == (True, 10, 20, 36, 36)
    assert (handling.drawn, handling.x) == (False, 0)
    assert diagram.flows[0].waypoints == ((46, 38), (90, 38))


def test_events_and_services_are_read() -> None:
    diagram = read_diagram(PROCESS, read_xml(PROCESS, tea()[PROCESS]))
    events = {element.id: element for element in diagram.elements if element.kind == "boundaryEvent"}
    assert events["leave"].event == Event(
        "message", "abandon", events["leave"].event.line if events["leave"].event else 0
    )
    assert events["warn"].event and (events["warn"].event.kind, events["warn"].event.text) == (
        "duration",
        "settings.idle_warning",
    )
    assert (events["warn"].interrupting, events["idle"].interrupting) == (False, True)
    warning = next(element for element in diagram.elements if element.kind == "serviceTask")
    assert warning.operator and warning.operator.id == "notice.send"
    assert [(item.id, item.value) for item in warning.operator.parameters] == [("template", '"idle_warning"')]


def test_only_called_diagrams_are_drawn() -> None:
    diagrams = [read_diagram(path, read_xml(path, tea()[path])) for path in (PROCESS, HANDLING, CHECK)]
    assert set(draw(diagrams, "tea").processes) == {"tea", "tea_handling", "leaf_check"}
    assert set(draw(diagrams, "leaf_check").processes) == {"leaf_check"}


def test_the_next_steps_are_those_that_no_other_step_stands_before() -> None:
    drawing = load(tea()).drawing
    steps = {step.id: step for step in drawing.steps}
    assert asks_next(drawing, steps["taste"]) == {"order", "sign", "taste"}
    assert asks_next(drawing, steps["order"]) == {"sign", "taste"}


def test_a_call_waits_only_when_every_way_through_it_waits() -> None:
    drawing = load(tea()).drawing
    calls = {element.id: element for element in drawing.of("callActivity")}
    assert not must_wait(drawing, calls["check"])
    assert must_wait(drawing, calls["handling"])


def test_loops_are_the_cycles_of_a_graph() -> None:
    graph = {1: [2], 2: [3], 3: [1, 4], 4: [4], 5: [6], 6: []}
    assert sorted(sorted(loop) for loop in loops(graph)) == [[1, 2, 3], [4]]
    assert reach(graph, [3]) == {1, 2, 3, 4}


def test_a_long_chain_does_not_exhaust_the_stack() -> None:
    graph = {number: [number + 1] for number in range(20_000)} | {20_000: [0]}
    assert len(loops(graph)[0]) == 20_001


def test_times_said_outright_are_told_from_expressions() -> None:
    assert [literal(text) for text in ("P1D", '"PT30M"', "= P1M", "2026-01-31T09:00:00+08:00")] == [
        "P1D", "PT30M", "P1M", "2026-01-31T09:00:00+08:00",
    ]  # fmt: skip
    assert [literal(text) for text in ("settings.idle", '"soon"', "P1", "")] == [None] * 4
    assert [is_duration(text) for text in ("P1D", "PT4H", "-P1D", "1 day", "2026-01-31")] == [
        True,
        True,
        False,
        False,
        False,
    ]
