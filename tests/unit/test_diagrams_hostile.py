"""Hostile files end in a finding, quickly, and never in another exception."""

from __future__ import annotations

import random
from time import perf_counter

import pytest

from engine.bundles import BadBundle
from engine.diagrams.xml import BadXml, read_xml
from tests.unit.tea import CHECK, DECISIONS, HANDLING, PROCESS, diagram, findings, load, rules, tea

ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
GOOD = tea()[CHECK].decode()

HOSTILE: list[tuple[str, str, bytes]] = [
    ("nothing", "xml.empty", b""),
    ("blanks", "xml.empty", b" \n\t"),
    ("a document type", "xml.doctype", GOOD.replace("<definitions", "<!DOCTYPE definitions><definitions").encode()),
    ("an outside document type", "xml.doctype", b'<!DOCTYPE d SYSTEM "http://127.0.0.1:1/x.dtd"><d/>'),
    ("an outside entity", "xml.doctype", b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'),
    ("a parameter entity", "xml.doctype", b'<!DOCTYPE d [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]><d/>'),
    ("a billion laughs", "xml.doctype", f"<!DOCTYPE d [{ENTITIES}]><d>&e9;</d>".encode()),
    ("an entity nobody declared", "xml.syntax", b"<d>&x;</d>"),
    ("a late document type", "xml.doctype", b"<?xml version='1.0'?><!-- a --><!DOCTYPE d><d/>"),
    ("UTF-16 with its mark", "xml.encoding", GOOD.replace("UTF-8", "UTF-16").encode("utf-16")),
    ("UTF-16 without one", "xml.encoding", ("<?xml version='1.0' encoding='utf-16'?>" + GOOD[39:]).encode("utf-16-le")),
    ("GB18030", "xml.encoding", GOOD.replace("UTF-8", "GB18030").encode("gb18030")),
    ("a declared other encoding", "xml.encoding", b"<?xml version='1.0' encoding='utf-7'?><d/>"),
    ("binary", "xml.encoding", b"PK\x03\x04" + bytes(range(256)) * 20),
    ("NUL bytes", "xml.syntax", b"<d>\0</d>"),
    ("no XML", "xml.syntax", b"{}"),
    ("half a file", "xml.syntax", GOOD[:1000].encode()),
    ("20 MB", "xml.size", b"<d>" + b"a" * 20_000_000 + b"</d>"),
    ("deep nesting", "xml.depth", b"<d>" * 100_000 + b"</d>" * 100_000),
    ("nesting that a parser bears", "xml.depth", b"<d>" * 200 + b"</d>" * 200),
    ("very many elements", "xml.count", b"<d>" + b"<a/>" * 200_000 + b"</d>"),
    ("very many attributes", "xml.syntax", b"<d " + b"a='1' " * 100_000 + b"/>"),
    ("another vocabulary", "bpmn.element", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ("no namespace", "bpmn.element", b"<definitions/>"),
]


@pytest.mark.parametrize(("rule", "data"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_a_hostile_diagram_is_a_finding_within_a_second(rule: str, data: bytes) -> None:
    start = perf_counter()
    found = rules({**tea(), PROCESS: data})
    assert perf_counter() - start < 1
    expected = {"bundle.size"} if rule == "xml.size" else {rule}
    assert found >= expected


@pytest.mark.parametrize(("rule", "data"), [case[1:] for case in HOSTILE[:-2]], ids=[case[0] for case in HOSTILE[:-2]])
def test_the_closed_reader_alone_refuses_it_too(rule: str, data: bytes) -> None:
    with pytest.raises(BadXml) as refused:
        read_xml("x.bpmn", data)
    assert refused.value.finding.rule == rule


def test_an_ordinary_file_with_a_byte_order_mark_and_comments_is_read() -> None:
    root = read_xml("x.bpmn", b"\xef\xbb\xbf" + GOOD.replace("<process", "<!-- x --><process").encode())
    assert [child.tag.rpartition("}")[2] for child in root] == ["process", "process"]


@pytest.mark.parametrize("seed", range(40))
def test_a_mutated_bundle_is_refused_or_loads(seed: int) -> None:
    """Whatever comes out, it is a bundle or BadBundle."""
    chance = random.Random(seed)
    files = tea()
    path = chance.choice([PROCESS, HANDLING, CHECK, DECISIONS])
    data = bytearray(files[path])
    for _ in range(chance.randint(1, 6)):
        _mutate(data, chance)
    try:
        load({**files, path: bytes(data)})
    except BadBundle as refused:
        assert refused.findings


def _mutate(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    end = min(len(data), at + chance.randint(1, 60))
    kind = chance.randrange(4)
    if kind == 0:
        data[at] = chance.randrange(256)
    elif kind == 1:
        del data[at:end]
    elif kind == 2:
        data[at:at] = data[at:end]
    else:
        data[at:at] = chance.choice([b'"', b"<", b"</process>", b"&lt;", "茶".encode(), b" id='order'"])


@pytest.mark.parametrize("size", ["INF", "NaN", "1e400"])
def test_a_shape_without_a_finite_place_is_drawn_nowhere(size: str) -> None:
    shape = f'<bpmndi:BPMNShape bpmnElement="s"><dc:Bounds x="{size}" y="1" width="1" height="1"/></bpmndi:BPMNShape>'
    body = '<process id="p" isExecutable="true"><startEvent id="s"/></process><bpmndi:BPMNDiagram>'
    extra = diagram(f'{body}<bpmndi:BPMNPlane bpmnElement="p">{shape}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>')
    assert findings({**tea(), "processes/shared/extra.bpmn": extra.encode()}) == []
