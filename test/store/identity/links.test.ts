import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { findProject } from "../../../src/store/checkout/checkout.ts";
import { formerFolders } from "../../../src/store/host/former-state.ts";
import { Host } from "../../../src/store/host/state-directory.ts";
import { chooseHub, expectedHub, keepChoice } from "../../../src/store/identity/choose-hub.ts";
import { linkOf, linkProject } from "../../../src/store/identity/links.ts";
import { openSandbox } from "../../support/git-sandbox.ts";

const HUB = "https://example.org/hub.git";
const OTHER = "https://example.org/other.git";
const REMOTE = "git@git.example.org:team/shop.git";

/** A host, and projects that have a remote and a history. */
function setUp() {
  const sandbox = openSandbox();
  const { directory, env } = sandbox;
  const host = new Host({ HIVE_STATE_DIR: sandbox.folder("state") }, "");
  const at = (name: string) => join(directory, name);
  return {
    at,
    host,
    git: (name: string, ...args: string[]) => sandbox.git(at(name), ...args),
    make: async (name: string, remote = REMOTE, subject = "0") => {
      await sandbox.git(directory, "init", "--quiet", name);
      await sandbox.git(at(name), "commit", "--quiet", "--allow-empty", "-m", subject);
      if (remote !== "") await sandbox.git(at(name), "remote", "add", "origin", remote);
    },
    clone: async (from: string, name: string, remote = REMOTE, url = at(from), ...options: string[]) => {
      await sandbox.git(directory, "clone", "--quiet", ...options, url, name);
      await sandbox.git(at(name), "remote", "set-url", "origin", remote);
    },
    link: (name: string, hub = HUB) => linkProject(host, findProject(at(name)), hub, env),
    linked: (name: string) => linkOf(host, findProject(at(name)), env)?.hub,
    /** The hub of a command, what it says, and why it may not write. */
    choose: async (name: string) => {
      const chosen = await chooseHub(undefined, env, host, at(name));
      const hub = chosen.address.kind === "remote" ? chosen.address.url : chosen.address.path;
      return { hub, unchosen: chosen.unchosen, said: keepChoice(env, host, chosen) };
    },
    expected: (name: string) => expectedHub(env, host, at(name)),
  };
}

describe("a project that was moved or cloned anew", () => {
  it("is recognised by its remote and first commit, and the user is told once", async () => {
    const { make, clone, link, choose, at } = setUp();
    await make("shop");
    link("shop");
    await clone("shop", "again", "https://git.example.org/team/shop");
    renameSync(at("shop"), at("moved"));
    for (const name of ["moved", "again"]) {
      const first = await choose(name);
      expect(first).toMatchObject({ hub: HUB, unchosen: undefined });
      expect(first.said).toMatch(/taken for .*(?:shop|moved), .*first commit.*hive join <url>.*hive init/);
      expect(await choose(name)).toEqual({ hub: HUB, unchosen: undefined, said: undefined });
    }
  });

  it("is recognised without a remote where its directory was renamed, whatever its clones chose", async () => {
    const { make, clone, link, choose, at, expected } = setUp();
    await make("shop", "");
    await clone("shop", "copy", at("shop"));
    link("shop");
    link("copy", OTHER);
    renameSync(at("shop"), at("moved"));
    expect(expected("moved")).toMatchObject({ url: HUB });
    expect((await choose("moved")).said).toMatch(/taken for .*shop/);
    renameSync(at("copy"), at("shop"));
    expect(expected("shop")).toMatchObject({ url: OTHER });
  });

  it("is known in a work tree that was left behind, until another one takes its place", async () => {
    const { make, git, link, at, expected } = setUp();
    await make("shop");
    await make("local", "", "1");
    for (const name of ["shop", "local"]) {
      link(name);
      await git(name, "worktree", "add", "--quiet", at(`${name}-tree`));
      renameSync(at(name), at(`${name}-moved`));
      expect(expected(`${name}-tree`)).toMatchObject({ url: HUB });
      await make(name, "", "another");
      expect(expected(name)).toBeUndefined();
    }
  });

  it("is recognised by a hook too, and the user is told by the next command", async () => {
    const { make, link, choose, at, expected } = setUp();
    await make("shop");
    link("shop");
    renameSync(at("shop"), at("moved"));
    expect(expected("moved")).toMatchObject({ url: HUB });
    expect((await choose("moved")).said).toBeDefined();
  });

  it("is recognised by what it got after it was linked", async () => {
    const { make, git, link, choose, at } = setUp();
    await make("shop", "");
    link("shop");
    await git("shop", "remote", "add", "origin", REMOTE);
    await choose("shop");
    renameSync(at("shop"), at("moved"));
    expect(await choose("moved")).toMatchObject({ hub: HUB, unchosen: undefined });
  });

  it.each([
    ["without a remote", "", "0"],
    ["with another remote", "git@git.example.org:b/shop.git", "0"],
    ["with another history", REMOTE, "another"],
  ])("is not recognised %s", async (_, remote, subject) => {
    const { make, link, choose, expected } = setUp();
    await make("shop");
    link("shop");
    await make("similar", remote, subject);
    expect((await choose("similar")).unchosen).toMatchObject({ code: "hub_not_chosen", failure: "usage" });
    expect(expected("similar")).toBeUndefined();
  });

  it("is recognised by its remote alone where only a part of a history is here", async () => {
    const { make, git, clone, link, expected, at } = setUp();
    await make("shop");
    for (const subject of ["1", "2"]) await git("shop", "commit", "--quiet", "--allow-empty", "-m", subject);
    const shallow = (name: string) => clone("shop", name, REMOTE, `file://${at("shop")}`, "--depth=1");
    await shallow("part");
    link("part");
    await clone("shop", "whole");
    await shallow("second");
    await clone("shop", "fork", "git@git.example.org:b/shop.git", `file://${at("shop")}`, "--depth=1");
    for (const name of ["whole", "second"])
      expect([name, expected(name)]).toMatchObject([name, { url: HUB }]);
    expect(expected("fork")).toBeUndefined();
  });

  it("has no hub where two were chosen for what it may be", async () => {
    const { make, clone, link, choose, expected } = setUp();
    await make("shop");
    await clone("shop", "second");
    link("shop");
    link("second", OTHER);
    await clone("shop", "third");
    const { unchosen } = await choose("third");
    expect(`${unchosen?.message} ${unchosen?.hint}`).toContain(HUB);
    expect(unchosen?.message).toContain(OTHER);
    expect(expected("third")).toBeUndefined();
  });
});

