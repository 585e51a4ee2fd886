import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { Console, errorOf } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { openHttpHub } from "../../support/http-hub.ts";
import { hubWith } from "../../support/hub-with.ts";
import { MAIN, ROOT } from "../../support/processes.ts";
import type { Sandbox } from "../../support/sandbox.ts";

/** Makes a checkout with these files. */
async function checkout(sandbox: Sandbox, name: string, ...files: string[]): Promise<string> {
  const directory = sandbox.folder(name);
  await sandbox.git(directory, "init", "--quiet");
  for (const file of files) {
    mkdirSync(join(directory, file, ".."), { recursive: true });
    writeFileSync(join(directory, file), `${file}\n`);
  }
  return directory;
}

/** Two sessions in one checkout of the project `app`, on a hub. */
async function openApp(...files: string[]) {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, "session-1", "session-2");
  const directory = await checkout(sandbox, "App", ...files);
  const nobody = new Console(sandbox, { directory, env: { HIVE_HUB: hub } });
  const as = (session: string) => nobody.with({ env: { HIVE_SESSION: session } });
  return { sandbox, hub, directory, nobody, one: as("session-1"), two: as("session-2") };
}

describe("hive claim", () => {
  it("prints the targets, the end of the claim, and the next commands", async () => {
    const { one } = await openApp();
    expect(await one.print("claim", "ISSUE-42", "src/api/", "-m", "Parser")).toBe(
      "Yours until 2026-01-31T14:00:00Z: the key issue-42, the path src/api/** in app.\n" +
        "Next: hive renew issue-42, or hive release issue-42 --all\n",
    );
    expect(await one.print("-q", "claim", "x/*.ts")).toMatch(/^x-ts-[0-9a-z]{8}\n$/);
  });

  it("is refused with exit code 3, the holder, the overlap, the end and the note", async () => {
    const { one, two } = await openApp();
    await one.print("claim", "src/**", "--for", "30m", "-m", "Parser");
    const lost = await two.run("--json", "claim", "src/*.ts");
    expect(lost).toMatchObject({ code: 3, out: "" });
    expect(errorOf(lost)).toEqual({
      code: "claimed",
      message:
        'session-1 holds src/** in app until 2026-01-31T12:30:00Z, and src/*.ts overlaps it. Its note, unverified: "Parser".',
      hint: expect.stringMatching(
        /^Ask for it: hive request session-1 "May I have src\/\*\*\?"\. Other sessions can claim it from 2026-/,
      ),
    });
  });

  it("names the holder of a lapsed claim that it took over", async () => {
    const { sandbox, one, two } = await openApp();
    await one.print("claim", "src/**", "--for", "30m");
    sandbox.clock.now += 1_800_000;
    expect(await two.print("claim", "src/x")).toContain(
      "Taken over from session-1, whose claim lapsed at 2026-01-31T12:30:00Z: src/** in app\n",
    );
  });

  it("takes paths relative to the current directory, after :/ or / to the root, and absolute paths", async () => {
    const { sandbox, directory, one } = await openApp("src/api/x.ts");
    const link = join(sandbox.directory, "link");
    symlinkSync(directory, link);
    const inside = one.with({ directory: join(directory, "src") });
    const patternsOf = async (console: Console, ...paths: string[]) => {
      const { result } = await console.json<{ result: { claim: { patterns: string[] } } }>("claim", ...paths);
      return result.claim.patterns;
    };
    expect(await patternsOf(inside, "./api", "./lib/", "a*.ts")).toEqual([
      "src/api",
      "src/lib/**",
      "src/a*.ts",
    ]);
    expect(await patternsOf(inside, ":/src/api/x.ts", "/b/c.ts", "../d.ts")).toEqual([
      "src/api/x.ts",
      "b/c.ts",
      "d.ts",
    ]);
    const deep = one.with({ directory: join(directory, "src", "api") });
    expect(await patternsOf(deep, "../e/")).toEqual(["src/e/**"]);
    expect((await inside.run("claim", "../../x")).err).toContain("contains ..");
    expect(await patternsOf(inside, join(directory, "docs/"), join(directory, "Makefile"))).toEqual([
      "docs/**",
      "./Makefile",
    ]);
    expect(await patternsOf(one.with({ directory: link }), join(link, "a/b"))).toEqual(["a/b"]);
    expect(await patternsOf(one, directory)).toEqual(["**"]);
  });

  it.each([
    [["/etc/passwd"], "is not inside"],
    [["../x"], "contains .."],
    [["docs"], "docs is a file or folder of this project, but a text without a slash is a key"],
    [["x", "--for", "1y"], "a duration is a number"],
    [["x", "--for", "9d"], "at most 7 days"],
    [["con"], "is the name of a device on Windows"],
    [[], "Missing required argument"],
  ])("%j is a wrong call: %s", async (args, words) => {
    const { one } = await openApp("docs/a.md");
    const ran = await one.run("claim", ...args);
    expect(ran).toMatchObject({ code: 2, out: "" });
    expect(ran.err).toContain(words);
  });

  it("separates projects by the name of the remote, else of the main checkout's folder", async () => {
    const { sandbox, directory, one, two } = await openApp("a");
    const fork = await checkout(sandbox, "elsewhere");
    await sandbox.git(fork, "remote", "add", "origin", "git@example.org:ada/app.git");
    await sandbox.git(directory, "add", ".");
    await sandbox.git(directory, "commit", "--quiet", "-m", "one");
    const tree = join(sandbox.directory, "tree");
    await sandbox.git(directory, "worktree", "add", "--quiet", tree);
    await one.print("claim", "src/**");
    for (const place of [fork, tree])
      expect((await two.with({ directory: place }).run("claim", "src/x")).code).toBe(3);
    expect(await two.print("claim", "src/x", "--project", "team/Web")).toContain("src/x in web.");
    expect((await two.with({ directory: sandbox.folder("other") }).run("claim", "src/x")).code).toBe(0);
  });

  it("that is queued warns that it holds nothing yet", async () => {
    const { one } = await openApp();
    const ran = await one.run("claim", "issue-1", "--offline");
    expect(ran).toMatchObject({ code: 4, out: expect.stringContaining("Not held until it has landed.\n") });
  });
});

