"""Closed XML reading: no document type, no entities, no network, bounded in bytes, depth and elements."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from engine.feel.findings import Finding

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 32
MAX_NODES = 20_000
_DECLARED = re.compile(r"""\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")


class BadXml(Exception):
    """The file cannot be read as closed XML; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.why)
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


def _text(file: str, data: bytes) -> str:
    """The file as text, refused by its bytes alone before any parser sees it."""
    if not data.strip():
        raise _bad("xml.empty", file, None, "the file is empty", "upload the diagram that the modeler saved")
    if len(data) > MAX_BYTES:
        raise _bad(
            "xml.size", file, None, f"{len(data)} bytes, more than {MAX_BYTES}", "split it into called processes"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        raise _bad("xml.encoding", file, line, "the file is not UTF-8 text", "save it as UTF-8") from None
    _check_prolog(file, text)
    return text


def _check_prolog(file: str, text: str) -> None:
    declared = _DECLARED.match(text)
    if declared and declared[1].lower() not in ("utf-8", "utf8", "us-ascii"):
        raise _bad("xml.encoding", file, 1, f"the file declares the encoding {declared[1][:40]}", "save it as UTF-8")
    # Sound on the bare text: the parser reads the same UTF-8, and `<!` opens nothing else that a diagram needs.
    at = min((spot for spot in (text.find("<!DOCTYPE"), text.find("<!ENTITY")) if spot >= 0), default=-1)
    if at >= 0:
        line = text.count("\n", 0, at) + 1
        raise _bad("xml.doctype", file, line, "a document type or an entity is declared", "remove the declaration")


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
            raise _bad("xml.depth", file, element.sourceline, f"nested deeper than {MAX_DEPTH}", "flatten the element")
        if count > MAX_NODES:
            why = f"more than {MAX_NODES} XML elements"
            raise _bad("xml.count", file, element.sourceline, why, "split it into called processes")


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
        return _bad("xml.depth", file, line, f"nested deeper than {MAX_DEPTH}", "flatten the element")
    return _bad("xml.syntax", file, line, f"not well-formed XML: {str(wrong)[:200]}", "save it again from the modeler")


def _bad(rule: str, file: str, line: int | None, why: str, mend: str) -> BadXml:
    return BadXml(Finding(rule, file, None, line, why, mend))
