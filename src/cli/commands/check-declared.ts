import { decideGate, judgeDeclared } from "../../index.js";
import { acceptanceReads, prepareAccepting, tellNotes } from "../acceptance.js";
import type { AcceptanceWords } from "../acceptance.js";
import type { CommandContext } from "../command-context.js";
import { declarationOf, tellDeclared } from "../declaration-options.js";
import type { DeclarationWords } from "../declaration-options.js";
import { readFormats } from "../formats.js";
import { configFile } from "../options.js";
import type { SelectionOptions } from "../options.js";
import { placesInRepository, writeDeclared } from "../repository.js";
import { UsageError } from "../usage-error.js";

/** The words of `check` where a template or plan is judged. */
export type CheckDeclaredWords = SelectionOptions &
  AcceptanceWords &
  DeclarationWords & { readonly format: readonly string[]; readonly color?: boolean };

/** `watchproof check --template …`: judges a template or plan alone, as a part of an account. */
export async function checkDeclared(
  paths: readonly string[],
  words: CheckDeclaredWords,
  { terminal, finish }: CommandContext,
): Promise<void> {
  refuseAccount(words);
  const prepared = await prepareAccepting(paths, { ...words, region: [] });
  const { config, plugins, gate: gateOptions } = prepared;
  const reads = [
    ...paths,
    ...words.template,
    words.planFile,
    words.changeSet,
    await configFile(words.config),
    ...(await acceptanceReads(words, config)),
  ];
  const formats = words.format.length > 0 ? words.format : (config.formats ?? ["text"]);
  const outputs = await readFormats(formats, { plugins, reads });
  const { declaration, target, source } = await declarationOf(words);
  const { report, notes } = await judgeDeclared({
    ...prepared,
    declaration,
    target,
    source,
    takenAt: new Date().toISOString(),
  });
  const gate = decideGate(report, gateOptions);
  tellNotes(report, terminal);
  tellDeclared(notes, terminal);
  await writeDeclared(report, outputs, {
    gate,
    color: words.color ?? terminal.hasColor,
    newOnly: gateOptions.newOnly === true,
    places: await placesInRepository(prepared.places),
    terminal,
  });
  if (gate.exitCode === 2) terminal.err(`watchproof: ${gate.because}\n`);
  finish(gate.exitCode);
}

function refuseAccount({ snapshot, profile, roleArn, probe }: CheckDeclaredWords): void {
  if (snapshot !== undefined)
    throw new UsageError(
      "check judges a template or plan alone; over an account: watchproof what-if … --snapshot FILE",
    );
  if (profile !== undefined || roleArn !== undefined || probe === true)
    throw new UsageError(
      "check judges a template or plan alone, without AWS: --profile, --role-arn and --probe do not go with it; over the account: watchproof what-if",
    );
}
