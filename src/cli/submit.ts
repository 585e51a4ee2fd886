import { refusalOfSecret } from "../app/secrets.ts";
import { refusalFor } from "../app/unregistered.ts";
import type { Workplace } from "../app/workplace/workplace.ts";
import type { InputOf, Kind, ResultOf } from "../domain/operations.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { SessionId } from "../domain/values/ids.ts";
import { ANOTHER_HUB, HiveError, RefusedError, wrongCall } from "../errors.ts";
import type { CommandAnswer, Context, Options } from "./command.ts";
import { EXIT } from "./exit-codes.ts";
import { readStdin } from "./input/stdin.ts";
import { noteFindings } from "./report.ts";

type Author = Pick<ReturnType<Workplace["identity"]>, "session" | "registration">;

/** What a write has done, for the user; `fields` stand beside its result. */
interface Described {
  readonly text: string;
  readonly id?: string;
  readonly fields?: object;
}

/** The option of every command that sends a text. */
export const FORCE = ["--force", "send the text even if it looks like it has a secret"] as const;

/**
 * Submits one operation of the author and returns the common answer of writes. Without `--force`, refuses a text that
 * looks like it has a secret, before anything is stored. Throws RefusedError, HiveError.
 */
export async function submit<K extends Kind>(
  context: Context,
  workplace: Workplace,
  kind: K,
  input: InputOf<K>,
  describe: (result: ResultOf<K>) => Described | Promise<Described>,
  author?: SessionId | Author,
): Promise<CommandAnswer> {
  workplace.hive.refuseUnchosen();
  const { session, registration = undefined } =
    typeof author === "string" ? { session: author } : (author ?? workplace.identity());
  const secret = context.globals.force === true ? undefined : await refusalOfSecret(kind, input);
  if (secret !== undefined) throw new RefusedError(secret);
  const submitted = await workplace.hive.submit(kind, input, session, registration);
  if (submitted.kind === "queued") return queued(context, submitted.op, submitted.why);
  if (submitted.kind !== "kept") noteFindings(context.io, submitted.findings);
  if (submitted.kind === "refusal") throw failureOf(await refusalFor(workplace.hive, submitted, session));
  const { op, result } = submitted;
  const commit = submitted.kind === "kept" ? undefined : submitted.commit;
  const { fields, ...shown } = await describe(result);
  return { json: { op, commit, landed: submitted.kind === "landed", result, ...fields }, ...shown };
}

/** The error of a refusal. An id that several things match is a wrong call: no rule is broken. */
export function failureOf(refusal: Refusal): Error {
  const { code, message, hint } = refusal;
  if (!code.startsWith("ambiguous_")) return new RefusedError(refusal);
  return new HiveError(code, message, hint, { failure: "usage" });
}

/** Answers for an operation in the outbox. It lands later, or the rules refuse it. */
function queued({ io }: Context, op: string, { code, message, hint }: HiveError): CommandAnswer {
  if (!io.isJson) io.note(`${message}\n${hint}`);
  return {
    json: { op, landed: false, queued: { code, message, hint } },
    text:
      code === ANOTHER_HUB
        ? `Kept on this host, not sent: ${op}. See: hive outbox`
        : `Queued: ${op}. The next command sends it, such as hive sync. See: hive outbox`,
    id: op,
    exit: EXIT.queued,
  };
}

/** Returns an argument, or standard input for `-`. Throws HiveError where it is missing or empty. */
export async function textOf(context: Context, argument: string | undefined): Promise<string> {
  if (argument === undefined)
    throw wrongCall(
      "The text is missing.",
      "Give the text as one quoted argument, or - to read it from stdin.",
    );
  const text = argument === "-" ? await readStdin(context.world) : (argument ?? "");
  if (text.trim() !== "") return text;
  throw wrongCall("The text is empty.", "Give the text as one quoted argument, or - to read it from stdin.");
}

/** Returns the items of a list that is separated by commas, or given in several options; undefined without the option. */
export function listOf(given: Options[string]): string[] | undefined {
  if (given === undefined || typeof given === "boolean") return undefined;
  return [given]
    .flat()
    .flatMap((text) => text.split(","))
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

/** Returns the value of an option; undefined without a value. */
export function optionText(option: Options[string]): string | undefined {
  return typeof option === "string" ? option : undefined;
}

/** Returns a number given as an option; undefined without the option. Throws HiveError where it is no number. */
export function limitOf(option: Options[string], example = "--limit 20"): number | undefined {
  const text = optionText(option);
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw wrongCall(`${JSON.stringify(text)} is not a number from 1 to 999999.`, `Example: ${example}`);
}
