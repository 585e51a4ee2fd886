import { describe, expect, it } from "vitest";
import { Console, errorOf } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import type { Sandbox } from "../../support/sandbox.ts";

/** A terminal with a name, in its own project. */
function terminal(sandbox: Sandbox, name: string, project = "work"): Console {
  return new Console(sandbox, { env: { TMUX_PANE: name }, directory: sandbox.folder(project) });
}

async function hubIn(sandbox: Sandbox): Promise<string> {
  const hub = await sandbox.bareHub();
  await terminal(sandbox, "setup").print("init", "--remote", hub);
  return hub;
}

const hubOf = async (here: Console) => (await here.json<{ hub: string }>("whoami")).hub;

describe("the author", () => {
  it("is --as before HIVE_SESSION before the session registered here", async () => {
    const sandbox = openSandbox();
    await hubIn(sandbox);
    const here = terminal(sandbox, "%1");
    await here.print("register", "registered-one");
    expect(await here.json("whoami")).toMatchObject({ session: "registered-one", source: "registered here" });
    const told = here.with({ env: { HIVE_SESSION: "environment-one" } });
    expect(await told.json("whoami")).toMatchObject({ session: "environment-one", source: "HIVE_SESSION" });
    expect(await told.json("whoami", "--as", "option-one")).toMatchObject({
      session: "option-one",
      source: "--as",
    });
  });

  it("need not be registered, which it says, with the command that registers it", async () => {
    const sandbox = openSandbox();
    await hubIn(sandbox);
    const here = terminal(sandbox, "%1");
    await here.print("register", "ann");
    expect(await here.json("whoami")).toMatchObject({ session: "ann", registered: true });
    expect(await here.print("whoami")).not.toContain("not registered");
    expect(await here.json("whoami", "--as", "ghost")).toMatchObject({ session: "ghost", registered: false });
    expect(await here.print("whoami", "--as", "ghost")).toContain(
      "ghost is not registered: hive register ghost\n",
    );
    const { env } = sandbox.host("b");
    const elsewhere = terminal(sandbox, "%2").with({ env: { ...env, HIVE_HUB: await hubOf(here) } });
    await elsewhere.print("register", "bob");
    expect(await here.json("whoami", "--as", "bob")).toMatchObject({ registered: true });
  });

  it("that was retired is led back by every command that it needs a registration for", async () => {
    const sandbox = openSandbox();
    await hubIn(sandbox);
    const here = terminal(sandbox, "%1");
    await here.print("register", "ann");
    await here.print("register", "carl");
    await here.print("retire", "carl", "--force", "--as", "ann");
    const back = "hive register carl --return";
    const own: string[][] = [
      ["sync"],
      ["inbox"],
      ["whoami"],
      ["claims", "--mine"],
      ["doctor"],
      ["status"],
      ["follow"],
    ];
    const writes = [
      ["heartbeat"],
      ["status", "Back"],
      ["leave"],
      ["offer", "go"],
      ["claim", "issue-1"],
      ["needs", "Which?"],
    ];
    const sends = [
      ["send", "ann", "Hello"],
      ["request", "ann", "Help"],
      ["broadcast", "Hello"],
    ];
    for (const argv of [...own, ...writes, ...sends]) {
      const { out, err } = await here.run(...argv, "--as", "carl");
      expect(`${argv.join(" ")}: ${out}${err}`).toContain(back);
      expect(`${out}${err}`).not.toMatch(/No session carl|hive register carl(?! --return)/);
    }
    expect(await here.json("whoami", "--as", "carl")).toMatchObject({ registered: false });
    expect(errorOf(await here.run("--json", "heartbeat", "--as", "carl")).code).toBe("not_registered");
    await here.print("register", "carl", "--return");
    await here.print("heartbeat", "--as", "carl");
  });

  it("is not known before a registration, and the error names the three ways", async () => {
    const sandbox = openSandbox();
    await hubIn(sandbox);
    const ran = await terminal(sandbox, "%1").run("--json", "whoami");
    expect(ran.code).toBe(2);
    expect(errorOf(ran)).toMatchObject({ code: "no_identity" });
    for (const way of ["--as", "HIVE_SESSION", "hive register"]) expect(errorOf(ran).hint).toContain(way);
  });

  it("is never guessed between two sessions of one terminal", async () => {
    const sandbox = openSandbox();
    await hubIn(sandbox);
    const here = terminal(sandbox, "%1");
    await here.print("register", "session-1");
    await here.print("register", "session-2");
    const ran = await here.run("--json", "broadcast", "Hello");
    expect(ran.code).toBe(2);
    expect(errorOf(ran).code).toBe("ambiguous_identity");
    expect(errorOf(ran).message).toMatch(/session-1 and session-2/);
    expect(await here.json("whoami", "--as", "session-2")).toMatchObject({ session: "session-2" });
  });

  it("is separate in another terminal of the same checkout", async () => {
    const sandbox = openSandbox();
    await hubIn(sandbox);
    const [left, right] = [terminal(sandbox, "%1"), terminal(sandbox, "%2")];
    await left.print("register", "session-1");
    await right.print("register", "session-2");
    expect(await left.json("whoami")).toMatchObject({ session: "session-1" });
    expect(await right.json("whoami")).toMatchObject({ session: "session-2" });
  });

  it("is separate in another project of the same terminal", async () => {
    const sandbox = openSandbox();
    const hub = await hubIn(sandbox);
    await terminal(sandbox, "%1").print("register", "session-1");
    const elsewhere = terminal(sandbox, "%1", "other");
    await elsewhere.print("join", hub);
    expect(errorOf(await elsewhere.run("--json", "whoami")).code).toBe("no_identity");
  });

  it("is not needed by commands that only read", async () => {
    const sandbox = openSandbox();
    await hubIn(sandbox);
    for (const command of [["sync"], ["log"], ["find-help", "react"], ["match", "A task"]])
      expect(await terminal(sandbox, "%1").run(...command)).toMatchObject({ code: 0 });
  });

  it("is not proposed for its own task", async () => {
    const sandbox = openSandbox();
    await hubIn(sandbox);
    const here = terminal(sandbox, "%1");
    await here.print("register", "session-1", "--skill", "react");
    const { matches } = await here.json<{ matches: unknown[] }>("match", "Build it with React");
    expect(matches).toEqual([]);
  });
});

