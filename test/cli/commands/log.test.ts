import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Console } from "../../support/console.ts";
import { commitByHand } from "../../support/hand-commit.ts";
import { ROOT } from "../../support/processes.ts";
import { Sandbox } from "../../support/sandbox.ts";

interface Entry {
  readonly session: string;
  readonly kind: string;
  readonly commit: string;
  readonly subject: string;
}

const MINUTE_MS = 60_000;
const PAGE = readFileSync(join(ROOT, "docs/history.md"), "utf8");
const RECIPES = [...PAGE.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = ""]) => block.trim());
const EXAMPLE = "collab-1763229251-k3f9";

const sandbox = new Sandbox();
const as = (session: string) => new Console(sandbox).with({ env: { HIVE_SESSION: session } });
const [one, two, ten] = [as("session-1"), as("session-2"), as("session-10")];
let clone: string;
/** A completed and archived request. */
let id: string;

/** A hub with commits of all kinds. */
beforeAll(async () => {
  const hub = await sandbox.bareHub();
  const later = (minutes: number) => {
    sandbox.clock.now += minutes * MINUTE_MS;
  };
  await one.print("init", "--remote", `file://${hub}`);
  for (const console of [one, ten])
    await console.print("register", console === one ? "session-1" : "session-10");
  await two.print("register", "session-2", "--role", "Backend");
  later(2);
  for (const console of [one, ten]) expect((await console.run("--offline", "heartbeat")).code).toBe(4);
  id = (await one.print("-q", "request", "session-2", "Need a UI")).trim();
  await two.print("accept", id, "-m", "After lunch");
  await two.print("start", id);
  await two.print("complete", id);
  const other = (await ten.print("-q", "request", "session-2", "Need an API")).trim();
  await two.print("decline", other);
  const third = (await two.print("-q", "request", "session-10", "Need a test")).trim();
  await two.print("cancel", third);
  await two.print("request", "session-1", "Nobody answers");
  await ten.print("broadcast", "Port 8005 is taken\nUse 8006", "high");
  await two.print("register", "session-2", "--role", "Backend and data");
  writeFileSync(join(sandbox.folder("seed"), "session-7.json"), '{"session_id": "session-7"}');
  await new Console(sandbox).print("import", sandbox.folder("seed"));
  await commitByHand(sandbox, hub, [{ path: "coordination/note.txt", content: "x" }], {
    message: "Mend by hand",
  });
  await commitByHand(sandbox, hub, [], {
    author: "session-10",
    message:
      "refuse accept by session-10: illegal move\n\nHive-Refused: 01KG9M2V0000000000000000AA\nHive-Session: session-10\nHive-Kind: refusal\n",
  });
  later(40 * 24 * 60);
  await one.print("heartbeat");
  await one.print("expire");
  clone = join(sandbox.directory, "clone");
  await sandbox.git(sandbox.directory, "clone", "--quiet", hub, clone);
});
afterAll(() => sandbox.close());

async function logged(...argv: string[]): Promise<Entry[]> {
  return (await one.json<{ entries: Entry[] }>("log", "--limit", "1000", ...argv)).entries;
}

function commitsOf(entries: readonly Entry[]): string[] {
  return [...new Set(entries.map(({ commit }) => commit))].sort();
}

async function plainly(...argv: string[]): Promise<string[]> {
  return (await sandbox.git(clone, "log", "--format=%H", ...argv)).split("\n").filter(Boolean).sort();
}

describe("hive log agrees with plain git", () => {
  it("on the whole history", async () => {
    const entries = await logged();
    expect(commitsOf(entries)).toEqual(await plainly());
    const kinds = [
      "init",
      "register",
      "heartbeat",
      "request",
      "accept",
      "start",
      "complete",
      "decline",
      "cancel",
    ];
    for (const kind of [...kinds, "broadcast", "import", "expire", "refusal", "commit"])
      expect(entries.map((entry) => entry.kind)).toContain(kind);
  });

  it("on the operations of each session", async () => {
    const sessions = new Set((await logged()).map(({ session }) => session));
    expect([...sessions].sort()).toEqual(["Hand", "git-hive", "session-1", "session-10", "session-2"]);
    for (const session of sessions) {
      const own = await plainly(`--author=^${session} <`);
      const named = await plainly(`--grep=^Hive-Session: ${session}$`);
      expect(commitsOf(await logged("--session", session))).toEqual([...new Set([...own, ...named])].sort());
    }
  });

  it("on a session as the author, except for heartbeats in another session's commit", async () => {
    const shared = (await logged("--session", "session-10")).filter(
      ({ subject }) => subject === "heartbeat session-1, session-10",
    );
    expect(shared).toHaveLength(1);
    const own = commitsOf((await logged("--session", "session-10")).filter((entry) => entry !== shared[0]));
    const apart = own.filter((commit) => !shared.some((entry) => entry.commit === commit));
    expect(await plainly("--author=^session-10 <")).toEqual(apart);
    expect(await plainly("--author=^session-1 <")).toEqual(commitsOf(await logged("--session", "session-1")));
  });

  it("on requests, open and archived, single and all", async () => {
    const paths = ["coordination/ACTIVE", "coordination/ARCHIVE"];
    expect(commitsOf(await logged("--request", "collab-"))).toEqual(await plainly("--", ...paths));
    const steps = (await logged("--request", id)).map(({ kind }) => kind);
    expect(steps).toEqual(["expire", "complete", "start", "accept", "request"]);
    expect(commitsOf(await logged("--request", id))).toEqual(await plainly("--", `*/${id}.json`));
  });

  it("on each kind", async () => {
    for (const kind of ["request", "heartbeat", "broadcast", "expire", "refusal"])
      expect(commitsOf(await logged("--kind", kind))).toEqual(await plainly(`--grep=^Hive-Kind: ${kind}$`));
  });
});

