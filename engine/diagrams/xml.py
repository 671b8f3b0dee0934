"""Closed XML reading: no document type, no entities, no network, bounded in bytes, depth and elements."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from engine.diagrams.faults import FAULTS
from engine.feel.findings import Finding
from engine.feel.said import Words
from engine.feel.unread import xml_said

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 32
MAX_NODES = 20_000
_DECLARED = re.compile(r"""\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")


class BadXml(Exception):
    """The file cannot be read as closed XML; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.why.en)
        self.finding = finding


def read_xml(file: str, data: bytes) -> etree._Element:
    """The root of a document without comments and instructions; raises BadXml, never anything else."""
    text = _text(file, data)
    try:
        root = etree.fromstring(text.encode(), _parser())
    except (etree.XMLSyntaxError, ValueError, RecursionError) as wrong:
        raise _syntax(file, wrong) from None
    _check_shape(file, root)
    return root


def has_remarks(data: bytes) -> bool:
    """Whether it holds comments or instructions, which no reader here keeps and a save would drop."""
    return b"<!--" in data or data.count(b"<?") > data.lstrip(b"\xef\xbb\xbf").startswith(b"<?xml")


def _text(file: str, data: bytes) -> str:
    """The file as text, refused by its bytes alone before any parser sees it."""
    if not data.strip():
        raise _bad("xml.empty", file)
    if len(data) > MAX_BYTES:
        raise _bad("xml.size", file, size=str(len(data)), most=str(MAX_BYTES))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        raise _bad("xml.encoding/bytes", file, line) from None
    _check_prolog(file, text)
    return text


def _check_prolog(file: str, text: str) -> None:
    declared = _DECLARED.match(text)
    if declared and declared[1].lower() not in ("utf-8", "utf8", "us-ascii"):
        raise _bad("xml.encoding/declared", file, 1, encoding=declared[1][:40])
    # Sound on the bare text: the parser reads the same UTF-8, and `<!` opens nothing else that a diagram needs.
    at = min((spot for spot in (text.find("<!DOCTYPE"), text.find("<!ENTITY")) if spot >= 0), default=-1)
    if at >= 0:
        line = text.count("\n", 0, at) + 1
        raise _bad("xml.doctype", file, line)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=False,
    )


def _check_shape(file: str, root: etree._Element) -> None:
    for count, (element, depth) in enumerate(_walk(root), start=1):
        if depth > MAX_DEPTH:
            raise _bad("xml.depth", file, element.sourceline, most=str(MAX_DEPTH))
        if count > MAX_NODES:
            raise _bad("xml.count", file, element.sourceline, most=str(MAX_NODES))


def _walk(root: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            depth += 1
            yield element, depth
        else:
            depth -= 1


def _syntax(file: str, wrong: Exception) -> BadXml:
    line = getattr(wrong, "lineno", None)
    if "depth" in str(wrong):
        return _bad("xml.depth", file, line, most=str(MAX_DEPTH))
    detail = xml_said(wrong) if isinstance(wrong, etree.XMLSyntaxError) else str(wrong)[:200]
    return _bad("xml.syntax", file, line, detail=detail)


def _bad(fault: str, file: str, line: int | None = None, /, **what: Words) -> BadXml:
    return BadXml(FAULTS.found(fault, file, None, line, **what))
