"""A new decision: one input, one output, one rule that always hits; everything in it is there to be changed."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

_BLANK = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" id="definitions_{id}" name={name} namespace="urn:kaihu:decisions">
  <decision id="{id}" name={name}>
    <decisionTable id="{id}_table" hitPolicy="FIRST">
      <input id="{id}_input_1" label="">
        <inputExpression id="{id}_expression_1" typeRef="boolean">
          <text>back</text>
        </inputExpression>
      </input>
      <output id="{id}_output" label="" name="result" typeRef="string" />
      <rule id="{id}_rule_1">
        <inputEntry id="{id}_rule_1_1">
          <text>-</text>
        </inputEntry>
        <outputEntry id="{id}_rule_1_out">
          <text>null</text>
        </outputEntry>
      </rule>
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="{id}_diagram">
      <dmndi:DMNShape id="{id}_shape" dmnElementRef="{id}">
        <dc:Bounds height="80" width="180" x="160" y="100" />
      </dmndi:DMNShape>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
"""  # noqa: E501 - the form in which such files are kept


def blank_decision(own: str, name: str) -> bytes:
    """A file with this one decision. `own` is a name of a-z, 0-9 and _; the fact that it tests is there always."""
    return _BLANK.format(id=own, name=quoteattr(name)).encode()
