import { resolve } from "node:path";
import { wrongCall } from "../../errors.ts";
import type { Options } from "../command.ts";
import { optionText } from "../submit.ts";

/** What the dashboard can be written as, by the option that names the file. */
export type Form = "out" | "badge" | "markdown";

/** One form, and the file that is to have it. */
export interface Output {
  readonly form: Form;
  readonly path: string;
}

/** The file in the current folder that has the page without `--out`. */
export const FILE = "dashboard.html";

/** The path that means stdout. */
export const PRINTED = "-";

const NAMES = { out: "the page", badge: "the badge", markdown: "the summary" } as const;

/** What to write, and where. The page is written where it is asked for, and where nothing else is. Throws HiveError. */
export function outputsOf(options: Options, directory: string, isJson: boolean): Output[] {
  const named = (["out", "badge", "markdown"] as const).flatMap((form) => {
    const path = optionText(options[form]);
    return path === undefined ? [] : [{ form, path: path === PRINTED ? path : resolve(directory, path) }];
  });
  const isPageMeant = options.open === true || (named.length === 0 && !isJson);
  const outputs: Output[] =
    isPageMeant && options.out === undefined
      ? [{ form: "out", path: resolve(directory, FILE) }, ...named]
      : named;
  refuseTwoOnStdout(outputs, isJson, options.open === true);
  const twice = outputs.find(({ path }, index) => outputs.slice(0, index).some((each) => each.path === path));
  if (twice !== undefined)
    throw wrongCall(
      `Two options name the file ${twice.path}.`,
      `Name another one: hive dashboard --${twice.form} <file>`,
    );
  return outputs;
}

function refuseTwoOnStdout(outputs: readonly Output[], isJson: boolean, isOpened: boolean): void {
  const [first, ...others] = outputs.filter(({ path }) => path === PRINTED).map(({ form }) => form);
  if (first === undefined) return;
  const [against] = [
    ...(isJson ? ["--json"] : []),
    ...(first === "out" && isOpened ? ["--open"] : []),
    ...others.map((form) => `--${form} -`),
  ];
  if (against !== undefined)
    throw wrongCall(
      `--${first} - prints ${NAMES[first]}, so it does not go with ${against}.`,
      `Name a file: hive dashboard --${first} <file>`,
    );
}
