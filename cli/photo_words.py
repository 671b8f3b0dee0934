"""What was seen in a photograph, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

LABELS = {
    "zh": {
        "corners": "四角", "none": "没有找到四条边", "rotation": "旋转", "confidence": "把握", "size": "原图",
        "checked": "校验通过", "unchecked": "未能校验", "unsure": "不自动填写",
        "crop": "可以使用，先显示切边后的照片", "review": "可以使用，先显示原图，由人核对",
        "refuse": "不能使用，请换一张照片",
        "block": "须更换", "warn": "请核对", "info": "提示",
        "name": "姓名", "sex": "性别", "nation": "民族", "birth": "出生", "address": "住址", "id_number": "身份证号码",
        "issuer": "签发机关", "validity": "有效期限", "number": "卡号", "bank": "银行", "kind": "卡种",
    },
    "en": {
        "corners": "corners", "none": "no four sides found", "rotation": "rotation", "confidence": "confidence",
        "size": "original",
        "checked": "check holds", "unchecked": "not checked", "unsure": "not filled in",
        "crop": "can be used; the cut-out is shown first", "review": "can be used; the original first, for the eye",
        "refuse": "cannot be used; another photo is needed",
        "block": "replace", "warn": "look", "info": "note",
        "name": "name", "sex": "sex", "nation": "nation", "birth": "birth", "address": "address",
        "id_number": "ID number", "issuer": "issued by", "validity": "validity", "number": "card number",
        "bank": "bank", "kind": "kind",
    },
}  # fmt: skip


def lines_of(name: str, seen: Mapping[str, Any], lang: str) -> Iterator[str]:
    """The action first, then what it rests on."""
    words = LABELS[lang]
    yield f"{name}: {words[seen['action']]} ({seen['action']})"
    if seen["size"] is not None:
        yield from _outline(seen, words)
    for verdict in seen["verdicts"]:
        yield f"  [{words[verdict['level']]}] {_said(verdict, lang)} ({verdict['code']})"
    for field, read in seen["fields"].items():
        yield f"  {words.get(field, field)}: {read['value']}  {_trust(read, words)}"


def _outline(seen: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[str]:
    width, height = seen["size"]
    yield f"  {words['size']}: {seen['format']} {width} x {height}"
    if seen["corners"] is None:
        yield f"  {words['corners']}: {words['none']}"
        return
    places = " ".join(f"({x:.0f},{y:.0f})" for x, y in seen["corners"])
    turned, sure = f"{words['rotation']} {seen['rotation']}", f"{words['confidence']} {seen['confidence']:.2f}"
    yield f"  {words['corners']}: {places}  {turned}  {sure}"


def _said(verdict: Mapping[str, Any], lang: str) -> str:
    return f"{verdict['cause_en']} {verdict['cure_en']}" if lang == "en" else f"{verdict['cause']}。{verdict['cure']}"


def _trust(read: Mapping[str, Any], words: Mapping[str, str]) -> str:
    checked = words["checked"] if read["checked"] else words["unchecked"]
    return f"{read['score']:.2f} {checked}" + ("" if read["sure"] else f"，{words['unsure']}")
