import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { joinHub } from "../../../src/app/workplace/join.ts";
import { HubTraffic } from "../../../src/store/hub/traffic.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commitByHand } from "../../support/hand-commit.ts";
import { openHttpHub, SECRET } from "../../support/http-hub.ts";
import { hubWith, say } from "../../support/hub-with.ts";
import { KnownHub, ONE } from "../../support/known-hub.ts";
import { installHook } from "../../support/server-hook.ts";

function setUp() {
  return KnownHub.open(openSandbox());
}

/** The same hub over HTTP, with a password. */
async function setUpHttp() {
  const sandbox = openSandbox();
  await hubWith(sandbox, ONE, "session-2");
  const http = await openHttpHub(sandbox);
  return { http, known: await KnownHub.open(sandbox, http.url()) };
}

it("every check of an intact setup is ok", async () => {
  const { checks, fixed } = await (await setUp()).examine({ repairs: true });
  expect(checks.map(({ name, state }) => (name === "git" ? name : `${name} ${state}`))).toEqual([
    ...["git", "project ok", "identity ok", "hub ok", "push ok", "rules ok", "helping ok", "replica ok"],
    ...["locks ok", "leftovers ok", "unsent ok", "clock ok", "files ok", "sessions ok", "attributes ok"],
  ]);
  expect(fixed).toEqual([]);
});

it("writes nothing to the hub, and sends nothing from the outbox", async () => {
  const { http, known } = await setUpHttp();
  await known.queue("Hello");
  const refs = await known.sandbox.git(known.hub, "for-each-ref");
  const pushes = http.pushes;
  await known.examine();
  rmSync(join(known.replica, "HEAD"));
  await known.examine({ repairs: true });
  expect(await known.sandbox.git(known.hub, "for-each-ref")).toBe(refs);
  expect(http.pushes).toBe(pushes);
});

it("with --offline checks only this host", async () => {
  const { http, known } = await setUpHttp();
  await http.close();
  const { checks, bad } = await known.examine({ isOffline: true });
  expect(bad).toEqual([]);
  expect(checks.map(({ name }) => name)).not.toContain("hub");
  expect(checks.map(({ name }) => name)).not.toContain("push");
});

it("with --offline says that the host has never fetched the hub", async () => {
  const sandbox = openSandbox();
  const known = await KnownHub.open(sandbox);
  const { bad, find } = await known.examine({ isOffline: true, hub: "file:///nowhere.git" });
  expect(bad).toEqual([]);
  expect(find("hub").message).toMatch(/has never fetched the hub/);
});

