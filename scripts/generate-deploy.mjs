// The text of deploy/member-role.yaml: the role that the rules of the default pack need, as `watchproof permissions --format cloudformation` writes it.
import { stringify } from "yaml";
import { importSource } from "./import-source.mjs";

const sources = `
export { planRun } from "./src/run/check.js";
export { prepareRun } from "./src/run/prepare.js";
export { iamPolicy } from "./src/shared/aws/iam-policy-document.js";
export { roleTemplate, yamlStyle } from "./src/shared/aws/role-template.js";
`;

/** The generated files under deploy/: path → text. None where the default pack does not ship. */
export async function deployment({ packs }) {
  if (!packs.some(({ id }) => id === "logging-monitoring")) return {};
  const { planRun, prepareRun, iamPolicy, roleTemplate, yamlStyle } = await importSource(sources);
  const run = await prepareRun({});
  if (!run.ok) throw new Error(run.diagnostics.map(({ message }) => message).join("\n"));
  const { actions } = await planRun({ rules: run.value.rules });
  return { "deploy/member-role.yaml": stringify(roleTemplate(iamPolicy(actions)), yamlStyle) };
}
