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
    "edge, mean of the sides": (6.48, 6.1),
    "edge of the weakest side": (1.13, 2.36),
    "edge of the second weakest": (-2.21, -0.4),
    "edge beyond the corners, mean": (-2.92, -1.51),
    "edge beyond the corners, most": (-0.45, -2.28),
    "log of the share of the picture": (0.78, 1.41),
    "log of the aspect by a card's, either way": (-16.44, 0.0),
    "lighter on one side, mean": (0.22, 0.4),
    "lighter inwards": (-0.18, 0.59),
    "lighter the same way all around": (2.42, 1.94),
    "opposite sides unlike": (6.94, 5.34),
    "agreeing profiles, mean of the sides": (6.83, 4.36),
    "agreeing profiles of the worst side": (1.65, 3.86),
    "agreeing profiles of the second worst": (-1.16, -7.67),
    "segments, mean of the sides": (-0.08, 0.38),
    "segments of the weakest side": (-0.11, -0.53),
    "how good an outline lies around it": (-0.08, -0.06),
    "edge by agreeing profiles, squared": (3.08, 4.76),
    "corners that no camera makes, radians": (-16.64, -15.29),
    "aspect that no camera makes, log": (-17.28, 0.0),
    "always": (-11.67, -8.82),
}
"""Of a fitted outline: log-odds that it is the right one."""


def of_card(table: Table) -> tuple[float, ...]:
    return tuple(card for card, _ in table.values())


def of_sheet(table: Table) -> tuple[float, ...]:
    return tuple(sheet for _, sheet in table.values())
