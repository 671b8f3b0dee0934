"""What the company's settings alone decide in a drawing, whatever else becomes of a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from engine.diagrams.drawing import Drawing
from engine.diagrams.model import Flow, Key
from engine.feel import possible

SETTINGS = "settings"


def never_asked(drawing: Drawing, settings: Mapping[str, object], declared: Collection[str]) -> set[str]:
    """The ids of the steps to which no flow leads that may be taken with these settings.

    Every other fact is unknown: it may have any value in a case, or none yet.
    """
    into: dict[Key, list[Flow]] = defaultdict(list)
    for flow in drawing.flows:
        into[flow.process, flow.target].append(flow)
    return {step.id for step in drawing.steps if all(_barred(flow, settings, declared) for flow in into[step.key])}


def _barred(flow: Flow, settings: Mapping[str, object], declared: Collection[str]) -> bool:
    if flow.condition is None:
        return False
    return True not in possible(flow.condition, {SETTINGS: settings}, _is_setting, declared)


def _is_setting(name: str) -> bool:
    return name.startswith(f"{SETTINGS}.")
