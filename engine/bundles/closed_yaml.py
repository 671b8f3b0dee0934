"""YAML read closed, event by event: texts, lists and mappings, without aliases, tags and doubles, bounded in all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from engine.feel.said import Words
from engine.feel.unread import yaml_said

MAX_BYTES = 16 * 1024
MAX_DEPTH = 8
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_EMPTY = ("", "~", "null")


@dataclass(frozen=True)
class Node:
    """A value with the line on which it begins; what is plainly empty is None, every other scalar its text."""

    value: str | list[Node] | dict[str, Node] | None
    line: int

    @property
    def items(self) -> dict[str, Node]:
        return self.value if isinstance(self.value, dict) else {}

    @property
    def parts(self) -> list[Node]:
        return self.value if isinstance(self.value, list) else []


@dataclass
class BadYaml(Exception):
    """The text is refused; `fault` says for what."""

    fault: str
    line: int
    what: dict[str, Words] = field(default_factory=dict)


def read_yaml(text: str) -> Node:
    """The one document of the text; raises BadYaml, never anything else."""
    if len(text.encode()) > MAX_BYTES:
        raise BadYaml("size", 1, {"most": str(MAX_BYTES // 1024)})
    try:
        events = iter(yaml.parse(text, Loader=_LOADER))
        found = [_node(event, events, 1) for event in events if isinstance(event, yaml.NodeEvent)]
    except yaml.YAMLError as wrong:
        raise _syntax(wrong, text) from None
    if len(found) > 1:
        raise BadYaml("two", found[1].line)
    return found[0] if found else Node(None, 1)


def _node(event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
    line = event.start_mark.line + 1
    if depth > MAX_DEPTH:
        raise BadYaml("depth", line, {"most": str(MAX_DEPTH)})
    if event.anchor or getattr(event, "tag", None):
        raise BadYaml("alias", line)
    if isinstance(event, yaml.SequenceStartEvent):
        return Node([_node(part, events, depth + 1) for part in _until(yaml.SequenceEndEvent, events)], line)
    if isinstance(event, yaml.MappingStartEvent):
        return Node(_mapping(events, depth), line)
    return Node(None if event.style is None and event.value in _EMPTY else event.value, line)


def _mapping(events: Iterator[yaml.Event], depth: int) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for event in _until(yaml.MappingEndEvent, events):
        key, line = _node(event, events, depth + 1).value, event.start_mark.line + 1
        if not isinstance(key, str):
            raise BadYaml("key", line)
        if key in found:
            raise BadYaml("twice", line, {"key": key[:80]})
        found[key] = _node(next(events), events, depth + 1)
    return found


def _until(end: type[yaml.Event], events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
    for event in events:
        if isinstance(event, end):
            return
        yield event


def _syntax(wrong: yaml.YAMLError, text: str) -> BadYaml:
    problem = str(getattr(wrong, "problem", None) or getattr(wrong, "reason", ""))
    mark = getattr(wrong, "context_mark" if "end of stream" in problem else "problem_mark", None)
    before = text[: getattr(wrong, "position", 0)]
    line = mark.line + 1 if mark else before.count("\n") + 1
    column = mark.column + 1 if mark else len(before.rpartition("\n")[2]) + 1
    return BadYaml("yaml", line, {"detail": yaml_said(line, column, problem)})
