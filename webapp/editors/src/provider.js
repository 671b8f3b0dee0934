// Kaihu's groups in the properties panel, before those of plain BPMN.

import { Group } from "@bpmn-io/properties-panel";
import { callEntries, conditionEntries, decisionEntries, propertyEntries, serviceEntries } from "./entries.js";

const AFTER_BPMN = 500;
const UNUSED = new Set(["multiInstance", "compensation", "signal", "escalation", "link", "adHocCompletion"]);

class Provider {
  constructor(propertiesPanel, given, extensions, modeling, debounceInput) {
    this.kit = { given, extensions, modeling, debounce: debounceInput };
    propertiesPanel.registerProvider(AFTER_BPMN, this);
  }

  getGroups(element) {
    const { words } = this.kit.given;
    const made = [
      ["kaihu-step", words.step, propertyEntries], ["kaihu-service", words.service, serviceEntries], ["kaihu-decision", words.decision, decisionEntries],
      ["kaihu-call", words.called, callEntries], ["kaihu-condition", words.condition_of, conditionEntries],
    ].map(([id, label, entries]) => ({ id, label, component: Group, shouldOpen: true, entries: entries(this.kit, element) }));
    return (groups) => {
      const [general, ...rest] = groups.filter((one) => !UNUSED.has(one.id));
      return [general, ...made.filter((one) => one.entries.length), ...rest].filter(Boolean);
    };
  }
}
Provider.$inject = ["propertiesPanel", "given", "extensions", "modeling", "debounceInput"];

export default { __init__: ["kaihuProvider"], kaihuProvider: ["type", Provider] };
