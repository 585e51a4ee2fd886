import { mkdirSync, renameSync, symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Host } from "../../../src/store/host/state-directory.ts";
import { addressKey, parseHubAddress } from "../../../src/store/hub/address.ts";
import { Console, errorOf } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";

/** Puts a link to itself in the place of a path: also an administrator cannot read it. Returns how to undo that. */
function shut(path: string): () => void {
  renameSync(path, `${path}.aside`);
  symlinkSync(path, path);
  return () => {
    unlinkSync(path);
    renameSync(`${path}.aside`, path);
  };
}

/** A project that joined a hub by URL, and a session that was registered there and has an operation that waits. */
async function open() {
  const sandbox = openSandbox();
  const hub = await sandbox.bareHub();
  const directory = sandbox.folder("project");
  mkdirSync(join(directory, ".git"));
  const console = new Console(sandbox, { directory, env: { TERM_SESSION_ID: "one" } });
  await console.print("init", "--remote", `file://${hub}`);
  await console.print("register", "session-1");
  expect(await console.run("--offline", "broadcast", "Waits")).toMatchObject({ code: 4 });
  const state = new Host(sandbox.world().env, "").directory;
  const here = new Host(sandbox.world().env, "").hubDirectory(
    addressKey(parseHubAddress(`file://${hub}`, "/")),
  );
  const error = async (...argv: string[]) => errorOf(await console.run("--json", ...argv));
  return { sandbox, console, hub, state, here, error };
}

type Place = "state" | "links" | "identities" | "hubs" | "hub" | "outbox" | "replica";

const placeIn = ({ state, here }: { state: string; here: string }, place: Place): string =>
  ({
    state,
    ...{ links: join(state, "links"), identities: join(state, "identities"), hubs: join(state, "hubs") },
    ...{ hub: here, outbox: join(here, "outbox"), replica: join(here, "replica.git") },
  })[place];

const WHY = /ELOOP/;

describe("what cannot be read on this host is not taken for what is not there", () => {
  it.each<[Place, readonly string[]]>([
    ["state", ["sync"]],
    ["state", ["--offline", "sync"]],
    ["state", ["broadcast", "Hello"]],
    ["state", ["outbox"]],
    ["links", ["broadcast", "Hello"]],
    ["identities", ["whoami"]],
    ["identities", ["broadcast", "Hello"]],
    ["hubs", ["--offline", "sync"]],
    ["hub", ["--offline", "sync"]],
    ["replica", ["--offline", "sync"]],
    ["replica", ["--offline", "inbox"]],
  ])("with unreadable %s: %j", async (place, argv) => {
    const opened = await open();
    shut(placeIn(opened, place));
    const { code, message, hint } = await opened.error(...argv);
    expect(message).toMatch(WHY);
    expect(`${code} ${hint}`).not.toMatch(/not_a_hub|no_hub|no_identity|hub_not_chosen|hive init/);
  });

  it("a hub on this disk that cannot be read is there", async () => {
    const { error, hub } = await open();
    shut(hub);
    const { message, hint } = await error("--hub", hub, "sync");
    expect(message).toMatch(WHY);
    expect(hint).not.toMatch(/hive init/);
  });

  it("a hub that this host never fetched may be one", async () => {
    const { sandbox, error } = await open();
    const other = `file://${await sandbox.bareHub("other")}`;
    expect(await error("--offline", "--hub", other, "sync")).toMatchObject({ code: "never_fetched" });
    expect(await error("--hub", other, "sync")).toMatchObject({ code: "not_a_hub" });
  });
});

type Checks = { checks: { name: string; state: string; message: string; next: string | null }[] };

describe("doctor names what cannot be read, and what mends it", () => {
  it.each<[Place, string]>([
    ["state", "hub"],
    ["hubs", "unsent"],
    ["hub", "unsent"],
    ["hub", "replica"],
    ["outbox", "unsent"],
    ["replica", "replica"],
  ])("unreadable %s is a finding of the check %s", async (place, name) => {
    const opened = await open();
    const restore = shut(placeIn(opened, place));
    for (const options of [[], ["--fix"]]) {
      const { code, out } = await opened.console.run("doctor", "--json", ...options);
      expect(code).toBe(1);
      const found = (JSON.parse(out) as Checks).checks.find((check) => check.name === name);
      expect(found).toMatchObject({ state: "bad", message: expect.stringMatching(WHY) });
      expect(found?.next).not.toMatch(/--fix|hive init/);
    }
    restore();
    expect(await opened.console.print("outbox")).toContain("1 operation");
  });
});