describe("hive renew and hive release", () => {
  it("take the key or any target of a claim, from its holder", async () => {
    const { one, two } = await openApp();
    await one.print("claim", "issue-42", "src/**");
    expect(await one.print("renew", "src/", "--for", "3h")).toBe(
      "Yours until 2026-01-31T15:00:00Z: issue-42, src/** in app.\n",
    );
    expect(errorOf(await two.run("--json", "release", "issue-42")).code).toBe("not_holder");
    expect(await one.print("release", "src/**", "--all")).toBe("Released: issue-42, src/** in app.\n");
    expect(errorOf(await one.run("--json", "release", "issue-42"))).toMatchObject({ code: "unknown_claim" });
  });

  it("name, from wherever one stands, what holds a path that they do not find", async () => {
    const { one, directory } = await openApp("src/ui/a.js");
    await one.print("claim", "src/ui/**");
    const hintAt = async (place: string, ...argv: string[]) =>
      errorOf(await one.with({ directory: join(directory, place) }).run("--json", ...argv)).hint;
    expect(await hintAt(".", "release", "src/ui/a.js")).toBe("Release that: hive release 'src/ui/**'");
    expect(await hintAt("src", "renew", "ui/a.js")).toBe("Renew that: hive renew ':/src/ui/**'");
    expect(await hintAt("src", "release", "./")).toBe("Release that: hive release ':/src/ui/**'");
    expect(await hintAt(".", "release", "./src")).toBe("Release that: hive release 'src/ui/**'");
    await one.with({ directory: join(directory, "src") }).print("release", ":/src/ui/**");
  });

  it("with an id are refused for a newer claim", async () => {
    const { sandbox, one } = await openApp();
    const { op } = await one.json<{ op: string }>("claim", "issue-42", "--for", "1m");
    sandbox.clock.now += 60_000;
    await one.print("claim", "issue-42");
    const refused = await one.run("--json", "release", "issue-42", "--claim", op);
    expect(errorOf(refused)).toMatchObject({ code: "other_claim" });
  });
});

