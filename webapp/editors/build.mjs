// Builds the editors into webapp/static/vendor/editors: the same sources give the same bytes, which a test compares.
import { build } from "esbuild";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";

const FORMS = "node_modules/@bpmn-io/form-js-editor";

// The form editor as our pages can have it. Its viewer takes the preact of the editor, else each would draw with its own and
// neither would know the other's. Its empty image goes, which stands in its own address: no page may load such (img-src 'self').
const forms = {
  name: "forms",
  setup: (made) => {
    made.onResolve({ filter: /^preact(\/|$)/ }, ({ path, kind, importer }) =>
      importer.includes("form-js-viewer") ? made.resolve(path, { kind, resolveDir: `${import.meta.dirname}/${FORMS}` }) : undefined);
    made.onLoad({ filter: /form-js-editor\/dist\/index\.es\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/img\.src = 'data:[^']*';/, ""),
    }));
  },
};

const target = process.argv[2] ?? "../static/vendor/editors";
rmSync(target, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ["src/modeler.js", "src/modeler.css", "src/canvas.js", "src/canvas.css"],
  outdir: target,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  alias: { react: "@bpmn-io/properties-panel/preact/compat", domify: "./src/domify.js" },
  plugins: [forms],
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
