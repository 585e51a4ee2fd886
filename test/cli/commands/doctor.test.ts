import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Console, errorOf } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { KnownHub, ONE } from "../../support/known-hub.ts";

interface Printed {
  readonly checks: { name: string; state: string; message: string; next: string | null }[];
  readonly fixed: string[];
}

/** A console on a host that knows a hub, on which session-1 acts. */
async function setUp() {
  const known = await KnownHub.open(openSandbox());
  return {
    known,
    console: new Console(known.sandbox).with({ env: { HIVE_HUB: known.url, HIVE_SESSION: ONE } }),
  };
}

describe("hive doctor", () => {
  it("prints a line for each check, and ends with 0 when nothing is bad", async () => {
    const { console } = await setUp();
    const { code, out, err } = await console.run("doctor");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const lines = out.trimEnd().split("\n");
    expect(lines).toHaveLength(15);
    for (const line of lines) expect(line).toMatch(/^(?:ok|note) {2}[a-z]+ {2}\S.*\S$/);
    expect(lines[2]).toBe(`ok  identity  ${ONE} acts here (HIVE_SESSION) and is registered.`);
  });

  it("prints the next step, and ends with 5 when a check is bad", async () => {
    const { known, console } = await setUp();
    rmSync(join(known.replica, "HEAD"));
    const { code, out } = await console.run("doctor");
    expect(code).toBe(1);
    expect(out).toMatch(/^bad {2}replica .*is no repository any more.* Next: hive doctor --fix$/m);
  });

  it("prints with --quiet only bad checks", async () => {
    const { known, console } = await setUp();
    expect(await console.run("doctor", "-q")).toEqual({ code: 0, out: "", err: "" });
    rmSync(join(known.replica, "HEAD"));
    expect((await console.run("doctor", "-q")).out).toMatch(/^bad +replica .*\n$/);
  });

  it("prints the same as one document, with the same exit code", async () => {
    const { known, console } = await setUp();
    rmSync(join(known.replica, "HEAD"));
    const { code, out, err } = await console.run("doctor", "--json");
    expect({ code, err }).toEqual({ code: 1, err: "" });
    const { checks, fixed } = JSON.parse(out) as Printed;
    expect(fixed).toEqual([]);
    expect(checks.filter(({ state }) => state === "bad")).toEqual([
      { name: "replica", state: "bad", message: expect.any(String), next: "hive doctor --fix" },
    ]);
    for (const { next: _, ...check } of checks)
      expect(Object.keys(check)).toEqual(["name", "state", "message"]);
  });

  it("repairs with --fix, reports the repairs, and queued operations land", async () => {
    const { known, console } = await setUp();
    const op = (await console.run("-q", "--offline", "broadcast", "Hello")).out.trim();
    writeFileSync(join(known.replica, "refs/hive/main"), "");
    const { code, err } = await console.run("doctor", "--fix");
    expect({ code, err }).toEqual({ code: 0, err: `Rebuilt the replica from ${known.url}.\n` });
    await console.print("sync");
    expect(await known.landed(op)).toBe(1);
    expect(await console.print("outbox")).toBe(
      "The outbox is empty: nothing of this host waits. What landed: hive log\n",
    );
  });

  it("shows texts of files with their escapes made visible", async () => {
    const { known, console } = await setUp();
    const broken = join(known.directory, "outbox-broken");
    mkdirSync(broken);
    writeFileSync(join(broken, "a\u001b[31m\n::error::.json"), "x");
    const { out } = await console.run("doctor");
    expect(out).toContain("a\\u{1b}[31m ::error::.json");
    expect(out.trimEnd().split("\n")).toHaveLength(15);
  });

  it("names the ways to get a hub where none is known", async () => {
    const { code, out } = await new Console(openSandbox()).run("doctor");
    expect(code).toBe(1);
    expect(out).toMatch(/^bad {2}hub .*hive init.*hive join.*--hub/m);
  });

  it("refuses an invalid address", async () => {
    const ran = await new Console(openSandbox()).run("doctor", "--hub", "ext::sh", "--json");
    expect({ code: ran.code, error: errorOf(ran).code }).toEqual({ code: 2, error: "bad_address" });
  });

  it("creates the replica of a hub that this host has not opened before", async () => {
    const { known } = await setUp();
    const fresh = known.sandbox.host("b");
    const console = new Console(known.sandbox, {
      ...fresh,
      env: { HIVE_STATE_DIR: fresh.env.HIVE_STATE_DIR ?? "" },
    });
    expect((await console.run("doctor", "--hub", known.url)).code).toBe(0);
    expect(existsSync(fresh.env.HIVE_STATE_DIR ?? "")).toBe(true);
  });
});