describe("hive claims", () => {
  it("lists the claims with holder, age, end and note", async () => {
    const { one, two } = await openApp();
    expect(await one.print("claims")).toBe("Nothing is claimed. To claim: hive claim <key|path...>\n");
    await one.print("claim", "issue-42", "src/**", "-m", "Parser");
    await two.print("claim", "issue-43");
    expect(await one.print("claims")).toBe(
      "issue-42  issue-42, src/** in app  session-1 (alive)  0s ago  until 2026-01-31T14:00:00Z  Parser\n" +
        "issue-43  issue-43  session-2 (alive)  0s ago  until 2026-01-31T14:00:00Z\n",
    );
    expect(await two.print("-q", "claims", "--mine")).toBe("issue-43\n");
  });

  it("lists those of one session, and refuses a name that no session has", async () => {
    const { one, two } = await openApp();
    await one.print("claim", "issue-42");
    await two.print("claim", "issue-43");
    expect(await two.json("claims", "--session", "session-1")).toMatchObject({
      claims: [{ key: "issue-42" }],
    });
    await one.print("release", "--all");
    expect(await two.print("claims", "--session", "session-1")).toBe("session-1 has claimed nothing.\n");
    const { code, err } = await two.run("claims", "--session", "sesion-1");
    expect([code, err]).toEqual([3, expect.stringContaining("Did you mean session-1 or")]);
    expect((await two.run("claims", "--mine", "--session", "session-1")).code).toBe(2);
  });

  it("names claims whose holders are offline", async () => {
    const { sandbox, one, two } = await openApp();
    await one.print("claim", "issue-42", "--for", "3d");
    expect(await two.print("claims", "--conflicts")).toBe(
      "No two claims overlap, and no holder is offline.\n",
    );
    sandbox.clock.now += 172_800_000;
    expect(await two.print("claims", "--conflicts")).toBe(
      "issue-42 is held by session-1, which is offline, until 2026-02-03T12:00:00Z\n",
    );
    expect(await two.json("claims", "--conflicts", "--mine")).toEqual({ conflicts: [], abandoned: [] });
  });

  it.each([[["sideways"]], [["--staged"]], [["check"]], [["check", "a/b", "--staged"]]])(
    "%j is a wrong call",
    async (args) => {
      const { one } = await openApp();
      expect((await one.run("claims", ...args)).code).toBe(2);
    },
  );
});

