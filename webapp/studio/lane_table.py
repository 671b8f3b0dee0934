"""Which lanes a diagram has, and which may be added to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engine.bundles.drawings import diagram_of
from engine.diagrams.lanes import LaneSaid, lanes_in
from engine.diagrams.xml import read_xml
from webapp.language import words as _
from webapp.studio.panel import role_names

SYSTEM = "system"


@dataclass(frozen=True)
class Lanes:
    """Those that are there, and those that may be added, as (id, name).

    Where a change was refused: the names that were typed, by id, and what was typed for a new one.
    """

    there: list[LaneSaid]
    offered: list[tuple[str, str]]
    typed: Mapping[str, str] = field(default_factory=dict)
    added: str = ""
    added_name: str = ""

    def after(self, typed: Mapping[str, str], added: str, added_name: str) -> Lanes:
        """The same with what was typed in its form."""
        return replace(self, typed=typed, added=added, added_name=added_name)

    @property
    def gone(self) -> dict[str, str]:
        """What was typed for lanes that are not there any more."""
        return {own: name for own, name in self.typed.items() if own not in {one.id for one in self.there}}


def lanes_of_diagram(files: Mapping[str, bytes], business: str, file: str) -> Lanes:
    """None of both for a diagram that has no lanes, or cannot be read."""
    if not file.endswith(".bpmn") or file not in files or diagram_of(files, business, file) is None:
        return Lanes([], [])
    root = read_xml(file, files[file])
    there = lanes_in(root)
    taken = {one.get("id") for one in root.iter()}
    return Lanes(there, [(own, name) for own, name in lane_names().items() if there and own not in taken])


def lane_names() -> dict[str, str]:
    """The roles, and the lane of what nobody does by hand."""
    return {**role_names(), SYSTEM: _("系统")}
