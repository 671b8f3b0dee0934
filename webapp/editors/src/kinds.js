// Parts of a form as our palette begins them: the kinds of our pages, each with an id and a key of its own, one in a row.

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// Our pages have one part in a row: what is dropped into a row comes before it or behind it.
const besideRow = (target, sibling, source) => {
  if (!target.classList.contains("fjs-layout-row")) return [target, source, sibling];
  const row = target.closest(".fjs-drag-row-move");
  return [row.parentElement, source, sibling ? row : row.nextElementSibling];
};

class Kinds {
  constructor(given, fieldFactory, formFieldRegistry, dragging) {
    Object.assign(this, { kinds: given.kinds, prefix: given.document.id ?? "part", registry: formFieldRegistry, made: new Map() });
    const create = fieldFactory.create.bind(fieldFactory);
    fieldFactory.create = (wish, isNew = true) => (isNew && this.kinds[wish.type] ? this.begin(create, wish) : create(wish, isNew));
    const drop = dragging.handleElementDrop.bind(dragging);
    dragging.handleElementDrop = (element, target, source, sibling, drake) => drop(element, ...besideRow(target, sibling, source), drake);
  }

  begin(create, { type, ...where }) {
    const kind = structuredClone(this.kinds[type]), names = new Set(this.registry.getAll().flatMap((one) => [one.key, one.path]));
    const key = this.free("field", (name) => names.has(name)), named = {};
    if ("key" in kind) named.key = key;
    if ("path" in kind) named.path = key;
    const part = create({ ...kind, ...named, ...where, id: this.free(this.prefix, (name) => this.registry._ids.assigned(name)) }, false);
    this.made.set(part.id, { kind, as: structuredClone(part) });
    return part;
  }

  free(prefix, isTaken) {
    let number = 1;
    while (isTaken(`${prefix}_${number}`)) number += 1;
    return `${prefix}_${number}`;
  }

  // The document without what the editor invents for a new part.
  plain(document) {
    for (const part of document.components ?? []) {
      const { kind, as } = this.made.get(part.id) ?? {};
      for (const name of as ? Object.keys(part) : []) if (!(name in kind) && !["id", "components"].includes(name) && same(part[name], as[name])) delete part[name];
      this.plain(part);
    }
    return document;
  }
}
Kinds.$inject = ["given", "fieldFactory", "formFieldRegistry", "dragging"];

export const kinds = (given) => ({ __init__: ["kinds"], given: ["value", given], kinds: ["type", Kinds] });
