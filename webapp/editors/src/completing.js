// A text of the condition language, with the names that may stand where one types: arrows choose, Enter or Tab takes.

import { useEffect, useRef, useState } from "@bpmn-io/properties-panel/preact/hooks";
import { h } from "@bpmn-io/properties-panel/preact";

const WORD = /[\p{L}\p{N}_.]*$/u;
const MOST = 8;

export const fitting = (facts, text) => {
  const word = WORD.exec(text)[0];
  if (!word) return [];
  const begin = facts.filter((one) => one.name.startsWith(word));
  const hold = facts.filter((one) => !one.name.startsWith(word) && one.name.includes(word));
  return [...begin, ...hold].filter((one) => one.name !== word).slice(0, MOST);
};

export const taken = (name, before, after) => ({ text: before.replace(WORD, name) + after, at: before.replace(WORD, name).length });

export function Completing({ id, label, help, value, write, facts, words }) {
  const [typed, type] = useState(value);
  const [offers, offer] = useState([]);
  const [chosen, choose] = useState(0);
  const area = useRef(null);
  useEffect(() => type(value), [value]);

  const look = (text, at) => { offer(fitting(facts, text.slice(0, at))); choose(0); };
  const take = (name) => {
    const { text, at } = taken(name, typed.slice(0, area.current.selectionStart), typed.slice(area.current.selectionStart));
    type(text); write(text); offer([]);
    requestAnimationFrame(() => { area.current?.focus(); area.current?.setSelectionRange(at, at); });
  };
  const press = (event) => {
    if (!offers.length) return;
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (way) choose((chosen + way + offers.length) % offers.length);
    else if (event.key === "Enter" || event.key === "Tab") take(offers[chosen].name);
    else if (event.key === "Escape") offer([]);
    else return;
    event.preventDefault(); event.stopPropagation();
  };

  const list = `${id}-offers`;
  return h("div", { class: "bio-properties-panel-entry", "data-entry-id": id },
    h("div", { class: "bio-properties-panel-textarea" },
      h("label", { for: `bio-properties-panel-${id}`, class: "bio-properties-panel-label" }, label),
      h("textarea", {
        ref: area, id: `bio-properties-panel-${id}`, name: id, class: "bio-properties-panel-input bio-properties-panel-input-monospace", rows: 3, spellcheck: false, value: typed,
        "aria-controls": list, "aria-autocomplete": "list",
        "aria-activedescendant": offers.length ? `${list}-${chosen}` : undefined, "aria-describedby": help ? `${id}-help` : undefined,
        onInput: (event) => { type(event.target.value); look(event.target.value, event.target.selectionStart); },
        onChange: (event) => write(event.target.value), onBlur: () => offer([]), onKeyDown: press,
      }),
      h("ul", { id: list, class: "modeler-offers", role: "listbox", "aria-label": words.suggestions, hidden: !offers.length },
        offers.map((one, at) => h("li", {
          id: `${list}-${at}`, role: "option", "aria-selected": String(at === chosen), key: one.name,
          onMouseDown: (event) => { event.preventDefault(); take(one.name); },
        }, h("code", null, one.name), " ", h("span", null, one.kind))))),
    help && h("div", { class: "bio-properties-panel-description", id: `${id}-help` }, help));
}
