// What the editor makes of diagrams that nobody changed: reads [{ name, xml }], answers [{ name, xml, warnings }].
import { readFileSync } from "node:fs";
import { BpmnModdle } from "bpmn-moddle";

const spiffworkflow = JSON.parse(readFileSync(new URL("src/kaihu_moddle.json", import.meta.url), "utf8"));
const moddle = new BpmnModdle({ spiffworkflow });

const again = async ({ name, xml }) => {
  const { rootElement, warnings } = await moddle.fromXML(xml);
  const written = await moddle.toXML(rootElement, { format: true });
  return { name, xml: written.xml, warnings: warnings.map((one) => one.message) };
};

const asked = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(await Promise.all(asked.map(again))));
