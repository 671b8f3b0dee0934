"""The panel beside the canvas: what can be said of the chosen part, as its own page says it, and what was typed."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template
from flask.typing import ResponseReturnValue as Page

from engine.bundles.versions import ANALYST
from forms.editing import Place, Raw, rows, said
from forms.entries import OTHERS, untold
from forms.palette import kind_of
from forms.telling import shown as values_of
from forms.telling import told
from webapp.access import staff_only
from webapp.language import language
from webapp.studio.forms_editor import words
from webapp.studio.forms_editor.asked import asked, options
from webapp.studio.forms_editor.handed import Handed, handed
from webapp.studio.forms_editor.known_names import known_names, problems
from webapp.studio.forms_editor.opened import NotOpened, Opened
from webapp.studio.modeler import NotTaken
from webapp.studio.views import blueprint

Given = Mapping[str, str]


@blueprint.post("/drafts/<sketch_id>/canvas-part/<path:file>")
@staff_only(ANALYST)
def part_on_canvas(sketch_id: str, file: str) -> Page:
    """The panel of one part; with what was typed there, also what is to be changed on the canvas, or what is wrong."""
    try:
        now = handed(sketch_id, file)
        place, part = _chosen(now.document, str(now.sent.get("part")))
    except (NotOpened, NotTaken) as wrong:
        return {"said": str(wrong)}, 422
    except LookupError:
        return {"panel": ""}
    given = now.sent.get("given")
    if not isinstance(given, dict):
        return {"panel": _panel(now, place, part, values_of(part))}
    typed = {str(name): str(value).replace("\r\n", "\n") for name, value in given.items()}
    after = told(part, typed)
    wrong_now = {name: why.to(language()) for name, why in after.wrong.items()}
    changes = {} if wrong_now else _changes(part, after.part)
    return {"changes": changes, "wrong": {**problems(now.document, said(place), typed), **wrong_now}}


def _chosen(document: Raw, own: str) -> tuple[Place, Raw]:
    """LookupError where there is none of this id."""
    found = next(((place, part) for place, part in rows(document) if str(part.get("id")) == own), None)
    if found is None:
        raise LookupError(own)
    return found


def _changes(before: Raw, after: Raw) -> dict[str, object]:
    """What is another now; None is what is gone."""
    names = [name for name in (*before, *after) if before.get(name) != after.get(name)]
    return {name: after.get(name) for name in dict.fromkeys(names)}


def _panel(now: Handed, place: Place, part: Raw, given: Given) -> str:
    here = Opened(now.here.row, now.files, now.here.file, now.document)
    return render_template(
        "studio/canvas_panel.html",
        kind=words.kind(kind_of(part)),
        asked=asked(here, part, given, problems(now.document, said(place), given)),
        names=known_names(now.document, place),
        options=options(part, given),
        others=given.get(OTHERS),
        untold=untold(part),
        has_english=False,
        errors={},
    )
