"""All scenarios of a bundle are played, one after the other, each in a house of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.bundles import Bundle, Known
from engine.bundles.closed_yaml import BadYaml
from engine.diagrams.drawing import Drawing
from engine.feel.findings import Finding
from engine.interpreter import FlowTaken
from engine.scenarios.answering import Services
from engine.scenarios.bounds import Bounds
from engine.scenarios.coverage import Coverage, coverage
from engine.scenarios.faults import FAULTS
from engine.scenarios.judging import judge
from engine.scenarios.playing import Player
from engine.scenarios.reading import files_of, read_scenario
from engine.scenarios.sandbox import Sandbox
from engine.scenarios.wrong import Wrong

MOST = 100
"""Scenarios of one business that are played at once."""


@dataclass(frozen=True)
class Played:
    """One scenario: it holds where there are no findings. `way` is what it has passed, also where it does not hold."""

    file: str
    name: str
    findings: tuple[Finding, ...]
    way: tuple[FlowTaken, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.findings


@dataclass(frozen=True)
class Report:
    """What the scenarios of one version have come to."""

    played: tuple[Played, ...]
    coverage: Coverage

    @property
    def green(self) -> bool:
        """Whether all of them hold."""
        return all(one.holds for one in self.played)

    @property
    def findings(self) -> list[Finding]:
        return [finding for one in self.played for finding in one.findings]


def run(bundle: Bundle, known: Known, monotonic: Callable[[], float]) -> Report:
    """Play every scenario of the business and add up what they have passed."""
    played = tuple(plays(bundle, known, monotonic))
    return Report(played, covered(bundle.drawing, played))


def playable(bundle: Bundle) -> list[str]:
    """The scenarios that are played at once, by their files."""
    return files_of(bundle)[:MOST]


def covered(drawing: Drawing, played: tuple[Played, ...]) -> Coverage:
    return coverage(drawing, (one.way for one in played))


def plays(bundle: Bundle, known: Known, monotonic: Callable[[], float]) -> Iterator[Played]:
    """The same, one at a time."""
    sandbox = Sandbox(bundle, known)
    try:
        for file in playable(bundle):
            yield play_one(sandbox, file, Bounds(monotonic))
    finally:
        sandbox.close()


def play_one(sandbox: Sandbox, file: str, bounds: Bounds) -> Played:
    """One file; whatever is wrong with it is a finding."""
    try:
        scenario = read_scenario(sandbox.bundle, sandbox.known, file)
    except Wrong as wrong:
        return Played(file, file, (wrong.finding,))
    except (BadYaml, UnicodeDecodeError, LookupError, StopIteration) as wrong:
        return Played(file, file, (broken(file, wrong),))
    with sandbox.house() as store:
        try:
            player = Player(sandbox, store, scenario, bounds, Services(scenario, sandbox.known.services))
        except Exception as wrong:
            return Played(file, scenario.name, (broken(file, wrong),))
        return Played(file, scenario.name, tuple(_findings(player)), tuple(player.stands.way))


def _findings(player: Player) -> list[Finding]:
    """What does not hold. The engine's own fault is told too, and the scenarios after it are played all the same."""
    try:
        player.play()
        return judge(player.scenario, player.stands)
    except Wrong as wrong:
        return [wrong.finding]
    except Exception as wrong:
        return [broken(player.scenario.file, wrong)]


def broken(file: str, wrong: Exception) -> Finding:
    """What nobody foresaw, as a finding."""
    return FAULTS.found("scenario.play/engine", file, None, 1, why=f"{type(wrong).__name__}: {wrong}"[:300])