describe("a link is not for another project", () => {
  it("that took the path of the first one", async () => {
    const { make, link, linked, choose, at } = setUp();
    await make("shop");
    link("shop");
    renameSync(at("shop"), at("moved"));
    await make("shop", "git@git.example.org:team/other.git", "another");
    expect(linked("shop")).toBeUndefined();
    expect((await choose("shop")).unchosen).toBeDefined();
    expect(await choose("moved")).toMatchObject({ hub: HUB, unchosen: undefined });
  });

  it("but stays for a project that came back from a copy", async () => {
    const { make, clone, link, linked, at } = setUp();
    await make("shop");
    link("shop");
    await clone("shop", "copy");
    rmSync(at("shop"), { recursive: true });
    renameSync(at("copy"), at("shop"));
    expect(linked("shop")).toBe(HUB);
  });
});

describe("the default of a host", () => {
  it("follows the first hub to a new address", async () => {
    const { make, link, choose, host } = setUp();
    await make("shop");
    await make("plain", "");
    link("shop");
    for (const hub of [HUB, OTHER]) {
      const directory = host.hubDirectory(hub);
      mkdirSync(directory, { recursive: true });
      writeFileSync(join(directory, "@id"), "id one");
    }
    link("shop", OTHER);
    expect(await choose("plain")).toMatchObject({ hub: OTHER, unchosen: { code: "hub_not_chosen" } });
  });
});

describe("a link of an older version", () => {
  /** Stores a link as versions before hashed names did. */
  function storeFormer(host: Host, project: string, hub = HUB): string {
    const file = join(host.directory, "links", ...formerFolders(project), "@link");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, hub);
    return file;
  }

  it("is found for every work tree of the repository, and moved", async () => {
    const { make, git, linked, at, host } = setUp();
    await make("shop");
    await git("shop", "worktree", "add", "--quiet", "-b", "f", at("f"));
    await git("shop", "worktree", "add", "--quiet", "-b", "g", at("g"));
    const file = storeFormer(host, at("f"));
    expect(linked("g")).toBe(HUB);
    expect(existsSync(file)).toBe(false);
    expect([linked("shop"), linked("f")]).toEqual([HUB, HUB]);
  });

  it("does not come back after another hub was joined", async () => {
    const { make, link, linked, at, host } = setUp();
    await make("shop");
    storeFormer(host, at("shop"));
    link("shop", OTHER);
    expect(linked("shop")).toBe(OTHER);
  });
});
