// The panel of the chosen part: drawn by the server as the part's own page; what is typed goes there and comes back as changes.

import { Completing } from "../../static/js/completing.js";
import { reason } from "./server.js";

const shown = (html) => [...new DOMParser().parseFromString(html, "text/html").body.childNodes];

export class PartPanel {
  constructor(place, asks, editor, words) {
    Object.assign(this, { place, asks, editor, words, id: undefined, at: 0, waiting: Promise.resolve() });
    place.addEventListener("change", () => this.then(() => this.told()));
    place.addEventListener("submit", (event) => event.preventDefault());
    place.addEventListener("focusout", ({ relatedTarget }) => place.contains(relatedTarget) || this.then(() => this.isWrong || this.draw()));
    editor.on("selection.changed", ({ selection }) => this.then(() => this.choose(selection)));
    this.choose();
  }

  // One after the other. Nothing is returned: what a listener of the editor returns ends the event for all others.
  then(deed) {
    this.waiting = this.waiting.then(deed);
  }

  // What was typed last may still be on its way.
  async settled() {
    if (this.place.contains(document.activeElement)) document.activeElement.blur();
    await this.waiting;
  }

  async choose(part) {
    this.id = part?.type === "default" ? undefined : part?.id;
    await this.draw();
  }

  async draw() {
    const at = ++this.at;
    this.isWrong = false;
    const hint = () => this.place.replaceChildren(Object.assign(document.createElement("p"), { className: "quiet", textContent: this.words.choose }));
    if (!this.id) return hint();
    const answer = await this.asks.part({ part: this.id });
    if (at !== this.at) return;
    if (!answer.panel) return hint();
    this.place.replaceChildren(...shown(answer.panel));
    const names = document.getElementById("known-names");
    for (const one of names ? this.place.querySelectorAll("input[data-names]") : []) new Completing(one, names);
  }

  async told() {
    const form = this.place.querySelector("form"), part = this.editor.get("formFieldRegistry").get(this.id);
    if (!form || !part) return;
    const answer = await this.asks.part({ part: this.id, given: Object.fromEntries(new FormData(form)) });
    this.say(form, answer);
    const changes = Object.entries(answer.changes ?? {}).map(([name, value]) => [name, value ?? undefined]);
    if (changes.length) this.editor.get("modeling").editFormField(part, Object.fromEntries(changes));
  }

  // Beside a condition what is wrong with it, above all of them the rest.
  say(form, answer) {
    const { ok, wrong = {} } = answer;
    this.isWrong = !ok || Object.keys(wrong).length > 0;
    const rest = ok ? [] : [reason(answer, this.words)];
    for (const one of form.elements) {
      const problem = wrong[one.name] ?? "", beside = document.getElementById(`${one.id}-said`);
      if (problem) one.setAttribute("aria-invalid", "true");
      else one.removeAttribute("aria-invalid");
      if (beside) beside.textContent = problem;
      else if (problem) rest.push(problem);
    }
    this.place.querySelector("#canvas-wrong").textContent = rest.join(" ");
  }
}
