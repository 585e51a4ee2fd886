import { data, Evaluator, Lexer, Parser } from "@actions/expressions";

/** What expressions of a workflow can name. */
export type Contexts = Readonly<Record<string, unknown>>;

const STATUS = { success: true, failure: false, always: true, cancelled: false } as const;
type JobStatus = keyof typeof STATUS;

/** Evaluates one expression by GitHub's own library. A status function says how the job stands. */
function evaluate(expression: string, contexts: Contexts, isGoingWell = true): unknown {
  const answers = { ...STATUS, success: isGoingWell, failure: !isGoingWell };
  const functions = (Object.keys(STATUS) as JobStatus[]).map((name) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(answers[name]),
  }));
  const tokens = new Lexer(expression).lex().tokens;
  const tree = new Parser(tokens, Object.keys(contexts), functions).parse();
  const known = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  const table = new Map(functions.map((each) => [each.name, each]));
  return JSON.parse(JSON.stringify(new Evaluator(tree, known, table).evaluate(), data.replacer));
}

/** A value of the workflow's YAML with its expressions filled in, as text. */
export function fill(value: unknown, contexts: Contexts): string {
  return String(value).replaceAll(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => {
    const found = evaluate(expression.trim(), contexts);
    return found === null || found === undefined ? "" : String(found);
  });
}

/** Whether a step or a job runs: without a status function, only while everything goes well. */
export function isDue(condition: unknown, contexts: Contexts, isGoingWell: boolean): boolean {
  if (condition === undefined) return isGoingWell;
  const expression = String(condition)
    .replace(/^\$\{\{(.*)\}\}$/s, "$1")
    .trim();
  const hasStatus = /\b(?:success|failure|always|cancelled)\(/.test(expression);
  return (hasStatus || isGoingWell) && Boolean(evaluate(expression, contexts, isGoingWell));
}
