import { describe, expect, it } from "vitest";
import { Console, errorOf } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import type { Sandbox } from "../../support/sandbox.ts";
import { pass, sleeper, wake } from "../../support/sleeper.ts";

interface Scene {
  readonly sandbox: Sandbox;
  readonly hub: string;
  readonly one: Console;
  readonly two: Console;
  /** A request of session-1 to session-2. */
  readonly ask: () => Promise<string>;
}

async function open(address: (path: string) => string = (path) => path): Promise<Scene> {
  const sandbox = openSandbox();
  const hub = await sandbox.bareHub();
  const one = new Console(sandbox).with({ env: { HIVE_SESSION: "session-1" } });
  const two = one.with({ env: { HIVE_SESSION: "session-2" } });
  await one.print("init", "--remote", address(hub));
  await one.print("register", "session-1", "--role", "Frontend");
  await two.print("register", "session-2", "--role", "Backend");
  const ask = async () => (await one.print("-q", "request", "session-2", "Help")).trim();
  return { sandbox, hub, one, two, ask };
}

describe("hive watch", () => {
  it("prints each new entry on one line, and ends with 0 when it is stopped", async () => {
    const { one, two } = await open();
    const nights = sleeper(
      wake(() => two.print("broadcast", "Port 8005 is taken", "high")),
      wake(() => two.print("request", "session-1", "Need a UI")),
    );
    const { code, out, err } = await one.with(nights).run("watch");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(
      /^\w{7} 2026-01-31T12:00:00Z {2}session-2 to all \[high\]: Port 8005 is taken\n\w{7} 2026-01-31T12:00:00Z {2}session-2 asks session-1: Need a UI \(collab-\S+\)\n$/,
    );
  });

  it("prints one document on each line with --json, and nothing where nothing landed", async () => {
    const { one, two } = await open();
    const nights = sleeper(
      wake(() => two.print("broadcast", "First")),
      wake(() => two.print("broadcast", "Second")),
    );
    const documents = (await one.with(nights).print("watch", "--json")).trimEnd().split("\n");
    const entry = {
      op: expect.any(String),
      kind: "broadcast",
      session: "session-2",
      at: "2026-01-31T12:00:00Z",
    };
    expect(documents.map((document) => JSON.parse(document))).toMatchObject([
      { ...entry, subject: "broadcast session-2: First" },
      { ...entry, subject: "broadcast session-2: Second" },
    ]);
    expect(await one.with(sleeper(pass())).print("watch", "--json")).toBe("");
  });

  it("takes the filters of the log", async () => {
    const { one, two, ask } = await open();
    const id = await ask();
    const other = await ask();
    const watched = async (...argv: string[]) => {
      const nights = sleeper(
        wake(() => one.print("broadcast", "Hello")),
        wake(() => two.print("broadcast", "Hello too")),
      );
      return (await one.with(nights).print("watch", "--json", ...argv)).match(/"subject":"[^"]*/g) ?? [];
    };
    expect(await watched("--session", "session-2")).toHaveLength(1);
    expect(await watched("--kind", "broadcast")).toHaveLength(2);
    expect(await watched("--kind", "request")).toHaveLength(0);
    const moves = sleeper(
      wake(() => two.print("decline", other)),
      wake(() => two.print("accept", id)),
    );
    expect(await one.with(moves).print("watch", "--request", id)).toMatch(
      /^\S+ \S+ {2}session-2 accepts .*\n$/,
    );
  });

  it("notes once that the hub is unreachable, and that it answers again", async () => {
    const { sandbox, hub, one, two } = await open((path) => `file://${path}`);
    const away = () =>
      sandbox.git(sandbox.directory, "config", "--file", `${hub}/config`, "core.bare", "maybe");
    const back = () =>
      sandbox.git(sandbox.directory, "config", "--file", `${hub}/config`, "core.bare", "true");
    const elsewhere = two.with({ env: { HIVE_STATE_DIR: sandbox.folder("hosts", "b") } });
    const nights = sleeper(
      pass(away),
      pass(),
      pass(async () => {
        await back();
        await elsewhere.print("broadcast", "From afar", "--hub", `file://${hub}`);
      }),
    );
    const { code, out, err } = await one.with(nights).run("watch");
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/ session-2 to all: From afar\n$/) });
    expect(err).toMatch(/^.*hub\.git.* Trying again\.\nThe hub answers again\.\n$/);
  });
});

describe("hive log --follow", () => {
  it("prints the newest entries oldest first, and then new entries", async () => {
    const { one, two } = await open();
    const night = () => sleeper(wake(() => two.print("broadcast", "Now")));
    const lines = (await one.with(night()).print("log", "--follow", "--limit", "2")).trimEnd().split("\n");
    expect(lines.map((line) => line.slice(30))).toEqual([
      "session-1 registers: Frontend",
      "session-2 registers: Backend",
      "session-2 to all: Now",
    ]);
    const documents = await one.with(night()).print("log", "--follow", "--limit", "1", "--json");
    expect(documents.match(/^\{"op":.*\}$/gm)).toHaveLength(2);
  });
});

it.each([["watch"], ["log", "--follow"]])("ends with 124 after --timeout: %j", async (...argv) => {
  const { one } = await open();
  const night = sleeper(pass());
  expect(await one.with(night).run(...argv, "-q", "--timeout", "1s")).toMatchObject({ code: 124, err: "" });
  expect(night.slept).toEqual([1000]);
});

