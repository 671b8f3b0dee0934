"""Figures of a business under way: how its steps go, and which cases stand still longer than they should."""

from engine.flow_figures.faring import Faring, faring
from engine.flow_figures.standing_still import KINDS, Kind, Stuck
from engine.flow_figures.steps import Figures, ReasonFigures, StepFigures, Wish, figures, usual
from engine.flow_figures.stuck import stuck

__all__ = [
    "KINDS", "Faring", "Figures", "Kind", "ReasonFigures", "StepFigures", "Stuck", "Wish", "faring", "figures", "stuck",
    "usual",
]  # fmt: skip
