"""Facts: dotted names outside, nested dictionaries inside SpiffWorkflow. Scalars only, and no personal data."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

Scalar = bool | int | float | str | None
SCALARS = (bool, int, float, str, type(None))
Facts = Mapping[str, Scalar]
ASKED = ("todo", "again", "back")
"""The engine's own, for the flow alone: which steps are to be done, which are asked once more, whether by 上一步."""


def nested(facts: Facts) -> dict[str, Any]:
    """`{"a.b": 1}` as `{"a": {"b": 1}}`."""
    return merged({}, facts)


def merged(data: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
    """A copy of the nested data with these facts set. SpiffWorkflow shares nested values between tasks."""
    result = copied(data)
    for name, value in facts.items():
        _put(result, name.split("."), value)
    return result


def copied(data: Mapping[str, Any]) -> dict[str, Any]:
    """The nested data, with nothing in it that another task has too. `deepcopy` takes five times as long."""
    return {
        name: value if isinstance(value, SCALARS) else copied(value) if isinstance(value, dict) else deepcopy(value)
        for name, value in data.items()
    }


def flat(data: Mapping[str, Any], prefix: str = "") -> dict[str, Scalar]:
    """The nested data by dotted names."""
    facts: dict[str, Scalar] = {}
    for name, value in data.items():
        facts |= flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {prefix + name: value}
    return facts


def at_the_end(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a finished process still tells: what it came to, and not what it was asked on its way."""
    return {name: value for name, value in data.items() if name not in ASKED}


def _put(data: dict[str, Any], path: list[str], value: Scalar) -> None:
    if value is not None and not isinstance(value, bool | int | float | str):
        raise ValueError(f"the fact {'.'.join(path)} is no boolean, number or text")
    for name in path[:-1]:
        data = data.setdefault(name, {})
    data[path[-1]] = value
