"""Knowledge questions: a pool that analysts edit, of which each call draws some."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from engine.bundles.places import Place
from engine.bundles.records import Record


@dataclass(frozen=True)
class Question:
    """What the verifier asks, and what he should hear."""

    code: str
    text: str
    answer: str
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True)
class Questions:
    """`draw` of the pool are asked, `needed` of them must be answered right."""

    draw: int
    needed: int
    pool: tuple[Question, ...]
    place: Place = field(compare=False, repr=False)

    def drawn(self, seed: str) -> tuple[Question, ...]:
        """The questions of one task: the same ones however often its page is read, others for the next task."""
        order = {one.code: sha256(f"{seed}:{one.code}".encode()).digest() for one in self.pool}
        return tuple(sorted(self.pool, key=lambda one: order[one.code])[: self.draw])


def read_questions(record: Record) -> Questions:
    """The value of a `questions.json`."""
    record.only("draw", "needed", "questions")
    pool = tuple(_question(item) for item in record.records("questions"))
    return Questions(record.count("draw"), record.count("needed"), pool, record.place)


def _question(record: Record) -> Question:
    record.only("code", "text", "answer")
    return Question(record.text("code"), record.text("text"), record.text("answer"), record.place)
