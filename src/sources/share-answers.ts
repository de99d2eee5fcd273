import type { Answer, Ask } from "./caller.js";

/** Asks the same question once: one sweep serves all types that it shows, and one answer about many resources serves each of them. */
export function shareAnswers(ask: Ask): Ask {
  const answers = new Map<string, Promise<Answer>>();
  return (operation, question) => {
    const key = JSON.stringify([operation.service, operation.name, question.region, question.input]);
    const made = answers.get(key) ?? ask(operation, question);
    answers.set(key, made);
    return made;
  };
}
