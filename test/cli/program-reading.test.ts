import { rename } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { Console, errorOf } from "../support/console.ts";
import { openSandbox } from "../support/git-sandbox.ts";
import { commitByHand } from "../support/hand-commit.ts";
import { Sandbox } from "../support/sandbox.ts";
import { sleeper } from "../support/sleeper.ts";

interface Hub {
  readonly path: string;
  readonly one: Console;
  readonly two: Console;
}

async function makeHub(sandbox: Sandbox, address: (path: string) => string = (path) => path): Promise<Hub> {
  const path = await sandbox.bareHub();
  const one = new Console(sandbox).with({ env: { HIVE_SESSION: "session-1" } });
  const two = one.with({ env: { HIVE_SESSION: "session-2" } });
  await one.print("init", "--remote", address(path));
  await one.print("register", "session-1", "--role", "Frontend", "--skill", "react");
  await two.print("register", "session-2", "--role", "Backend", "--skill", "go");
  return { path, one, two };
}

const READS = [["sync"], ["find-help", "react"], ["match", "React"], ["inbox"], ["log"], ["metrics"]];
const WRITES = [
  ["register", "session-1"],
  ["heartbeat"],
  ["request", "session-2", "Help"],
  ["accept", "collab-1"],
  ["broadcast", "Hello"],
  ["import", "."],
];

describe("--offline", () => {
  const sandbox = new Sandbox();
  const seen = new Map<string, string>();
  let one: Console;

  beforeAll(async () => {
    const hub = await makeHub(sandbox, (path) => `file://${path}`);
    one = hub.one;
    for (const argv of READS) seen.set(argv.join(" "), await one.print(...argv));
    await rename(hub.path, `${hub.path}.away`);
  });
  afterAll(() => sandbox.close());

  it.each(READS)("reads the last fetched state: %s", async (...argv) => {
    const out = seen.get(argv.join(" "));
    expect(await one.run("--offline", ...argv)).toEqual({ code: 0, out, err: "" });
  });

  it.each(WRITES)("queues a write: %s", async (...argv) => {
    const { code, out } = await one.run("--json", "--offline", ...argv);
    expect(code).toBe(4);
    expect(JSON.parse(out)).toMatchObject({ op: expect.any(String), landed: false });
    expect(JSON.parse(out)).not.toHaveProperty("commit");
  });

  it("creates no hub", async () => {
    const ran = await one.run("--json", "--offline", "init");
    expect(ran).toMatchObject({ code: 2, out: "" });
    expect(errorOf(ran).hint).toBe("Leave out --offline.");
  });
});

describe("a hub that cannot be reached", () => {
  it("is shown in its last fetched state, with a note, and gets queued writes later", async () => {
    const sandbox = openSandbox();
    const { path, one } = await makeHub(sandbox, (hub) => `file://${hub}`);
    const before = await one.json("sync");
    await rename(path, `${path}.away`);
    const { code, out, err } = await one.run("--json", "sync");
    expect({ code, view: JSON.parse(out) }).toEqual({ code: 0, view: before });
    expect(err).toMatch(/hub\.git.* This is the state that this host last fetched, \d+s ago\.\n$/);
    const write = await one.run("--json", "broadcast", "Hello");
    expect({ code: write.code, said: JSON.parse(write.out) }).toMatchObject({
      code: 4,
      said: { landed: false, queued: { code: "access_denied" } },
    });
    await rename(`${path}.away`, path);
    expect(await one.json("sync")).toMatchObject({ unsent: 0 });
    expect(await one.json("log")).toMatchObject({ entries: [{ op: JSON.parse(write.out).op }, {}, {}, {}] });
  });
});

describe("files that do not parse", () => {
  const broken = (name: string) => ({ path: `coordination/SESSIONS/${name}.json`, content: '{\n  "id": ' });

  it("are reported and do not stop a command that does not need them", async () => {
    const sandbox = openSandbox();
    const { path, one } = await makeHub(sandbox);
    await commitByHand(sandbox, path, [broken("broken")]);
    for (const argv of [...READS.slice(0, 3), ["broadcast", "Hello"]]) {
      const { code, out, err } = await one.run(...argv);
      expect(code).toBe(0);
      expect(out).not.toBe("");
      expect(err).toBe("Not read: coordination/SESSIONS/broken.json:2: the file is not valid JSON\n");
    }
  });

  it("are counted when there are many, and left out with --quiet", async () => {
    const sandbox = openSandbox();
    const { path, one } = await makeHub(sandbox);
    await commitByHand(sandbox, path, ["b1", "b2", "b3", "b4", "b5"].map(broken));
    expect((await one.run("sync")).err).toMatch(
      /^(?:Not read: coordination.*\n){3}Not read: 2 more files\.\n$/,
    );
    expect((await one.run("sync", "--quiet")).err).toBe("");
    expect(await one.json("sync")).toMatchObject({ summary: { total: 2 } });
  });

  it("have their names made visible", async () => {
    const sandbox = openSandbox();
    const { path, one } = await makeHub(sandbox);
    await commitByHand(sandbox, path, [broken("a\u202eb")]);
    expect((await one.run("sync")).err).toContain("coordination/SESSIONS/a\\u{202e}b.json");
  });
});

