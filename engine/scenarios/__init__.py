"""Scenarios: ways through a business that must hold, played in a house where nothing is real."""

from engine.scenarios.coverage import Coverage, Share
from engine.scenarios.plain import plain
from engine.scenarios.running import Played, Report, run

__all__ = ["Coverage", "Played", "Report", "Share", "plain", "run"]
