// Builds the editors into webapp/static/vendor/editors: the same sources give the same bytes, which a test compares.
import { build } from "esbuild";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";

const target = process.argv[2] ?? "../static/vendor/editors";
rmSync(target, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ["src/modeler.js", "src/modeler.css"],
  outdir: target,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  alias: { react: "@bpmn-io/properties-panel/preact/compat", domify: "./src/domify.js" },
  loader: { ".woff2": "file" },
  assetNames: "[name]",
  logLevel: "warning",
});

// Every package of which something is in the bundle, with the whole text of its licence.
const folders = new Set(Object.keys(metafile.inputs).map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]).filter(Boolean));
const told = [...folders].sort().map((name) => {
  const folder = `node_modules/${name}`, { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const licence = file ? readFileSync(`${folder}/${file}`, "utf8").trim() : `${license}, as its package.json says; no text lies beside it`;
  return `${name} ${version}\n${"-".repeat(72)}\n${licence}\n`;
});
writeFileSync(`${target}/LICENSES.txt`, told.join("\n\n"));
