"""Diagrams are kept in one form, so that a change of one word is a change of one line; what an edit loses is found."""

from __future__ import annotations

import difflib

import pytest
from lxml import etree

from engine.diagrams.lost import Lost, lost
from engine.diagrams.writing import canonical
from engine.diagrams.xml import BadXml
from tests.house import ROOT

SHIPPED = sorted((ROOT / "processes").rglob("*.bpmn"))
EXPORTS = sorted((ROOT / "tests/unit/exports").glob("*.bpmn"))
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@pytest.mark.parametrize("path", [*SHIPPED, *EXPORTS], ids=lambda path: path.stem)
def test_a_diagram_in_the_kept_form_stays_as_it_is(path: object) -> None:
    data = path.read_bytes()  # type: ignore[attr-defined]
    assert canonical("x.bpmn", data) == data


@pytest.mark.parametrize("path", [*SHIPPED, *EXPORTS], ids=lambda path: path.stem)
def test_whatever_a_modeler_does_to_blanks_is_undone(path: object) -> None:
    data = path.read_bytes()  # type: ignore[attr-defined]
    root = etree.fromstring(data, etree.XMLParser(remove_blank_text=True))
    squeezed = etree.tostring(root, encoding="utf-8")
    assert squeezed.count(b"\n") < data.count(b"\n") / 2
    assert canonical("x.bpmn", squeezed) == data


def test_a_change_of_one_word_is_a_change_of_one_line() -> None:
    before = (ROOT / "processes/shared/signing.bpmn").read_bytes()
    after = canonical("x.bpmn", before.replace('name="已签署"'.encode(), b'name="&#x5df2;"', 1))
    lines = difflib.ndiff(before.decode().splitlines(), after.decode().splitlines())
    assert [line[0] for line in lines if line[0] in "+-"] == ["-", "+"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("""<a b='x"y' />""", """<a b='x"y' />"""),
        ("""<a b="x&quot;y&apos;z" />""", """<a b="x&quot;y'z" />"""),
        ("<a>  <b/>\n</a>", "<a>\n  <b />\n</a>"),
        ("<a>say <b>it</b> so</a>", "<a>say <b>it</b> so</a>"),
        ("<a>\n</a>", "<a />"),
        ("<a>1 &lt; 2 &amp; 3</a>", "<a>1 &lt; 2 &amp; 3</a>"),
        ("""<a b="1&#10;2" />""", """<a b="1&#10;2" />"""),
        ("""<n:a xmlns:n="urn:n" n:b="1" xml:lang="zh"/>""", """<n:a xmlns:n="urn:n" n:b="1" xml:lang="zh" />"""),
        ("<a><!-- gone --></a>", "<a />"),
    ],
)
def test_the_form(written: str, kept: str) -> None:
    assert canonical("x.bpmn", (HEAD + written).encode()).decode() == f"{HEAD}{kept}\n"


@pytest.mark.parametrize(
    "hostile",
    [
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b"<a>&nbsp;</a>",
        b"<a" + b"><a" * 100_000,
        b"",
        b"\xff\xfe<a/>",
        b"<a>" + b"<b/>" * 30_000 + b"</a>",
        b"<a>" + b"x" * (1024 * 1024) + b"</a>",
    ],
)
def test_what_is_no_closed_xml_is_refused(hostile: bytes) -> None:
    with pytest.raises(BadXml):
        canonical("x.bpmn", hostile)


CAMUNDA = (ROOT / "tests/unit/exports/camunda.bpmn").read_text("utf-8")
SIGNING = (ROOT / "processes/shared/signing.bpmn").read_text("utf-8")
LISTENER = '<camunda:taskListener delegateExpression="${told}" event="complete" />'


def gone(text: str, old: str, new: str = "", shown: tuple[str, ...] = ()) -> list[Lost]:
    assert old in text
    before, after = (etree.fromstring(one.encode()) for one in (text, text.replace(old, new)))
    return lost(before, after, shown)


def test_what_the_editor_does_not_show_may_not_vanish() -> None:
    assert gone(CAMUNDA, LISTENER) == [Lost("Activity_1", "<camunda:taskListener>")]
    assert gone(CAMUNDA, ' camunda:assignee="${starter}"') == [Lost("Activity_1", "assignee")]
    assert gone(SIGNING, '<spiffworkflow:property name="back"', '<spiffworkflow:property name="bakc"') == [
        Lost("sign_agreements", "property back")
    ]


def test_what_the_editor_shows_may_be_taken_away_and_so_may_a_whole_element() -> None:
    back = '<spiffworkflow:property name="back" value="certificate_check" />'
    assert gone(SIGNING, back, shown=("back",)) == []
    element = CAMUNDA[CAMUNDA.index("<bpmn:userTask") : CAMUNDA.index("</bpmn:userTask>") + len("</bpmn:userTask>")]
    shape = CAMUNDA[CAMUNDA.index('<bpmndi:BPMNShape id="Activity_1_di"') :]
    shape = shape[: shape.index("</bpmndi:BPMNShape>") + len("</bpmndi:BPMNShape>")]
    assert gone(CAMUNDA.replace(shape, ""), element) == []
