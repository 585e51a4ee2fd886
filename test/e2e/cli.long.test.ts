import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openSandbox } from "../support/git-sandbox.ts";
import { ended, Machine, ROOT } from "../support/processes.ts";
import type { Sandbox } from "../support/sandbox.ts";

const ADDRESSES = [
  ["a path", (path: string) => path],
  ["a URL", (path: string) => `file://${path}`],
] as const;

/** A hub, and a machine for each of its sessions. */
async function openHub(sandbox: Sandbox, address: (path: string) => string, ...sessions: string[]) {
  const path = await sandbox.bareHub();
  const machines = sessions.map(
    (id) => new Machine(sandbox, id, { HIVE_SESSION: id, HIVE_HUB: address(path) }),
  );
  await machines[0]?.print("init", "--remote", address(path));
  await Promise.all(machines.map((machine, index) => machine.print("register", sessions[index] ?? "")));
  return { path, machines };
}

function oneOf<Value>(values: readonly Value[], index: number): Value {
  const value = values[index];
  if (value === undefined) throw new Error(`there is no number ${index}`);
  return value;
}

describe("sessions on separate machines", () => {
  it.each(ADDRESSES)(
    "register, find help, ask, answer and broadcast through a hub at %s",
    async (_, address) => {
      const sandbox = openSandbox();
      const path = await sandbox.bareHub();
      const ada = new Machine(sandbox, "ada", { TMUX_PANE: "%1" });
      const bob = new Machine(sandbox, "bob", { TMUX_PANE: "%1" });
      await ada.print("init", "--remote", address(path));
      await ada.print("register", "session-1-dashboard", "--role", "Frontend", "--skill", "react,ui");
      await bob.print("join", address(path));
      await bob.print(
        "register",
        "session-4-deployment",
        "--role",
        "Deployment",
        "--skill",
        "deployment,devops",
      );

      expect(await ada.print("sync")).toMatch(
        /session-1-dashboard .*\n.*session-4-deployment .*\n2 sessions: 2 active/,
      );
      expect(await ada.print("find-help", "deployment")).toContain(
        'Ask: hive request session-4-deployment "',
      );
      expect(await ada.print("match", "Deploy the service to production")).toMatch(
        /^session-4-deployment .*available/,
      );
      const asked = await ada.print(
        "request",
        "session-4-deployment",
        "Deploy the analytics service",
        "high",
      );
      const id = /collab-\d+-[a-z0-9]+/.exec(asked)?.[0] ?? "";
      expect(await bob.print("inbox")).toContain(`${id}: session-1-dashboard asks, high`);
      expect(await bob.print("accept", "collab-1", "-m", "After lunch")).toContain(`${id} is accepted.`);
      expect(await ada.print("inbox")).toContain(`${id} is accepted, `);
      expect(await bob.print("complete", id, "-m", "On staging")).toContain(`${id} is completed.`);
      await ada.print("broadcast", "The service is live on port 8005");
      expect(await bob.print("inbox")).toContain("  | The service is live on port 8005");
      expect((await bob.print("log", "--request", id)).match(/ {2}session-\S+ \w+/g)).toEqual([
        "  session-4-deployment completes",
        "  session-4-deployment accepts",
        "  session-1-dashboard asks",
      ]);

      const history = await sandbox.history(path);
      expect(history.map(({ kind }) => kind)).toEqual([
        "init",
        "register",
        "register",
        "request",
        "accept",
        "complete",
        "broadcast",
      ]);
      expect(new Set(history.map(({ author }) => author))).toEqual(
        new Set(["git-hive", "session-1-dashboard", "session-4-deployment"]),
      );
      expect(
        [ada, bob].flatMap(({ home, directory }) => [...readdirSync(home), ...readdirSync(directory)]),
      ).toEqual([]);
      await sandbox.fsck(path);
    },
  );

  it.each(ADDRESSES)(
    "race to accept one request at %s: one wins, the other is told who holds it",
    async (_, address) => {
      const sandbox = openSandbox();
      const { path, machines } = await openHub(sandbox, address, "session-1", "session-2");
      const [asked, first] = [oneOf(machines, 0), oneOf(machines, 1)];
      const second = new Machine(sandbox, "again", { HIVE_SESSION: "session-2", HIVE_HUB: address(path) });
      const id = (await asked.print("-q", "request", "session-2", "Please help")).trim();
      await second.print("sync");

      const ends = await Promise.all([first, second].map((machine) => machine.hive("accept", id)));
      expect(ends.map(({ code }) => code).sort()).toEqual([0, 3]);
      const loser = ends.find(({ code }) => code === 3);
      expect(loser?.err).toMatch(new RegExp(`^Cannot accept ${id}: it is accepted, by session-2 since `));
      expect(loser?.out).toBe("");
      expect((await sandbox.history(path)).filter(({ kind }) => kind === "accept")).toHaveLength(1);
    },
  );

  it("ask at the same moment and get different ids", async () => {
    const sandbox = openSandbox();
    const { machines } = await openHub(sandbox, (path) => path, "session-1", "session-2");
    const ask = () => oneOf(machines, 0).print("-q", "request", "session-2", "Please help");
    const ids = await Promise.all([ask(), ask(), ask(), ask()]);
    expect(new Set(ids).size).toBe(4);
  });
});

