// The entries of Kaihu's own groups: what a step, a service, a table, a call and a flow say beyond plain BPMN.

import { SelectEntry, TextFieldEntry, isSelectEntryEdited, isTextAreaEntryEdited, isTextFieldEntryEdited } from "@bpmn-io/properties-panel";
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";
import { h } from "@bpmn-io/properties-panel/preact";
import { Completing } from "./completing.js";
import { hung, property } from "./extensions.js";

// The panel asks for its entries anew at each change: a component that were made anew with them would lose what is typed.
const Condition = ({ id, label, help, get, set, kit, element }) => h(Completing, {
  id, label, help, key: element.id, value: get(element), write: (text) => text !== get(element) && set(element, text), facts: kit.given.panel.facts, words: kit.given.words,
});

const Text = ({ id, label, help, get, set, kit, element }) => h(TextFieldEntry, {
  id, label, description: help, element, getValue: () => get(element), setValue: (text) => set(element, text ?? ""), debounce: kit.debounce,
});

/** What stands there already may always stay, also where no list names it. */
const Choice = ({ id, label, help, list, get, set, kit, element }) => {
  const own = get(element);
  const there = own && !list.some((one) => one.value === own) ? [{ value: own, label: own }] : [];
  const getOptions = () => [{ value: "", label: kit.given.words.none }, ...list, ...there];
  return h(SelectEntry, { id, label, description: help, element, getValue: () => own, setValue: (value) => set(element, value ?? ""), getOptions });
};

/** A field of the panel: text, condition, or a choice from a list. */
const entry = (kit, asked) => {
  if (asked.kind === "condition") return { ...asked, kit, component: Condition, isEdited: isTextAreaEntryEdited };
  return asked.list ? { ...asked, kit, component: Choice, isEdited: isSelectEntryEdited } : { ...asked, kit, component: Text, isEdited: isTextFieldEntryEdited };
};

export const propertyEntries = (kit, element) => {
  const mine = kit.given.panel.properties.filter((one) => one.on.includes(element.type));
  return mine.map((one) => entry(kit, {
    id: `kaihu-${one.name}`, label: one.label, help: one.help, kind: one.kind, list: kit.given.panel.lists[one.kind],
    get: (element) => property(element, one.name)?.value ?? "",
    set: (element, value) => kit.extensions.setProperty(element, one.name, value),
  }));
};

const operator = (element) => hung(element, "spiffworkflow:ServiceTaskOperator");
const parameters = (element) => operator(element)?.get("parameterList")?.get("parameters") ?? [];

/** Another service has other parameters: those of the same name keep what was said. */
const chooseService = (kit, element, name) => {
  const found = operator(element);
  if (!name) return kit.extensions.drop(element, found);
  const spec = kit.given.panel.services.find((one) => one.name === name);
  const said = new Map(parameters(element).map((one) => [one.id, one]));
  const params = (spec?.params ?? []).map((id) => said.get(id) ?? kit.extensions.make("spiffworkflow:Parameter", { id, type: "str", value: "" }));
  const parameterList = kit.extensions.filled("spiffworkflow:Parameters", "parameters", params, found);
  if (found) return kit.extensions.change(element, found, { id: name, parameterList });
  const made = kit.extensions.make("spiffworkflow:ServiceTaskOperator", { id: name, resultVariable: `${element.id}_result`, parameterList });
  parameterList.$parent = made;
  return kit.extensions.hang(element, made);
};

export const serviceEntries = (kit, element) => {
  if (!is(element, "bpmn:ServiceTask")) return [];
  const { words, panel } = kit.given;
  const choice = entry(kit, {
    id: "kaihu-service", label: words.service, list: panel.services.map((one) => ({ value: one.name, label: one.label })),
    get: (element) => operator(element)?.id ?? "", set: (element, name) => chooseService(kit, element, name),
  });
  const said = parameters(element).map((one) => entry(kit, {
    id: `kaihu-parameter-${one.id}`, label: `${words.parameter} ${one.id}`, help: words.parameter_help, kind: "condition",
    get: (element) => parameters(element).find((each) => each.id === one.id)?.value ?? "",
    set: (element, value) => kit.extensions.change(element, parameters(element).find((each) => each.id === one.id), { value }),
  }));
  return [choice, ...said];
};

export const decisionEntries = (kit, element) => !is(element, "bpmn:BusinessRuleTask") ? [] : [entry(kit, {
  id: "kaihu-decision", label: kit.given.words.decision, list: kit.given.panel.decisions.map((value) => ({ value, label: value })),
  get: (element) => hung(element, "spiffworkflow:CalledDecisionId")?.text ?? "",
  set: (element, text) => {
    const found = hung(element, "spiffworkflow:CalledDecisionId");
    if (!text) return kit.extensions.drop(element, found);
    return found ? kit.extensions.change(element, found, { text }) : kit.extensions.hang(element, kit.extensions.make("spiffworkflow:CalledDecisionId", { text }));
  },
})];

export const callEntries = (kit, element) => !is(element, "bpmn:CallActivity") ? [] : [entry(kit, {
  id: "kaihu-called", label: kit.given.words.called, list: kit.given.panel.processes,
  get: (element) => getBusinessObject(element).get("calledElement") ?? "",
  set: (element, value) => kit.modeling.updateProperties(element, { calledElement: value || undefined }),
})];

const chooses = (element) => is(element, "bpmn:SequenceFlow") && is(element.source, "bpmn:ExclusiveGateway");

export const conditionEntries = (kit, element) => !chooses(element) ? [] : [entry(kit, {
  id: "kaihu-condition", label: kit.given.words.condition, help: kit.given.words.condition_help, kind: "condition",
  get: (element) => getBusinessObject(element).get("conditionExpression")?.get("body") ?? "",
  set: (element, body) => {
    const flow = getBusinessObject(element), found = flow.get("conditionExpression");
    if (body && found) return kit.extensions.change(element, found, { body });
    const conditionExpression = body ? kit.extensions.make("bpmn:FormalExpression", { body }, flow) : undefined;
    return kit.modeling.updateProperties(element, { conditionExpression });
  },
})];
