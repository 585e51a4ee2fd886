import type { ShownRequest } from "./call.ts";
import { digest } from "./check-decisions.ts";
import type { Evidence } from "./evidence.ts";
import type { ChaosFinding, PlacedCall } from "./finding.ts";
import { Fold } from "./fold.ts";

/** The files at the branch's end are what its operations add up to: requests, messages, and what each session does. */
export function checkTree({ files }: Evidence, history: readonly PlacedCall[]): ChaosFinding[] {
  return [...checkRequests(files, history), ...checkMessages(files, history), ...checkWork(files, history)];
}

type Files = Evidence["files"];

function checkRequests(files: Files, history: readonly PlacedCall[]): ChaosFinding[] {
  const fold = new Fold();
  for (const step of history) fold.apply(step);
  const shown = new Map(
    within(files, /^(?:ACTIVE|ARCHIVE)\/COLLABORATIONS\/.*\.json$/).map(([path, text]) => [
      path.replace(/^.*\/|\.json$/g, ""),
      text,
    ]),
  );
  const ids = new Set([...shown.keys(), ...fold.requests.keys()]);
  return [...ids].flatMap((id) => {
    const [expected, text] = [fold.requests.get(id), shown.get(id)];
    const held = expected && digest(expected);
    const found = text && digest(JSON.parse(text) as ShownRequest);
    return held === found ? [] : [{ rule: "tree", detail: `${id} is ${found}, not ${held}` }];
  });
}

function checkMessages(files: Files, history: readonly PlacedCall[]): ChaosFinding[] {
  const sent = history.filter(({ call }) => ["request", "broadcast"].includes(call.input.kind));
  const expected = new Map(sent.map(({ op, call }) => [op, call.input.text]));
  const found = new Map(
    within(files, /^MESSAGES\/.*\.md$/).map(([path, text]) => [path.replace(/^.*\/|\.md$/g, ""), text]),
  );
  return [...new Set([...expected.keys(), ...found.keys()])].flatMap((op) => {
    const [body, text] = [expected.get(op), found.get(op)];
    const isRight = body !== undefined && text?.endsWith(`\n---\n${body}\n`) === true;
    return isRight ? [] : [{ rule: "tree", detail: `message ${op} is ${text}, not ${body}` }];
  });
}

/** The last word of a session on its work stands in its heartbeat. */
function checkWork(files: Files, history: readonly PlacedCall[]): ChaosFinding[] {
  const beats = history.filter(({ call }) => call.input.kind === "heartbeat");
  const last = new Map(beats.map(({ call }) => [call.session, call.input.text]));
  return [...last].flatMap(([session, work]) => {
    const text = files.get(`HEARTBEATS/${session}.json`) ?? "{}";
    const { current_work } = JSON.parse(text) as { current_work?: string };
    return current_work === work
      ? []
      : [{ rule: "tree", detail: `${session} works on ${current_work}, not ${work}` }];
  });
}

function within(files: Files, pattern: RegExp): [path: string, text: string][] {
  return [...files].filter(([path]) => pattern.test(path));
}
