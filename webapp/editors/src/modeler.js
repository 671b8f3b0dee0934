// The page of a diagram: opened, edited, checked as it is drawn, saved by a number so that nobody's work is overwritten.

import BpmnModeler from "bpmn-js/lib/Modeler";
import { BpmnPropertiesPanelModule, BpmnPropertiesProviderModule } from "bpmn-js-properties-panel";
import minimap from "diagram-js-minimap";
import { Extensions } from "./extensions.js";
import { Hand } from "./hand.js";
import descriptor from "./kaihu_moddle.json";
import { marks } from "./marks.js";
import offers from "./offers.js";
import provider from "./provider.js";
import { reason, server } from "./server.js";
import { table } from "./table.js";
import { translations } from "./translations.js";
import { troubles } from "./trouble.js";

const place = document.getElementById("modeler");
const at = (name) => document.getElementById(`modeler-${name}`);
const QUIET = 700;

const made = (given) => new BpmnModeler({
  container: at("canvas"),
  propertiesPanel: { parent: at("panel") },
  moddleExtensions: { spiffworkflow: descriptor },
  additionalModules: [
    BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, minimap, provider, offers, translations(given.language),
    { given: ["value", given], extensions: ["type", Extensions] },
  ],
});

const trouble = troubles(at);

class Page {
  constructor(given, asks) {
    Object.assign(this, { words: given.words, asks, seen: given.seen, modeler: made(given), clean: undefined, waiting: undefined });
    this.stack = this.modeler.get("commandStack");
  }

  async open(given) {
    const { warnings } = await this.modeler.importXML(given.xml);
    this.modeler.get("canvas").zoom("fit-viewport", "auto");
    this.mark = marks(this.modeler, place.dataset.file, this.words);
    this.mark(given.findings);
    table(this.modeler);
    new Hand(this.modeler, this.words);
    this.clean = this.stack._stackIdx;
    if (warnings.length) return trouble(this.words.lossy, warnings.map((one) => one.message));
    this.stackChanged();
    this.modeler.on("commandStack.changed", () => this.stackChanged());
    at("save").addEventListener("click", () => this.save());
    at("fork").addEventListener("click", () => this.fork());
    addEventListener("keydown", (event) => (event.ctrlKey || event.metaKey) && event.key === "s" && (event.preventDefault(), this.save()));
    addEventListener("beforeunload", (event) => this.isChanged() && !this.leaving && event.preventDefault());
  }

  isChanged() {
    return this.stack._stackIdx !== this.clean;
  }

  stackChanged() {
    at("save").disabled = !this.isChanged();
    at("undo").disabled = !this.stack.canUndo();
    at("redo").disabled = !this.stack.canRedo();
    at("state").textContent = this.isChanged() ? this.words.unsaved : "";
    clearTimeout(this.waiting);
    if (this.isChanged()) this.waiting = setTimeout(() => this.lint(), QUIET);
  }

  async xml() {
    document.activeElement?.blur(); // a field of the panel writes when it is left
    return (await this.modeler.saveXML({ format: true })).xml;
  }

  async lint() {
    const asked = this.stack._stackIdx;
    const answer = await this.asks.lint((await this.modeler.saveXML({ format: true })).xml);
    if (answer.ok && asked === this.stack._stackIdx) this.mark(answer.findings);
  }

  async save() {
    if (at("save").disabled && !this.isChanged()) return;
    const xml = await this.xml(), index = this.stack._stackIdx;
    at("save").disabled = true;
    at("state").textContent = this.words.saving;
    const answer = await this.asks.save(xml, this.seen);
    if (answer.ok) {
      [this.seen, this.clean] = [answer.seen, index];
      trouble("");
      this.mark(answer.findings);
      table(this.modeler, true);
    } else trouble(reason(answer, this.words), [], answer.meanwhile);
    this.stackChanged();
    if (answer.ok && !this.isChanged()) at("state").textContent = this.words.saved;
  }

  async fork() {
    const answer = await this.asks.fork(await this.xml());
    if (!answer.ok) return trouble(reason(answer, this.words), [], true);
    this.leaving = true;
    location.assign(answer.address);
  }
}

const start = async () => {
  const asks = server(place), given = await asks.open();
  if (!given.ok) return;
  const page = new Page(given, asks);
  at("undo").addEventListener("click", () => page.stack.undo());
  at("redo").addEventListener("click", () => page.stack.redo());
  at("fit").addEventListener("click", () => page.modeler.get("canvas").zoom("fit-viewport", "auto"));
  at("fit").disabled = false;
  at("canvas").querySelector("svg")?.setAttribute("aria-label", given.words.canvas);
  try {
    await page.open(given);
    place.dataset.state = "open";
  } catch (wrong) {
    trouble(given.words.not_opened.replace("%(why)s", wrong.message));
  }
};

start();
