"""A recording written as the file of a scenario, in the form in which analysts write them by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.scenarios.model import Answer, Move
from engine.scenarios.recorded import Recorded

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*|[0-9]{1,9}")
_WORDS_OF_YAML = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


@dataclass(frozen=True)
class Came:
    """What a play has come to: its end with the status, or the open steps by role, and the steps on its way."""

    end: str | None
    status: str | None
    open: Mapping[str, str]
    path: tuple[str, ...]


def written(name: str, recorded: Recorded, came: Came) -> str:
    """The text of the file."""
    lines = [f"name: {_text(name)}", *_given(recorded), "when:"]
    lines += [line for move in recorded.moves for line in _move(move)]
    return "\n".join([*lines, "then:", *_then(came)]) + "\n"


def _given(recorded: Recorded) -> Iterator[str]:
    """That a service which only says whether it is done has done it goes without saying."""
    answers = {service: given for service, given in recorded.answers.items() if not _is_done(given)}
    if not recorded.settings and not answers:
        yield "given: {}"
        return
    yield "given:"
    if recorded.settings:
        yield f"  settings: {_pairs(recorded.settings)}"
    if answers:
        yield "  services:"
    for service, given in answers.items():
        yield f"    {service}: [{', '.join(_pairs(one) for one in given)}]"


def _is_done(given: Iterable[Answer]) -> bool:
    return all(value is True for answer in given for value in answer.values())


def _move(move: Move) -> Iterator[str]:
    if not move.step:
        yield f"  - {move.word}: {_text(move.target)}"
        return
    yield f"  - {move.word}: {_pairs(move.said)}" if move.said else f"  - {move.word}:"
    if move.reasons:
        yield f"    reasons: [{', '.join(map(_text, move.reasons))}]"


def _then(came: Came) -> Iterator[str]:
    if came.end is not None:
        yield f"  end: {_text(came.end)}"
    else:
        yield f"  open: {_pairs(came.open)}"
    if came.status is not None:
        yield f"  status: {_text(came.status)}"
    if came.path:
        yield f"  path: [{', '.join(map(_text, came.path))}]"


def _pairs(values: Mapping[str, object]) -> str:
    return "{" + ", ".join(f"{_text(name)}: {_value(value)}" for name, value in values.items()) + "}"


def _value(value: object) -> str:
    """A truth in a form may come as its text: it is read as one either way."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if value in ("true", "false") else _text(str(value))


def _text(text: str) -> str:
    """Plain where that is safe, else in double quotes, as YAML and JSON have them alike."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML:
        return text
    return text if _is_plain_chinese(text) else json.dumps(text, ensure_ascii=False)


def _is_plain_chinese(text: str) -> bool:
    return re.fullmatch(r"[\u4e00-\u9fff\uff0c\u3001\uff1a\uff08\uff09\uff1b\u201c\u201d]+", text) is not None