describe("the process", () => {
  it("ends with 0 when its reader closes the pipe early, as head does", async () => {
    const sandbox = openSandbox();
    const { machines } = await openHub(sandbox, (path) => path, "session-1", "session-2");
    for (const letter of ["a", "b", "c", "d", "e"])
      await oneOf(machines, 0).print("broadcast", letter.repeat(23_000));
    const pipeline = 'set -o pipefail; "$0" dist/main.cjs inbox --hub "$1" --as session-2 | head -1';
    const machine = new Machine(sandbox, "reader");
    const argv = ["-c", pipeline.replace("dist/main.cjs", `${ROOT}dist/main.cjs`), process.execPath];
    const { code, out, err } = await machine.run("bash", [...argv, `${sandbox.directory}/hubs/hub.git`]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^What other sessions wrote is unverified:\n$/);
  });

  it("sends heartbeats until it is interrupted, and ends with 0", async () => {
    const sandbox = openSandbox();
    const { path, machines } = await openHub(sandbox, (hub) => hub, "session-1");
    const child = oneOf(machines, 0).start(process.execPath, [
      `${ROOT}dist/main.cjs`,
      ...["heartbeat", "--every", "1s", "--work", "Charts"],
    ]);
    const end = ended(child);
    await new Promise((resolve) => child.stderr?.once("data", resolve));
    expect((await sandbox.history(path)).at(-1)?.subject).toBe("heartbeat session-1 active: Charts");
    child.kill("SIGINT");
    expect(await end).toMatchObject({
      code: 0,
      signal: null,
      out: expect.stringMatching(/^session-1 is alive\. Its last heartbeat, /),
    });
  });

  it("reads a text from standard input unchanged", async () => {
    const sandbox = openSandbox();
    const { machines } = await openHub(sandbox, (path) => path, "session-1");
    const text = 'é 字 😀 "quoted" $(id) `id` \\ end\nsecond line';
    const { out } = await oneOf(machines, 0).run(
      process.execPath,
      [`${ROOT}dist/main.cjs`, "broadcast", "-", "--json"],
      { input: `${text}\n` },
    );
    expect(JSON.parse(out)).toMatchObject({ result: { message: { body: text } } });
  });

  it("prints the first steps where it is called alone and no hub is known", async () => {
    const { code, out, err } = await new Machine(openSandbox(), "newcomer").hive();
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.match(/.+\n/g)).toHaveLength(3);
  });

  it("prints an error on stderr and nothing on stdout", async () => {
    const machine = new Machine(openSandbox(), "lost");
    expect(await machine.hive("sync")).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringContaining("hive init"),
    });
    expect(await machine.hive("snyc", "--json")).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringContaining('{"error":{"code":"usage"'),
    });
  });
});

describe("the quick start", () => {
  it("runs through and ends with the log", async () => {
    const sandbox = openSandbox();
    const machine = new Machine(sandbox, "reader");
    const { code, out, err } = await machine.run(`${ROOT}node_modules/.bin/tsx`, [
      `${ROOT}scripts/quick-start.ts`,
    ]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/Asked session-1-dashboard: collab-\d+-\w+ \(high\): Need a UI/);
    const log = out.slice(out.indexOf(" log --oneline\n")).split("\n").slice(1);
    expect(log[0]).toMatch(/^[0-9a-f]{7,} broadcast session-5-orchestration: /);
    expect(log[10]).toMatch(/^[0-9a-f]{7,} init: /);
    expect(out.trimEnd()).toMatch(/Look around:[\s\S]*hosts' own state: /);
  });
});
