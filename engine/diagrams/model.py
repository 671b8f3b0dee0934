"""A diagram as Kaihu reads it: what is drawn, where it is drawn, and at which line of the file it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Point = tuple[float, float]
Key = tuple[str, str]
"""A node of a bundle: process id and element id."""


@dataclass(frozen=True)
class Event:
    """What an event waits for or throws. `text` is a message's name, a timer's text or an error's code.

    `kind`: message | duration | date | error | terminate.
    """

    kind: str
    text: str
    line: int

    @property
    def timer(self) -> bool:
        return self.kind in ("duration", "date")


@dataclass(frozen=True)
class Parameter:
    """One parameter of a service task; `value` is text of the condition language."""

    id: str
    value: str
    line: int


@dataclass(frozen=True)
class Operator:
    """The service that a service task asks for."""

    id: str
    parameters: tuple[Parameter, ...]
    line: int


@dataclass(frozen=True)
class Element:
    """A task, gateway or event. `scope` is the process or sub-process that holds it, `lane` the id of its lane.

    Without a shape in the file, `drawn` is false and the four numbers are 0.
    """

    id: str
    kind: str
    name: str
    file: str
    line: int
    process: str
    scope: str
    lane: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    property_lines: Mapping[str, int] = field(default_factory=dict)
    event: Event | None = None
    operator: Operator | None = None
    decision: str | None = None
    called: str | None = None
    attached_to: str | None = None
    interrupting: bool = True
    default: str | None = None
    drawn: bool = False
    x: float = 0.0
    y: float = 0.0
    w: float = 0.0
    h: float = 0.0

    @property
    def key(self) -> Key:
        return self.process, self.id


@dataclass(frozen=True)
class Flow:
    """A sequence flow; `condition` is text of the condition language, which stands at `condition_line`."""

    id: str
    source: str
    target: str
    name: str
    condition: str | None
    file: str
    line: int
    process: str
    waypoints: tuple[Point, ...] = ()
    condition_line: int | None = None


@dataclass(frozen=True)
class Lane:
    """A lane; its id is the role that does the steps in it."""

    id: str
    name: str
    process: str
    line: int
    members: frozenset[str]
    x: float = 0.0
    y: float = 0.0
    w: float = 0.0
    h: float = 0.0


@dataclass(frozen=True)
class Pool:
    """A participant's frame, for drawing."""

    id: str
    name: str
    process: str
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True)
class Note:
    """A text annotation, for drawing."""

    id: str
    text: str
    line: int
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True)
class Process:
    id: str
    name: str
    file: str
    line: int


@dataclass(frozen=True)
class Diagram:
    """One BPMN file."""

    file: str
    processes: tuple[Process, ...]
    lanes: tuple[Lane, ...]
    elements: tuple[Element, ...]
    flows: tuple[Flow, ...]
    pools: tuple[Pool, ...] = ()
    notes: tuple[Note, ...] = ()
