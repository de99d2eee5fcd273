// Bundles src/page/ to the style and the script that the HTML report holds, each with the hash by which the page's policy admits it.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { build } from "esbuild";

/** The text of src/generated/report-page.js and of its declarations. */
export async function pageModule(root) {
  const [script, style] = await Promise.all([
    bundled(root, "main.ts", "</script"),
    bundled(root, "page.css", "</style"),
  ]);
  const header = "// Generated from src/page by `npm run generate`. Do not edit.\n";
  const texts = [
    ["pageScript", script, "The page's script."],
    ["pageScriptHash", hashOf(script), "Its hash, as a Content-Security-Policy names it."],
    ["pageStyle", style, "The page's style."],
    ["pageStyleHash", hashOf(style), "Its hash, as a Content-Security-Policy names it."],
  ];
  return {
    js: `${header}${texts.map(([name, text]) => `export const ${name} = ${JSON.stringify(text)};\n`).join("")}`,
    dts: `${header}${texts.map(([name, , what]) => `/** ${what} */\nexport declare const ${name}: string;\n`).join("")}`,
  };
}

async function bundled(root, file, end) {
  const { outputFiles } = await build({
    entryPoints: [join(root, "src/page", file)],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2021",
    minify: true,
    charset: "ascii",
    legalComments: "none",
    tsconfigRaw: {},
  });
  const text = outputFiles[0].text.trim();
  if (text.toLowerCase().includes(end))
    throw new Error(`src/page/${file} holds ${end}, which would end it early`);
  return text;
}

// https://www.w3.org/TR/CSP3/#grammardef-hash-source
function hashOf(text) {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
