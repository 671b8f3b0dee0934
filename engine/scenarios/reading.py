"""From a checked file to a scenario. The rules of lint have looked at its names; values get their types here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.bundles.closed_yaml import Node, read_yaml
from engine.bundles.files import SHARED
from engine.bundles.known import Known
from engine.bundles.model import Bundle
from engine.company import default_company
from engine.scenarios.faults import FAULTS
from engine.scenarios.model import EVENTS, Answer, Expected, Line, Move, Scenario
from engine.scenarios.wrong import Wrong

YES_OR_NO = {"true": True, "false": False}


def files_of(bundle: Bundle) -> list[str]:
    """The business's own scenarios, in the order of their names."""
    folder = f"processes/{bundle.business.id}/scenarios/"
    return sorted(path for path in bundle.files if path.startswith(folder) and f"/{SHARED}/" not in path)


def read_scenario(bundle: Bundle, known: Known, file: str) -> Scenario:
    """The scenario of a file; Wrong for a value that is not of its kind."""
    root = read_yaml(bundle.files[file].decode("utf-8-sig"))
    given = _inner(root, "given")
    return Scenario(
        file=file,
        name=_text(root.items.get("name")),
        settings={**usual_settings(known), **dict(_settings(file, _inner(given, "settings")))},
        answers={
            service: tuple(_answer(file, part, known.services[service].results) for part in node.parts)
            for service, node in _inner(given, "services").items.items()
        },
        moves=tuple(_move(line) for line in _inner(root, "when").parts),
        then=_expected(_inner(root, "then")),
    )


def usual_settings(known: Known) -> dict[str, object]:
    """What a company begins with."""
    return {name: value for name, value in default_company().settings.items() if name in known.settings}


def _settings(file: str, node: Node) -> Iterator[tuple[str, object]]:
    usual = default_company().settings
    for name, value in node.items.items():
        yield name, _typed(file, name, value, type(usual.get(name, "")))


def _answer(file: str, node: Node, results: Mapping[str, type]) -> Answer:
    """One answer of a service; what it does not say is null."""
    said = {name: _typed(file, name, value, results[name]) for name, value in node.items.items()}
    return {**dict.fromkeys(results), **said}


def _typed(file: str, name: str, node: Node, kind: type) -> bool | int | str | None:
    text = node.value
    if text is None:
        return None
    if kind is bool and isinstance(text, str) and text in YES_OR_NO:
        return YES_OR_NO[text]
    if kind is int and isinstance(text, str) and text.lstrip("-").isdecimal() and len(text) < 10:
        return int(text)
    if kind is str and isinstance(text, str):
        return text
    fault = "scenario.play/boolean" if kind is bool else "scenario.play/number" if kind is int else "scenario.play/text"
    raise Wrong(FAULTS.found(fault, file, name, node.line, name=name))


def _move(line: Node) -> Move:
    reasons = tuple(_text(reason) for reason in line.items.get("reasons", Node([], line.line)).parts)
    word = next(word for word in line.items if word != "reasons")
    said = line.items[word]
    if word in EVENTS:
        return Move(word, said.line, target=_text(said))
    entries = {name: _entry(value) for name, value in said.items.items() if value.value is not None}
    return Move(word, said.line, said=entries, reasons=reasons)


def _entry(node: Node) -> str:
    """A list is several choices of one field."""
    return ",".join(map(_text, node.parts)) if node.parts else _text(node)


def _expected(then: Node) -> Expected:
    def one(name: str) -> Line | None:
        return _line(then.items[name]) if name in then.items else None

    def several(name: str) -> tuple[Line, ...] | None:
        return tuple(map(_line, then.items[name].parts)) if name in then.items else None

    def named(name: str) -> dict[str, Line] | None:
        return {key: _line(node) for key, node in then.items[name].items.items()} if name in then.items else None

    return Expected(
        line=then.line,
        end=one("end"),
        status=one("status"),
        open=named("open"),
        path=several("path"),
        facts=named("facts"),
        texts=several("texts"),
        texts_line=then.items.get("texts", then).line,
        open_line=then.items.get("open", then).line,
    )


def _line(node: Node) -> Line:
    return Line(_text(node), node.line)


def _inner(node: Node, name: str) -> Node:
    return node.items.get(name, Node({}, node.line))


def _text(node: Node | None) -> str:
    return node.value if node is not None and isinstance(node.value, str) else ""
