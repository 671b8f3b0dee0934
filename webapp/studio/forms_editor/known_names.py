"""What a condition of a part may speak of, and what is wrong with one that is typed just now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue as Page

from engine.bundles.versions import ANALYST
from engine.feel.checker import check
from forms.conditions import around, known_keys
from forms.document import Component
from forms.editing import Place, Raw, part_at, place_of
from forms.palette import kind_of
from webapp.access import staff_only
from webapp.language import language
from webapp.language import words as _
from webapp.studio.forms_editor import words
from webapp.studio.forms_editor.opened import NotOpened, opened
from webapp.studio.views import blueprint

CONDITIONS = ("hide", "requiredWhen")


@dataclass(frozen=True)
class Known:
    """A field that a condition may name. `values`: what is written of it, where that is a closed set."""

    name: str
    label: str
    kind: str
    values: tuple[str, ...]


def known_names(document: Raw, place: Place) -> list[Known]:
    form = around(document, place)
    return [_known(part) for part in form.fields if part.key in known_keys(form)]


def problem_of(document: Raw, place: Place, text: str) -> str:
    """The first thing that is wrong with a condition of the part at this place; empty where nothing is."""
    wrong = check(text, known_keys(around(document, place))) if text.strip() else []
    if not wrong:
        return ""
    why, mend = (said.to(language()) for said in (wrong[0].why, wrong[0].mend))
    return _("第 %(place)d 个字：%(why)s。%(mend)s", place=wrong[0].position + 1, why=why, mend=mend)


def problems(document: Raw, place: str, given: Mapping[str, str]) -> dict[str, str]:
    """By the name of the entry."""
    found = {name: problem_of(document, place_of(place), given.get(name, "")) for name in CONDITIONS}
    return {name: said for name, said in found.items() if said}


@blueprint.post("/drafts/<sketch_id>/conditions/<place>/<path:file>")
@staff_only(ANALYST)
def check_condition(sketch_id: str, place: str, file: str) -> Page:
    """What is wrong with the conditions as they are typed just now; nothing is kept."""
    try:
        here = opened(sketch_id, file)
        part_at(here.document, place_of(place))
        return {"problems": problems(here.document, place, request.form)}
    except (NotOpened, LookupError):
        return {"problems": {}}


def _known(part: Component) -> Known:
    values = ("true", "false") if part.type == "checkbox" else tuple(f'"{one.value}"' for one in part.options)
    raw = {"type": part.type, "properties": part.properties}
    return Known(part.key, part.label, words.kind(kind_of(raw)), values[:8])
