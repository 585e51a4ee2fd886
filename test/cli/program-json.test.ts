import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/table.ts";
import { Console } from "../support/console.ts";
import { brokenPromises } from "../support/fields.ts";
import { commentEvent } from "../support/github/events.ts";
import { ACCOUNTS, GitHubServer } from "../support/github/server.ts";
import { Sandbox } from "../support/sandbox.ts";
import { sleeper, wake } from "../support/sleeper.ts";

const text = expect.any(String);
const number = expect.any(Number);
const listOf = (shape: object) => expect.arrayContaining([expect.objectContaining(shape)]);

const sandbox = new Sandbox();
const one = new Console(sandbox).with({ env: { HIVE_SESSION: "session-1" } });
const two = one.with({ env: { HIVE_SESSION: "session-2" } });
let hub: string;

beforeAll(async () => {
  hub = await sandbox.bareHub();
  await one.print("init", "--remote", hub);
  await one.print("register", "session-1", "--role", "Frontend", "--skill", "react,ui");
  await two.print("register", "session-2", "--role", "Backend", "--skill", "go");
  writeFileSync(join(sandbox.folder("seed"), "session-7.json"), '{"session_id": "session-7"}');
});
afterAll(() => sandbox.close());

async function ask(): Promise<string> {
  return (await one.print("-q", "request", "session-2", "Please help")).trim();
}

async function sent(): Promise<string> {
  return (await one.print("-q", "send", "session-2", "Hello")).trim();
}

async function accepted(): Promise<string> {
  const id = await ask();
  await two.print("accept", id);
  return id;
}

const profile = {
  id: text,
  name: text,
  role: text,
  status: text,
  specialization: expect.any(Array),
  capabilities_offered: expect.any(Array),
  current_work: text,
  registered_at: text,
  updated_at: text,
};
const unaddressed = {
  request_id: text,
  from_session: "session-1",
  request: text,
  urgency: "normal",
  status: text,
  created_at: text,
  updated_at: text,
  history: expect.any(Array),
};
const record = { ...unaddressed, to_session: "session-2" };
const claim = {
  claim_id: text,
  key: text,
  patterns: expect.any(Array),
  session: "session-1",
  claimed_at: text,
  until: text,
};
const message = { id: text, from: "session-1", to: "all", priority: "high", sent_at: text, body: "Hello" };
const direct = { ...message, to: "session-2", priority: "normal" };
const write = (result: object) => ({
  op: expect.stringMatching(/^[0-9A-Z]{26}$/),
  commit: expect.stringMatching(/^[0-9a-f]{40}$/),
  landed: true,
  result: expect.objectContaining(result),
});
const moved = (status: string) => write({ collaboration: expect.objectContaining({ ...record, status }) });

/** Runs in a workflow that a comment started. */
async function onGitHub(): Promise<Console> {
  const server = await GitHubServer.open(sandbox);
  const issue = server.repository.add(ACCOUNTS.stranger);
  const event = commentEvent("team/hub", issue, server.repository.addComment(issue, ACCOUNTS.stranger, "Hi"));
  const path = join(sandbox.folder("events"), "event.json");
  writeFileSync(path, JSON.stringify(event));
  return one.with({ env: { ...server.env(), GITHUB_EVENT_PATH: path } });
}

interface Row {
  readonly run: () => Promise<unknown>;
  readonly fields: object;
}

let retired = 0;

