import { existsSync, readdirSync, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { Hive } from "../../../src/app/hive/hive.ts";
import { HiveError } from "../../../src/errors.ts";
import { readText } from "../../../src/store/host/files.ts";
import { Host } from "../../../src/store/host/state-directory.ts";
import { addressKey } from "../../../src/store/hub/address.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { type HttpHub, openHttpHub, SECRET } from "../../support/http-hub.ts";
import { askForHelp, hubWith, say, sessionId } from "../../support/hub-with.ts";
import type { Sandbox } from "../../support/sandbox.ts";
import { installHook } from "../../support/server-hook.ts";

const SESSION = "session-1";

interface Scene {
  readonly sandbox: Sandbox;
  readonly hub: string;
  readonly http: HttpHub;
  readonly hive: Hive;
}

/** A host that knows a hub behind HTTP. */
async function setUp(): Promise<Scene> {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, SESSION, "session-2");
  const http = await openHttpHub(sandbox);
  const hive = await sandbox.hive(http.url());
  await hive.read([]);
  return { sandbox, hub, http, hive };
}

/** The HiveError that a promise is rejected with or that queued the operation. */
async function errorOf(promise: Promise<unknown>): Promise<HiveError> {
  const error = await promise.then(
    (done) => (done as { why?: unknown }).why ?? new Error("it was not rejected"),
    (reason: unknown) => reason,
  );
  if (error instanceof HiveError) return error;
  throw error;
}

describe("a broadcast whose connection is cut", () => {
  it.each([1, 2, 3])("before git sees it, %i times over, lands once", async (times) => {
    const { sandbox, hub, http, hive } = await setUp();
    const before = await sandbox.history(hub);
    http.dropBefore = times;
    const sent = await say(hive, SESSION, "Hello");
    const added = (await sandbox.history(hub)).slice(before.length);
    expect(added).toEqual([expect.objectContaining({ op: sent.op })]);
    expect(sent).toMatchObject({ kind: "landed", commit: added[0]?.commit });
  });

  it.each([1, 2, 3])(
    "after git moved the branch, %i times over, is known to have landed once",
    async (times) => {
      const { sandbox, hub, http, hive } = await setUp();
      const before = await sandbox.history(hub);
      http.dropAfter = times;
      const sent = await say(hive, SESSION, "Hello");
      const added = (await sandbox.history(hub)).slice(before.length);
      expect(added).toEqual([expect.objectContaining({ op: sent.op })]);
      expect(sent).toMatchObject({ kind: "landed", commit: added[0]?.commit });
      expect(sent.kind === "landed" && sent.result.message.id).toBe(sent.op);
    },
  );

  it("after git moved the branch, and followed by another host's commit, is known to have landed once", async () => {
    const { sandbox, hub, http, hive } = await setUp();
    const other = await sandbox.hive(hub, sandbox.host("other"));
    http.dropAfter = 9;
    http.afterPush = async () => {
      await say(other, "session-2", "Me too");
      http.dropAfter = 1;
    };
    const sent = await say(hive, SESSION, "Hello");
    const subjects = (await sandbox.history(hub)).slice(-2).map(({ subject }) => subject);
    expect(subjects).toEqual(["broadcast session-1: Hello", "broadcast session-2: Me too"]);
    expect(sent).toMatchObject({ kind: "landed", commit: (await sandbox.history(hub)).at(-2)?.commit });
  });

  it("after git accepted a request does not refuse the session's own move", async () => {
    const { sandbox, hub, http, hive } = await setUp();
    const request = await askForHelp(hive, "session-2", SESSION);
    http.dropAfter = 2;
    const accepted = await hive.submit("accept", { request }, sessionId(SESSION));
    expect(accepted).toMatchObject({ kind: "landed", commit: (await sandbox.history(hub)).at(-1)?.commit });
  });
});

