"""What the files of a business are called by people: a form by its steps, a diagram by its process, and so on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.bundles.closed_yaml import BadYaml, read_yaml
from engine.bundles.files import SHARED
from engine.bundles.reading import Parts, form_key, read_parts
from engine.feel.said import Said

DIAGRAM, FORM, RULE, TEXT, SCENARIO, OTHER = "diagram", "form", "rule", "text", "scenario", "other"
KINDS = (DIAGRAM, FORM, RULE, TEXT, SCENARIO, OTHER)
NEW, CHANGED = "new", "changed"
_ENDINGS = {
    ".bpmn": DIAGRAM,
    ".form.json": FORM,
    ".dmn": RULE,
    "/reasons.json": RULE,
    "/questions.json": RULE,
    "/business.json": TEXT,
    "/notices.json": TEXT,
    "/texts.en.json": TEXT,
    ".md": TEXT,
    ".yaml": SCENARIO,
}
_RECORDS = {
    "/reasons.json": Said("驳回原因", "Reject reasons"),
    "/questions.json": Said("视频中询问的知识", "Questions of the video call"),
    "/business.json": Said("业务资料：名称、证件、办理阶段", "The business: names, papers, stages"),
    "/notices.json": Said("提示和短信", "Notices and SMS"),
    "/texts.en.json": Said("英文对照", "English of the texts"),
}
_ENGLISH = ".en.md"


@dataclass(frozen=True)
class Content:
    """One file. `name` is None where nothing names it: a form that no step shows, a file that cannot be read."""

    file: str
    kind: str
    name: Said | None
    is_shared: bool
    state: str | None


def contents(files: Mapping[str, bytes], business: str, before: Mapping[str, bytes]) -> list[Content]:
    """Every file by kind; `state` is NEW or CHANGED against the files of `before`."""
    parts, _ = read_parts(files, business)
    names = dict(_names(files, parts))
    found = [
        Content(path, _kind(path), names.get(path), path.split("/")[1:2] == [SHARED], _state(path, files, before))
        for path in files
    ]
    return sorted(found, key=_order)


def _order(one: Content) -> tuple[object, ...]:
    """Records before agreements, the English of an agreement after it."""
    stem = one.file.removesuffix(".md").removesuffix(".en")
    return KINDS.index(one.kind), one.is_shared, one.file.endswith(".md"), stem, len(one.file)


def _kind(path: str) -> str:
    return next((kind for ending, kind in _ENDINGS.items() if path.endswith(ending)), OTHER)


def _state(path: str, files: Mapping[str, bytes], before: Mapping[str, bytes]) -> str | None:
    if path not in before:
        return NEW
    return CHANGED if files[path] != before[path] else None


def _names(files: Mapping[str, bytes], parts: Parts) -> Iterator[tuple[str, Said]]:
    def said(texts: list[str]) -> Said:
        english = [parts.english.get(text, text) for text in texts]
        return Said("、".join(texts), ", ".join(english))

    for diagram in parts.diagrams:
        yield diagram.file, said([one.name or one.id for one in diagram.processes])
    for path in files:
        tables = [one.name or one.id for one in parts.decisions.values() if one.file == path]
        steps = _steps(parts, form_key(path)) if _kind(path) == FORM else []
        if tables or steps:
            yield path, said(tables or steps)
        elif name := _of_record(path) or _of_text(path, files) or _of_scenario(path, files):
            yield path, name


def _steps(parts: Parts, form: str) -> list[str]:
    elements = (element for diagram in parts.diagrams for element in diagram.elements)
    shown = [one for one in elements if one.kind == "userTask" and one.properties.get("form") == form]
    return list(dict.fromkeys(one.name or one.id for one in shown))


def _of_record(path: str) -> Said | None:
    return next((name for ending, name in _RECORDS.items() if path.endswith(ending)), None)


def _of_text(path: str, files: Mapping[str, bytes]) -> Said | None:
    if not path.endswith(".md"):
        return None
    if not path.endswith(_ENGLISH):
        title = _title(path, files)
        return Said(title, _title(path.removesuffix(".md") + _ENGLISH, files) or title) if title else None
    english = _title(path, files)
    chinese = _title(path.removesuffix(_ENGLISH) + ".md", files) or english
    return Said(f"{chinese}（英文）", f"{english} (English)") if english else None


def _title(path: str, files: Mapping[str, bytes]) -> str:
    """The first heading."""
    lines = files.get(path, b"").decode("utf-8-sig", "replace").splitlines()
    return next((line.lstrip("#").strip() for line in lines if line.startswith("#")), "")


def _of_scenario(path: str, files: Mapping[str, bytes]) -> Said | None:
    if _kind(path) != SCENARIO:
        return None
    try:
        node = read_yaml(files[path].decode("utf-8-sig", "replace")).items.get("name")
    except BadYaml:
        return None
    return Said(node.value, node.value) if node is not None and isinstance(node.value, str) else None
