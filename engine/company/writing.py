"""The record as a text that people edit: short things on one line, and a line of help above each part."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from engine.company.problems import BadCompany, Problem

WIDTH = 110
INTRODUCTION = (
    "公司资料。以 // 开头的行是说明，保存时忽略。改完保存并退出编辑器；有误会列出，您写的内容不会丢失。",
    "The company's record. Lines that begin with // are help and are left out. Save and leave the editor when done;",
    "mistakes are listed, and nothing that you wrote is lost.",
)


def write(document: Mapping[str, Any], problems: tuple[Problem, ...] = ()) -> str:
    """The record with help, and with what was wrong with it the last time."""
    lines = [f"// {line}" for line in INTRODUCTION]
    if problems:
        lines += ["//", "// 有误，没有保存 / not saved:", *told(problems)]
    parts = [_part(name, value) for name, value in document.items()]
    return "\n".join([*lines, "", "{", ",\n\n".join(parts), "}", ""])


def told(problems: tuple[Problem, ...]) -> list[str]:
    """A line of help for each problem, in both languages."""
    return [f"//!  {problem.say('zh')} / {problem.en}" for problem in problems]


def read(text: str) -> dict[str, Any]:
    """The record in a text with or without help; BadCompany, with the line, when it is no JSON."""
    kept = "\n".join("" if line.lstrip().startswith("//") else line for line in text.split("\n"))
    try:
        document = json.loads(kept, object_pairs_hook=_once)
    except json.JSONDecodeError as wrong:
        zh = f"第 {wrong.lineno} 行第 {wrong.colno} 个字符处不是 JSON：{wrong.msg}。常见原因是少了逗号、引号或括号"
        en = f"line {wrong.lineno}, sign {wrong.colno}: {wrong.msg}; a comma, quote or bracket?"
        raise BadCompany([Problem("", zh, en)]) from None
    except RecursionError:
        raise BadCompany([Problem("", "括号嵌套太深", "too deeply nested")]) from None
    if not isinstance(document, dict):
        raise BadCompany([Problem("", "须是一组条目 { … }", "a group of entries { ... } is needed")])
    return document


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON takes the last of two entries with one name, silently: the other one would be lost."""
    found = dict(pairs)
    for name in found:
        if sum(name == other for other, _ in pairs) > 1:
            raise BadCompany([Problem(name, "同一组里出现两次", "occurs twice in one group")])
    return found


def help_on(name: str, language: str = "zh") -> str:
    """What the help says of one entry: the first half of its lines is Chinese, the second the same in English."""
    lines = _help()[name]
    half = len(lines) // 2
    return " ".join(line.strip() for line in (lines[half:] if language == "en" else lines[:half]))


@cache
def _help() -> Mapping[str, list[str]]:
    """What each part is for, in Chinese and English."""
    found: Mapping[str, list[str]] = json.loads((files("engine.company") / "help.json").read_text("utf-8"))
    return found


def _part(name: str, value: Any) -> str:
    helped = [f"  // {line}" for line in _help().get(name, [])]
    return "\n".join([*helped, f"  {_text(name)}: {pretty(value, 2)}"])


def pretty(value: Any, indent: int = 0) -> str:
    """JSON with what is short on one line."""
    line = _text(value)
    if not isinstance(value, dict | list) or not value or (len(line) + indent <= WIDTH and _is_flat(value)):
        return line
    inner, outer = " " * (indent + 2), " " * indent
    if isinstance(value, dict):
        rows = [f"{inner}{_text(key)}: {pretty(each, indent + 2)}" for key, each in value.items()]
        return "{\n" + ",\n".join(rows) + f"\n{outer}}}"
    return "[\n" + ",\n".join(f"{inner}{pretty(each, indent + 2)}" for each in value) + f"\n{outer}]"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _is_flat(value: Any) -> bool:
    """A row of plain values, or times such as [["09:00", "17:00"]]."""
    inner = list(value.values()) if isinstance(value, dict) else value
    return not any(isinstance(each, dict) or (isinstance(each, list) and not _is_flat(each)) for each in inner)