describe("hive claims check", () => {
  it("ends with 3 and names the files and keys that another session holds", async () => {
    const { one, two } = await openApp();
    await one.print("claim", "issue-42", "src/**", "-m", "Parser");
    const ran = await two.run("claims", "check", "src/x.ts", "docs/", "issue-42");
    expect(ran).toEqual({
      code: 3,
      err: "",
      out:
        "src/x.ts is held by src/**: session-1 until 2026-01-31T14:00:00Z: (unverified) Parser\n" +
        "issue-42 is held: session-1 until 2026-01-31T14:00:00Z: (unverified) Parser\n" +
        'Ask: hive request session-1 "May I have src/x.ts?"\n' +
        "free: docs/**\n",
    });
    expect(await one.json("claims", "check", "src/x.ts", "issue-42", "issue-1")).toMatchObject({
      checked: 3,
      held: [],
      yours: [{ target: "src/x.ts", pattern: "src/**" }, { target: "issue-42" }],
      free: ["issue-1"],
    });
    expect(await one.print("claims", "check", "src/x.ts", "issue-1")).toBe(
      "yours: src/x.ts, until 2026-01-31T14:00:00Z\nfree: issue-1\n",
    );
  });

  it("of staged files checks only those, by their exact names", async () => {
    const { sandbox, directory, one, two } = await openApp("app/[id]/a b\u00e9.tsx", "src/x.ts");
    await one.print("claim", "app/[id]/**", "src/**");
    expect(await two.json("claims", "check", "--staged")).toEqual({ checked: 0, held: [] });
    await sandbox.git(directory, "add", "app");
    const { code, out } = await two.run("--json", "claims", "check", "--staged");
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({
      checked: 1,
      held: [{ target: "app/[id]/a b\u00e9.tsx", pattern: "app/[id]/**", claim: { session: "session-1" } }],
    });
  });

  it("checks both names of a moved file, and a deleted file", async () => {
    const { sandbox, directory, one, two } = await openApp("src/x.ts", "docs/y.md");
    await sandbox.git(directory, "add", ".");
    await sandbox.git(directory, "commit", "--quiet", "-m", "one");
    await one.print("claim", "src/**");
    await sandbox.git(directory, "mv", "src/x.ts", "lib.ts");
    await sandbox.git(directory, "rm", "--quiet", "docs/y.md");
    const { out } = await two.run("--json", "claims", "check", "--staged");
    expect(JSON.parse(out)).toMatchObject({ checked: 3, held: [{ target: "src/x.ts" }] });
  });

  it("says how to name the session where it is not known", async () => {
    const { one, nobody } = await openApp();
    await one.print("claim", "src/**");
    expect(await nobody.run("claims", "check", "src/x")).toMatchObject({
      code: 3,
      out: expect.stringContaining(
        "Your session is not known here. If the claim is yours, set HIVE_SESSION=<session>.\n",
      ),
    });
  });

  it("contacts the hub only before it stops a commit", async () => {
    const { sandbox, directory } = await openApp("src/x.ts");
    const http = await openHttpHub(sandbox);
    const on = (host: string, session: string) => {
      const world = sandbox.host(host);
      const env = {
        HIVE_STATE_DIR: world.env.HIVE_STATE_DIR ?? "",
        HIVE_SESSION: session,
        HIVE_HUB: http.url(),
      };
      return new Console(sandbox, { directory, env });
    };
    const [here, there] = [on("here", "session-1"), on("there", "session-2")];
    await here.print("claims");
    await there.print("claim", "src/**");
    await sandbox.git(directory, "add", ".");
    expect((await here.run("claims", "check", "--staged")).code).toBe(0);
    await here.print("claims");
    expect((await here.run("claims", "check", "--staged")).code).toBe(3);
    http.status = 503;
    expect(await here.run("claims", "check", "--staged")).toMatchObject({
      code: 3,
      err: expect.stringContaining("This is the state that this host last fetched"),
    });
    http.status = undefined;
    await there.print("release", "src/**");
    expect((await here.run("claims", "check", "--staged")).code).toBe(0);
    http.status = 503;
    expect((await here.run("claims", "check", "--staged")).code).toBe(0);
  });

  it("passes a commit without a hub, a reply or a checkout", async () => {
    const { sandbox, directory, one } = await openApp("src/x.ts");
    await sandbox.git(directory, "add", ".");
    const free = one.with({ env: { HIVE_HUB: "" } });
    expect(await free.run("claims", "check", "--staged")).toMatchObject({
      code: 0,
      out: "",
      err: expect.stringMatching(/^Claims were not checked\. No hub is known for /),
    });
    const away = one.with({ env: { HIVE_HUB: "http://127.0.0.1:9/hub.git" } });
    expect((await away.run("claims", "check", "--staged")).code).toBe(0);
    expect((await away.run("claims", "check", "src/x")).code).toBe(0);
    const nowhere = one.with({ directory: sandbox.folder("plain") });
    expect((await nowhere.run("claims", "check", "--staged")).code).toBe(0);
    rmSync(join(directory, ".git/HEAD"));
    expect((await one.run("claims", "check", "--staged")).code).toBe(0);
  });
});