describe("the hub", () => {
  it("is --hub before HIVE_HUB before the project's before the host's first", async () => {
    const sandbox = openSandbox();
    const make = async (name: string) => {
      const hub = await sandbox.bareHub(name);
      await terminal(sandbox, "%1", name).print("init", "--remote", hub);
      return hub;
    };
    const [first, second, third, fourth] = [
      await make("h1"),
      await make("h2"),
      await make("h3"),
      await make("h4"),
    ];
    const hubOf = async (console: Console, ...argv: string[]) =>
      (await console.json<{ hub: string }>("sync", ...argv)).hub;
    const elsewhere = terminal(sandbox, "%1", "elsewhere");
    expect(await hubOf(elsewhere)).toBe(first);
    await elsewhere.print("join", second);
    expect(await hubOf(elsewhere)).toBe(second);
    const told = elsewhere.with({ env: { HIVE_HUB: third } });
    expect(await hubOf(told)).toBe(third);
    expect(await hubOf(told, "--hub", fourth)).toBe(fourth);
  });

  it("is embedded on this disk after init without arguments, and init may be repeated", async () => {
    const here = terminal(openSandbox(), "%1");
    const made = await here.json<{ hub: string }>("init");
    expect(await here.json("init")).toEqual({ ...made, created: false });
    expect(await here.json("sync")).toMatchObject({ hub: made.hub, sessions: [] });
  });
});

describe("when a session was last alive", () => {
  it("is its last write, also within the throttle of heartbeats", async () => {
    const sandbox = openSandbox();
    await hubIn(sandbox);
    const start = sandbox.world().now();
    const one = new Console(sandbox, { env: { HIVE_SESSION: "session-1" } });
    await one.print("register", "session-1");
    await one.with({ now: () => start + 30_000 }).print("broadcast", "Hello");
    const later = one.with({ now: () => start + 35_000 });
    const at = "2026-01-31T12:00:30Z";
    expect(await later.json("whoami")).toMatchObject({ last_alive: at });
    expect(await later.print("whoami")).toMatch(/, last alive 5s ago\n$/);
    expect(await later.json("sync")).toMatchObject({ sessions: [{ id: "session-1", last_heartbeat: at }] });
    expect(await later.print("sync")).toContain("5s  active");
  });
});
