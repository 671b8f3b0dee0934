"""A diagram as text in the one form in which it is kept: a change of one word is a change of one line.

The form is that of bpmn.io's modelers: two spaces a level, attributes as they come, empty elements closed at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from engine.diagrams.xml import read_xml

Prefixes = Mapping[str | None, str]
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_XML = "http://www.w3.org/XML/1998/namespace"
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_VALUE = _TEXT | str.maketrans({"\n": "&#10;", "\t": "&#9;"})


def canonical(file: str, data: bytes) -> bytes:
    """The same document in the form in which it is kept; raises BadXml for what is none."""
    return (_HEAD + "".join(_lines(read_xml(file, data), {}, 0))).encode()


def _lines(element: etree._Element, above: Prefixes, depth: int) -> Iterator[str]:
    """A line for each element; what holds words stands in one line with them."""
    spaces = "  " * depth
    if not len(element) or _has_words(element):
        yield f"{spaces}{_inline(element, above)}\n"
        return
    yield f"{spaces}<{_opening(element, above)}>\n"
    for child in element:
        yield from _lines(child, element.nsmap, depth + 1)
    yield f"{spaces}</{_tag(element)}>\n"


def _has_words(element: etree._Element) -> bool:
    """Whether words stand beside the elements in it: every blank there may be one of the text."""
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def _inline(element: etree._Element, above: Prefixes) -> str:
    text = element.text or ""
    inner = "".join(_inline(child, element.nsmap) + (child.tail or "").translate(_TEXT) for child in element)
    if not text.strip() and not inner:
        return f"<{_opening(element, above)} />"
    return f"<{_opening(element, above)}>{text.translate(_TEXT)}{inner}</{_tag(element)}>"


def _opening(element: etree._Element, above: Prefixes) -> str:
    new = {prefix: name for prefix, name in element.nsmap.items() if above.get(prefix) != name}
    declared = (
        f"xmlns:{prefix}={_quoted(name)}" if prefix else f"xmlns={_quoted(name)}" for prefix, name in new.items()
    )
    return " ".join([_tag(element), *declared, *_attributes(element)])


def _attributes(element: etree._Element) -> Iterator[str]:
    prefixes = {name: prefix for prefix, name in element.nsmap.items() if prefix} | {_XML: "xml"}
    for key, value in element.items():
        name = etree.QName(str(key))
        prefix = prefixes[name.namespace] if name.namespace else None
        yield f"{_prefixed(prefix, name.localname)}={_quoted(str(value))}"


def _tag(element: etree._Element) -> str:
    return _prefixed(element.prefix, etree.QName(element).localname)


def _prefixed(prefix: str | None, local: str) -> str:
    return f"{prefix}:{local}" if prefix else local


def _quoted(value: str) -> str:
    """With the quotes that the value does not hold: conditions in attributes are read by people."""
    said = value.translate(_VALUE)
    return f"'{said}'" if '"' in said and "'" not in said else '"' + said.replace('"', "&quot;") + '"'
