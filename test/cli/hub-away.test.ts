import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Console, errorOf } from "../support/console.ts";
import { openSandbox } from "../support/git-sandbox.ts";
import { pass, sleeper } from "../support/sleeper.ts";

/** Two sessions at a hub on this disk. */
async function open() {
  const sandbox = openSandbox();
  const hub = join(sandbox.directory, "disk", "hub.git");
  const one = new Console(sandbox, { env: { HIVE_SESSION: "session-1" } });
  await one.print("init", "--remote", hub);
  await one.print("register", "session-1");
  await one.print("--as", "session-2", "register", "session-2");
  const aside = join(sandbox.directory, "aside.git");
  return { sandbox, hub, one, aside };
}

/** How a hub by its path can be away, each with the reason that is said. */
const AWAYS: readonly [what: string, leave: (hub: string) => void, says: string][] = [
  ["is gone with its folder", () => undefined, "the folder does not exist"],
  ["is an empty folder, where nothing is mounted", (hub) => mkdirSync(hub), "the folder is empty"],
  [
    "is a folder of something else",
    (hub) => {
      mkdirSync(hub);
      writeFileSync(join(hub, "notes.txt"), "");
    },
    "the folder has no repository",
  ],
  ["is a file", (hub) => writeFileSync(hub, ""), "it is a file"],
  [
    "is a checkout",
    (hub) => mkdirSync(join(hub, ".git"), { recursive: true }),
    "it is a working checkout, not a hub",
  ],
];

describe.each(AWAYS)("a hub by its path that this host knows and that %s", (_, leave, says) => {
  it("is read as it was last seen, and gets what was written meanwhile once it is back", async () => {
    const { hub, one, aside } = await open();
    renameSync(hub, aside);
    leave(hub);
    const there = `The hub at ${hub} is not there: ${says}.`;
    const read = await one.run("sync");
    expect(read).toMatchObject({ code: 0, out: expect.stringContaining("session-2") });
    expect(read.err).toBe(`${there} This is the state that this host last fetched.\n`);
    const asked = await one.run("--json", "request", "session-2", "Look at the tests");
    expect(asked.code).toBe(4);
    expect(await one.run("--offline", "send", "session-2", "Hello")).toMatchObject({ code: 4 });
    expect(`${asked.err}${read.err}`).not.toContain("hive init");
    expect(await one.json("outbox")).toMatchObject({
      operations: [{ kind: "request" }, { kind: "send" }],
    });
    expect(await one.json("whoami")).toMatchObject({ session: "session-1", hub });
    expect(await one.json("--offline", "sync")).toMatchObject({ unsent: 2 });
    const doctor = await one.run("doctor");
    expect(doctor).toMatchObject({ code: 1, out: expect.stringContaining(there) });
    expect(doctor.out).not.toMatch(/hive init|damaged/);
    if (existsSync(hub)) renameSync(hub, `${hub}.meanwhile`);
    renameSync(aside, hub);
    expect(await one.json("sync")).toMatchObject({ unsent: 0 });
    expect(await one.json("--as", "session-2", "inbox")).toMatchObject({
      requests: [{ request: "Look at the tests" }],
      unread: 2,
    });
  });
});

describe("a hub by its path that is away", () => {
  it("is forgotten by unjoin, which says what waits and keeps it", async () => {
    const { hub, one, aside } = await open();
    renameSync(hub, aside);
    await one.run("broadcast", "Hello");
    expect(errorOf(await one.run("--json", "unjoin")).message).toContain("1 operation waits");
    expect(await one.json("unjoin", "--yes")).toEqual({ hub, waiting: 1 });
    renameSync(aside, hub);
    await one.print("join", hub);
    await one.print("sync");
    expect(await one.json("log", "--kind", "broadcast")).toMatchObject({ entries: [{ kind: "broadcast" }] });
  });

  it("is watched until it is back, without a folder being made in its place", async () => {
    const { hub, one, aside } = await open();
    renameSync(hub, aside);
    const back = async () => {
      expect(existsSync(hub)).toBe(false);
      renameSync(aside, hub);
      await one.print("broadcast", "Back again");
    };
    const { out, err } = await one.with(sleeper(pass(back))).run("watch");
    expect(out).toContain("Back again");
    expect(err).toContain("is not there: the folder does not exist");
  });

  it.each([[["log"]], [["--offline", "log"]], [["validate"]], [["metrics"]]])(
    "says so, and does not guess, where this host cannot know what is asked for: %j",
    async (argv) => {
      const { hub, one, aside } = await open();
      renameSync(hub, aside);
      const ran = await one.run("--json", ...argv);
      expect(ran.code).toBe(1);
      expect(errorOf(ran)).toMatchObject({ code: "unreachable", message: expect.stringContaining(hub) });
    },
  );

  it("that was never one is made by init, as before", async () => {
    const { sandbox, one } = await open();
    const ran = await one.run("--json", "--hub", join(sandbox.directory, "never.git"), "broadcast", "Hello");
    expect(ran.code).toBe(1);
    expect(errorOf(ran)).toMatchObject({ code: "no_hub", hint: expect.stringContaining("hive init") });
  });
});
