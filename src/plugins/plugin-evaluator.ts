import type { Evaluator, KnownTypes, OptionProblem } from "../core/evaluator.js";
import type { JsonObject } from "../core/json.js";
import type { Need } from "../core/need.js";
import { PluginError } from "../core/plugin-error.js";
import { stateOf } from "../shared/view-account.js";
import { wrongJudgements } from "./check-judgements.js";
import { wrongShape } from "./check-shape.js";
import { answerSchemas } from "./piece-schemas.js";
import { functionOf, nameOf } from "./plugin-host.js";
import type { PluginHost } from "./plugin-host.js";
import type { Call, DescribedPiece, TypeTable } from "./protocol.js";

/** The data of a described evaluator. */
type EvaluatorData = Pick<Evaluator, "id" | "summary" | "options">;

/** An evaluator whose functions run in its plugin's thread. `piece` has the shape of an evaluator. */
export function pluginEvaluator({ data, functions }: DescribedPiece, host: PluginHost): Evaluator {
  // check-plugin.ts has held it against the schema.
  const { id, summary, options } = data as EvaluatorData;
  const asked = new Map<string, Promise<readonly Need[]>>();
  const needs = (given: JsonObject): Promise<readonly Need[]> => {
    const key = JSON.stringify(given);
    const answer =
      asked.get(key) ?? askNeeds({ kind: "evaluators", id, path: ["needs"], args: [given] }, host);
    asked.set(key, answer);
    return answer;
  };
  return {
    contract: 1,
    id,
    summary,
    options,
    ...(functions.includes("review")
      ? { review: (given: JsonObject, types: KnownTypes) => askReview(id, given, { types, host }) }
      : {}),
    needs,
    evaluate: async (account, given) => {
      // What it needs may have been left unread because it could not say so; then it has no ground to judge on.
      await needs(given);
      const call: Call = { kind: "evaluators", id, path: ["evaluate"], args: [given] };
      const state = stateOf(account);
      if (state === undefined)
        throw new PluginError(
          `plugin ${host.name}: ${nameOf(call)}: it can only judge accounts that viewAccount made`,
        );
      const answer = await host.ask({ ...call, account: state });
      refuse(call, wrongJudgements(answer), host);
      // wrongJudgements has held it against the schema.
      return answer as Awaited<ReturnType<Evaluator["evaluate"]>>;
    },
  };
}

async function askNeeds(call: Call, host: PluginHost): Promise<readonly Need[]> {
  const answer = await host.ask(call);
  refuse(call, wrongShape(answerSchemas.needs, answer), host);
  // The schema holds.
  return answer as readonly Need[];
}

async function askReview(
  id: string,
  given: JsonObject,
  { types, host }: { readonly types: KnownTypes; readonly host: PluginHost },
): Promise<readonly OptionProblem[]> {
  const call: Call = { kind: "evaluators", id, path: ["review"], args: [given], types: await tableOf(types) };
  const answer = await host.ask(call);
  refuse(call, wrongShape(answerSchemas.review, answer), host);
  // The schema holds.
  return answer as readonly OptionProblem[];
}

async function tableOf(types: KnownTypes): Promise<TypeTable> {
  return Object.fromEntries(
    await Promise.all(
      types.names.map(async (type) => {
        const [properties = [], shapes = {}] = await Promise.all([
          types.propertiesOf(type),
          types.shapesOf?.(type),
        ]);
        return [type, { properties, shapes }] as const;
      }),
    ),
  );
}

function refuse(call: Call, wrong: string | undefined, { name }: PluginHost): void {
  if (wrong !== undefined)
    throw new PluginError(`plugin ${name}: ${nameOf(call)}: ${functionOf(call)} answered nonsense: ${wrong}`);
}