describe("an inbox", () => {
  it("shows requests with the commands that answer them, then messages, then the session's own requests", async () => {
    const { one, two } = await makeHub(openSandbox());
    const id = (await one.print("-q", "request", "session-2", "Need an API\nsoon", "high")).trim();
    await one.print("broadcast", "Port 8005 is taken");
    expect((await two.print("inbox")).replace(/^01K\w+(?=: )/m, "<id>")).toBe(
      [
        "What other sessions wrote is unverified:",
        `${id}: session-1 asks, high, 0s ago`,
        "  | Need an API",
        "  | soon",
        `  Answer: hive accept ${id}, or hive decline ${id} -m "<why>"`,
        "<id>: session-1 to all, normal, 0s ago",
        "  | Port 8005 is taken",
        "",
      ].join("\n"),
    );
    await two.print("accept", id);
    expect(await one.print("inbox")).toBe(
      `You asked session-2: ${id} is accepted, 0s ago: Need an API soon\n`,
    );
  });

  it("counts the messages that are not shown", async () => {
    const { one, two } = await makeHub(openSandbox());
    for (const text of ["first", "second", "third"]) await one.print("broadcast", text);
    expect(await two.print("inbox", "--limit", "2")).toMatch(
      /\nand 1 more: 1 from session-1\nSee them: hive inbox --limit 3 --budget 3000\n$/,
    );
  });

  it("is empty for a session without messages", async () => {
    const { two } = await makeHub(openSandbox());
    expect(await two.print("inbox")).toBe("Nothing new for session-2. Read messages too: hive inbox --all\n");
  });
});

describe("the log", () => {
  it("is newest first, and filtered by session, kind, request and time", async () => {
    const sandbox = openSandbox();
    const { one, two } = await makeHub(sandbox);
    sandbox.clock.now += 3_600_000;
    const id = (await one.print("-q", "request", "session-2", "Help")).trim();
    await two.print("accept", id);
    const kinds = async (...argv: string[]) =>
      (await one.json<{ entries: { kind: string }[] }>("log", ...argv)).entries.map(({ kind }) => kind);
    expect(await kinds()).toEqual(["accept", "request", "register", "register", "init"]);
    expect(await kinds("--limit", "2")).toEqual(["accept", "request"]);
    expect(await kinds("--session", "session-2")).toEqual(["accept", "register"]);
    expect(await kinds("--kind", "register", "--limit", "1")).toEqual(["register"]);
    expect(await kinds("--request", id.slice(0, -2))).toEqual(["accept", "request"]);
    expect(await kinds("--since", "30m")).toEqual(["accept", "request"]);
    expect(await kinds("--since", "2026-01-31T12:30:00Z", "--kind", "accept")).toEqual(["accept"]);
    expect(await kinds("--kind", "accept,init")).toEqual(["accept", "init"]);
    expect(await one.print("log", "--since", "1s", "--kind", "cancel")).toBe(
      "No operation matches. All of them: hive log\n",
    );
  });

  it.each([
    [["--kind", "nothing"], 2, '"nothing" is not a kind of operation. The kinds are: init, '],
    [["--kind", "acept"], 2, '"acept" is not a kind of operation. Did you mean accept?'],
    [["--kind", "accept,bogus"], 2, '"bogus" is not a kind of operation.'],
    [["--kind", "accept, request,"], 2, '"" is not a kind of operation.'],
    [["--session", "session"], 3, "No session session is registered in this hub. Did you mean session-1 or "],
    [["--session", "nobody"], 3, "No session nobody is registered in this hub."],
    [["--session", "nobody", "--kind", "accept"], 3, "No session nobody is registered"],
    [["--collab", "collab-9"], 3, "No request collab-9 is in this hub"],
    [["--request", "zzzz"], 3, "No request zzzz is in this hub"],
    [["--request", "collab-1763229251-k3f9"], 3, "No request collab-1763229251-k3f9 is in this hub"],
  ])("and watch refuse a name that nothing has: %j", async (argv, code, said) => {
    const { one } = await makeHub(openSandbox());
    for (const command of [["log"], ["log", "--follow"], ["watch"]]) {
      const ran = await one.with(sleeper()).run(...command, ...argv);
      expect(ran).toMatchObject({ code, out: "" });
      expect(ran.err.replaceAll("\n", " ")).toContain(said);
    }
  });

  it("is empty for a name that is known and did nothing", async () => {
    const { one } = await makeHub(openSandbox());
    await one.print("retire", "session-2", "--force");
    for (const session of ["session-1", "session-2", "git-hive"])
      expect(await one.run("log", "--kind", "cancel", "--session", session)).toMatchObject({
        code: 0,
        err: "",
      });
  });

  it("and the other commands name a session that is not registered", async () => {
    const { one } = await makeHub(openSandbox());
    expect((await one.run("sync", "--as", "nobody")).err).toContain(
      "nobody is not registered: hive register nobody",
    );
    expect((await one.run("sync", "--as", "sesion-1")).err).toContain("Did you mean session-1 or session-2?");
  });

  it("has one line for each operation: commit, time and description", async () => {
    const { one } = await makeHub(openSandbox());
    expect(await one.print("log", "--limit", "1")).toMatch(
      /^[0-9a-f]{7} 2026-01-31T12:00:00Z {2}session-2 registers: Backend\n2 more: hive log -n 3\n$/,
    );
  });

  it("prints local times on a terminal", async () => {
    const { one } = await makeHub(openSandbox());
    vi.stubEnv("TZ", "Asia/Kolkata");
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await one.with({ isTerminal: true }).print("log", "--limit", "1", "--no-color")).toMatch(
      /^COMMIT.*\n[0-9a-f]{7} {2}17:30, 0 s ago {2}session-2 registers: Backend\n2 more: hive log -n 3\n$/,
    );
  });
});
