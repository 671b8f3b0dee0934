// Names of the form are offered where a condition is typed, and taken by the keyboard or the mouse.
const WORD = /[\p{L}\p{N}_.]*$/u;
const MOST = 8;

const namesOf = (list) => [...list.querySelectorAll("[data-name]")].map((one) => ({ name: one.dataset.name, kind: one.dataset.kind }));

const fitting = (names, text) => {
  const word = WORD.exec(text)[0];
  if (!word) return [];
  const begin = names.filter((one) => one.name.startsWith(word));
  const hold = names.filter((one) => !one.name.startsWith(word) && one.name.includes(word));
  return [...begin, ...hold].filter((one) => one.name !== word).slice(0, MOST);
};

export class Completing {
  constructor(input, list) {
    this.input = input;
    this.names = namesOf(list);
    this.box = document.createElement("ul");
    Object.entries({ id: `${input.id}-offers`, class: "offers", role: "listbox", "aria-label": list.dataset.suggestions }).forEach(([name, value]) => this.box.setAttribute(name, value));
    this.box.hidden = true;
    input.after(this.box);
    Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": this.box.id, "aria-expanded": "false" }).forEach(([name, value]) => input.setAttribute(name, value));
    input.addEventListener("input", () => this.offer(fitting(this.names, this.before)));
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.offer([]));
  }

  get before() { return this.input.value.slice(0, this.input.selectionStart); }

  offer(offers) {
    this.offers = offers;
    this.box.replaceChildren(...offers.map((one, at) => this.item(one, at)));
    this.box.hidden = !offers.length;
    this.input.setAttribute("aria-expanded", String(!!offers.length));
    this.choose(0);
  }

  item({ name, kind }, at) {
    const item = document.createElement("li"), code = document.createElement("code");
    item.id = `${this.box.id}-${at}`;
    item.setAttribute("role", "option");
    code.textContent = name;
    item.append(code, ` ${kind}`);
    item.addEventListener("mousedown", (event) => { event.preventDefault(); this.take(name); });
    return item;
  }

  choose(at) {
    this.chosen = at;
    [...this.box.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
    if (this.offers.length) this.input.setAttribute("aria-activedescendant", `${this.box.id}-${at}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  press(event) {
    if (!this.offers?.length) return;
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (way) this.choose((this.chosen + way + this.offers.length) % this.offers.length);
    else if (event.key === "Enter" || event.key === "Tab") this.take(this.offers[this.chosen].name);
    else if (event.key === "Escape") this.offer([]);
    else return;
    event.preventDefault();
  }

  take(name) {
    const before = this.before.replace(WORD, name), after = this.input.value.slice(this.input.selectionStart);
    this.input.value = before + after;
    this.input.setSelectionRange(before.length, before.length);
    this.offer([]);
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
