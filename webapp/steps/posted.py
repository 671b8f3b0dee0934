"""A form as it was posted: its fields, the id under which it was shown, and what its button wants."""

from __future__ import annotations

import re

from flask import g, request

from webapp.house import settings

NONCE = re.compile(r"[0-9a-f]{32}")


def posted() -> dict[str, list[str]]:
    """The posted fields, with the row that 添加一张 adds and without the one that 移除 takes away."""
    form = request.form
    fields = dict(form.lists())
    if added := form.get("add_row"):
        fields[f"{added}.row"] = [added]
    if removed := form.get("remove_row"):
        fields = {name: texts for name, texts in fields.items() if not name.startswith(f"{removed}.")}
    return fields


def nonce() -> str:
    """The id under which this form was shown, so that sending it twice is one intention."""
    if "nonce" not in g:
        sent = request.form.get("submission_id", "")
        g.nonce = sent if NONCE.fullmatch(sent) else settings().ids.new()
    found: str = g.nonce
    return found


def only_saves() -> bool:
    """A button inside the form that keeps everything and comes back."""
    return any(name in request.form for name in ("add_row", "remove_row", "upload"))
