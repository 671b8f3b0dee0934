// What hangs under an element: read plainly, changed by commands that can be undone; what became empty is taken away.

import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";

const MULTI = "properties-panel.multi-command-executor";
const UPDATE = "element.updateModdleProperties";

export const hung = (element, type) =>
  (getBusinessObject(element).get("extensionElements")?.get("values") ?? []).find((one) => is(one, type));

export const property = (element, name) =>
  (hung(element, "spiffworkflow:Properties")?.get("properties") ?? []).find((one) => one.name === name);

export class Extensions {
  constructor(bpmnFactory, commandStack) {
    Object.assign(this, { bpmnFactory, commandStack });
  }

  /** Write one property; an empty value takes it away. */
  setProperty(element, name, value) {
    const found = property(element, name);
    if (found && value) return this.run([this.update(element, found, { value })]);
    const list = hung(element, "spiffworkflow:Properties");
    const others = (list?.get("properties") ?? []).filter((one) => one !== found);
    const made = value ? [...others, this.make("spiffworkflow:Property", { name, value })] : others;
    if (!made.length) return this.drop(element, list);
    if (list) return this.run([this.update(element, list, { properties: this.under(list, made) })]);
    return this.hang(element, this.filled("spiffworkflow:Properties", "properties", made));
  }

  /** Put an extension element under the element, after those that are there. */
  hang(element, made) {
    const owner = getBusinessObject(element);
    const there = owner.get("extensionElements");
    if (!there) return this.run([this.update(element, owner, { extensionElements: this.filled("bpmn:ExtensionElements", "values", [made], owner) })]);
    return this.run([this.update(element, there, { values: this.under(there, [...there.get("values"), made]) })]);
  }

  /** Take an extension element away, and the list of them when it was the last. */
  drop(element, gone) {
    if (!gone) return;
    const owner = getBusinessObject(element);
    const values = owner.get("extensionElements").get("values").filter((one) => one !== gone);
    this.run([values.length ? this.update(element, owner.get("extensionElements"), { values }) : this.update(element, owner, { extensionElements: undefined })]);
  }

  change(element, part, properties) {
    this.run([this.update(element, part, properties)]);
  }

  make(type, properties, parent) {
    const made = this.bpmnFactory.create(type, properties);
    if (parent) made.$parent = parent;
    return made;
  }

  filled(type, list, parts, parent) {
    const made = this.make(type, {}, parent);
    made.set(list, this.under(made, parts));
    return made;
  }

  under(parent, parts) {
    for (const one of parts) one.$parent = parent;
    return parts;
  }

  update(element, moddleElement, properties) {
    return { cmd: UPDATE, context: { element, moddleElement, properties } };
  }

  run(commands) {
    this.commandStack.execute(MULTI, commands);
  }
}
Extensions.$inject = ["bpmnFactory", "commandStack"];
