"""Figures of a business under way: how its steps go, and which cases stand still longer than they should."""

from engine.flow_figures.faring import Faring, faring
from engine.flow_figures.steps import Figures, ReasonFigures, StepFigures, Wish, figures
from engine.flow_figures.stuck import KINDS, Kind, Stuck, stuck

__all__ = [
    "KINDS", "Faring", "Figures", "Kind", "ReasonFigures", "StepFigures", "Stuck", "Wish", "faring", "figures", "stuck",
]  # fmt: skip