/** The promised fields of every command. */
const ROWS: Record<string, Row> = {
  init: { run: () => one.json("init", "--remote", hub), fields: { hub: text, created: false } },
  join: { run: () => one.json("join", hub), fields: { hub: text } },
  register: {
    run: () => one.json("register", "session-1"),
    fields: write({ session: expect.objectContaining(profile) }),
  },
  whoami: {
    run: () => one.json("whoami"),
    fields: { session: "session-1", source: text, hub: text, registered: true },
  },
  heartbeat: {
    run: () => one.json("heartbeat", "--work", "Charts"),
    fields: write({ heartbeat: expect.objectContaining({ session_id: "session-1", last_heartbeat: text }) }),
  },
  status: {
    run: () => one.json("status", "Charts, still", "--state", "active"),
    fields: write({ heartbeat: expect.objectContaining({ session_id: "session-1", status: "active" }) }),
  },
  pause: {
    run: async () => {
      const paused = await one.json("pause", "--until", "2h");
      await one.print("status", "--state", "active");
      return paused;
    },
    fields: write({ heartbeat: expect.objectContaining({ status: "paused", status_until: text }) }),
  },
  resume: {
    run: async () => {
      await one.print("pause");
      return one.json("resume");
    },
    fields: write({ heartbeat: expect.objectContaining({ status: "active" }) }),
  },
  availability: {
    run: () => one.json("availability", "--zone", "Europe/Berlin"),
    fields: {
      at: text,
      zone: "Europe/Berlin",
      days: [{ date: "2026-01-31", from: "2026-01-30T23:00:00Z", to: "2026-01-31T23:00:00Z" }],
      sessions: listOf({
        id: "session-1",
        name: text,
        presence: "alive",
        available: true,
        open: [{ from: "2026-01-30T23:00:00Z", to: "2026-01-31T23:00:00Z" }],
      }),
    },
  },
  sync: {
    run: () => one.json("sync"),
    fields: {
      at: text,
      hub: text,
      unsent: 0,
      sessions: listOf({
        id: "session-1",
        name: text,
        role: text,
        status: text,
        presence: "alive",
        current_work: text,
        last_heartbeat: text,
        specialization: ["react", "ui"],
      }),
      summary: { total: number, active: number, idle: number, paused: number, offline: number },
      reminders: [],
    },
  },
  "find-help": {
    run: () => one.json("find-help", "react"),
    fields: {
      capability: "react",
      matches: listOf({
        id: text,
        name: text,
        role: text,
        status: text,
        presence: text,
        matched: ["react"],
      }),
    },
  },
  match: {
    run: () => two.json("match", "Build a React UI"),
    fields: {
      task: "Build a React UI",
      keywords: expect.arrayContaining(["react"]),
      matches: listOf({
        id: text,
        score: number,
        reasons: expect.any(Array),
        presence: text,
        available: true,
      }),
      next: expect.arrayContaining([expect.stringMatching(/^hive broadcast /)]),
    },
  },
  offer: {
    run: () => one.json("offer", "css", "-m", "Layouts", "--until", "2d"),
    fields: write({
      session: expect.objectContaining(profile),
      offer: { skill: "css", note: "Layouts", since: text, until: text },
    }),
  },
  withdraw: {
    run: () => one.json("withdraw", "CSS"),
    fields: write({ session: expect.objectContaining(profile), skill: "css" }),
  },
  skills: {
    run: () => one.json("skills"),
    fields: {
      skills: listOf({
        skill: "react",
        offers: listOf({
          id: "session-1",
          presence: "alive",
          since: text,
          completed: number,
        }),
        needs: [],
      }),
    },
  },
  request: {
    run: () => one.json("request", "session-2", "Please help"),
    fields: {
      ...write({ collaboration: expect.objectContaining({ ...record, status: "pending" }) }),
      instead: [],
    },
  },
  need: {
    run: () => one.json("need", "go", "Please help"),
    fields: write({
      collaboration: expect.objectContaining({ ...unaddressed, to_capability: "go" }),
      offered_by: ["session-2"],
    }),
  },
  accept: { run: async () => two.json("accept", await ask()), fields: moved("accepted") },
  start: { run: async () => two.json("start", await accepted()), fields: moved("in_progress") },
  complete: { run: async () => two.json("complete", await accepted()), fields: moved("completed") },
  decline: { run: async () => two.json("decline", await ask()), fields: moved("declined") },
  cancel: { run: async () => one.json("cancel", await ask()), fields: moved("cancelled") },
  handoff: {
    run: async () => two.json("handoff", "--open", "--request", await accepted(), "--done", "Axes"),
    fields: write({
      collaboration: expect.objectContaining({
        handoff: expect.objectContaining({ request: text, open: true, done: ["Axes"] }),
      }),
    }),
  },
  takeover: {
    run: async () => {
      await accepted();
      sandbox.clock.now += 90_000_000;
      await one.print("register", "session-3");
      const taken = await one.json("takeover", "session-2", "--as", "session-3");
      await two.print("heartbeat");
      return taken;
    },
    fields: write({
      session: "session-2",
      taken_over: listOf({ status: "accepted", to_session: "session-3" }),
    }),
  },
  claim: {
    run: () => one.json("claim", "Issue-42", "src/api/", "--for", "1h", "-m", "Parser"),
    fields: write({ claim: expect.objectContaining(claim), taken_over: [] }),
  },
  renew: {
    run: () => one.json("renew", "issue-42"),
    fields: write({ claim: expect.objectContaining({ ...claim, renewed_at: text }) }),
  },
  release: {
    run: async () => {
      await one.print("claim", "issue-43");
      return one.json("release", "issue-43");
    },
    fields: write({ claim: expect.objectContaining({ ...claim, key: "issue-43" }) }),
  },
  claims: {
    run: () => one.json("claims"),
    fields: {
      claims: listOf({ ...claim, key: "issue-42", project: text, note: "Parser", presence: "alive" }),
    },
  },
  broadcast: {
    run: () => one.json("broadcast", "Hello", "high"),
    fields: write({ message: expect.objectContaining(message) }),
  },
  needs: {
    run: async () => {
      await one.print("needs", "Which port?", "--options", "80,81");
      return one.json("needs");
    },
    fields: {
      needs: listOf({
        session: "session-1",
        id: text,
        question: "Which port?",
        options: ["80", "81"],
        since: text,
        by_tool: false,
        blocks: expect.any(Array),
        next: 'hive tell session-1 "<answer>"',
      }),
    },
  },
  tell: {
    run: async () => {
      await one.print("needs", "Which port?");
      return two.json("tell", "session-1", "80");
    },
    fields: write({
      message: expect.objectContaining({ from: "session-2", to: "session-1", body: "80", answers: text }),
      answered: expect.objectContaining({ question: "Which port?" }),
    }),
  },
  send: {
    run: () => one.json("send", "session-2", "Hello", "--intent", "ask"),
    fields: write({ message: expect.objectContaining({ ...direct, intent: "ask" }) }),
  },
  reply: {
    run: async () => two.json("reply", await sent(), "Yes"),
    fields: write({
      message: expect.objectContaining({
        from: "session-2",
        to: "session-1",
        reply_to: text,
        thread: text,
        body: "Yes",
      }),
    }),
  },
  thread: {
    run: async () => one.json("thread", await sent()),
    fields: { thread: text, messages: listOf(direct) },
  },
  follow: {
    run: () => one.json("follow", "deploy"),
    fields: write({ target: "#deploy", follows: ["#deploy"], mutes: [] }),
  },
  unfollow: {
    run: () => one.json("unfollow", "deploy"),
    fields: write({ target: "#deploy", follows: [], mutes: [] }),
  },
  mute: {
    run: () => one.json("mute", "noise"),
    fields: write({ target: "#noise", mutes: ["#noise"] }),
  },
  unmute: {
    run: () => one.json("unmute", "noise"),
    fields: write({ target: "#noise", mutes: [] }),
  },
  search: {
    run: () => one.json("search", "hello"),
    fields: {
      query: "hello",
      hits: listOf({ id: text, kind: text, from: text, to: text, at: text, excerpt: text }),
      looked: { messages: number, requests: number, all: false },
    },
  },
  inbox: {
    run: () => two.json("inbox"),
    fields: {
      session: "session-2",
      messages: listOf(message),
      requests: listOf({ ...record, status: "pending" }),
      unread: number,
      unanswered: expect.any(Array),
      more: { count: 0, by: [] },
    },
  },
  outbox: { run: () => one.json("outbox"), fields: { operations: [], broken: [] } },
  doctor: {
    run: () => one.json("doctor"),
    fields: { checks: listOf({ name: "hub", state: "ok", message: text }), fixed: [] },
  },
  expire: {
    run: () => one.json("expire"),
    fields: { landed: true, expired: [], archived: [], lapsed: [] },
  },
  retire: {
    run: async () => {
      const session = `session-6${retired++}`;
      await one.print("register", session);
      return one.json("retire", session, "--force", "--as", "session-1");
    },
    fields: { landed: true, retired: [text], released: [], returned: [], withdrawn: [] },
  },
  validate: {
    run: () => one.json("validate"),
    fields: { files: number, findings: [] },
  },
  import: {
    run: () => one.json("import", sandbox.folder("seed"), "--as", "session-1"),
    fields: {
      sessions: 1,
      heartbeats: number,
      messages: 0,
      collaborations: 0,
      salvaged: [],
      rejected: [],
    },
  },
  publish: {
    run: async () => (await onGitHub()).json("publish"),
    fields: {
      dry_run: false,
      repository: "team/hub",
      posted: listOf({ id: text, title: text, issue: number, url: text, notified: [] }),
      closed: [],
      duplicates: [],
      unreachable: [],
    },
  },
  comment: { run: async () => (await onGitHub()).json("comment"), fields: { outcome: "talk" } },
  metrics: {
    run: () => one.json("metrics", "--by", "session"),
    fields: {
      sessions: { registered: number, active: number },
      collaborations: {
        total: number,
        by_status: { pending: number, accepted: number, completed: number, declined: number },
        response_seconds: { p50: number, p90: number },
        completion_rate: number,
      },
      by: "session",
      rows: listOf({ key: "session-1", asked: number, received: 0 }),
    },
  },
  dashboard: {
    run: () => one.json("dashboard"),
    fields: {
      at: text,
      hub: text,
      commit: text,
      unanswered: listOf({ kind: "request", from: "session-1", since: text, next: text }),
      sessions: listOf({ id: "session-1", presence: "alive", projects: expect.any(Array) }),
      claims: { keys: listOf({ name: "issue-42", children: [] }), projects: expect.any(Array) },
      events: listOf({ kind: "claim", text: expect.stringContaining("session-1") }),
      metrics: expect.objectContaining({ weeks: expect.any(Array) }),
    },
  },
  top: {
    run: () => one.json("top"),
    fields: { at: text, hub: text, sessions: listOf({ id: "session-1", presence: "alive" }) },
  },
  log: {
    run: () => one.json("log", "--limit", "900"),
    fields: {
      entries: listOf({ op: text, kind: "init", session: text, at: text, subject: text, commit: text }),
    },
  },
  watch: {
    run: () => one.with(sleeper(wake(() => two.print("broadcast", "Hello")))).json("watch"),
    fields: { op: text, kind: "broadcast", session: "session-2", at: text, subject: text, commit: text },
  },
  wait: {
    run: async () => one.json("wait", await accepted(), "session-9", "--unregistered"),
    fields: {
      happened: { kind: "request", for: text, at: text, collaboration: { ...record, status: "accepted" } },
      waited_for: [text, "session-9"],
    },
  },
  setup: {
    run: () => one.json("setup", "claude"),
    fields: { tool: "claude", reach: "project", files: listOf({ path: text, change: "written" }) },
  },
  hook: { run: () => one.json("hook", "claude"), fields: {} },
  prime: {
    run: () => one.json("prime"),
    fields: { hub: text, session: "session-1", steps: listOf({ step: "orient", command: "sync" }) },
  },
  mcp: { run: () => one.json("mcp"), fields: { tools: expect.any(Array) } },
  statusline: { run: () => one.json("statusline"), fields: { alive: number, unread: number } },
  completion: { run: () => one.json("completion", "bash"), fields: { shell: "bash", script: text } },
  "merge-driver": {
    run: () => {
      const board = join(sandbox.folder("work"), "board.md");
      writeFileSync(board, "# Messages\n");
      return one.json("merge-driver", board, board, board, "coordination/MESSAGES.md");
    },
    fields: { path: "coordination/MESSAGES.md", merged: true },
  },
  reclaim: {
    run: async () => one.json("reclaim", await accepted(), "--force"),
    fields: write({
      collaboration: expect.objectContaining({ status: "pending" }),
      former: "session-2",
    }),
  },
  leave: {
    run: async () => {
      const left = await two.json("leave");
      await two.print("heartbeat");
      return left;
    },
    fields: write({ session: "session-2", released: expect.any(Array), returned: expect.any(Array) }),
  },
  unjoin: {
    run: async () => {
      const left = await one.json("unjoin");
      await one.print("join", hub);
      return left;
    },
    fields: { hub: text, waiting: 0 },
  },
};

