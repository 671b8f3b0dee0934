"""The English of texts as an analyst edits it beside the Chinese: what changed is written, the rest stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from engine.bundles.files import SHARED
from engine.bundles.json_parts import parts_of, with_member, without_member
from engine.bundles.lint.texts import shown_by
from engine.bundles.records import BadRecord, read_json
from engine.bundles.unfinished import unfinished


@dataclass(frozen=True)
class Pair:
    """A text with its English, empty where there is none, and the files that show it."""

    text: str
    english: str
    files: tuple[str, ...]


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


def pairs(files: Mapping[str, bytes], business: str, folder: str) -> list[Pair]:
    """What the folder's file is to say: first the texts of the folder without English, then those that are in it."""
    bundle = unfinished(files, business)
    shown: dict[str, dict[str, None]] = defaultdict(dict)
    for one in shown_by(bundle):
        shown[one.text][one.place.file] = None
    missing = [text for text in shown if text not in bundle.english and _is_of(next(iter(shown[text])), folder)]
    said = {text: english for text, english in _map(files, folder).items() if isinstance(english, str)}
    return [Pair(text, said.get(text, ""), tuple(shown.get(text, ()))) for text in (*missing, *said)]


def with_pairs(files: Mapping[str, bytes], folder: str, said: Mapping[str, str]) -> bytes:
    """The folder's file, which is readable, with these texts: one without English is taken out."""
    data, known = files.get(english_path(folder), b"{}\n"), _map(files, folder)
    for text, english in said.items():
        if english != known.get(text, ""):
            parts = parts_of(data)
            data = with_member(parts, text, english) if english else without_member(parts, text)
    return data


def _is_of(path: str, folder: str) -> bool:
    """Whether its English stands in this folder's file: what is shared has its own, all else is the business's."""
    return (path.split("/")[1] == SHARED) == (folder == SHARED)


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
