// The page of a form on the canvas: opened, changed, looked at by the server as it stands, saved by a number.

import { FormEditor } from "@bpmn-io/form-js-editor";
import { kinds } from "./kinds.js";
import { PartPanel } from "./part_panel.js";
import { asked, reason } from "./server.js";
import { troubles } from "./trouble.js";

const place = document.getElementById("canvas");
const at = (name) => document.getElementById(`canvas-${name}`);
const QUIET = 700;
const REFUSED = 422;

const trouble = troubles(at);

class Page {
  constructor(given) {
    Object.assign(this, { words: given.words, seen: given.seen, original: given.document });
    this.editor = new FormEditor({
      container: at("form"),
      propertiesPanel: { parent: at("panel") }, // ours stands there: what can be said of a part the server knows
      additionalModules: [kinds(given), { propertiesPanel: ["value", {}], propertiesProvider: ["value", {}], feelPopup: ["value", {}] }],
    });
    this.stack = this.editor.get("commandStack");
    this.modeling = this.editor.get("modeling");
    this.selection = this.editor.get("selection");
    this.registry = this.editor.get("formFieldRegistry");
  }

  async open() {
    await this.editor.importSchema(this.original);
    this.before = this.document();
    this.clean = this.stack._stackIdx;
    const answer = await this.asks("look"); // whether the server finds every part again, before anybody works
    if (!answer.ok) throw new Error(reason(answer, this.words));
    this.panel = new PartPanel(at("panel"), { part: (wish) => this.asks("part", wish) }, this.editor, this.words);
    this.editor.on("commandStack.changed", () => this.changed());
    this.editor.on("selection.changed", () => this.chosen());
    addEventListener("keydown", (event) => (event.ctrlKey || event.metaKey) && event.key === "s" && (event.preventDefault(), this.save()));
    addEventListener("beforeunload", (event) => this.isChanged() && !this.leaving && event.preventDefault());
    this.listen();
    this.mark(answer.marked);
  }

  listen() {
    const on = (name, deed) => at(name).addEventListener("click", deed);
    on("undo", () => this.stack.undo());
    on("redo", () => this.stack.redo());
    on("up", () => this.move(-1));
    on("down", () => this.move(1));
    on("remove", () => this.remove());
    on("save", () => this.save());
    on("fork", () => this.fork());
    for (const one of place.querySelectorAll(".fjs-palette-field")) {
      one.disabled = false;
      one.addEventListener("click", () => this.add(one.dataset.fieldType));
    }
  }

  document() {
    return this.editor.get("kinds").plain(this.editor.saveSchema());
  }

  asks(what, wish = {}) {
    return asked(place, what, { seen: this.seen, original: this.original, before: this.before, after: this.document(), ...wish });
  }

  isChanged() {
    return this.stack._stackIdx !== this.clean;
  }

  // Where the chosen part stands: what holds it, and its number there.
  standing() {
    const part = this.selection.get(), around = part && this.registry.get(part._parent);
    return around ? { part, around, number: around.components.findIndex((one) => one.id === part.id) } : undefined;
  }

  add(type) {
    const { around, number } = this.standing() ?? { around: this.editor._getState().schema };
    const row = this.editor.get("formLayouter").nextRowId();
    this.modeling.addFormField({ type, _parent: around.id, layout: { row, columns: null } }, around, number === undefined ? around.components.length : number + 1);
  }

  move(by) {
    const { part, around, number } = this.standing(), row = this.editor.get("formLayouter").getRowForField(part);
    this.modeling.moveFormField(part, around, around, number, number + by + (by > 0 ? 1 : 0), row, row);
  }

  remove() {
    const { part, around, number } = this.standing();
    this.modeling.removeFormField(part, around, number);
    at("form").focus();
  }

  chosen() {
    const { around, number } = this.standing() ?? {};
    at("up").disabled = !(number > 0);
    at("down").disabled = !(around && number < around.components.length - 1);
    at("remove").disabled = !around;
  }

  changed() {
    at("save").disabled = !this.isChanged();
    at("undo").disabled = !this.stack.canUndo();
    at("redo").disabled = !this.stack.canRedo();
    at("state").textContent = this.isChanged() ? this.words.unsaved : "";
    this.chosen();
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.look(), QUIET);
  }

  async look() {
    const index = this.stack._stackIdx, answer = await this.asks("look");
    if (index !== this.stack._stackIdx) return;
    if (answer.ok) this.show(answer);
    const isRefused = answer.status === REFUSED;
    if (isRefused) trouble(answer.said);
    else if (this.isRefused) trouble(""); // what a colleague saved meanwhile stays said
    this.isRefused = isRefused;
  }

  show({ findings, previewed, marked }) {
    at("findings").replaceChildren(...new DOMParser().parseFromString(findings, "text/html").body.childNodes);
    document.querySelector(".preview-frame").srcdoc = previewed;
    this.mark(marked);
  }

  mark(ids) {
    for (const one of at("form").querySelectorAll("[data-id]")) one.classList.toggle("canvas-marked", ids.includes(one.dataset.id));
  }

  async save() {
    await this.panel.settled();
    if (!this.isChanged()) return;
    const index = this.stack._stackIdx, written = this.document();
    at("save").disabled = true;
    at("state").textContent = this.words.saving;
    const answer = await this.asks("save", { after: written });
    if (answer.ok) {
      Object.assign(this, { seen: answer.seen, original: answer.document, before: written, clean: index });
      this.show(answer);
      trouble("");
    } else trouble(reason(answer, this.words), [], answer.meanwhile);
    this.changed();
    clearTimeout(this.waiting);
    if (answer.ok && !this.isChanged()) at("state").textContent = this.words.saved;
  }

  async fork() {
    await this.panel.settled();
    const answer = await this.asks("fork");
    if (!answer.ok) return trouble(reason(answer, this.words), [], true);
    this.leaving = true;
    location.assign(answer.address);
  }
}

const start = async () => {
  const given = await asked(place, "open");
  if (!given.ok) return trouble(given.said);
  try {
    await new Page(given).open();
    place.dataset.state = "open";
  } catch (wrong) {
    trouble(given.words.not_opened.replace("%(why)s", wrong.message));
  }
};

start();