describe("a pre-commit hook", () => {
  it("as the docs have it lets commits pass where hive is not installed", async () => {
    const docs = readFileSync(join(ROOT, "docs/claims.md"), "utf8");
    const [, script = ""] = /```\n(#!\/bin\/sh\n[\s\S]*?)```/.exec(docs) ?? [];
    expect(script).toContain("hive claims check --staged");
    await promisify(execFile)("/bin/sh", ["-c", script], { env: { PATH: "/nowhere" } });
  });

  it("stops only a commit of files that another session holds, also with a separate index", async () => {
    const { sandbox, hub, directory, one } = await openApp("src/x.ts", "docs/y.md", "docs/z.md");
    await sandbox.git(directory, "add", ".");
    await sandbox.git(directory, "commit", "--quiet", "-m", "one");
    const hook = join(directory, ".git/hooks/pre-commit");
    const state = sandbox.world().env.HIVE_STATE_DIR;
    const environment = `HIVE_STATE_DIR='${state}' HIVE_HUB='${hub}' HIVE_SESSION=session-2`;
    writeFileSync(
      hook,
      `#!/bin/sh\n${environment} exec '${process.execPath}' '${MAIN}' claims check --staged\n`,
    );
    chmodSync(hook, 0o755);
    sandbox.clock.now = Date.now();
    await one.print("claim", "src/**");
    for (const file of ["src/x.ts", "docs/y.md", "docs/z.md"])
      writeFileSync(join(directory, file), "changed\n");
    const commit = (...args: string[]) =>
      sandbox.git(directory, "commit", "--quiet", "-m", "two", ...args).then(
        () => "",
        ({ stderr }: { stderr: string }) => stderr,
      );
    await sandbox.git(directory, "add", "src");
    expect(await commit("docs/y.md")).toBe("");
    const index = await sandbox.git(directory, "ls-files", "--stage");
    const stopped = await commit();
    expect(stopped).toContain("src/x.ts is held by src/**: session-1 until ");
    expect(stopped).toContain("To commit all the same: git commit --no-verify");
    expect(await sandbox.git(directory, "ls-files", "--stage")).toBe(index);
    expect(await commit("--all")).toContain("src/x.ts is held by src/**: session-1 until ");
    await sandbox.git(directory, "reset", "--quiet", "src");
    expect(await commit("docs/z.md")).toBe("");
  });
});

describe("a path that is claimed", () => {
  const notesOf = async (console: Console, ...args: string[]) => (await console.run("claim", ...args)).err;

  it("is taken with a note where no file matches it", async () => {
    const { one } = await openApp("src/a.ts", "src/deep/b.md");
    expect(await notesOf(one, "src/a.ts", "src/*.ts", "src/**/*.md", "src/deep", "issue-1")).toBe("");
    expect(await notesOf(one, "src/b.ts", "lib/**")).toBe(
      "No file matches src/b.ts, lib/** yet. Paths are relative to the current directory; :/ is the project's root.\n",
    );
  });

  it.each([
    ["all files of a folder", ["src/a.ts", "src/b.ts", "src/c.md"], "'src/**'"],
    ["all of one ending", ["src/a.ts", "src/b.ts"], "'src/*.ts'"],
    ["all of one start", ["lib/test-a", "lib/test-b"], "'lib/test-*'"],
  ])("with a note where the shell seems to have expanded a pattern: %s", async (_, paths, pattern) => {
    const { one } = await openApp("src/a.ts", "src/b.ts", "src/c.md", "lib/test-a", "lib/test-b", "lib/x");
    expect(await notesOf(one, ...paths)).toBe(
      `The shell seems to have expanded a pattern; quote it: hive claim ${pattern}\n`,
    );
    expect(await one.json("claims")).toMatchObject({ claims: [{ patterns: paths }] });
  });

  it("without a note where files were named one by one", async () => {
    const { one } = await openApp("src/a.ts", "src/b.ts", "src/c.ts", "lib/d.ts");
    expect(await notesOf(one, "src/a.ts", "src/b.ts")).toBe("");
    expect(await notesOf(one, "src/c.ts", "lib/d.ts")).toBe("");
  });

  it.each([
    ["src", ".", "./src"],
    ["src", "..", "**"],
    ["src", "../", "**"],
    ["src", "./docs", "src/docs"],
    ["src", ":/", "**"],
    ["src", ":/docs", "./docs"],
    ["src", "/docs", "./docs"],
    [".", "./docs", "./docs"],
    [".", ".", "**"],
    [".", "/**", "**"],
  ])("in %s, may be %s: %s", async (folder, path, pattern) => {
    const { one, directory } = await openApp("src/docs/a.md", "docs/b.md");
    const inside = one.with({ directory: join(directory, folder) });
    expect(await inside.json("claim", path)).toMatchObject({ result: { claim: { patterns: [pattern] } } });
    expect(await inside.json("claims", "check", path)).toMatchObject({ held: [] });
    expect(await inside.json("release", path)).toMatchObject({ result: { released: [pattern], kept: [] } });
  });

  it("may not be empty", async () => {
    const { one } = await openApp("a");
    expect(await one.run("claim", "")).toMatchObject({ code: 2, out: "" });
  });

  it("may not be a place of this disk outside the project", async () => {
    const { one, sandbox } = await openApp("tmp/a.ts");
    const outside = sandbox.folder("outside");
    expect((await one.run("claim", join(outside, "x"))).err).toContain("is not inside");
    expect(await one.print("claim", "/tmp/a.ts")).toContain(": the path tmp/a.ts in app.");
  });

  it("ends at an instant, or after a duration", async () => {
    const { one } = await openApp();
    expect(await one.print("claim", "issue-1", "--until", "2026-02-01T09:30:15Z")).toContain(
      "Yours until 2026-02-01T09:30:15Z",
    );
    expect(await one.print("renew", "issue-1", "--for", "1d12h")).toContain(
      "Yours until 2026-02-02T00:00:00Z",
    );
    expect(await one.print("renew", "issue-1", "--until", "2026-02-03 09:00")).toContain(
      "Yours until 2026-02-03T",
    );
    for (const until of ["2026-02-08T12:00:01Z", "2026-01-31T12:00:30Z", "2026-01-31T11:00:00Z", "soon"])
      expect(await one.run("claim", "issue-2", "--until", until)).toMatchObject({ code: 2, out: "" });
  });
});

