"""Hostile files end in a finding, quickly, and never in another exception."""

from __future__ import annotations

import random

import pytest

from engine.bundles import BadBundle
from engine.diagrams.xml import BadXml, read_xml
from tests.unit.faults_files import XML
from tests.unit.tea import CHECK, DECISIONS, HANDLING, PROCESS, diagram, findings, load, tea

GOOD = tea()[CHECK].decode()
WHOLE = {"bundle.size/file": "xml.size"}  # the size of a file is looked at before anything reads it


@pytest.mark.parametrize(("fault", "data"), [row[1:3] for row in XML], ids=[row[0] for row in XML])
def test_the_closed_reader_alone_refuses_it_too(fault: str, data: bytes) -> None:
    with pytest.raises(BadXml) as refused:
        read_xml("x.bpmn", data)
    assert refused.value.finding.rule == WHOLE.get(fault, fault).partition("/")[0]


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
