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
    "edge, mean of the sides": (7.76, 8.65),
    "edge of the weakest side": (1.3, 2.87),
    "edge of the second weakest": (-0.28, -0.56),
    "edge beyond the corners, mean": (-3.96, -1.59),
    "edge beyond the corners, most": (-0.41, -2.43),
    "log of the share of the picture": (1.04, 1.55),
    "log of the aspect by a card's, either way": (-18.15, 0.0),
    "lighter on one side, mean": (0.46, 0.75),
    "lighter inwards": (0.1, 0.63),
    "lighter the same way all around": (2.29, 2.07),
    "opposite sides unlike": (8.3, 5.77),
    "agreeing profiles, mean of the sides": (3.63, 4.12),
    "agreeing profiles of the worst side": (0.7, 1.89),
    "agreeing profiles of the second worst": (-1.74, -7.79),
    "segments, mean of the sides": (0.04, -0.43),
    "segments of the weakest side": (-0.12, -0.06),
    "how good an outline lies around it": (-0.1, 0.05),
    "edge by agreeing profiles, squared": (3.56, 4.33),
    "corners that no camera makes, radians": (-20.55, -17.71),
    "aspect that no camera makes, log": (-23.84, 0.0),
    "always": (-10.32, -8.61),
}
"""Of a fitted outline: log-odds that it is the right one."""


def of_card(table: Table) -> tuple[float, ...]:
    return tuple(card for card, _ in table.values())


def of_sheet(table: Table) -> tuple[float, ...]:
    return tuple(sheet for _, sheet in table.values())