describe("hive release of one of several targets", () => {
  it("frees that target alone, and the hub stays valid", async () => {
    const { sandbox, hub, directory, one, two } = await openApp("src/a.ts", "package.json");
    const { op } = await one.json<{ op: string }>("claim", "src/**", "package.json", "issue-7");
    const inside = one.with({ directory: join(directory, "src") });
    expect(await inside.json("release", "../package.json")).toMatchObject({
      result: {
        claim: { claim_id: op, patterns: ["src/**", "issue-7"], project: "app" },
        released: ["package.json"],
        kept: ["src/**", "issue-7"],
      },
    });
    expect(await two.print("claim", "package.json")).toContain("Yours until");
    expect((await two.run("claim", "src/a.ts")).code).toBe(3);
    expect(await one.print("release", "./src")).toContain(
      "Still yours until 2026-01-31T14:00:00Z: issue-7.\n",
    );
    expect(await one.print("log", "--kind", "release")).toMatch(
      /releases src\/\*\*\n.*releases package\.json\n$/,
    );
    const range = `${(await sandbox.git(hub, "rev-list", "--max-parents=0", "main")).trim()}..main`;
    for (const what of [[], [range]])
      expect(await one.json("validate", ...what)).toMatchObject({ findings: [], warnings: [] });
    expect(await one.print("release", "issue-7")).toBe("Released: issue-7.\n");
    expect(await one.json("claims", "--mine")).toEqual({ claims: [] });
  });

  it("frees several targets of several claims, all or none", async () => {
    const { one, two } = await openApp();
    await one.print("claim", "issue-1", "issue-2", "issue-3");
    await one.print("claim", "issue-4");
    await two.print("claim", "issue-5");
    expect(await one.run("release", "issue-2", "issue-5")).toMatchObject({ code: 3, out: "" });
    expect(await one.json("release", "issue-2", "issue-3", "issue-4", "issue-2")).toMatchObject({
      result: { claims: [{ key: "issue-1" }, { key: "issue-4" }], kept: ["issue-1"] },
    });
    expect(await one.json("claims", "--mine")).toMatchObject({ claims: [{ patterns: ["issue-1"] }] });
    expect(await one.run("validate")).toMatchObject({ code: 0 });
  });

  it("frees all with --all, and by the claim's key", async () => {
    const { one } = await openApp();
    await one.print("claim", "src/**", "lib/**");
    expect(await one.json("release", "lib/**", "--all")).toMatchObject({ result: { kept: [] } });
    const key = (await one.print("-q", "claim", "src/**", "lib/**")).trim();
    expect(await one.print("release", key)).toBe("Released: src/**, lib/** in app.\n");
  });
});

