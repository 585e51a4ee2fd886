import { openSandbox } from "../../support/git-sandbox.ts";
import { Machine } from "../../support/processes.ts";

/** A call of a tool of `hive mcp`, as a model writes it. */
export interface ToolCall {
  readonly tool: string;
  readonly given: Readonly<Record<string, unknown>>;
}

/** A machine with a hub on which `boss` has asked `clerk` for help, and calls of `clerk`. */
export async function openCalls(): Promise<{
  machine: Machine;
  good: readonly ToolCall[];
  bad: readonly BadCall[];
}> {
  const machine = new Machine(openSandbox(), "one");
  await machine.print("init");
  for (const name of ["boss", "clerk"]) await machine.print("register", name);
  const request = (await machine.print("-q", "request", "clerk", "Count", "--as", "boss")).trim();
  return { machine, good: goodCalls(request), bad: BAD };
}

/** A call of each tool that is answered. */
function goodCalls(request: string): ToolCall[] {
  const calls: ToolCall[] = [
    { tool: "sync", given: {} },
    { tool: "status", given: { work: "Counting" } },
    { tool: "inbox", given: {} },
    { tool: "match", given: { task: "Count the orders" } },
    { tool: "send", given: { to: "boss", text: "Hello" } },
    { tool: "request", given: { to: "boss", text: "Count them", urgency: "high" } },
    { tool: "respond", given: { request, action: "accept", note: "At once" } },
    { tool: "claim", given: { action: "claim", targets: ["issue-1"] } },
    { tool: "handoff", given: { to: "boss", goal: "Count on", next: "Count two" } },
  ];
  return calls.map(byClerk);
}

/** A call that is refused, and a word of the answer by which a model can go on. */
interface BadCall extends ToolCall {
  readonly says: string;
}

/** A call of each tool that is refused. */
const BAD: readonly BadCall[] = [
  { tool: "sync", given: { as: "nobody-here" }, says: "Call sync without as" },
  { tool: "inbox", given: { as: "no/name" }, says: "lower-case" },
  { tool: "match", given: { task: " " }, says: "empty" },
  ...[
    { tool: "status", given: { state: "asleep" }, says: "paused" },
    { tool: "send", given: { to: "nobody-here", text: "Hello" }, says: "hive send --topic" },
    { tool: "request", given: { to: "boss", text: "Count them", deadline: "soon" }, says: "17:00" },
    { tool: "respond", given: { request: "none", action: "accept" }, says: "hive inbox" },
    { tool: "claim", given: { action: "release", targets: ["not-mine"] }, says: "hive claims" },
    { tool: "handoff", given: { to: "boss", goal: "Count on", done: "all" }, says: "done" },
  ].map(byClerk),
];

function byClerk<Call extends ToolCall>(call: Call): Call {
  return { ...call, given: { ...call.given, as: "clerk" } };
}
