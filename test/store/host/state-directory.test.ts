import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeAtomically } from "../../../src/store/host/files.ts";
import { formerFolders, readFormerFolders } from "../../../src/store/host/former-state.ts";
import { HostLock } from "../../../src/store/host/host-lock.ts";
import { Host } from "../../../src/store/host/state-directory.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { sessionId } from "../../support/hub-with.ts";

const HUB = "https://example.org/team/hub.git";

function setUp() {
  const host = new Host({ HIVE_STATE_DIR: openSandbox().folder("state") }, "");
  /** Stores a file as older versions did, and returns its path. */
  const store = (kind: string, key: readonly string[], ...file: string[]) => {
    const path = join(host.directory, kind, ...key.flatMap(formerFolders), ...file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, "kept");
    return path;
  };
  return { host, store };
}

describe("a folder of the state directory", () => {
  it("has a short name and stays inside, whatever it is for", () => {
    const { host } = setUp();
    const text = fc.string({ unit: "binary", minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(text, text, (one, other) => {
        const places = (key: string) => [
          host.hubDirectory(key),
          host.toolsDirectory({ name: key, address: key }),
          host.linkFile(key),
          host.keptFile(key),
          host.embeddedHub(key, []),
          host.signDirectory(key),
        ];
        for (const place of places(one)) {
          const parts = relative(host.directory, place).split("/");
          expect(parts.every((part) => /^[\w.-]{1,40}$/.test(part) && part !== "..")).toBe(true);
        }
        const isSame = one.toWellFormed() === other.toWellFormed();
        expect(places(one).some((place, at) => place === places(other)[at])).toBe(isSame);
      }),
      { numRuns: 200 },
    );
  });

  it("is made for a project in a folder of any name that a file system allows", () => {
    const { host } = setUp();
    for (const name of [
      "ж".repeat(127),
      "管".repeat(85),
      "🚀".repeat(63),
      "a".repeat(255),
      "%".repeat(255),
    ]) {
      const path = `/home/ada/${name}/${name}`;
      host.rememberSession({ name: path, address: path }, path, `posix=${name}`, sessionId("session-1"));
      writeAtomically(host.linkFile(path), "x");
      expect(host.sessionsAt({ name: path, address: path }, path, `posix=${name}`)).toEqual(["session-1"]);
      expect(host.sessionsAt({ name: path, address: path }, path, "posix=2")).toEqual([]);
    }
  });
});

describe("what an older version stored", () => {
  it("is found and moved, without what lies below it for another hub", () => {
    const { host, store } = setUp();
    store("hubs", [HUB], "@hub", "outbox", "1.json");
    store("hubs", [`${HUB}/deeper`], "@hub", "outbox", "2.json");
    store("tools", [HUB], "@tools", "names", "session-1");
    store("kept", ["/home/ada/x.json"], "@kept");
    const name = { name: HUB, address: HUB };
    expect(readdirSync(join(host.hubDirectory(HUB), "outbox"))).toEqual(["1.json"]);
    expect(readdirSync(join(host.hubDirectory(`${HUB}/deeper`), "outbox"))).toEqual(["2.json"]);
    expect(readdirSync(join(host.toolsDirectory(name), "names"))).toEqual(["session-1"]);
    expect(readFileSync(host.keptFile("/home/ada/x.json"), "utf8")).toBe("kept");
    expect(readdirSync(join(host.directory, "hubs"))).toHaveLength(2);
  });

  it("about a hub is found by the hub's id too", () => {
    const { host, store } = setUp();
    store("tools", [HUB], "@tools", "names", "session-1");
    const directory = host.toolsDirectory({ name: "id 1", address: HUB });
    expect(existsSync(join(directory, "names", "session-1"))).toBe(true);
    expect(host.toolsDirectory({ name: "id 1", address: "git@example.org:team/hub.git" })).toBe(directory);
  });

  it("about a terminal is found", () => {
    const { host, store } = setUp();
    store("identities", [HUB, "/home/ada/p", "TMUX_PANE=%1 /tmp/x"], "@sessions", "session-1");
    const found = host.sessionsAt({ name: "id 1", address: HUB }, "/home/ada/p", "TMUX_PANE=%1 /tmp/x");
    expect(found).toEqual(["session-1"]);
  });

  it("stays where a process of that version is writing", () => {
    const { host, store } = setUp();
    const former = dirname(store("hubs", [HUB], "@hub", "pace.json"));
    const lock = HostLock.take(join(former, "lock"));
    expect(host.hubDirectory(HUB)).toBe(former);
    lock?.release();
    expect(host.hubDirectory(HUB)).not.toBe(former);
  });

  it("of every hub is listed by its address", () => {
    const { host, store } = setUp();
    const addresses = [HUB, "/srv/my hub.git", "git@example.org:team/hub.git", "file:///srv/x%y.git"];
    for (const address of addresses) store("hubs", [address], "@hub", "pace.json");
    expect(
      host
        .hubDirectories()
        .map(({ address }) => address)
        .sort(),
    ).toEqual([...addresses].sort());
    expect(host.hubDirectories()).toHaveLength(addresses.length);
  });

  it("is named by the address that it was stored for", () => {
    const part = fc.stringMatching(/^[\w.%* -]{1,10}$/);
    const start = fc.constantFrom(
      "/",
      "https://example.org/",
      "ssh://git@example.org:22/",
      "git@example.org:",
      "file:///",
    );
    fc.assert(
      fc.property(start, fc.array(part, { minLength: 1, maxLength: 4 }), (begin, parts) => {
        const address = begin + parts.join("/");
        expect(readFormerFolders(formerFolders(address))).toBe(address);
      }),
    );
  });
});
