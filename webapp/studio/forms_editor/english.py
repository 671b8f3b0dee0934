"""The English of what a form says, in the `texts.en.json` of its business or of what all share."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from forms import exact

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Reworded:
    """A text as it was and as it is; nothing where it is new or gone. `english` is None where nobody spoke of it."""

    before: str
    after: str
    english: str | None = None


class English:
    """The two files of a draft, by the folder of the form. A file that cannot be kept as it is, is left alone."""

    def __init__(self, files: Files, business: str, form: str) -> None:
        self.files = files
        folder = form.split("/")[1]
        self.home = _path(folder)
        self.texts = {
            path: found for path in (_path(business), _path("shared")) if (found := _read(files, path)) is not None
        }
        if self.home not in files:
            self.texts[self.home] = {}

    @property
    def is_open(self) -> bool:
        """Whether English can be written here."""
        return self.home in self.texts

    def of(self, text: str) -> str:
        return next((found[text] for found in self.texts.values() if text in found), "")

    def reworded(self, files: Files, changes: Iterable[Reworded]) -> dict[str, bytes]:
        """The files that are others now; `files` is the draft as it will be. What nobody says any more goes."""
        if not self.is_open:
            return {}
        texts = {path: dict(found) for path, found in self.texts.items()}
        for change in changes:
            _reword(texts, self.home, change, is_used=_says(files, change.before))
        return {path: _written(self.files, path, found) for path, found in texts.items() if found != self.texts[path]}


def _reword(texts: dict[str, dict[str, str]], home: str, change: Reworded, is_used: bool) -> None:
    if change.english is not None and change.after:
        _say(texts, home, change)
    if change.before and change.before != change.after and not is_used:
        for found in texts.values():
            found.pop(change.before, None)


def _say(texts: dict[str, dict[str, str]], home: str, change: Reworded) -> None:
    path = next((path for path, found in texts.items() if change.after in found), home)
    found = texts[path]
    if not change.english:
        found.pop(change.after, None)
    elif change.after in found or change.before not in found:
        found[change.after] = change.english
    else:  # beside the words that it takes the place of
        items = list(found.items())
        at = list(found).index(change.before)
        found.clear()
        found.update([*items[: at + 1], (change.after, change.english), *items[at + 1 :]])


def _path(folder: str) -> str:
    return f"processes/{folder}/texts.en.json"


def _read(files: Files, path: str) -> dict[str, str] | None:
    try:
        found = exact.read(files[path])
    except (KeyError, exact.NotExact):
        return None
    good = isinstance(found, dict) and all(isinstance(text, str) for text in found.values())
    return found if good else None


def _written(files: Files, path: str, found: dict[str, str]) -> bytes:
    return exact.write(found, files.get(path))


def _says(files: Files, text: str) -> bool:
    """Whether a file of the draft still says it, as JSON or as XML writes it."""
    written = (
        json.dumps(text, ensure_ascii=False).encode(),
        f'"{escape(text)}"'.encode(),
        f">{escape(text)}<".encode(),
    )
    return any(one in data for path, data in files.items() if not path.endswith(".en.json") for one in written)
