"""The analysts' pages: a business is downloaded, handed in changed, looked at, and published with a note; banks too."""

from webapp.studio import (
    banks,
    deciding,
    decision_tables,
    difference_page,
    draft_files,
    element_form,
    english_texts,
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
from webapp.studio.forms_editor import form_files, part_page
from webapp.studio.forms_editor import views as form_views
from webapp.studio.views import blueprint

__all__ = [
    "banks",
    "blueprint",
    "deciding",
    "decision_tables",
    "difference_page",
    "draft_files",
    "element_form",
    "english_texts",
    "form_files",
    "form_views",
    "impact",
    "live",
    "mending",
    "migrating",
    "modeler",
    "part_page",
    "proposals",
    "reject_reason",
    "reject_reasons",
    "sandbox_views",
    "sketch_files",
    "sketches",
    "trying",
    "withdrawing",
]