describe("a hub", () => {
  it("that is down is reported, and the host's copy is checked", async () => {
    const { http, known } = await setUpHttp();
    await http.close();
    const { bad, find, checks } = await known.examine();
    expect(bad).toEqual(["hub"]);
    expect(find("hub").message).toMatch(/could not be reached/);
    expect(find("identity")).toMatchObject({ state: "ok" });
    expect(checks.map(({ name }) => name)).not.toContain("push");
    expect(JSON.stringify(checks)).not.toContain(SECRET);
  });

  it("that allows reading but not writing is reported", async () => {
    const { known } = await setUpHttp();
    await known.sandbox.git(known.hub, "config", "http.receivepack", "false");
    const { bad, find, checks } = await known.examine();
    expect(bad).toEqual(["push"]);
    expect(find("push").message).toMatch(/access was denied/);
    expect(JSON.stringify(checks)).not.toContain(SECRET);
  });

  it("with newer commits is reported as writable", async () => {
    const { http, known } = await setUpHttp();
    const other = await known.sandbox.hive(known.hub, known.sandbox.host("b"));
    await say(other, "session-2", "Hello");
    expect((await known.examine()).find("push").state).toBe("ok");
    expect(http.pushes).toBe(1);
  });

  it("that refused a push by its rules is reported with the reason", async () => {
    const { known } = await setUpHttp();
    await installHook(known.hub, "pre-receive", "echo 'GH006: Ask ada first' >&2; exit 1");
    await known.open((hive) => say(hive, ONE, "Hello"));
    const { bad, find } = await known.examine();
    expect(bad).toEqual(["rules"]);
    expect(find("rules")).toMatchObject({
      message: expect.stringContaining("GH006: Ask ada first"),
      next: expect.stringContaining("hive sync"),
    });
    rmSync(join(known.hub, "hooks/pre-receive"));
    await known.open((hive) => hive.outbox.send());
    expect((await known.examine()).bad).toEqual([]);
  });

  it("that refuses outbox refs is reported", async () => {
    const known = await setUp();
    const traffic = new HubTraffic(known.directory, () => known.sandbox.clock.now);
    traffic.outboxRefused();
    traffic.save();
    const { bad, find } = await known.examine();
    expect({ bad, state: find("helping").state }).toEqual({ bad: [], state: "note" });
  });

  it("without git-hive's files is reported, with the command that makes it a hub", async () => {
    const known = await setUp();
    const url = `file://${await known.sandbox.bareHub("other")}`;
    const { bad, find } = await known.examine({ hub: url });
    expect(bad).toEqual(["hub"]);
    expect(find("hub").next).toContain(`hive init --remote ${url}`);
  });

  it("with unreadable files is reported, with path and line", async () => {
    const known = await setUp();
    const files = ["a", "b", "c", "d"].map((name) => ({
      path: `coordination/SESSIONS/session-${name}.json`,
      content: '{\n"id": }\n',
    }));
    await commitByHand(known.sandbox, known.hub, files);
    const { bad, find } = await known.examine();
    expect(bad).toEqual(["files"]);
    expect(find("files").message).toMatch(/^4 files .*SESSIONS\/session-[a-d]\.json:2: .*; and 1 more\.$/);
  });

  it("without attributes is reported as an older hub", async () => {
    const known = await setUp();
    await commitByHand(known.sandbox, known.hub, [{ path: "coordination/.gitattributes" }]);
    expect((await known.examine()).find("attributes")).toMatchObject({
      state: "note",
      message: expect.stringContaining("no coordination/.gitattributes"),
    });
  });

  it("with a clone that has not joined is reported, with the command to join", async () => {
    const known = await setUp();
    const { sandbox, url } = known;
    await sandbox.git(sandbox.directory, "clone", "--quiet", url, join(sandbox.directory, "clone"));
    const world = sandbox.world({ directory: join(sandbox.directory, "clone") });
    expect((await known.examine({ world })).find("attributes")).toMatchObject({
      state: "note",
      next: `hive join ${url}`,
    });
    (await joinHub(world, url, {})).hive.close();
    expect((await known.examine({ world })).find("attributes").state).toBe("ok");
  });
});

describe("the clock", () => {
  it.each([
    ["a day ahead", 86_400_000, ["clock"]],
    ["a minute ahead", 60_000, []],
    ["a day behind", -86_400_000, []],
  ])("of another host is %s", async (_, ahead, bad) => {
    const known = await setUp();
    const other = await known.sandbox.hive(known.hub, known.sandbox.host("b"));
    known.sandbox.clock.now += ahead;
    await say(other, "session-2", "Hello");
    known.sandbox.clock.now -= ahead;
    expect((await known.examine()).bad).toEqual(bad);
  });
});

describe("the author", () => {
  it("may be unregistered", async () => {
    const known = await setUp();
    expect((await known.examine({ as: "session-9" })).find("identity")).toMatchObject({
      state: "note",
      next: "hive register session-9",
    });
  });

  it("may be unknown", async () => {
    const known = await setUp();
    const { bad, find } = await known.examine({ as: undefined });
    expect(bad).toEqual([]);
    expect(find("identity")).toMatchObject({ state: "note", next: expect.stringContaining("hive register") });
  });

  it("may be an invalid session id", async () => {
    const known = await setUp();
    const { env } = known.sandbox.world();
    const world = known.sandbox.world({ env: { ...env, HIVE_SESSION: "../x" } });
    expect((await known.examine({ as: undefined, world })).bad).toEqual(["identity"]);
  });
});

it("checks only git where git is missing", async () => {
  const known = await setUp();
  const { env } = known.sandbox.world();
  const world = known.sandbox.world({ env: { ...env, PATH: known.sandbox.folder("no-programs") } });
  const { checks, bad } = await known.examine({ world });
  expect({ checks: checks.length, bad }).toEqual({ checks: 1, bad: ["git"] });
});