describe("hive wait", () => {
  it("ends when the request is answered, with its state", async () => {
    const { one, two, ask } = await open();
    const id = await ask();
    const night = sleeper(
      wake(() => two.print("broadcast", "Something else")),
      wake(() => two.print("accept", id, "-m", "After lunch")),
    );
    expect(await one.with(night).print("wait", id)).toBe(
      `${id} «Help» is accepted by session-2 (unverified), 0s ago\n  | After lunch\n`,
    );
    expect(await one.json("wait", id.slice(0, -2))).toMatchObject({
      happened: { kind: "request", for: id.slice(0, -2), collaboration: { status: "accepted" } },
      waited_for: [id.slice(0, -2)],
    });
    const end = sleeper(wake(() => two.print("complete", id)));
    expect(await one.with(end).print("-q", "wait", "--ended", id)).toBe(`${id}\n`);
  });

  it("knows a request that was archived long ago", async () => {
    const { sandbox, one, two, ask } = await open();
    const id = await ask();
    await two.print("decline", id);
    sandbox.clock.now += 40 * 86_400_000;
    await two.print("heartbeat");
    expect(await one.json("expire")).toMatchObject({ archived: [id] });
    expect(await one.json("wait", id, "--ended")).toMatchObject({
      happened: { collaboration: { status: "declined" } },
    });
  });

  it("ends with the first of several events, also of other hosts", async () => {
    const { sandbox, hub, one, two } = await open((path) => `file://${path}`);
    const elsewhere = two.with({
      env: { HIVE_STATE_DIR: sandbox.folder("hosts", "b"), HIVE_HUB: `file://${hub}` },
    });
    const night = sleeper(pass(() => elsewhere.print("broadcast", "Hello\nall")));
    expect(
      await one.with(night).json("wait", "request", "message", "session-9", "--unregistered"),
    ).toMatchObject({
      happened: { kind: "message", for: "message", message: { from: "session-2", body: "Hello\nall" } },
      waited_for: ["request", "message", "session-9"],
    });
    const again = sleeper(wake(() => two.print("request", "session-1", "Need a UI")));
    expect(await one.with(again).print("wait", "request")).toMatch(
      /^collab-\S+: session-2 \(unverified\) asks, 0s ago\n {2}\| Need a UI\n {2}Answer: hive accept collab-\S+, or /,
    );
    await one.print("inbox", "--mark-read");
    const text = sleeper(wake(() => two.print("broadcast", "Hello again")));
    expect(await one.with(text).print("wait", "message", "--from", "session-2")).toMatch(
      /^session-2 \(unverified\) wrote \w{26}, 0s ago\n {2}\| Hello again\n$/,
    );
  });

  it("with --unregistered notes that a session is not registered yet, and ends when it is alive", async () => {
    const { one } = await open();
    const night = sleeper(wake(() => one.print("register", "session-9")));
    const { code, out, err } = await one.with(night).run("wait", "session-9", "--unregistered");
    expect({ code, out, err }).toEqual({
      code: 0,
      out: "session-9 is alive: last heartbeat 0s ago.\n",
      err: "session-9 is not registered yet.\n",
    });
  });

  it("ends with 124 after the timeout, and says what it waited for", async () => {
    const { one, ask } = await open();
    const id = await ask();
    const night = () => sleeper(...Array.from({ length: 40 }, () => pass()));
    const ran = await one.with(night()).run("wait", id, "message", "--timeout", "10m");
    expect(ran).toEqual({ code: 124, out: "", err: `Timed out after 10m: ${id}, message.\n` });
    expect(await one.with(night()).run("wait", id, "--timeout", "5", "--json")).toEqual({
      code: 124,
      out: `{"waited_for":["${id}"]}\n`,
      err: `Timed out after 5s: ${id}.\n`,
    });
  });

  it("ends with 1 when it is stopped before", async () => {
    const { one } = await open();
    const ran = await one.with(sleeper()).run("--json", "wait", "message");
    expect({ code: ran.code, out: ran.out }).toEqual({ code: 1, out: "" });
    expect(errorOf(ran)).toMatchObject({
      code: "interrupted",
      message: "Stopped before it happened: message.",
    });
  });

  it.each([
    ["nothing", ["wait"], 2, "needs to know"],
    ["an unknown word", ["wait", "Session 1"], 2, "cannot wait for"],
    ["a word for messages", ["wait", "messages"], 2, "Did you mean message?"],
    ["a mistyped session", ["wait", "sesion-1"], 2, "Did you mean session-1 or "],
    ["a session that is not here", ["wait", "zoe"], 2, "Give request, message,"],
    ["messages of a session that is not here", ["wait", "message", "--from", "zoe"], 3, "No session zoe is"],
    ["no time", ["wait", "message", "--timeout", "soon"], 2, "is not a duration"],
    ["an unknown request", ["wait", "collab-9"], 3, "No request collab-9"],
  ])("refuses %s", async (_, argv, code, reason) => {
    const { one } = await open();
    const ran = await one.run("--json", ...argv);
    expect(ran).toMatchObject({ code, out: "" });
    const { message, hint } = errorOf(ran);
    expect(`${message} ${hint}`).toContain(reason);
  });
});
