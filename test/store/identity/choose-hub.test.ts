import { existsSync, renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { initHub, joinHub } from "../../../src/app/workplace/join.ts";
import { openWorkplace } from "../../../src/app/workplace/workplace.ts";
import { findProject } from "../../../src/store/checkout/checkout.ts";
import { Host } from "../../../src/store/host/state-directory.ts";
import { chooseHub } from "../../../src/store/identity/choose-hub.ts";
import { linkProject } from "../../../src/store/identity/links.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { openHttpHub, SECRET } from "../../support/http-hub.ts";
import { hubWith, say } from "../../support/hub-with.ts";

const remote = (name: string) => ({ kind: "remote", url: `https://example.org/${name}.git` });
const url = (name: string) => remote(name).url;

/** A project that is a clone of a hub, and a host with saved choices; each source exists when a test asks for it. */
async function setUp(...sources: ("link" | "clone" | "default")[]) {
  const sandbox = openSandbox();
  const host = new Host({ HIVE_STATE_DIR: sandbox.folder("state") }, "");
  const project = join(sandbox.directory, "project");
  if (sources.includes("clone")) {
    await sandbox.git(sandbox.directory, "clone", "--quiet", await hubWith(sandbox), project);
    await sandbox.git(project, "remote", "set-url", "origin", url("clone"));
  }
  const link = (directory: string, hub: string) =>
    linkProject(host, findProject(directory), hub, sandbox.env);
  if (sources.includes("default")) link(sandbox.folder("elsewhere"), url("default"));
  if (sources.includes("link")) link(sandbox.folder("project"), url("link"));
  const choose = async (told?: string, env = {}, directory = sandbox.folder("project")) =>
    (await chooseHub(told, { ...sandbox.env, ...env }, host, directory)).address;
  return { sandbox, host, project, choose, link };
}

describe("the hub is", () => {
  it("the one of --hub, before all others", async () => {
    const { choose } = await setUp("link", "clone", "default");
    expect(await choose(url("told"), { HIVE_HUB: url("variable") })).toEqual(remote("told"));
  });

  it("the one of HIVE_HUB, before the joined one", async () => {
    const { choose } = await setUp("link", "clone", "default");
    expect(await choose(undefined, { HIVE_HUB: url("variable") })).toEqual(remote("variable"));
  });

  it("the one joined for this project, before the remote of the clone", async () => {
    const { choose } = await setUp("link", "clone", "default");
    expect(await choose(undefined, { HIVE_HUB: "" })).toEqual(remote("link"));
  });

  it("the remote of the enclosing clone of a hub, before the host's default", async () => {
    const { choose, sandbox } = await setUp("clone", "default");
    expect(await choose()).toEqual(remote("clone"));
    expect(await choose(undefined, {}, sandbox.folder("project", "src", "deep"))).toEqual(remote("clone"));
  });

  it("the host's default, which is the first joined one, when no other is known", async () => {
    const { choose, link, sandbox } = await setUp("default");
    link(sandbox.folder("later"), url("later"));
    expect(await choose()).toEqual(remote("default"));
  });

  it("unknown without any source, and the error names the ways to name one", async () => {
    const { choose } = await setUp();
    await expect(choose()).rejects.toMatchObject({
      code: "no_hub",
      failure: "usage",
      hint: expect.stringMatching(/hive init.*hive join <url>.*--hub <url\|path>.*HIVE_HUB/),
    });
  });

  it("refused with an error when the given address is invalid", async () => {
    const { choose } = await setUp("link", "default");
    await expect(choose("ext::sh -c x")).rejects.toMatchObject({ code: "bad_address" });
    await expect(choose("")).rejects.toMatchObject({ code: "bad_address" });
  });
});

describe("a clone", () => {
  it("that is no clone of a hub does not make its remote a hub", async () => {
    const { sandbox, choose } = await setUp("default");
    const project = sandbox.folder("project");
    await sandbox.git(project, "init", "--quiet");
    await sandbox.git(project, "remote", "add", "origin", url("code"));
    expect(await choose()).toEqual(remote("default"));
  });

  it("with several remotes uses origin, else the first", async () => {
    const { sandbox, project, choose } = await setUp("clone");
    await sandbox.git(project, "remote", "add", "backup", url("backup"));
    expect(await choose()).toEqual(remote("clone"));
    await sandbox.git(project, "remote", "remove", "origin");
    expect(await choose()).toEqual(remote("backup"));
  });

  it("whose remote would run a program is refused", async () => {
    const { sandbox, project, choose } = await setUp("clone");
    const canary = join(sandbox.directory, "canary");
    await sandbox.git(project, "remote", "set-url", "origin", `ext::sh -c touch% ${canary}`);
    await expect(choose()).rejects.toMatchObject({ code: expect.stringMatching(/^(?:bad_address|no_hub)$/) });
    expect(existsSync(canary)).toBe(false);
  });

  it.each<[string, (hub: string) => string]>([
    ["by its path", (hub) => hub],
    ["by a path with a space in it", (hub) => hub.replace("/hubs/", "/my hubs/")],
    ["by a path relative to the clone", () => "../hubs/hub.git"],
    ["by a file URL", (hub) => `file://${hub}`],
  ])("of a hub on this disk is found %s, and written to", async (_, originOf) => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, "session-1");
    symlinkSync(sandbox.folder("hubs"), join(sandbox.directory, "my hubs"));
    const clone = join(sandbox.directory, "clone");
    await sandbox.git(sandbox.directory, "clone", "--quiet", hub, clone);
    await sandbox.git(clone, "remote", "set-url", "origin", originOf(hub));
    const directory = sandbox.folder("clone", "src");
    const { hive } = await openWorkplace(sandbox.host("a", { directory }), {});
    sandbox.atEnd(() => hive.close());
    const { op } = await say(hive, "session-1", "Hello");
    expect((await sandbox.history(hub)).at(-1)?.op).toBe(op);
  });
});