/** Runs a recipe of the page on a request of this hub. */
async function run(recipe: string): Promise<string> {
  const command = recipe.replaceAll(EXAMPLE, id);
  return (await promisify(execFile)("sh", ["-ec", command], { cwd: clone, env: sandbox.env })).stdout;
}

/** The output of each recipe on this hub, in the order of the page. */
const SHOWN: readonly (readonly [start: string, shown: RegExp])[] = [
  [
    "git log --oneline --author=",
    /^\w+ heartbeat session-1 active\n\w+ request .*\n\w+ heartbeat session-1, session-10\n\w+ register session-1: .*\n$/,
  ],
  [
    "git log --oneline --grep='^Hive-Session",
    /^\w+ heartbeat .*\n\w+ request .*\n\w+ heartbeat .*\n\w+ register session-1: .*\n$/,
  ],
  [
    "git log --oneline -- coordination/ACTIVE",
    /^(?:\w+ (?:expire:|request|cancel|decline|complete|start|accept) .*\n){10}$/,
  ],
  [
    "git log --oneline -- '*/",
    /^\w+ expire: .*\n\w+ complete .*\n\w+ start .*\n\w+ accept .*\n\w+ request .*\n$/,
  ],
  [
    "git log --follow",
    /^rename to coordination\/ARCHIVE[\s\S]*^\+.*"After lunch"[\s\S]*^\w+ session-1 \S+ request /m,
  ],
  ["git log --grep='^Hive-Refused: '", /^\w+ \S+ refuse accept by session-10: illegal move\n$/],
  [
    "git log --oneline --grep='^Hive-Kind",
    /^\w+ broadcast \[high\] session-10: Port 8005 is taken Use 8006\n$/,
  ],
  [
    "git log -1 --grep='^Hive-Kind",
    /^---\nid: [\s\S]*^from: "session-10"$[\s\S]*^Port 8005 is taken\nUse 8006\n$/m,
  ],
  ["git log --oneline --since=", /^\w+ refuse (?:.*\n)* *\w+ init: make this repository a hub\n$/],
  ["TZ=UTC git log", /^ +\d+ 2026-01-31\n +2 2026-03-12\n$/],
  ["git shortlog", /^ +\d+\tsession-2\n(?: +\d+\t\S+\n){4}$/],
  [
    "git log --format='%h %an %aI %s' -- coordination/SESSIONS",
    /^\w+ git-hive \S+ expire: .*\n\w+ session-2 \S+ register .* and data\n(?:\w+ session-2 \S+ (?:request|start) .*\n)*\w+ session-2 \S+ register .*: Backend\n$/,
  ],
  ["git blame", /^\^?\w+ \(git-hive +2026-01-31/],
  ["git log --invert-grep", /^\w+ Hand \S+ Mend by hand\n$/],
  ["git show", /"role": "Backend"/],
  [
    "git diff --name-status",
    /^A\tcoordination\/ACTIVE\/COLLABORATIONS\/collab-\S+\n(?:A\tcoordination\/ARCHIVE\/\S+\n){3}$/,
  ],
  ["git log --format='%H%x09", /^[0-9a-f]{40}\t2026-03-12T\S+\tgit-hive\texpire\texpire: /],
];

describe("the recipes of docs/history.md", () => {
  it("are all run here", () => {
    expect(RECIPES.map((recipe, index) => recipe.startsWith(SHOWN[index]?.[0] ?? "?"))).toEqual(
      SHOWN.map(() => true),
    );
  });

  it.each(SHOWN)("print the expected output: %s", async (start, shown) => {
    const recipe = RECIPES[SHOWN.findIndex(([each]) => each === start)] ?? "false";
    expect(await run(recipe)).toMatch(shown);
  });
});
