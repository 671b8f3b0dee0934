"""JSON files read closed: bounded, without doubles, each value of the kind that is asked for."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from engine.bundles.faults import FAULTS
from engine.bundles.places import Place
from engine.diagrams.lint.subject import nearest
from engine.feel.findings import MOST, Finding
from engine.feel.said import Words
from engine.feel.unread import json_said

MAX_DEPTH = 32
_NO_CHARACTER = re.compile(r"(?<!\\)(?:\\\\)*(\\u0000|[\ud800-\udfff])")


class BadRecord(Exception):
    """The file is no JSON that Kaihu reads; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.why.en)
        self.finding = finding


class _Refused(ValueError):
    """JSON that Python would read and Kaihu does not."""

    def __init__(self, fault: str, **what: str) -> None:
        super().__init__(fault)
        self.fault, self.what = fault, what


def read_json(file: str, data: bytes) -> Any:
    """The value of a JSON file; raises BadRecord, never anything else."""
    try:
        value = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_refuse)
        _refuse_characters(value)
        _refuse_depth(value, MAX_DEPTH)
        return value
    except json.JSONDecodeError as wrong:
        raise _bad("json.syntax/json", file, wrong.lineno, detail=json_said(wrong)) from None
    except UnicodeDecodeError as wrong:
        raise _bad("json.syntax/text", file, data.count(b"\n", 0, wrong.start) + 1) from None
    except RecursionError:
        raise _bad("json.syntax/deep", file) from None
    except _Refused as wrong:
        raise _bad(wrong.fault, file, _line_of(data, next(iter(wrong.what.values()))), **wrong.what) from None
    except ValueError as wrong:
        raise _bad("json.syntax/json", file, detail=str(wrong)[:200]) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        double = next(name for number, (name, _) in enumerate(pairs) if name in dict(pairs[:number]))
        raise _Refused("json.syntax/twice", key=double)
    return values


def _refuse(constant: str) -> NoReturn:
    raise _Refused("json.syntax/number", number=constant)


def _refuse_characters(value: Any) -> None:
    """Half of a pair and NUL can be written as escapes; no page can show them, no database keeps them."""
    text = json.dumps(value, ensure_ascii=False)
    found = _NO_CHARACTER.search(text)
    if found:
        raise _Refused("json.syntax/character", character=f"\\u{ord(found[1]):04x}" if len(found[1]) == 1 else found[1])


def _refuse_depth(value: Any, levels: int) -> None:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if parts and not levels:
        raise RecursionError
    for part in parts:
        _refuse_depth(part, levels - 1)


def _bad(fault: str, file: str, line: int | None = None, /, **what: Words) -> BadRecord:
    return BadRecord(FAULTS.found(fault, file, None, line, **what))


def _line_of(data: bytes, text: str) -> int | None:
    """The last line that says the text: the second of two keys."""
    at = data.lower().rfind(text.lower().encode())
    return data.count(b"\n", 0, at) + 1 if at >= 0 else None


class Record:
    """One JSON object that is read field by field; what is wrong goes to `findings`, a stand-in to the caller.

    `place` is where it stands, so that a finding can name the line.
    """

    def __init__(self, value: Any, place: Place, findings: list[Finding]) -> None:
        self.place, self.findings = place, findings
        self.value: dict[str, Any] = value if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            self.wrong("json.shape/object")

    def text(self, name: str) -> str:
        value = self.value.get(name)
        if isinstance(value, str) and value.strip():
            return value
        self.wrong("json.shape/text", name)
        return ""

    def text_or_none(self, name: str) -> str | None:
        return None if self.value.get(name) is None else self.text(name)

    def one_of(self, name: str, choices: tuple[str, ...]) -> str:
        value = self.text(name)
        if value and value not in choices:
            self.wrong("json.shape/choice", name, value=value, choices=", ".join(choices))
        return value

    def flag(self, name: str, default: bool | None = None) -> bool:
        value = self.value.get(name, default)
        if not isinstance(value, bool):
            self.wrong("json.shape/flag", name)
        return value is True

    def count(self, name: str) -> int:
        value = self.value.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self.wrong("json.shape/count", name)
        return 0

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.value.get(name, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.wrong("json.shape/texts", name)
        return ()

    def records(self, name: str) -> list[Record]:
        value = self.value.get(name, [])
        if not isinstance(value, list):
            self.wrong("json.shape/list", name)
            return []
        return _records(value, self.place.inner(name), self.findings)

    def only(self, *names: str) -> None:
        """A misspelt key would be silently ignored."""
        unknown = self.value.keys() - set(names) if len(self.findings) < MOST else ()
        for name in sorted(unknown)[:MOST]:
            self.wrong("json.shape/key", name, mend=nearest(name[:80], names))

    def wrong(self, fault: str, key: str = "", /, **what: Words) -> None:
        if len(self.findings) >= MOST:
            return
        line = self.place.line(key) if key else self.place.line()
        self.findings.append(FAULTS.found(fault, self.place.file, self._name(), line, key=key, **what))

    def _name(self) -> str | None:
        """Which object it is: by its own name, or by its place."""
        own = self.value.get("code") or self.value.get("id")
        return own if isinstance(own, str) and own else ".".join(map(str, self.place.path)) or None


def list_of_records(value: Any, place: Place, findings: list[Finding]) -> list[Record]:
    """The records of a file that is a list of them."""
    if isinstance(value, list):
        return _records(value, place, findings)
    key = place.file.rpartition("/")[2]
    findings.append(FAULTS.found("json.shape/list", place.file, None, place.line(), key=key))
    return []


def _records(value: list[Any], place: Place, findings: list[Finding]) -> list[Record]:
    """As many as are read before there is enough to say."""
    unread = enumerate(value)
    return [Record(item, place.inner(number), findings) for number, item in unread if len(findings) < MOST]