describe("a project", () => {
  it("that made its own hub uses it in the next command, and no other project does", async () => {
    const sandbox = openSandbox();
    const world = sandbox.host("a", { directory: sandbox.folder("project") });
    const made = await initHub(world, undefined, {});
    const again = await openWorkplace(world, {});
    const elsewhere = await initHub({ ...world, directory: sandbox.folder("other") }, undefined, {});
    for (const { hive } of [made, again, elsewhere]) sandbox.atEnd(() => hive.close());
    expect(made.created).toBe(true);
    expect(again.hive.name).toBe(made.hive.name);
    expect(elsewhere.hive.name).not.toBe(made.hive.name);
  });

  it("that took the path of another one makes a hub of its own", async () => {
    const sandbox = openSandbox();
    const make = async (subject: string) => {
      const directory = sandbox.folder("project");
      await sandbox.git(directory, "init", "--quiet");
      await sandbox.git(directory, "commit", "--quiet", "--allow-empty", "-m", subject);
      const { hive, created } = await initHub(sandbox.host("a", { directory }), undefined, {});
      sandbox.atEnd(() => hive.close());
      return { name: hive.name, created };
    };
    const first = await make("one");
    renameSync(sandbox.folder("project"), join(sandbox.directory, "moved"));
    const second = await make("two");
    expect(second).toEqual({ name: expect.not.stringMatching(first.name), created: true });
    expect(await make("more")).toEqual({ name: second.name, created: false });
  });

  it("that joined a hub uses the given login, which is never shown", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, "session-1");
    const http = await openHttpHub(sandbox);
    const world = sandbox.host("a", { directory: sandbox.folder("project") });
    const joined = await joinHub(world, http.url(), {});
    const { hive } = await openWorkplace(world, {});
    for (const open of [joined.hive, hive]) sandbox.atEnd(() => open.close());
    const { op } = await say(hive, "session-1", "Hello");
    expect((await sandbox.history(hub)).at(-1)?.op).toBe(op);
    expect(hive.name).not.toContain(SECRET);
  });

  it("that could not join a hub is not linked to it", async () => {
    const sandbox = openSandbox();
    await hubWith(sandbox);
    const http = await openHttpHub(sandbox);
    const world = sandbox.host("a", { directory: sandbox.folder("project") });
    await expect(joinHub(world, http.url("nope"), {})).rejects.toMatchObject({ code: "access_denied" });
    await expect(openWorkplace(world, {})).rejects.toMatchObject({ code: "no_hub" });
  });

  it("that joins a repository that is no hub yet learns how to make it a hub", async () => {
    const sandbox = openSandbox();
    const empty = await sandbox.bareHub();
    const world = sandbox.host("a", { directory: sandbox.folder("project") });
    await expect(joinHub(world, empty, {})).rejects.toMatchObject({
      code: "not_a_hub",
      hint: expect.stringContaining(`hive init --remote ${empty}`),
    });
  });
});