/** The calls that print another form of their command's document. */
const FORMS: readonly (readonly [call: string, run: () => Promise<unknown>])[] = [
  ["status", () => one.json("status")],
  ["availability set", () => one.json("availability", "set", "Mon-Sun 00:00-24:00 UTC")],
  ["availability --ics", () => one.json("availability", "--ics")],
  ["request to a paused session", askPaused],
  ["handoff --dry-run", () => one.json("handoff", "session-2", "--goal", "Charts", "--dry-run")],
  ["accept of a handover", acceptHandover],
  ["claims --conflicts", () => one.json("claims", "--conflicts")],
  ["claims check", () => one.json("claims", "check", "issue-41")],
  ["log --follow", () => one.with(sleeper()).json("log", "--limit", "1", "--follow")],
  ["wait for a message", waitForMessage],
  ["wait for a session", () => one.json("wait", "session-2")],
  ["expire --dry-run", () => one.json("expire", "--dry-run")],
  ["retire --dry-run", () => one.json("retire", "--offline-for", "7d", "--dry-run")],
  ["import --dry-run", () => one.json("import", sandbox.folder("seed"), "--dry-run")],
  ["completion candidates", () => one.json("completion", "candidates", "--", "sy")],
];

async function askPaused(): Promise<unknown> {
  await two.print("pause", "--until", "2h");
  const asked = await one.json("request", "session-2", "Help with react");
  await two.print("status", "--state", "active");
  return asked;
}

