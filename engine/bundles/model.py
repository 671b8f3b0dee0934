"""A bundle and its records, as the rest of the engine and the pages know them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as more
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

from engine.bundles.places import Place
from engine.bundles.questions import Questions
from engine.diagrams.drawing import Drawing
from engine.diagrams.model import Diagram
from engine.diagrams.specs import Specs, build_specs
from engine.diagrams.steps import UserTask, read_step
from engine.diagrams.xml import read_xml

if TYPE_CHECKING:
    from engine.decisions import DecisionTable

_specs: dict[str, Specs] = {}
_one_at_a_time = Lock()


@dataclass(frozen=True)
class Milestone:
    """A stage of the business as the customer's step list shows it."""

    id: str
    name: str
    steps: tuple[str, ...]
    place: Place = more(compare=False, repr=False)


@dataclass(frozen=True)
class Business:
    """`started_by`: investor | obligation. `eligibility` and `repeats` are decisions, `process` is the root process."""

    id: str
    name: str
    summary: str
    button: str
    exclusive: bool
    started_by: str
    process: str
    eligibility: str
    repeats: str | None
    papers: tuple[str, ...]
    devices: tuple[str, ...]
    milestones: tuple[Milestone, ...]
    place: Place = more(compare=False, repr=False)


@dataclass(frozen=True)
class Reason:
    """A reject reason: which desks may give it, which step it asks again (none when it is final), what it tells."""

    code: str
    text: str
    step: str | None
    field: str | None
    final: bool
    video: bool
    desks: tuple[str, ...]
    customer_text: str
    place: Place = more(compare=False, repr=False)


@dataclass(frozen=True, eq=False)
class Bundle:
    """One immutable version of a business. `forms` maps form keys to form-js documents, `files` paths to bytes."""

    hash: str
    process_hash: str
    business: Business
    drawing: Drawing
    decisions: Mapping[str, DecisionTable]
    reasons: tuple[Reason, ...]
    questions: Questions | None
    notices: Mapping[str, Mapping[str, str]]
    forms: Mapping[str, dict[str, Any]]
    files: Mapping[str, bytes]
    english: Mapping[str, str]
    declared: frozenset[str]

    @property
    def diagrams(self) -> tuple[Diagram, ...]:
        """The diagrams that the business runs, without those in shared that it does not call."""
        return self.drawing.diagrams

    @cached_property
    def steps(self) -> tuple[UserTask, ...]:
        """All user tasks, in the order of the files."""
        return tuple(read_step(element) for element in self.drawing.steps)

    def step(self, step_id: str) -> UserTask:
        """One user task by its id; KeyError when the business has none."""
        return self._steps[step_id]

    def has_step(self, step_id: str) -> bool:
        """Whether this version has such a step; a case that was migrated has done steps of others too."""
        return step_id in self._steps

    def step_name(self, step_id: str) -> str:
        """What people call a step; one of another version, that a migrated case has done, goes by its id."""
        return self._steps[step_id].name if step_id in self._steps else step_id

    @cached_property
    def _steps(self) -> dict[str, UserTask]:
        return {step.id: step for step in self.steps}

    def reason(self, code: str) -> Reason:
        """One reject reason by its code; KeyError when there is none."""
        return {reason.code: reason for reason in self.reasons}[code]

    def document(self, path: str) -> bytes:
        """A file of the bundle by its path, or by its path inside the business's or the shared folder."""
        for full in (path, f"processes/{self.business.id}/{path}", f"processes/shared/{path}"):
            if full in self.files:
                return self.files[full]
        raise KeyError(path)

    def say(self, text: str, lang: str) -> str:
        """A text of the bundle in the language asked for; Chinese where no other is there."""
        return self.english.get(text, text) if lang.startswith("en") else text

    def spec(self) -> Specs:
        """SpiffWorkflow's specs of the root process and of what it calls, built once a process hash."""
        with _one_at_a_time:
            if self.process_hash not in _specs:
                _specs[self.process_hash] = self._build()
            return _specs[self.process_hash]

    def _build(self) -> Specs:
        documents = {diagram.file: read_xml(diagram.file, self.files[diagram.file]) for diagram in self.diagrams}
        return build_specs(documents, self.business.process, self.decisions)
