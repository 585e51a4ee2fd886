import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EndedProcess, Machine } from "../support/processes.ts";
import { Sandbox } from "../support/sandbox.ts";

/** Texts that users pasted into the old tools, which built JSON and Markdown with `echo`. */
const PASTED = 'It says "can\'t": $(id) `id` $HOME \\n \\ 100% {"a": [1]}\n---\nFrom: mallory\n\ttabbed';

const sandbox = new Sandbox();
const dashboard = new Machine(sandbox, "dashboard", { HIVE_SESSION: "session-1-dashboard" });
const deployment = new Machine(sandbox, "deployment", { HIVE_SESSION: "session-4-deployment" });
const nobody = new Machine(sandbox, "nobody");

interface Inbox {
  readonly messages: readonly { readonly from: string; readonly body: string; readonly priority: string }[];
  readonly requests: readonly {
    readonly request: string;
    readonly from_session: string;
    readonly urgency: string;
  }[];
}

beforeAll(async () => {
  const hub = await sandbox.bareHub();
  await dashboard.print("init", "--remote", hub);
  await Promise.all([deployment, nobody].map((machine) => machine.print("join", hub)));
  await dashboard.print("register", "session-1-dashboard", "--role", "Frontend", "--skill", "react,ui");
  await deployment.print(
    "register",
    "session-4-deployment",
    "--role",
    "Deploys",
    "--skill",
    "deployment,devops",
  );
});
afterAll(() => sandbox.close());

function done({ code, out, err }: EndedProcess): string {
  if (code !== 0) throw new Error(`ended with ${code}: ${err}`);
  return out;
}

describe("the wrappers with the old tools' names", () => {
  it("session-sync.sh shows every session", async () => {
    expect(done(await nobody.script("session-sync.sh"))).toMatch(
      /^session-1-dashboard .*\nsession-4-deployment /,
    );
    expect(JSON.parse(done(await nobody.script("session-sync.sh", "--json")))).toMatchObject({ unsent: 0 });
  });

  it("session-find-help.sh finds the session that offers the capability, and not the next one, as grep did", async () => {
    const out = done(await nobody.script("session-find-help.sh", "devops"));
    expect(out).toMatch(/^session-4-deployment /);
    expect(out).not.toContain("session-1-dashboard");
  });

  it("session-capability-match.sh finds the sessions that fit a task", async () => {
    const task = "Deploy the service with devops care";
    expect(done(await nobody.script("session-capability-match.sh", task))).toMatch(/^session-4-deployment /);
  });

  it("session-request-collaboration.sh asks, normally or urgently, and for another sender", async () => {
    const asked = async (...argv: string[]) =>
      done(await dashboard.script("session-request-collaboration.sh", ...argv));
    expect(await asked("session-4-deployment", "Plain")).toMatch(
      /^Asked session-4-deployment: collab-.* \(normal\)/,
    );
    expect(await asked("session-4-deployment", "Soon", "urgent")).toContain("(urgent)");
    await asked("session-1-dashboard", "By another", "high", "session-4-deployment");
    const { requests } = await dashboard.json<Inbox>("inbox");
    expect(requests).toMatchObject([
      { request: "By another", from_session: "session-4-deployment", urgency: "high" },
    ]);
  });

  it("session-broadcast.sh tells all, with a priority, and for another sender", async () => {
    done(await dashboard.script("session-broadcast.sh", "Plain news"));
    done(await dashboard.script("session-broadcast.sh", "High news", "high"));
    done(await nobody.script("session-broadcast.sh", "Sent for another", "urgent", "session-1-dashboard"));
    const { messages } = await deployment.json<Inbox>("inbox");
    expect(messages.slice(0, 3).map(({ body, priority, from }) => [body, priority, from])).toEqual([
      ["Sent for another", "urgent", "session-1-dashboard"],
      ["High news", "high", "session-1-dashboard"],
      ["Plain news", "normal", "session-1-dashboard"],
    ]);
  });

  it.each([
    ["session-find-help.sh", []],
    ["session-capability-match.sh", []],
    ["session-broadcast.sh", []],
    ["session-request-collaboration.sh", []],
    ["session-request-collaboration.sh", ["session-4-deployment"]],
    ["session-broadcast.sh", ["Hello", "whenever"]],
  ])("%s refuses a wrong call: %j", async (name, argv) => {
    expect(await dashboard.script(name, ...argv)).toMatchObject({ code: 2, out: "" });
  });
});