async function acceptHandover(): Promise<unknown> {
  const id = await accepted();
  await one.print("register", "session-4");
  const handover = await two.print("-q", "handoff", "session-4", "--request", id);
  return one.json("accept", handover.trim(), "--as", "session-4");
}

async function waitForMessage(): Promise<unknown> {
  const id = await sent();
  await two.print("reply", id, "Yes");
  return one.json("wait", id);
}

describe("--json", () => {
  it("is promised for every command", () => {
    expect(Object.keys(ROWS).sort()).toEqual(Object.keys(COMMANDS).sort());
  });

  it.each(Object.entries(ROWS))(
    "prints one document with the promised fields: %s",
    async (_, { run, fields }) => {
      expect(await run()).toMatchObject(fields);
    },
  );

  it.each(Object.entries(ROWS))(
    "prints the fields that --help and the docs name: %s",
    async (name, { run }) => {
      const { prints } = (await COMMANDS[name]?.load()) ?? { prints: "" };
      expect(brokenPromises(prints, await run())).toEqual([]);
    },
  );

  it.each(FORMS)("prints the fields that --help names in its other forms: %s", async (call, run) => {
    const { prints } = (await COMMANDS[call.split(" ")[0] ?? ""]?.load()) ?? { prints: "" };
    expect(brokenPromises(prints, await run())).toEqual([]);
  });

  it("is checked: a broken promise is found", () => {
    const prints = "at, sessions[] {id, note?}, total {all}; or of drop: dropped";
    const broken = { sessions: [{ id: "a", name: "A" }, { note: "b" }, null], total: [], more: 1 };
    expect(brokenPromises(prints, { at: 1, sessions: [{ id: "a" }], total: { all: 1 } })).toEqual([]);
    expect(brokenPromises(prints, { dropped: 1 })).toEqual([]);
    expect(brokenPromises(prints, { at: null, sessions: [], total: { all: 1 } }).join("\n")).toContain(
      "/at ",
    );
    const found = brokenPromises(prints, broken).join("\n");
    for (const [at, what] of [
      ["it", "must have required property 'at'"],
      ["/sessions/0", "must NOT have additional properties"],
      ["/sessions/1", "must have required property 'id'"],
      ["/sessions/2", "must be object"],
      ["/total", "must be object"],
      ["it", "must NOT have additional properties"],
      ["it", "must have required property 'dropped'"],
    ])
      expect(found).toContain(`${at} ${what}`);
  });

  it("has no commit for a write that changed nothing", async () => {
    await one.print("heartbeat");
    const again = await one.json("heartbeat");
    expect(again).toMatchObject({ landed: true, result: { throttled: true } });
    expect(again).not.toHaveProperty("commit");
  });

  it("has neither commit nor result for a write that is queued", async () => {
    const { code, out } = await one.run("--json", "--offline", "heartbeat", "--work", "Tables");
    expect(code).toBe(4);
    expect(Object.keys(JSON.parse(out))).toEqual(["op", "landed", "queued"]);
    await one.print("sync");
  });

  it("previews an import in the same fields, and writes nothing", async () => {
    const before = await sandbox.git(hub, "rev-parse", "main");
    const preview = await one.json("import", sandbox.folder("other-seed"), "--dry-run");
    expect(preview).toMatchObject({ dry_run: true, sessions: 0, messages: 0, salvaged: [], rejected: [] });
    expect(await sandbox.git(hub, "rev-parse", "main")).toBe(before);
  });

  it("prints instants as in the files", async () => {
    const { sessions } = await one.json<{ sessions: { last_heartbeat: string }[] }>("sync");
    expect(sessions[0]?.last_heartbeat).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it("may stand before the command or after it", async () => {
    const [before, after] = [await one.run("--json", "whoami"), await one.run("whoami", "--json")];
    expect(before).toEqual(after);
  });
});
