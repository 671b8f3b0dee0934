"""What an analyst changed in a form of the studio goes into his draft; who was overtaken is told, and loses nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from flask import flash, request

from engine import sketches
from engine.diagrams.xml import MAX_BYTES
from engine.errors import Refused
from engine.sketches import SavedMeanwhile
from engine.tables import Sketch
from webapp.access import current_staff
from webapp.house import look_again, store
from webapp.language import words as _
from webapp.studio.sketches import refusal, seen

Told = tuple[str, int]
"""A sentence, and the status of the page that says it."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def keep(sketch_id: str, changed: Mapping[str, bytes | None]) -> Told | None:
    """Save these files, or take out those that are None; what to say where that was refused."""
    if any(data is not None and len(data) > MAX_BYTES for data in changed.values()):
        return _("文件超过 1 MB，没有保存。请分成几个文件。"), 422
    try:
        sketches.save(store(), seen(sketch_id), changed, current_staff().actor)
    except Refused as refused:
        look_again()
        said, status = refusal(refused)
        if isinstance(refused, SavedMeanwhile):
            said += _("您写的还在下面：请复制下来，重新打开这份文件，再改一次。")
        return said, status
    look_again()
    flash(_("已保存"), "good")
    return None


def seen_by(row: Sketch) -> int:
    """The save that this page was made from. Who was refused has still seen what he saw: pressing again won't help."""
    return seen(row.id).version if request.method == "POST" else row.version


def cleaned(text: str) -> str:
    """What was typed, without what no file of a business can hold."""
    return _CONTROL.sub("", text).replace("\r\n", "\n").replace("\r", "\n").strip()


def cleaned_line(text: str) -> str:
    """The same in one line."""
    return " ".join(cleaned(text).split())


def typed_over(before: str, typed: str, as_shown: Callable[[str], str] = cleaned) -> str:
    """What was typed; what was there where it came back as it was shown, so that blanks at its ends are no change."""
    return before if as_shown(before) == typed else typed
