"""What a finder's measurements of an outline are worth, fitted on drawn photographs (docs/photos.md tells how).

Each row: the measurement, its weight for a card, its weight for a sheet of unknown proportion.
"""

from __future__ import annotations

from collections.abc import Mapping

Table = Mapping[str, tuple[float, float]]

SEARCH: Table = {
    "edge, mean of the sides": (0.718, 0.703),
    "edge of the weakest side": (0.861, 0.858),
    "edge of the second weakest": (0.422, 0.439),
    "edge beyond the corners, mean": (-0.24, -0.283),
    "edge beyond the corners, most": (-0.135, -0.166),
    "log of the share of the picture": (0.226, 0.241),
    "log of the aspect by a card's, either way": (-0.624, 0.0),
    "lighter on one side, mean": (0.172, 0.145),
    "lighter inwards": (0.119, 0.122),
    "lighter the same way all around": (0.286, 0.284),
    "opposite sides unlike": (-0.208, -0.202),
}
"""Of a rough outline among all that were put together."""

EVIDENCE: Table = {
    "edge, mean of the sides": (6.054, 6.126),
    "edge of the weakest side": (1.909, 1.543),
    "edge of the second weakest": (-0.629, -0.028),
    "edge beyond the corners, mean": (-1.095, -0.795),
    "edge beyond the corners, most": (-1.913, -2.626),
    "log of the share of the picture": (1.568, 1.631),
    "log of the aspect by a card's, either way": (-21.736, 0.0),
    "lighter on one side, mean": (0.451, 0.336),
    "lighter inwards": (-0.124, 0.471),
    "lighter the same way all around": (2.466, 2.255),
    "opposite sides unlike": (2.129, 1.874),
    "agreeing profiles, mean of the sides": (4.514, 3.933),
    "agreeing profiles of the worst side": (1.437, 2.746),
    "agreeing profiles of the second worst": (-1.698, -4.346),
    "segments, mean of the sides": (-0.397, -0.679),
    "segments of the weakest side": (0.215, 0.174),
    "how good an outline lies around it": (0.327, 0.465),
    "aspect beyond what perspective makes": (1.03, 0.0),
    "edge by agreeing profiles, squared": (3.231, 4.502),
    "always": (-9.246, -9.574),
}
"""Of a fitted outline: log-odds that it is the right one."""


def of_card(table: Table) -> tuple[float, ...]:
    return tuple(card for card, _ in table.values())


def of_sheet(table: Table) -> tuple[float, ...]:
    return tuple(sheet for _, sheet in table.values())
