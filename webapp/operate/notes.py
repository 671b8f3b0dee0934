"""The note with which an operator settles something: it stays in the audit of the case."""

from __future__ import annotations

from flask import request

from webapp.language import words as _

SHORTEST, LONGEST = 2, 500


def typed_note() -> str:
    return request.form.get("note", "").strip()


def note_error(note: str) -> str:
    """Why this note says too little or too much; empty when it will do."""
    if SHORTEST <= len(note) <= LONGEST:
        return ""
    return _("请写明做了什么、为什么（%(least)d 至 %(most)d 个字），会记入审计", least=SHORTEST, most=LONGEST)
