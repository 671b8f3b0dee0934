// The words of bpmn.io's own parts in the language of the page; English is what they speak by themselves.

import theirs from "bpmn-js-i18n/translations/zn";
import { kinds } from "./kinds_zh.js";
import { ours } from "./zh.js";

const chinese = { ...theirs, ...kinds, ...ours };

export const translations = (language) => ({
  translate: ["value", (template, values = {}) => {
    const said = (language === "zh" && chinese[template]) || template;
    return said.replace(/{([^}]+)}/g, (_, name) => values[name] ?? `{${name}}`);
  }],
});
