"""JSON files read closed: bounded, without doubles, each value of the kind that is asked for."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from engine.diagrams.lint.subject import nearest
from engine.feel.findings import Finding


class BadRecord(Exception):
    """The file is no JSON that Kaihu reads; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.why)
        self.finding = finding


def read_json(file: str, data: bytes) -> Any:
    """The value of a JSON file; raises BadRecord, never anything else."""
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_refuse)
    except json.JSONDecodeError as wrong:
        raise _bad(file, wrong.lineno, f"not JSON: {wrong.msg}") from None
    except UnicodeDecodeError:
        raise _bad(file, None, "the file is not UTF-8 text") from None
    except RecursionError:
        raise _bad(file, None, "nested too deep") from None
    except ValueError as wrong:
        raise _bad(file, None, str(wrong)[:200]) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        double = next(name for number, (name, _) in enumerate(pairs) if name in dict(pairs[:number]))
        raise ValueError(f"the key {double!r} stands twice")
    return values


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")


def _bad(file: str, line: int | None, why: str) -> BadRecord:
    return BadRecord(Finding("json.syntax", file, None, line, why, "mend the JSON"))


def line_of(data: bytes, text: str) -> int | None:
    """The line on which a text first stands as a JSON string."""
    spots = [data.find(json.dumps(text, ensure_ascii=ascii_only).encode()) for ascii_only in (False, True)]
    at = max(spots)
    return data.count(b"\n", 0, at) + 1 if at >= 0 else None


class Record:
    """One JSON object that is read field by field; what is wrong goes to `findings`, a stand-in to the caller."""

    def __init__(self, file: str, value: Any, where: str, findings: list[Finding]) -> None:
        self.file, self.where, self.findings = file, where, findings
        self.value: dict[str, Any] = value if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            self.wrong("is no object", "write {...}")

    def text(self, name: str) -> str:
        value = self.value.get(name)
        if isinstance(value, str) and value.strip():
            return value
        self.wrong(f"needs the text {name}", f'add "{name}": "..."')
        return ""

    def text_or_none(self, name: str) -> str | None:
        return None if self.value.get(name) is None else self.text(name)

    def flag(self, name: str, default: bool | None = None) -> bool:
        value = self.value.get(name, default)
        if not isinstance(value, bool):
            self.wrong(f"needs {name} to be true or false", f'add "{name}": true or false')
        return value is True

    def count(self, name: str) -> int:
        value = self.value.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self.wrong(f"needs {name} to be a whole number", f'add "{name}": 3')
        return 0

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.value.get(name, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.wrong(f"needs {name} to be a list of texts", f'write "{name}": ["..."]')
        return ()

    def records(self, name: str) -> list[Record]:
        value = self.value.get(name, [])
        if not isinstance(value, list):
            self.wrong(f"needs {name} to be a list", f'write "{name}": [...]')
            return []
        return [Record(self.file, item, f"{name}[{number}]", self.findings) for number, item in enumerate(value)]

    def only(self, *names: str) -> None:
        """A misspelt key would be silently ignored."""
        for name in self.value.keys() - set(names):
            self.wrong(f"has the unknown key {name!r}", nearest(name, names))

    def wrong(self, why: str, mend: str) -> None:
        self.findings.append(Finding("json.shape", self.file, self.where or None, None, f"{self.where} {why}", mend))
