"""The English of texts as an analyst edits it beside the Chinese: what changed is written, the rest stays."""

from __future__ import annotations

from collections.abc import Mapping

from engine.bundles.files import SHARED
from engine.bundles.json_parts import parts_of, with_member
from engine.bundles.records import BadRecord, read_json


def english_path(folder: str) -> str:
    return f"processes/{folder}/texts.en.json"


def english_in(files: Mapping[str, bytes], folder: str) -> dict[str, str]:
    """The English of each text, the folder's own before the shared one; a file that can't be read says nothing."""
    found = _map(files, SHARED) | _map(files, folder)
    return {text: english for text, english in found.items() if isinstance(english, str)}


def with_english(files: Mapping[str, bytes], folder: str, said: Mapping[str, str]) -> dict[str, bytes]:
    """The file with the English of these texts, when any of it is new; Only where it is readable."""
    known = english_in(files, folder)
    new = {text: english for text, english in said.items() if text and english and known.get(text) != english}
    path = english_path(folder)
    data = files.get(path, b"{}\n")
    if not new:
        return {}
    for text, english in new.items():
        data = with_member(parts_of(data), text, english)
    return {path: data}


def is_readable(files: Mapping[str, bytes], folder: str) -> bool:
    """Whether English can be written there."""
    path = english_path(folder)
    try:
        return isinstance(read_json(path, files.get(path, b"{}")), dict)
    except BadRecord:
        return False


def _map(files: Mapping[str, bytes], folder: str) -> dict[str, object]:
    path = english_path(folder)
    return dict(read_json(path, files[path])) if path in files and is_readable(files, folder) else {}
