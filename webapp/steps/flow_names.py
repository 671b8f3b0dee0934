"""Where the name of a flow stands: above a level line, to the right of an upright one."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from engine.diagrams.model import Flow
from webapp.steps.flow_shapes import label, width_of

SIZE = 11
ABOVE, BESIDE = 100.0, 60.0
"""How wide a name may be before it goes on in a second line."""


@dataclass(frozen=True)
class FlowName:
    """A name at its place; `anchor` as SVG says it."""

    text: str
    x: float
    y: float
    widest: float
    anchor: str

    @property
    def span(self) -> tuple[float, float]:
        """From where to where it reaches."""
        width = width_of(self.text, self.widest, SIZE)
        left = self.x - width / 2 if self.anchor == "middle" else self.x
        return left, left + width

    def drawn(self, colour: str) -> Markup:
        return label(self.text, self.x, self.y, self.widest, colour, SIZE, self.anchor)


def flow_name(text: str, flow: Flow) -> FlowName:
    """Beside the first stretch of the line."""
    (x, y), (nx, ny) = flow.waypoints[0], flow.waypoints[1]
    if y == ny:
        middle = (x + nx) / 2 if abs(nx - x) < 100 else x + (34 if nx > x else -34)
        return FlowName(text, middle, y - 5, ABOVE, "middle")
    return FlowName(text, x + 5, y + (16 if ny > y else -34), BESIDE, "start")
