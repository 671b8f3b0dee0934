"""What the server makes of what a browser has measured of its devices."""

from __future__ import annotations

import json

import pytest

from tests.ears import GOOD, report
from webapp.devices.judging import Demands, faults
from webapp.devices.measured import Measures, Unreadable, measures
from webapp.devices.words import FAULTS

CODE = "2046"
REAL = Demands(CODE, relay=False, may_simulate=False)
RELAYED = Demands(CODE, relay=True, may_simulate=False)
DEMONSTRATION = Demands(CODE, relay=False, may_simulate=True)


def measured(typed: str = CODE, **different: object) -> Measures:
    return measures(json.loads(report(typed, **different)))


FAULTY: list[tuple[dict[str, object], Demands, dict[str, str]]] = [
    ({}, REAL, {}),
    ({"secure": False}, REAL, {"browser": "insecure"}),
    # the names that browsers give, old and new
    ({"camera_error": "NotAllowedError"}, REAL, {"camera": "denied"}),
    ({"camera_error": "SecurityError"}, REAL, {"camera": "denied"}),
    ({"camera_error": "NotFoundError"}, REAL, {"camera": "missing"}),
    ({"camera_error": "OverconstrainedError"}, REAL, {"camera": "missing"}),
    ({"camera_error": "NotReadableError"}, REAL, {"camera": "in_use"}),
    ({"camera_error": "AbortError"}, REAL, {"camera": "in_use"}),
    ({"camera_error": "SomethingNewError"}, REAL, {"camera": "failed"}),
    ({"microphone_error": "NotAllowedError"}, REAL, {"microphone": "denied"}),
    ({"microphone_error": "NotFoundError"}, REAL, {"microphone": "missing"}),
    ({"microphone_error": "NotReadableError"}, REAL, {"microphone": "in_use"}),
    ({"microphone_error": "SomethingNewError"}, REAL, {"microphone": "failed"}),
    # a cover, a wall of one colour, a frozen picture; the edges on both sides
    ({"brightness": 0.0, "deviation": 0.0, "motion": 0.0}, REAL, {"camera": "black"}),
    ({"brightness": 15.9}, REAL, {"camera": "black"}),
    ({"brightness": 16.0}, REAL, {}),
    ({"deviation": 3.9}, REAL, {"camera": "black"}),
    ({"deviation": 4.0}, REAL, {}),
    ({"motion": 0.0}, REAL, {"camera": "still"}),
    ({"motion": 0.005}, REAL, {}),
    ({"level": 0.0}, REAL, {"microphone": "silent"}),
    ({"level": 0.0039}, REAL, {"microphone": "silent"}),
    ({"level": 0.004}, REAL, {}),
    ({"typed": ""}, REAL, {"loudspeaker": "unheard"}),
    ({"typed": "2047"}, REAL, {"loudspeaker": "wrong"}),
    ({"typed": "204"}, REAL, {"loudspeaker": "wrong"}),
    ({"answer_ms": 1501.0}, REAL, {"network": "slow"}),
    ({"answer_ms": 1500.0}, REAL, {}),
    ({"upload_kbit": 255.0}, REAL, {"network": "slow"}),
    ({"way": "none"}, REAL, {"connection": "none"}),
    ({"way": "relayed"}, RELAYED, {}),
    ({"way": "direct"}, RELAYED, {"connection": "no_relay"}),
    ({"way": "none"}, RELAYED, {"connection": "no_relay"}),
    # simulated devices: in a demonstration they pass and are not heard, elsewhere they are refused
    ({"simulated": True, "typed": ""}, DEMONSTRATION, {}),
    ({"simulated": True, "motion": 0.0}, DEMONSTRATION, {"camera": "still"}),
    ({"simulated": True}, REAL, {"camera": "simulated"}),
    ({"simulated": True, "typed": ""}, REAL, {"camera": "simulated", "loudspeaker": "unheard"}),
    ({"typed": ""}, DEMONSTRATION, {"loudspeaker": "unheard"}),
    # everything at once
    (
        {
            "secure": False,
            "camera_error": "NotFoundError",
            "level": 0.0,
            "typed": "",
            "upload_kbit": 0.0,
            "way": "none",
        },
        REAL,
        {
            "browser": "insecure",
            "camera": "missing",
            "microphone": "silent",
            "loudspeaker": "unheard",
            "network": "slow",
            "connection": "none",
        },
    ),
]


@pytest.mark.parametrize(("different", "demands", "found"), FAULTY)
def test_each_device_is_judged_by_what_was_measured(
    different: dict[str, object], demands: Demands, found: dict[str, str]
) -> None:
    typed = str(different.get("typed", CODE))
    rest = {name: value for name, value in different.items() if name != "typed"}
    assert faults(measured(typed, **rest), demands) == found


def test_every_fault_has_its_own_words_and_every_word_its_fault() -> None:
    judged = {fault for different, demands, found in FAULTY for fault in found.items()}
    assert judged == set(FAULTS)


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        "report",
        {},
        {**GOOD, "typed": "1", "more": 1},
        {**GOOD, "typed": "1" * 9},
        {**GOOD, "typed": "1", "brightness": "dark"},
        {**GOOD, "typed": "1", "brightness": float("nan")},
        {**GOOD, "typed": "1", "level": float("inf")},
        {**GOOD, "typed": "1", "level": -1.0},
        {**GOOD, "typed": "1", "way": "somehow"},
        {**GOOD, "typed": "1", "camera_error": "x" * 41},
        {**GOOD, "typed": "1", "secure": None},
        {name: value for name, value in GOOD.items() if name != "way"} | {"typed": "1"},
    ],
)
def test_what_is_no_report_is_not_read(document: object) -> None:
    with pytest.raises(Unreadable):
        measures(document)
    assert measures({**GOOD, "typed": "1"}).typed == "1"  # the control
