"""A sound business with one file changed as a hostile or hurried analyst would: seeded, so it can be made again."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping

from lxml import etree

from tests.unit.damage import OTHERS, places, put
from tests.unit.test_feel_refusals import ATTACKS

Change = Callable[[random.Random, bytes], bytes]
WORDS = (
    *ATTACKS,
    "../../../etc/passwd",
    "file:///etc/passwd",
    "http://127.0.0.1:9/x",
    "{0.__class__.__mro__}",
    "{{ config }}",
    "%(x)s%s%n",
    "<script>alert(1)</script>",
    "]]><x/>",
    "^(a+)+$",
    "P" + "9" * 60 + "Y",
    "茶" * 3000,
    "\u202e\u0000\ufeff"[:1],
    "",
    "-1",
    "1e999",
)
YAML = (
    "x: !!python/object/apply:os.system ['id']\n",
    "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "? !!binary x\n: y\n",
    "- advance: P9999999D\n",
    "- back: ../x\n",
)


def mutated(files: Mapping[str, bytes], seed: int, number: int) -> tuple[str, bytes]:
    """The path that was changed and what stands there now."""
    chance = random.Random(f"{seed}/{number}")
    path = chance.choice(sorted(files))
    data = files[path]
    for _ in range(chance.choice((1, 1, 2, 4))):
        data = chance.choice(_changes(path))(chance, data)
    return path, data


def _changes(path: str) -> tuple[Change, ...]:
    if path.endswith((".bpmn", ".dmn")):
        return (_bytes, _words, _tree, _tree, _tree)
    if path.endswith(".json"):
        return (_bytes, _words, _json, _json)
    return (_bytes, _words, _lines, _yaml)


def _bytes(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + chance.randint(1, 60))
    piece = chance.choice((b"", data[at:end] * 2, b'"', b"<", b"&x;", b"\x00", b"\xff\xfe", b"]", b"{", b"\n"))
    return data[:at] + piece + data[end if chance.random() < 0.5 else at :]


def _words(chance: random.Random, data: bytes) -> bytes:
    """A quoted text becomes a hostile one."""
    text = data.decode("utf-8", "replace")
    quoted = text.split('"')
    if len(quoted) > 2:
        quoted[chance.randrange(1, len(quoted) - 1)] = chance.choice(WORDS).replace("<", "&lt;").replace('"', "'")
    return '"'.join(quoted).encode("utf-8", "replace")


def _lines(chance: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one] + lines[other][: chance.randrange(9)]
    return b"\n".join(lines)


def _yaml(chance: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    lines.insert(chance.randrange(len(lines) + 1), chance.choice(YAML).encode())
    return b"\n".join(lines)


def _json(chance: random.Random, data: bytes) -> bytes:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return data
    other = chance.choice((*OTHERS, *WORDS))
    return json.dumps(put(document, chance.choice(list(places(document))), other), ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )


def _tree(chance: random.Random, data: bytes) -> bytes:
    """An element goes, comes twice, moves, or says something else."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return data
    nodes = [node for node in root.iter() if isinstance(node.tag, str) and node is not root]
    if nodes:
        chance.choice((_gone, _twice, _moved, _said, _said))(chance, nodes)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _gone(chance: random.Random, nodes: list[etree._Element]) -> None:
    node = chance.choice(nodes)
    above = node.getparent()
    if above is not None:
        above.remove(node)


def _twice(chance: random.Random, nodes: list[etree._Element]) -> None:
    node = chance.choice(nodes)
    node.addnext(etree.fromstring(etree.tostring(node, with_tail=False)))


def _moved(chance: random.Random, nodes: list[etree._Element]) -> None:
    node, into = chance.choice(nodes), chance.choice(nodes)
    if node is not into and node not in into.iterancestors():
        into.append(node)


def _said(chance: random.Random, nodes: list[etree._Element]) -> None:
    """What another element says, or a hostile word."""
    node, other = chance.choice(nodes), chance.choice(nodes)
    words = [*other.attrib.values(), other.text or "", chance.choice(WORDS).replace("\0", "")]
    if node.attrib and chance.random() < 0.7:
        node.attrib[chance.choice(list(node.attrib))] = chance.choice(words)
    else:
        node.text = chance.choice(words)
