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
    "edge, mean of the sides": (6.47, 6.89),
    "edge of the weakest side": (2.02, 2.76),
    "edge of the second weakest": (-2.28, -0.1),
    "edge beyond the corners, mean": (-3.5, -2.64),
    "edge beyond the corners, most": (-0.65, -2.33),
    "log of the share of the picture": (0.9, 1.66),
    "log of the aspect by a card's, either way": (-14.29, 0.0),
    "lighter on one side, mean": (0.13, 0.05),
    "lighter inwards": (0.03, 2.7),
    "lighter the same way all around": (2.73, 2.54),
    "opposite sides unlike": (5.98, 5.04),
    "agreeing profiles, mean of the sides": (4.14, 3.12),
    "agreeing profiles of the worst side": (1.14, 2.82),
    "agreeing profiles of the second worst": (1.16, -4.9),
    "segments, mean of the sides": (0.04, 0.75),
    "segments of the weakest side": (0.01, -0.4),
    "how good an outline lies around it": (-0.13, -0.05),
    "edge by agreeing profiles, squared": (3.16, 5.22),
    "corners that no camera makes, radians": (-19.31, -17.46),
    "aspect that no camera makes, log": (-16.15, 0.0),
    "always": (-10.87, -11.93),
}
"""Of a fitted outline: log-odds that it is the right one.

"Lighter inwards" of a sheet is set by hand: few of the drawn sheets lay on something darker with edges of its own.
"""


FURTHER = ("a side was reckoned", "print across a side, most")
"""What is measured in the second look only, beside all of the first."""

AGAIN: Mapping[str, float] = {
    "edge, mean of the sides": 10.88,
    "edge of the weakest side": 0.35,
    "edge of the second weakest": -1.99,
    "edge beyond the corners, mean": -1.54,
    "edge beyond the corners, most": -0.96,
    "log of the share of the picture": -0.99,
    "log of the aspect by a card's, either way": -10.81,
    "lighter on one side, mean": 0.15,
    "lighter inwards": 1.52,
    "lighter the same way all around": 3.26,
    "opposite sides unlike": 7.96,
    "agreeing profiles, mean of the sides": 11.47,
    "agreeing profiles of the worst side": 14.38,
    "agreeing profiles of the second worst": -6.57,
    "segments, mean of the sides": -5.61,
    "segments of the weakest side": 0.60,
    "how good an outline lies around it": -0.78,
    "edge by agreeing profiles, squared": 1.08,
    "corners that no camera makes, radians": -59.25,
    "aspect that no camera makes, log": -75.39,
    "always": -22.24,
    "a side was reckoned": 1.01,
    "print across a side, most": -10.34,
}
"""The same where the first look is not sure: those of which a side was reckoned are among them. Of a card only."""


def of_card(table: Table) -> tuple[float, ...]:
    return tuple(card for card, _ in table.values())


def of_sheet(table: Table) -> tuple[float, ...]:
    return tuple(sheet for _, sheet in table.values())
