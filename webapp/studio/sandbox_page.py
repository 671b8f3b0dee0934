"""The page of a play: what has happened, where the case stands, the form of the open step, what else can happen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from flask.typing import ResponseReturnValue as Page

from engine import plays, proposals, sketches
from engine.bundles import Bundle
from engine.company import default_company
from engine.company.times import SWITCHES
from engine.scenarios.recorded import MOST, Recorded
from engine.scenarios.walking import Asking, Open, Stand
from engine.tables import Play, Sketch
from webapp.access import current_staff
from webapp.house import business, house, reading, say
from webapp.language import language
from webapp.language import words as _
from webapp.steps.fields import Field
from webapp.studio import sandbox_form
from webapp.studio.panel import role_names
from webapp.studio.sandbox_words import ABANDON, element_name, message_name, service_name, told
from webapp.studio.sketches import the_sketch


@dataclass(frozen=True)
class Here:
    """A draft with this person's play of it. `bundle` is there when the checks find nothing wrong with the draft."""

    sketch: Sketch
    bundle: Bundle | None
    play: Play | None

    @property
    def version(self) -> int:
        return self.play.version if self.play else 0

    @property
    def recorded(self) -> Recorded:
        return plays.recorded_of(self.play) if self.play else Recorded({})

    @property
    def stand(self) -> Stand | None:
        return plays.stand_of(self.play) if self.play else None

    @property
    def changed(self) -> bool:
        """Whether the draft has changed since it was played."""
        return self.play is not None and self.play.bundle_hash != self.sketch.bundle_hash

    @property
    def may_go_on(self) -> bool:
        stand = self.stand
        return stand is not None and not self.changed and stand.stopped is None and stand.end is None


@dataclass(frozen=True)
class Refusal:
    """What was not taken: the step whose form it was (or none), what was entered there, and why by field."""

    errors: Mapping[str, str]
    step: str = ""
    posted: Mapping[str, Sequence[str]] | None = None
    typed: Mapping[str, str] | None = None


@dataclass(frozen=True)
class ShownStep:
    """An open step with its form."""

    step: str
    name: str
    role: str
    round: int
    back: bool
    fields: list[Field]


@dataclass(frozen=True)
class ShownAnswer:
    """One thing that the service that is asked may answer."""

    name: str
    answer: str


def here(sketch_id: str) -> Here:
    row = the_sketch(sketch_id)
    checked = proposals.check(sketches.files_of(row), row.business, house().known)
    return Here(row, checked.bundle, plays.of(reading(), row.id, current_staff().id))


def page_of(found: Here, refusal: Refusal | None = None, status: int = 200) -> Page:
    bundle, stand = found.bundle, found.stand
    refused = refusal or Refusal({})
    going = bundle is not None and found.may_go_on
    shown = list(_steps(bundle, stand, refused)) if going and bundle and stand else []
    return render_template(
        "studio/sandbox.html",
        sketch=found.sketch,
        title=_title(found),
        bundle=bundle,
        here=found,
        stand=stand,
        clock=datetime.fromisoformat(stand.clock) if stand else None,
        stopped=_stopped(stand),
        lines=[told(bundle, line) if bundle else "" for line in found.recorded.lines],
        full=len(found.recorded.lines) >= MOST,
        steps=shown,
        asking=_asking(bundle, stand.asking) if going and bundle and stand and stand.asking else None,
        answers=list(_answers(stand.asking)) if going and stand and stand.asking else [],
        messages=[(name, message_name(name)) for name in stand.messages if name != ABANDON] if stand else [],
        may_abandon=bool(stand and ABANDON in stand.messages),
        timers=list(_timers(bundle, stand)) if bundle and stand else [],
        settings=_settings(),
        errors=refused.errors,
        typed=refused.typed or {},
    ), status


def _title(found: Here) -> str:
    bundle = found.bundle or business(found.sketch.business)
    return say(bundle, bundle.business.name) if bundle else found.sketch.business


def _stopped(stand: Stand | None) -> str:
    return "" if stand is None or stand.stopped is None else stand.stopped[1 if language() == "en" else 0]


def _steps(bundle: Bundle, stand: Stand, refused: Refusal) -> Iterator[ShownStep]:
    if stand.asking is None:
        for one in stand.steps:
            yield _step(bundle, one, datetime.fromisoformat(stand.clock), refused)


def _step(bundle: Bundle, one: Open, now: datetime, refused: Refusal) -> ShownStep:
    mine = refused.step == one.step
    posted, errors = (refused.posted, refused.errors) if mine else (None, {})
    fields = sandbox_form.fields(bundle, one.step, now, posted, errors)
    name, role = say(bundle, bundle.step_name(one.step)), role_names().get(one.role, one.role)
    return ShownStep(one.step, name, role, one.round, one.back is not None, fields)


def _asking(bundle: Bundle, asking: Asking) -> dict[str, object]:
    return {
        "service": asking.service,
        "element": asking.element,
        "name": element_name(bundle, asking.element),
        "title": service_name(asking.service),
        "alone": asking.alone,
        "results": [name for name, kind in house().known.services[asking.service].results.items() if kind is not bool],
    }


def _answers(asking: Asking) -> Iterator[ShownAnswer]:
    """What the catalogue says that the service can answer; a service of several results is answered by hand."""
    spec = house().known.services[asking.service]
    if all(kind is bool for kind in spec.results.values()):
        yield ShownAnswer(_("做成了"), "")
    elif len(spec.results) == 1:
        for fact, texts in spec.values.items():
            for text in texts:
                yield ShownAnswer(f"{fact} = {text}", text)


def _timers(bundle: Bundle, stand: Stand) -> Iterator[tuple[str, str, datetime]]:
    for element, due in stand.timers:
        yield element, element_name(bundle, element), datetime.fromisoformat(due)


def _settings() -> list[tuple[str, str, bool]]:
    """What a company may switch, with what it is called: the case begins with it."""
    usual = default_company().settings
    switches = sorted(SWITCHES.keys() & house().known.settings)
    return [(name, SWITCHES[name].to(language()), bool(usual[name])) for name in switches]
