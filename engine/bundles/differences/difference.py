"""One difference between two versions, and how it is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.feel.said import Said

SECTIONS: dict[str, Said] = {
    "business": Said("业务", "Business"),
    "steps": Said("步骤", "Steps"),
    "elements": Said("其他元素", "Other elements"),
    "flows": Said("连线和条件", "Flows and conditions"),
    "forms": Said("表单", "Forms"),
    "reasons": Said("驳回原因", "Reject reasons"),
    "tables": Said("决策表", "Decision tables"),
    "notices": Said("通知", "Notices"),
    "questions": Said("开户知识", "Knowledge questions"),
    "texts": Said("文本", "Texts"),
    "files": Said("其他文件", "Other files"),
}
"""The parts of the list of differences, in its order."""

_SECTION_OF = {
    "business": "business", "milestone": "business", "step": "steps", "element": "elements", "lane": "elements",
    "process": "elements", "note": "elements", "flow": "flows", "form": "forms", "field": "forms", "reason": "reasons",
    "table": "tables", "column": "tables", "rule": "tables", "notice": "notices", "questions": "questions",
    "question": "questions", "document": "texts", "scenario": "texts", "english": "texts", "file": "files",
}  # fmt: skip

_WORDS: dict[str, Said] = {
    "added": Said("增加{what}", "{what} is added"),
    "removed": Said("删除{what}", "{what} is removed"),
    "renamed": Said("{what}改名为{new}", "{what} is renamed {new}"),
    "moved": Said("{what}从{old}移到{new}", "{what} moves from {old} to {new}"),
    "reordered": Said("{what}的顺序有变：{new}", "{what} have another order: {new}"),
    "set": Said("{what}：{aspect}设为{new}", "{what}: {aspect} is set to {new}"),
    "cleared": Said("{what}：去掉{aspect}，原为{old}", "{what}: {aspect} is taken away, it was {old}"),
    "changed": Said("{what}：{aspect}由{old}改为{new}", "{what}: {aspect} changes from {old} to {new}"),
    "rewritten": Said("{what}：{aspect}", "{what}: {aspect}"),
    "redrawn": Said("{what}只调整了版面，走法不变", "{what} is only laid out anew, its roads are the same"),
    "unread": Said("{what}有改动，但不影响本业务的办理", "{what} differs in what this business does not use"),
}


@dataclass(frozen=True)
class Difference:
    """`subject` (step, flow, field, ...) and `change` (added, removed, renamed, moved, changed, ...) name its kind.

    `element` is the id by which it is found in its file, on the drawing for steps, elements and flows; what was
    removed stands in the file of the version before. `aspect` is what changed of it, `old` and `new` are as people
    read them.
    """

    subject: str
    change: str
    file: str
    element: str | None
    what: Said
    aspect: Said | None = None
    old: Said | None = None
    new: Said | None = None

    @property
    def section(self) -> str:
        return _SECTION_OF[self.subject]

    @property
    def said(self) -> Said:
        """The difference as a sentence."""
        nothing = Said("", "")
        sentence = _WORDS[self.change].filled(
            what=self.what, aspect=self.aspect or nothing, old=self.old or nothing, new=self.new or nothing
        )
        if self.change == "added" and self.new:
            sentence = Said("{it}，{more}", "{it}; {more}").filled(it=sentence, more=self.new)
        return Said(sentence.zh.strip(), sentence.en)

    def plain(self) -> dict[str, Any]:
        """As JSON: ids for programs, both languages for people."""
        words = {"what": self.what, "aspect": self.aspect, "old": self.old, "new": self.new, "said": self.said}
        return {
            "section": self.section,
            "subject": self.subject,
            "change": self.change,
            "file": self.file,
            "element": self.element,
        } | {name: {"zh": said.zh, "en": said.en} for name, said in words.items() if said}
