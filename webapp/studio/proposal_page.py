"""Everything that the page of a proposal shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine import proposals
from engine.bundles import Bundle
from engine.bundles.choosing import in_use
from engine.bundles.differences import SECTIONS, Difference, differences
from engine.bundles.running import running
from engine.bundles.versions import Version, versions
from engine.diagrams.drawing import Drawing
from engine.tables import Proposal
from webapp.access import current_staff
from webapp.house import bundle_named, clock, company, house, reading
from webapp.language import language
from webapp.language import words as _
from webapp.steps.flow_marks import Marks, anchor
from webapp.steps.flow_picture import Picture, pictures
from webapp.studio.counts import Count, counts
from webapp.studio.faults import Fault, faults
from webapp.studio.marks import marks, places_of
from webapp.studio.trial_look import TrialLook, trial_of


@dataclass(frozen=True)
class Told:
    """A difference as a sentence, and the id of its mark on the drawing if it has one."""

    said: str
    at: str = ""


@dataclass(frozen=True)
class Section:
    """The differences of one part of the business."""

    name: str
    lines: list[Told]


@dataclass(frozen=True)
class Look:
    """A proposal as it is looked at. Without `bundle` something is wrong, and `faults` says what.

    `places` leads from a file and an element of it to the id of its mark on the drawing.
    """

    row: Proposal
    title: str
    base: Bundle | None
    base_number: int | None
    overtaken: bool
    bundle: Bundle | None
    faults: list[Fault]
    places: Mapping[tuple[str, str], str]
    sections: list[Section]
    counts: list[Count]
    trial: TrialLook
    marked: list[Picture]
    unmarked: list[Picture]
    decided_first: Version | None
    needs_another: bool

    @property
    def starts(self) -> str:
        """The mark at which the drawing is first looked at: of a fault, of a change, or any."""
        told = [line.at for section in self.sections for line in section.lines if line.at]
        wrong = [
            at
            for fault in self.faults
            for one in fault.places
            if (at := self.places.get((one.file, one.element or "")))
        ]
        return next(iter([*wrong, *told, *self.places.values()]), "")

    @property
    def may_publish(self) -> bool:
        return self.bundle is not None and self.row.closed_at is None and not self.overtaken and bool(self.sections)


def look_at(row: Proposal) -> Look:
    """The files are checked anew at each look: rules and services may have changed since they were handed in."""
    base = bundle_named(row.base_hash) if row.base_hash else None
    checked = proposals.check(proposals.files_of(row), row.business, house().known, base)
    found = differences(base, checked.bundle) if base and checked.bundle else []
    wrong = faults(checked.findings)
    drawing = checked.drawing
    trial = trial_of(checked.bundle)
    shown = marks(drawing, wrong, found, _cases(row.business), trial.missed) if drawing else {}
    drawn = pictures(drawing, _words(checked.bundle or base), marks=shown) if drawing else []
    busy, places = {key[0] for key in shown}, _marked(drawing, shown) if drawing else {}
    return Look(
        row=row,
        title=_name(row, checked.bundle or base),
        base=base,
        base_number=_number(row),
        overtaken=_is_overtaken(row),
        bundle=checked.bundle,
        faults=wrong,
        places=places,
        sections=_sections(found, places, new=base is None and checked.bundle is not None),
        counts=counts(reading(), row.business),
        trial=trial,
        marked=[one for one in drawn if one.process in busy],
        unmarked=[one for one in drawn if one.process not in busy],
        decided_first=next((one for one in _versions(row) if one.state in ("waiting", "part")), None),
        needs_another=company().publishing.second_person and row.by == current_staff().actor.id,
    )


def _marked(drawing: Drawing, shown: Marks) -> dict[tuple[str, str], str]:
    """File and element -> the id of the mark that is drawn there."""
    drawn = {item.key for item in drawing.elements.values() if item.drawn}
    drawn |= {(flow.process, flow.id) for flow in drawing.flows if flow.waypoints}
    return {place: anchor(key) for place, key in places_of(drawing).items() if key in shown and key in drawn}


def _sections(found: list[Difference], places: Mapping[tuple[str, str], str], new: bool) -> list[Section]:
    if new:
        return [Section(SECTIONS["business"].to(language()), [Told(_new_business())])]
    told = [
        (one.section, Told(one.said.to(language()), places.get((one.file, one.element or ""), ""))) for one in found
    ]
    said = {name: [line for section, line in told if section == name] for name in SECTIONS}
    return [Section(SECTIONS[name].to(language()), lines) for name, lines in said.items() if lines]


def _new_business() -> str:
    return _("这是一个新业务，还没有发布过。")


def _cases(business: str) -> dict[str, int]:
    """Step -> how many running cases stand there, of all versions."""
    total: dict[str, int] = {}
    for one in running(reading(), business):
        for step, cases in one.steps.items():
            total[step] = total.get(step, 0) + cases
    return total


def _name(row: Proposal, bundle: Bundle | None) -> str:
    return bundle.say(bundle.business.name, language()) if bundle else row.business


def _words(bundle: Bundle | None) -> Callable[[str], str]:
    return (lambda text: bundle.say(text, language())) if bundle else (lambda text: text)


def _number(row: Proposal) -> int | None:
    return next((one.number for one in _versions(row) if one.hash == row.base_hash), None)


def _versions(row: Proposal) -> list[Version]:
    return versions(reading(), row.business, clock().now())


def _is_overtaken(row: Proposal) -> bool:
    return row.closed_at is None and in_use(reading(), row.business, clock().now()) != row.base_hash