describe("a name that is claimed", () => {
  const named = (console: Console, verb: string, ...args: string[]) =>
    console.json<{ result: { claim: { patterns: string[] }; released?: string[] } }>(verb, ...args);

  it.each([
    ["Makefile", "./Makefile"],
    ["dockerfile", "./dockerfile"],
    ["LICENSE", "./LICENSE"],
    ["readme", "./readme"],
    ["UserList", "./UserList"],
    ["Page2", "./Page2"],
    [".env", ".env"],
    ["go.mod", "go.mod"],
  ])("is a path where it looks like a file, whether there is one or not: %s", async (name, path) => {
    const { directory, one, two } = await openApp("a.ts");
    const ran = await one.run("claim", name, "src/**");
    expect(ran.out).toContain(`: the paths ${path}, src/** in app.`);
    expect(ran.err).toContain(`No file matches ${path}`);
    expect((await two.run("claims", "check", name)).out).toContain("is held: session-1");
    expect((await one.run("claims", "check", name)).code).toBe(0);
    writeFileSync(join(directory, name), "");
    expect((await two.run("claim", name)).code).toBe(3);
    expect(await named(one, "release", name)).toMatchObject({
      result: { released: [path], kept: ["src/**"] },
    });
    expect((await one.run("claim", name)).err).not.toContain("No file matches");
  });

  it.each([
    ["ports", "ports"],
    ["Issue-42", "issue-42"],
    ["PROJ-123", "proj-123"],
    ["T123", "t123"],
    ["Deploy:Prod", "deploy:prod", "deploy.prod"],
  ])("is a key where it names work: %s", async (name, key, called = key) => {
    const { one } = await openApp("a.ts");
    expect(await one.run("claim", name)).toMatchObject({
      err: "",
      out: expect.stringContaining(
        `: the key ${key}.\nNext: hive renew ${called}, or hive release ${called}\n`,
      ),
    });
  });

  it("is said how to claim as a key, where it was taken as a path", async () => {
    const { one } = await openApp("a.ts");
    expect((await one.run("claim", "Parser")).err).toContain(
      "Parser looks like a file. For work of that name: hive claim work:parser",
    );
  });

  it("is released alone, also where the whole claim is called by it", async () => {
    const { one } = await openApp("a.ts");
    await one.print("claim", "src/**", "ports");
    expect(await one.print("release", "ports")).toBe(
      "Released: ports.\nStill yours until 2026-01-31T14:00:00Z: src/** in app.\n",
    );
    await one.print("claim", "ports", "lib/**");
    expect(await named(one, "release", "ports", "--all")).toMatchObject({ result: { kept: [] } });
    expect(await one.run("validate")).toMatchObject({ code: 0 });
  });
});

describe("hive release --all without a target", () => {
  it("frees all that the session holds, says what, and leaves the others' claims", async () => {
    const { sandbox, one, two } = await openApp("a.ts");
    await one.print("claim", "issue-1", "issue-2");
    await one.print("claim", "src/**", "--for", "1h");
    await two.print("claim", "issue-3");
    sandbox.clock.now += 3_600_000;
    expect(await one.print("release", "--all")).toBe(
      "Released: issue-1, issue-2.\nReleased: src/** in app.\n",
    );
    expect(await one.json("claims")).toMatchObject({ claims: [{ key: "issue-3" }] });
    expect(await one.run("validate")).toMatchObject({ code: 0 });
    expect(await one.print("release", "--all")).toBe("You hold no claim. List all claims: hive claims\n");
    expect(await one.json("release", "--all")).toMatchObject({
      result: { claims: [], released: [], kept: [] },
    });
  });

  it("needs --all, because nobody frees everything by accident", async () => {
    const { one } = await openApp();
    await one.print("claim", "issue-1");
    for (const args of [[], ["--all", "--claim", "01KG9M2V00000000000000000A"]])
      expect(await one.run("release", ...args)).toMatchObject({ code: 2, out: "" });
    expect((await one.run("release")).err).toContain("All that you hold: hive release --all");
    expect(await one.json("claims", "--mine")).toMatchObject({ claims: [{ key: "issue-1" }] });
  });
});

