// What the palette, the pad and the menus offer: only what Kaihu runs (docs/analysts/elements.md). A task is a step.

const REFUSED = new RegExp([
  "signal", "escalation", "conditional", "link-", "compensation", "cancel-boundary", "cancel-end", "script", "manual", "send-", "receive", "complex", "inclusive", "transaction", "ad-hoc",
  "event-subprocess", "toggle-", "message-start", "message-end", "message-intermediate-throw", "timer-start", "conditional-flow", "replace-with-task$", "error-start",
  "data-object", "data-store", "create.group", "non-interrupting-(error|cancel)", "collapsed-subprocess", "participant-multiplicity", "link-intermediate",
].join("|"));

const without = (entries) => Object.fromEntries(Object.entries(entries).filter(([name]) => !REFUSED.test(name)));

class Offers {
  constructor(palette, contextPad, popupMenu, elementFactory, create, autoPlace, translate) {
    const step = (source) => (event) => {
      const shape = elementFactory.createShape({ type: "bpmn:UserTask" });
      return source && event.type !== "dragstart" ? autoPlace.append(source, shape) : create.start(event, shape, { source });
    };
    const asStep = (entry, source) => ({ ...entry, className: "bpmn-icon-user-task", title: translate(source ? "Append user task" : "Create user task"), action: { dragstart: step(source), click: step(source) } });
    const late = 250;
    palette.registerProvider(late, { getPaletteEntries: () => (entries) => {
      const kept = without(entries);
      return { ...kept, ...(kept["create.task"] && { "create.task": asStep(kept["create.task"]) }) };
    } });
    contextPad.registerProvider(late, { getContextPadEntries: (element) => (entries) => {
      const kept = without(entries), append = kept["append.append-task"];
      return { ...kept, ...(append && { "append.append-task": asStep(append, element) }) };
    } });
    popupMenu.registerProvider("bpmn-replace", late, {
      getPopupMenuEntries: () => without,
      getPopupMenuHeaderEntries: () => without,
    });
  }
}
Offers.$inject = ["palette", "contextPad", "popupMenu", "elementFactory", "create", "autoPlace", "translate"];

export default { __init__: ["offers"], offers: ["type", Offers] };
