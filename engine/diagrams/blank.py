"""A new diagram: a start, one step in the lane of a role, an end, each with its shape, all there to be changed."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

_BLANK = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" id="definitions_{id}" targetNamespace="urn:kaihu:processes">
  <bpmn:collaboration id="collaboration_{id}">
    <bpmn:participant id="pool_{id}" name={name} processRef="{id}" />
  </bpmn:collaboration>
  <bpmn:process id="{id}" name={name} isExecutable="true">
    <bpmn:laneSet id="lanes_{id}">
      <bpmn:lane id="{role}" name={role_name}>
        <bpmn:flowNodeRef>{id}_start</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>{id}_step</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>{id}_end</bpmn:flowNodeRef>
      </bpmn:lane>
    </bpmn:laneSet>
    <bpmn:startEvent id="{id}_start">
      <bpmn:outgoing>{id}_start__{id}_step</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:userTask id="{id}_step" name={name}>
      <bpmn:incoming>{id}_start__{id}_step</bpmn:incoming>
      <bpmn:outgoing>{id}_step__{id}_end</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:endEvent id="{id}_end">
      <bpmn:incoming>{id}_step__{id}_end</bpmn:incoming>
    </bpmn:endEvent>
    <bpmn:sequenceFlow id="{id}_start__{id}_step" sourceRef="{id}_start" targetRef="{id}_step" />
    <bpmn:sequenceFlow id="{id}_step__{id}_end" sourceRef="{id}_step" targetRef="{id}_end" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram_{id}">
    <bpmndi:BPMNPlane id="plane_{id}" bpmnElement="collaboration_{id}">
      <bpmndi:BPMNShape id="pool_{id}_di" bpmnElement="pool_{id}" isHorizontal="true">
        <dc:Bounds x="160" y="80" width="600" height="200" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="{role}_di" bpmnElement="{role}" isHorizontal="true">
        <dc:Bounds x="190" y="80" width="570" height="200" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="{id}_start_di" bpmnElement="{id}_start">
        <dc:Bounds x="252" y="162" width="36" height="36" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="{id}_step_di" bpmnElement="{id}_step">
        <dc:Bounds x="400" y="140" width="100" height="80" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="{id}_end_di" bpmnElement="{id}_end">
        <dc:Bounds x="612" y="162" width="36" height="36" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="{id}_start__{id}_step_di" bpmnElement="{id}_start__{id}_step">
        <di:waypoint x="288" y="180" />
        <di:waypoint x="400" y="180" />
      </bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="{id}_step__{id}_end_di" bpmnElement="{id}_step__{id}_end">
        <di:waypoint x="500" y="180" />
        <di:waypoint x="612" y="180" />
      </bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
"""  # noqa: E501 - the form in which diagrams are kept


def blank_diagram(own: str, name: str, role: str, role_name: str) -> bytes:
    """A file with this one process. `own` is a name of a-z, 0-9 and _, `role` the id of the lane of its step."""
    return _BLANK.format(id=own, name=quoteattr(name), role=role, role_name=quoteattr(role_name)).encode()