describe("a claimed text with a slip", () => {
  it.each([
    ["ports ", "ports"],
    [" issue-42", "issue-42"],
    ["src/a.ts ", "src/a.ts"],
    ["src/*.ts\t", "src/*.ts"],
  ])("is taken without the space around it, and says so: %j", async (text, target) => {
    const { one, two } = await openApp("src/a.ts");
    const ran = await one.run("claim", text);
    expect(ran.out).toContain(` ${target}`);
    expect(ran.err).toBe(`Taken without the space around it: ${target}\n`);
    expect((await two.run("claims", "check", text)).code).toBe(3);
    expect(await one.json("release", text)).toMatchObject({ result: { released: [target], kept: [] } });
  });

  it("keeps the space where there is such a file", async () => {
    const { one } = await openApp("src/a b .ts", "src/c ");
    for (const path of ["src/a b .ts", "src/c "])
      expect(await one.json("claim", path)).toMatchObject({ result: { claim: { patterns: [path] } } });
    expect(await one.run("claim", " ")).toMatchObject({ code: 2, out: "" });
  });

  it.each(["src/[abc", "src/a[", "src/[]", "src/[a/b]", "src/[!]", "{a,b", "src/{a,{b,c}", "[a]b["])(
    "is refused with the reason where a bracket is not closed: %s",
    async (pattern) => {
      const { directory, one } = await openApp("a.ts");
      for (const argv of [["claim"], ["claims", "check"]]) {
        const ran = await one.run(...argv, pattern);
        expect(ran).toMatchObject({ code: 2, out: "" });
        expect(ran.err).toMatch(/has a [[{] without its [\]}]/);
      }
      mkdirSync(join(directory, pattern, ".."), { recursive: true });
      writeFileSync(join(directory, pattern), "");
      expect((await one.run("claim", pattern)).code).toBe(0);
    },
  );

  it.each(["app/[id]/page.tsx", "src/[a-z]*", "src/{a,b}.ts", "{{cookie}}/x", "src/[[]a", "a]b", "src/[]]"])(
    "is taken where every bracket is closed: %s",
    async (pattern) => {
      const { one } = await openApp("a.ts");
      expect((await one.run("claim", pattern)).code).toBe(0);
    },
  );
});

describe("claims check of what nobody else holds", () => {
  it("says so, in a pipe on one line, and is quiet for a commit", async () => {
    const { sandbox, directory, one } = await openApp("src/a.ts", "docs/b.md");
    expect(await one.print("claims", "check", "src/a.ts")).toBe("free: src/a.ts\n");
    expect(await one.print("claims", "check", "src/a.ts", "issue-1")).toBe("free: src/a.ts, issue-1\n");
    expect(await one.with({ isTerminal: true }).print("claims", "check", "issue-1")).toBe("free: issue-1\n");
    await sandbox.git(directory, "add", ".");
    expect(await one.print("claims", "check", "--staged")).toBe("");
  });

  it("looks at the file too, where a name may be a key or a file", async () => {
    const { one, two } = await openApp("docs/b.md");
    await one.print("claim", "./docs");
    expect((await two.run("claims", "check", "docs")).out).toContain("docs is held");
    await one.print("release", "--all");
    await one.print("claim", "work:docs");
    expect(await two.print("claims", "check", "docs")).toBe("free: docs, ./docs\n");
  });
});