/** What fails, and the error. Each function gets a host that knows the hub, and returns the failing promise. */
const FAILURES: [what: string, code: string, says: RegExp, fail: (scene: Scene) => Promise<unknown>][] = [
  [
    "a server that is down",
    "unreachable",
    /could not be reached: fatal: .*Try again when the hub is back/s,
    async ({ http, hive }) => {
      await http.close();
      return say(hive, SESSION, "Hello");
    },
  ],
  [
    "a server that fails",
    "unreachable",
    /503.*Try again when the hub is back/s,
    async ({ http, hive }) => {
      http.status = 503;
      return say(hive, SESSION, "Hello");
    },
  ],
  [
    "a wrong password",
    "access_denied",
    /access was denied.*Check the address and your permissions/s,
    async ({ sandbox, http }) =>
      say(await sandbox.hive(http.url("hub", `ada:wrong-${SECRET}`), sandbox.host("b")), SESSION, "Hello"),
  ],
  [
    "a password that has become wrong",
    "access_denied",
    /access was denied.*Check the address and your permissions/s,
    async ({ http, hive }) => {
      http.status = 401;
      return say(hive, SESSION, "Hello");
    },
  ],
  [
    "no permission to push",
    "access_denied",
    /access was denied.*Check the address and your permissions/s,
    async ({ sandbox, hub, hive }) => {
      await sandbox.git(hub, "config", "http.receivepack", "false");
      return say(hive, SESSION, "Hello");
    },
  ],
  [
    "an unknown repository",
    "access_denied",
    /there is no such repository.*Check the address/s,
    async ({ sandbox, http }) => say(await sandbox.hive(http.url("nope")), SESSION, "Hello"),
  ],
  [
    "a hook that declines",
    "push_refused",
    /pre-receive hook declined \| error: GH006: Ask ada first.*then run: hive sync/s,
    async ({ hub, hive }) => {
      await installHook(hub, "pre-receive", "echo 'error: GH006: Ask ada first' >&2; exit 1");
      return say(hive, SESSION, "Hello");
    },
  ],
];

describe.each(FAILURES)("%s", (_, code, says, fail) => {
  it(`fails as ${code}, says what to do, and leaves the hub as it was`, async () => {
    const scene = await setUp();
    const before = await scene.sandbox.history(scene.hub);
    const error = await errorOf(fail(scene));
    expect(error.code).toBe(code);
    expect(`${error.message}\n${error.hint}`).toMatch(says);
    expect(await scene.sandbox.history(scene.hub)).toEqual(before);
  });

  it("never shows the password", async () => {
    const error = await errorOf(fail(await setUp()));
    const shown = [error.message, error.hint, String(error.cause), error.stack, inspect(error, { depth: 9 })];
    expect(shown.join("\n")).not.toContain(SECRET);
  });
});

it("no object of the hub has the password, and no file except the replica's config, where it is encoded and only the user can read it", async () => {
  const { sandbox, hub, http, hive } = await setUp();
  await say(hive, SESSION, "Hello");
  const objects = await sandbox.git(hub, "cat-file", "--batch-all-objects", "--batch", "--buffer");
  expect(objects).not.toContain(SECRET);
  const key = addressKey({ kind: "remote", url: http.url() });
  const config = join(new Host(sandbox.world().env, "").hubDirectory(key), "replica.git", "config");
  const encoded = Buffer.from(`ada:${SECRET}`).toString("base64");
  const pattern = ["-e", SECRET, "-e", encoded];
  const holders = await sandbox.git(sandbox.directory, "grep", "--no-index", "-lF", ...pattern, "--", ".");
  expect(holders.split("\n").map((path) => join(sandbox.directory, path))).toEqual([config]);
  expect(readText(config)).not.toContain(SECRET);
  expect(statSync(config).mode & 0o077).toBe(0);
});

it.runIf(existsSync("/proc/self/cmdline"))(
  "no process shows the password to others while a push runs",
  async () => {
    const { http, hive } = await setUp();
    let seen: string[] = [];
    http.beforePush = async () => {
      seen = readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name))
        .map((pid) => readText(`/proc/${pid}/cmdline`) ?? "");
    };
    await say(hive, SESSION, "Hello");
    expect(seen.filter((line) => line.includes("remote-http"))).not.toEqual([]);
    expect(seen.filter((line) => line.includes(SECRET))).toEqual([]);
  },
);

