"""The picture of a business, drawn from its diagrams, and the same as text (S1)."""

from __future__ import annotations

from dataclasses import dataclass

from engine.bundles import Bundle
from webapp.house import say
from webapp.language import Language
from webapp.steps.flow_picture import Picture, pictures


@dataclass(frozen=True)
class Line:
    """One milestone of the flow, with its steps in words."""

    name: str
    steps: tuple[str, ...]


def picture(bundle: Bundle, lang: Language) -> list[Picture]:
    """One drawing for each diagram of the business, the root first."""
    return pictures(bundle.drawing, lambda text: bundle.say(text, lang))


def lines(bundle: Bundle) -> list[Line]:
    """The milestones with the names of their steps."""
    return [
        Line(say(bundle, one.name), tuple(say(bundle, bundle.step_name(step)) for step in one.steps))
        for one in bundle.business.milestones
    ]
