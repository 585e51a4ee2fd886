import { TOOL_NAMES } from "../../src/domain/coding-tools/table.ts";
import { EVENTS } from "../hook/events.ts";
import { type HarmedHub, ME, OTHER } from "./hub.ts";

/** One call of the program on a hostile hub, from a directory that has the hub's files in `hub/`. */
export interface Run {
  readonly argv: readonly string[];
  readonly input?: string;
  /** Commands that run until they are stopped are stopped after this time. */
  readonly stopAfterMs?: number;
  /** What stdout holds: one JSON document, one on each line, or text for people. A hook may be silent. */
  readonly prints: "json" | "lines" | "text" | "hook";
}

/** On a busy machine, a program that is stopped sooner may not have begun to follow. */
const FOLLOWS_MS = 5000;

/** Each command, also with its options that read or write something else. */
export function commandRuns({ path, given, asked, message }: HarmedHub): Run[] {
  const folder = "hub/coordination";
  const reads = [
    ["sync"],
    ["whoami"],
    ["inbox"],
    ["inbox", "--all", "--limit", "100"],
    ["thread", message],
    ["thread", given],
    ["search", "hello", "help"],
    ["search", "hello", "--all"],
    ["claims"],
    ["claims", "--conflicts"],
    ["claims", "check", "src/a.ts", "issue-1", "--project", "work"],
    ["match", "Deploy a dashboard, and help with issue 42"],
    ["find-help", "ui"],
    ["skills"],
    ["skills", "ui"],
    ["availability"],
    ["availability", OTHER],
    ["availability", "--week"],
    ["metrics"],
    ["dashboard"],
    ["top"],
    ["metrics", "--by", "skill"],
    ["log", "--limit", "1000"],
    ["log", "--request", given],
    ["outbox"],
    ["doctor"],
    ["validate"],
    ["validate", "HEAD"],
    ["expire", "--dry-run"],
    ["retire", "--offline-for", "7d", "--dry-run"],
    ["import", `${folder}/SESSIONS`, "--dry-run"],
    ["needs"],
    ["prime"],
    ["statusline"],
    ["publish", "--dry-run", "--repo", "owner/name"],
    ["handoff", OTHER, "--request", given, "--dry-run"],
  ];
  const writes = [
    ["register", ME, "--skill", "ui", "--work", "x"],
    ["register", "session-3"],
    ["status", "Something else", "--state", "paused", "--until", "2h"],
    ["heartbeat", "--work", "x"],
    ["needs", "Which port?", "--options", "80,81"],
    ["tell", OTHER, "80", "--as", "ada"],
    ["request", OTHER, "Please help", "high"],
    ["need", "ui", "Please help"],
    ["accept", given],
    ["decline", given],
    ["start", given],
    ["complete", given],
    ["cancel", asked],
    ["handoff", OTHER, "--goal", "x"],
    ["takeover", OTHER],
    ["reclaim", asked],
    ["inbox", "--mark-read"],
    ["send", OTHER, "Hello", "--intent", "ask"],
    ["send", "--topic", "deploy", "Hello"],
    ["broadcast", "Hello", "urgent"],
    ["reply", message, "Hello"],
    ["follow", "deploy"],
    ["mute", OTHER],
    ["unfollow", "deploy"],
    ["unmute", OTHER],
    ["claim", "issue-43"],
    ["claim", "docs/**", "--project", "work"],
    ["renew", "issue-1"],
    ["release", "issue-1"],
    ["offer", "ui", "-m", "x"],
    ["withdraw", "ui"],
    ["availability", "set", "Mon-Fri 09:00-17:00 Europe/Berlin"],
    ["pause", "--until", "2h"],
    ["resume"],
    ["doctor", "--fix"],
    ["expire"],
    ["retire", OTHER, "--force"],
    ["import", folder],
    ["init"],
    ["join", path],
    ["setup", "claude"],
    ["wait", "--for", "request", "--timeout", "1s"],
    ["comment"],
    ["merge-driver", `${folder}/hive.yaml`, `${folder}/REGISTRY.json`, `${folder}/REGISTRY.json`, REGISTRY],
    ["merge-driver", `${folder}/MESSAGES.md`, `${folder}/MESSAGES.md`, `${folder}/MESSAGES.md`, BOARD],
    ["leave"],
    ["unjoin", "--yes"],
  ];
  const texts = [
    ...reads.filter(([word = ""]) => SHOWN.has(word)),
    ["availability", "--ics"],
    ["dashboard", "--out", "-"],
    ["metrics", "--csv"],
    ["validate", "--format", "github"],
    ["completion", "candidates", "--", "accept", ""],
    ["completion", "candidates", "--", "send", ""],
  ];
  return [
    ...[...reads, ...writes].map((argv): Run => ({ argv: [...argv, "--json"], prints: "json" })),
    ...texts.map((argv): Run => ({ argv, prints: "text" })),
    { argv: ["watch", "--json"], stopAfterMs: FOLLOWS_MS, prints: "lines" },
    { argv: ["log", "--follow", "--json"], stopAfterMs: FOLLOWS_MS, prints: "lines" },
    { argv: ["mcp"], input: MCP_CALLS, stopAfterMs: 3000, prints: "lines" },
  ];
}

const REGISTRY = "coordination/REGISTRY.json";
const BOARD = "coordination/MESSAGES.md";

/** Commands whose text for people shows words of the hub. */
const SHOWN = new Set([
  ...["sync", "inbox", "thread", "search", "claims", "match", "find-help", "skills", "availability"],
  ...[
    "metrics",
    "log",
    "top",
    "outbox",
    "doctor",
    "validate",
    "expire",
    "retire",
    "import",
    "statusline",
    "handoff",
  ],
]);

/** Each event of each coding tool; a directory's first, so that the hook says all that it has to say. */
export function hookRuns(directory: string): Run[] {
  return TOOL_NAMES.flatMap((tool) =>
    Object.values(EVENTS[tool]).map((make): Run => {
      const { fields, word } = make({ session: "s-1", cwd: directory });
      const argv = ["hook", tool, ...(word === undefined ? [] : [word])];
      return { argv, input: JSON.stringify(fields), prints: "hook" };
    }),
  );
}

/** What a client of the server says: the handshake, and the tools and resources that read the hub. */
const MCP_CALLS = [
  {
    id: 1,
    method: "initialize",
    params: {
      ...{ protocolVersion: "2025-06-18", capabilities: {} },
      clientInfo: { name: "test", version: "1" },
    },
  },
  { method: "notifications/initialized" },
  ...[
    { name: "sync", arguments: {} },
    { name: "inbox", arguments: {} },
    { name: "match", arguments: { task: "Deploy a dashboard" } },
    { name: "claim", arguments: { action: "check", targets: ["issue-1"] } },
  ].map((params, index) => ({ id: index + 2, method: "tools/call", params })),
  { id: 9, method: "prompts/get", params: { name: "handover", arguments: {} } },
]
  .map((each) => `${JSON.stringify({ jsonrpc: "2.0", ...each })}\n`)
  .join("");