it("a push that a rule refuses is sent once", async () => {
  const { hub, http, hive } = await setUp();
  await installHook(hub, "pre-receive", "exit 1");
  await errorOf(say(hive, SESSION, "Hello"));
  expect(http.pushes).toBe(1);
});

it("control characters in a hook's message are made visible", async () => {
  const { hub, hive } = await setUp();
  await installHook(hub, "pre-receive", "printf 'go \\033[31mred\\007\\n::error::x\\n' >&2; exit 1");
  const { message } = await errorOf(say(hive, SESSION, "Hello"));
  expect(message).toContain("go \\u{1b}[31mred\\u{7}");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be absent
  expect(message).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
});

it("a broadcast that landed on a server that then failed is queued, and found to have landed", async () => {
  const { sandbox, hub, http, hive } = await setUp();
  http.dropAfter = 9;
  http.afterPush = () => {
    http.status = 503;
  };
  const sent = await say(hive, SESSION, "Hello");
  expect(sent).toMatchObject({ kind: "queued", why: { code: "unreachable" } });
  const landed = await sandbox.history(hub);
  expect(landed.at(-1)).toMatchObject({ op: sent.op, subject: "broadcast session-1: Hello" });
  http.status = undefined;
  http.dropAfter = 0;
  await hive.outbox.send();
  expect(await hive.outbox.count()).toEqual({ unsent: 0, refused: 0 });
  expect(await sandbox.history(hub)).toEqual(landed);
});

it("the right password works on a host that had a wrong one before", async () => {
  const { sandbox, http } = await setUp();
  const host = sandbox.host("b");
  await errorOf((await sandbox.hive(http.url("hub", "ada:typo"), host)).read([]));
  const sent = await say(await sandbox.hive(http.url(), host), SESSION, "Hello");
  expect(sent.kind).toBe("landed");
});

it("a login may have characters that must be encoded in an address", async () => {
  const { sandbox, http } = await setUp();
  const login = `%61da:${SECRET.replace(".", "%2E").replace("-", "%2d")}`;
  const sent = await say(await sandbox.hive(http.url("hub", login), sandbox.host("b")), SESSION, "Hello");
  expect(sent.kind).toBe("landed");
});

it.each(["ada@", ""])(
  "an address with no password (%j) leaves it to the user's credential helper",
  async (login) => {
    const { sandbox, http } = await setUp();
    const settings = join(sandbox.directory, "gitconfig");
    const helper = `"!f() { echo username=ada; echo password=${SECRET}; }; f"`;
    await writeFile(settings, `[credential]\n\thelper = ${helper}\n`);
    const host = sandbox.host("b");
    const env = { ...host.env, GIT_CONFIG_GLOBAL: settings };
    const address = http.url("hub", "LOGIN").replace("LOGIN@", login);
    const sent = await say(await sandbox.hive(address, { ...host, env }), SESSION, "Hello");
    expect(sent.kind).toBe("landed");
  },
);

it.each([
  "http://ada:pw@example.invalid:99999/hub.git",
  "http://ada:pw@[::x/hub.git",
  "http://ada:pw@%zz/hub.git",
])("an address that no server can have fails as unusable: %s", async (address) => {
  const sandbox = openSandbox();
  const error = await errorOf((async () => (await sandbox.hive(address)).read([]))());
  expect(`${error.message} ${inspect(error, { depth: 9 })}`).not.toContain("ada:pw");
});

it("reads show the last known state while the server is down, and report that", async () => {
  const { http, hive } = await setUp();
  await http.close();
  const { state, outdated } = await hive.read(["sessions"]);
  expect([...state.sessions.keys()]).toContain(SESSION);
  expect(outdated?.code).toBe("unreachable");
});
