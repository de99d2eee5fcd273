// Bundles src/plugins/worker.ts to a text that a thread can be started with: no path has to be right wherever the package is unpacked or bundled.
import { join } from "node:path";
import { build } from "esbuild";

/** The text of src/generated/plugin-worker.js and of its declarations. */
export async function workerModule(root) {
  const { outputFiles } = await build({
    entryPoints: [join(root, "src/plugins/worker.ts")],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node20.19",
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
  });
  const header = "// Generated from src/plugins/worker.ts by `npm run generate`. Do not edit.\n";
  return {
    js: `${header}export const pluginWorker = ${JSON.stringify(outputFiles[0].text)};\n`,
    dts: `${header}/** The code of the thread that runs a plugin: an ES module that imports Node's own modules only. */\nexport declare const pluginWorker: string;\n`,
  };
}
