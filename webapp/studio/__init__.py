"""The analysts' pages: a business is downloaded, handed in changed, looked at, and published with a note; banks too."""

from webapp.studio import (
    banks,
    decision_tables,
    draft_files,
    element_form,
    impact,
    live,
    mending,
    migrating,
    modeler,
    proposals,
    reject_reason,
    reject_reasons,
    sandbox_views,
    sketch_files,
    sketches,
    trying,
    withdrawing,
)
from webapp.studio.views import blueprint

__all__ = [
    "banks",
    "blueprint",
    "decision_tables",
    "draft_files",
    "element_form",
    "impact",
    "live",
    "mending",
    "migrating",
    "modeler",
    "proposals",
    "reject_reason",
    "reject_reasons",
    "sandbox_views",
    "sketch_files",
    "sketches",
    "trying",
    "withdrawing",
]
