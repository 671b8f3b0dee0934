// Drawing without a mouse: along the flows, a new element behind or between, a flow to another element. The keys stand in the page's own list.

import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";
import { getMid } from "diagram-js/lib/layout/LayoutUtil";
import { roomFor } from "./room.js";

const EARLY = 3000;
const at = (name) => document.getElementById(`modeler-${name}`);
const isFlow = (element) => is(element, "bpmn:SequenceFlow");
const isPlace = (element) => is(element, "bpmn:FlowNode") && !element.labelTarget;
const inReadingOrder = (one, other) => one.x - other.x || one.y - other.y;

// Several changes that are undone as one.
class AsOne { preExecute({ deed }) { deed(); } }

export class Hand {
  constructor(modeler, words) {
    const got = Object.fromEntries(["selection", "canvas", "elementRegistry", "elementFactory", "modeling", "autoPlace", "rules", "translate", "keyboard", "eventBus", "commandStack", "directEditing"].map((name) => [name, modeler.get(name)]));
    Object.assign(this, got, { modeler, words });
    this.commandStack.registerHandler("kaihu.as-one", AsOne);
    this.listen();
  }

  listen() {
    this.keyboard.addListener(EARLY, ({ keyEvent }) => this.press(keyEvent));
    this.eventBus.on(["selection.changed", "commandStack.changed"], () => this.tell());
    this.eventBus.on("directEditing.deactivate", () => setTimeout(() => document.activeElement === document.body && this.canvas.focus()));
    at("panel").addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && this.canvas.focus());
    for (const [name, open] of [["add", () => this.asksWhat()], ["connect", () => this.asksWhere()], ["keys", () => at("keys").showModal()]]) {
      at(`${name}-open`).addEventListener("click", open);
      at(`${name}-open`).disabled = false;
      at(name).addEventListener("close", () => this.answered(name, at(name).returnValue));
    }
  }

  press(event) {
    const walks = { ArrowRight: () => this.forward(), ArrowLeft: () => this.back(), ArrowDown: () => this.beside(1), ArrowUp: () => this.beside(-1) };
    const deeds = { n: () => this.asksWhat(), k: () => this.asksWhere(), Enter: () => at("panel").focus(), "?": () => at("keys").showModal() };
    const deed = event.altKey ? walks[event.key] : !event.ctrlKey && !event.metaKey && deeds[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!deed) return undefined;
    deed();
    return true;
  }

  get chosen() { return this.selection.get()[0]; }

  places() { return this.elementRegistry.filter((one) => isPlace(one) && one.parent).sort(inReadingOrder); }

  choose(element) {
    if (!element) return;
    this.selection.select(element);
    this.canvas.scrollToElement(element);
  }

  forward() {
    const here = this.chosen;
    if (!here || !(isFlow(here) || isPlace(here))) return this.choose(this.places().find((one) => is(one, "bpmn:StartEvent")) ?? this.places()[0]);
    return this.choose(isFlow(here) ? here.target : here.outgoing.find(isFlow));
  }

  back() {
    const here = this.chosen;
    if (here) this.choose(isFlow(here) ? here.source : here.incoming.find(isFlow));
  }

  // The other flows out of the same element; of an element the next one on the drawing.
  beside(by) {
    const here = this.chosen;
    const all = here && isFlow(here) ? here.source.outgoing.filter(isFlow) : this.places();
    this.choose(all[(all.indexOf(here) + by + all.length) % all.length]);
  }

  tell() {
    const here = this.chosen;
    at("told").textContent = here && this.selection.get().length === 1 ? this.named(here) : "";
  }

  named(element) {
    const { name, $type } = getBusinessObject(element);
    const kind = this.translate($type.replace("bpmn:", "").replace(/(\B[A-Z])/g, " $1"));
    if (isFlow(element)) return `${kind} ${name ?? ""} ${this.called(element.source)} → ${this.called(element.target)}`;
    return name ? `${kind} ${name}` : kind;
  }

  called(element) { return getBusinessObject(element).name || getBusinessObject(element).id; }

  asksWhat() {
    const here = this.chosen;
    if (!here || !(isFlow(here) || isPlace(here)) || is(here, "bpmn:EndEvent")) return this.says("nothing_to_add_to");
    for (const button of at("add").querySelectorAll("[data-where]")) {
      button.hidden = button.dataset.where === "border" ? !is(here, "bpmn:Activity") : isFlow(here) && button.dataset.where === "end";
    }
    at("add").returnValue = "";
    at("add").showModal();
  }

  asksWhere() {
    const here = this.chosen;
    const targets = here && (isFlow(here) || isPlace(here)) ? this.places().filter((one) => this.mayLead(here, one)) : [];
    if (!targets.length) return this.says("nowhere_to_connect");
    at("connect-to").replaceChildren(...targets.map((one) => new Option(this.named(one), one.id)));
    at("connect").returnValue = "";
    at("connect").showModal();
  }

  mayLead(here, target) {
    if (isFlow(here)) return target !== here.target && this.rules.allowed("connection.reconnect", { connection: here, source: here.source, target });
    return target !== here && !here.outgoing.some((flow) => flow.target === target) && this.rules.allowed("connection.create", { source: here, target })?.type === "bpmn:SequenceFlow";
  }

  says(word) {
    at("told").textContent = this.words[word];
    at("state").textContent = this.words[word];
  }

  answered(name, answer) {
    if (answer && name === "add") this.add(at("add").querySelector(`[value="${answer}"]`).dataset);
    if (answer && name === "connect") this.connect(this.elementRegistry.get(at("connect-to").value));
    if (!this.directEditing.isActive()) this.canvas.focus();
  }

  add({ type, event, where }) {
    const here = this.chosen, shape = this.elementFactory.createShape({ type, ...(event && { eventDefinitionType: event }), ...(where === "border" && { host: here }) });
    if (!isFlow(here) && where !== "border") return this.autoPlace.append(here, shape);
    this.commandStack.execute("kaihu.as-one", { deed: () => (isFlow(here) ? this.modeling.createShape(shape, roomFor(this.modeler, shape, here), here) : this.attach(shape, here)) });
    this.choose(shape);
    return this.directEditing.activate(shape);
  }

  attach(shape, host) {
    const inset = 25 * (1 + host.attachers.length);
    this.modeling.createShape(shape, { x: host.x + host.width - inset, y: host.y + host.height }, host, { attach: true });
  }

  connect(target) {
    const here = this.chosen;
    if (isFlow(here)) this.modeling.reconnectEnd(here, target, getMid(target));
    else this.choose(this.modeling.connect(here, target));
  }
}