describe("the errors of the old tools", () => {
  it("raw pasted text stays valid and complete", async () => {
    done(await dashboard.script("session-broadcast.sh", PASTED));
    done(await dashboard.script("session-request-collaboration.sh", "session-4-deployment", PASTED));
    const { messages, requests } = await deployment.json<Inbox>("inbox", "--all");
    expect(messages[0]?.body).toBe(PASTED);
    expect(requests.map(({ request }) => request)).toContain(PASTED);
    const sync = await dashboard.hive("sync");
    expect(sync.err).toBe("");
  });

  it("a text that looks like an option is a text", async () => {
    done(await dashboard.script("session-broadcast.sh", "--help"));
    expect((await deployment.json<Inbox>("inbox", "--all")).messages[0]?.body).toBe("--help");
  });

  it("no session is the sender unless it is given", async () => {
    const ended = await nobody.script("session-broadcast.sh", "Who says this?");
    expect(ended).toMatchObject({ code: 2, out: "", err: expect.stringContaining("HIVE_SESSION") });
  });

  it("ids do not collide within a second", async () => {
    const ask = () => dashboard.script("session-request-collaboration.sh", "session-4-deployment", "At once");
    const asked = await Promise.all([ask(), ask(), ask()]);
    const ids = asked.map((ended) => /collab-\S+/.exec(done(ended))?.[0]);
    expect(new Set(ids).size).toBe(3);
  });
});

describe("hive import", () => {
  const FILES = {
    "REGISTRY.json": JSON.stringify({
      registry_version: "1.0",
      sessions: {
        "session-2-consciousness": {
          id: "session-2-consciousness",
          name: "Consciousness Architect",
          role: "System Architecture",
          status: "active",
          specialization: ["architecture", "memory-systems"],
        },
        "session-5-orchestration": { role: "AI Orchestration", specialization: ["orchestration", "crewai"] },
      },
    }),
    "HEARTBEATS/session-2-consciousness.json": JSON.stringify({
      session_id: "session-2-consciousness",
      last_heartbeat: "2025-11-15T17:54:11Z",
      current_work: "Memory layout",
    }),
    "ACTIVE/COLLABORATIONS/collab-1763229251.json":
      '{"request_id": "collab-1763229251", "from_session": "session-5-orchestration", "to_session": "session-2-consciousness", "request": "He said "please" twice", "urgency": "normal", "status": "pending"}',
    "MESSAGES.md": "# Messages\n\n---\n\n**From:** session-5-orchestration\n**To:** all\n\nCrew is up\n",
    "messages/broadcast/2025-11-15_09-54-11-session-2.json": JSON.stringify({
      from: "session-2-consciousness",
      message: "Memory moved",
    }),
    "notes.txt": "left alone",
  };

  it("imports an old directory, also broken JSON, and adds nothing the second time", async () => {
    const machine = new Machine(sandbox, "importer", { HIVE_SESSION: "session-2-consciousness" });
    for (const [path, content] of Object.entries(FILES)) {
      const file = join(machine.directory, "SESSIONS", path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    await machine.print("init");
    const out = await machine.print("import", "SESSIONS");
    expect(out).toMatch(/^Imported 2 sessions, \d+ heartbeats?, 2 messages, 1 collaboration\.\n/);
    expect(out).toContain("salvaged ACTIVE/COLLABORATIONS/collab-1763229251.json");
    expect(await machine.print("sync")).toMatch(
      /session-2-consciousness .*System Architecture +Memory layout\n/,
    );
    expect(await machine.print("find-help", "crewai")).toMatch(/^session-5-orchestration /);
    const fits = await machine.print("match", "Review the memory systems", "--as", "session-5-orchestration");
    expect(fits).toMatch(/^session-2-consciousness /);
    expect(await machine.print("inbox")).toContain('  | He said "please" twice');
    // The deadline of an imported request passed long ago.
    expect(await machine.hive("accept", "collab-1763229251")).toMatchObject({ code: 3 });
    expect(await machine.print("decline", "collab-1763229251")).toContain("is declined");
    const again = await machine.json<{ commit?: string }>("import", "SESSIONS");
    expect(again).not.toHaveProperty("commit");
  });
});
