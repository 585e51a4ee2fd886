import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isPage } from "../../../src/dashboard/fill-page.ts";
import type { Dashboard } from "../../../src/domain/dashboard/dashboard.ts";
import { Console, errorOf } from "../../support/console.ts";
import { Sandbox } from "../../support/sandbox.ts";

const sandbox = new Sandbox();
const folder = sandbox.folder("pages");
const one = new Console(sandbox).with({ env: { HIVE_SESSION: "session-1" } });
const two = one.with({ env: { HIVE_SESSION: "session-2" } });
const here = one.with({ directory: folder });
const at = (name: string) => join(folder, name);
const stateIn = (page: string): Dashboard =>
  JSON.parse(/<script type="application\/json" id="state">(.*)<\/script>/.exec(page)?.[1] ?? "");

let hub: string;

beforeAll(async () => {
  hub = await sandbox.bareHub();
  await one.print("init", "--remote", hub);
  await one.print("register", "session-1", "--skill", "react");
  await two.print("register", "session-2", "--work", "Axes");
  await one.print("request", "session-2", "Please </script> help");
  await here.print("join", hub);
});
afterAll(() => sandbox.close());

describe("hive dashboard", () => {
  it("writes dashboard.html into the current folder, and writes over its own page", async () => {
    const out = await here.print("dashboard");
    expect(out).toBe(`${at("dashboard.html")}\n2 sessions, nothing waits for a person\n`);
    sandbox.clock.now += 90_000_000;
    expect(await here.print("dashboard")).toContain(
      "2 sessions, 1 request that no session is about to answer (first in the page)",
    );
    const state = stateIn(readFileSync(at("dashboard.html"), "utf8"));
    expect(state.unanswered).toMatchObject([{ from: "session-1", text: "Please </script> help" }]);
    expect(readdirSync(folder)).toEqual(["dashboard.html"]);
  });

  it("writes to the file that --out names, and prints its path with --quiet", async () => {
    expect(await here.print("dashboard", "-q", "--out", "x y.html")).toBe(`${at("x y.html")}\n`);
    expect(isPage(readFileSync(at("x y.html"), "utf8"))).toBe(true);
  });

  it("prints the page for --out -, and writes nothing", async () => {
    const out = await one
      .with({ directory: sandbox.folder("empty") })
      .print("dashboard", "--hub", hub, "--out", "-");
    expect(isPage(out)).toBe(true);
    expect(readdirSync(sandbox.folder("empty"))).toEqual([]);
  });

  it("prints the state of the page with --json, and writes a file only where --out names one", async () => {
    const printed = await one
      .with({ directory: sandbox.folder("empty") })
      .json<Dashboard>("dashboard", "--hub", hub);
    expect(printed.sessions.map(({ id }) => id)).toEqual(["session-1", "session-2"]);
    expect(readdirSync(sandbox.folder("empty"))).toEqual([]);
    const { file, ...state } = await here.json<Dashboard & { file: string }>("dashboard", "--out", "j.html");
    expect(file).toBe(at("j.html"));
    expect(stateIn(readFileSync(file, "utf8"))).toMatchObject(state);
  });

  it("opens the page with --open", async () => {
    const opened: string[] = [];
    const openFile = async (path: string) => opened.push(path) > 0;
    await here.with({ openFile }).print("dashboard", "--open");
    expect(opened).toEqual([at("dashboard.html")]);
    const { code, err } = await here.with({ openFile: async () => false }).run("dashboard", "--open");
    expect({ code, err }).toEqual({
      code: 0,
      err: `No program here opens it. Open it in a browser: ${at("dashboard.html")}\n`,
    });
  });

  it("shows a moment of the past with --at: a time, an operation, a commit", async () => {
    const own = sandbox.folder("then");
    const [ada, bob] = ["ada", "bob"].map((name) =>
      one.with({ directory: own, env: { HIVE_SESSION: name, TZ: "UTC" } }),
    ) as [Console, Console];
    sandbox.clock.now += 3_600_000;
    await ada.print("init", "--remote", await sandbox.bareHub("then"));
    await ada.print("register", "ada");
    sandbox.clock.now += 3_600_000;
    await bob.print("register", "bob");
    const { entries } = await ada.json<{ entries: { op: string; commit: string }[] }>("log");
    const shows = async (moment: string) => {
      const { sessions, at: then } = await ada.json<Dashboard>("dashboard", "--at", moment);
      return [sessions.map(({ id }) => id).join(), then];
    };
    const [now, before] = [sandbox.clock.now, sandbox.clock.now - 3_600_000].map((ms) =>
      new Date(ms).toISOString().replace(".000", ""),
    );
    expect(await shows("0h")).toEqual(["bob,ada", now]);
    expect(await shows("30m")).toEqual([
      "ada",
      new Date(sandbox.clock.now - 1_800_000).toISOString().replace(".000", ""),
    ]);
    expect(await shows(entries[1]?.op.slice(-8).toLowerCase() ?? "")).toEqual(["ada", before]);
    expect(await shows(entries[1]?.commit.slice(0, 9) ?? "")).toEqual(["ada", before]);
    expect(await shows(before ?? "")).toEqual(["ada", before]);
    expect(errorOf(await ada.run("--json", "dashboard", "--at", "5h"))).toMatchObject({
      code: "nothing_then",
      message: expect.stringMatching(/^Nothing had landed at .*: the first operation is of /),
    });
    expect((await ada.run("dashboard", "--at", "soonish")).code).toBe(2);
  });

  it("says in the page that the hub was not asked, and since when this host knows the state", async () => {
    expect(stateIn(await here.print("dashboard", "--out", "-"))).toMatchObject({
      outdated: null,
      seen_at: null,
    });
    const gone = here.with({ env: { HIVE_HUB: `file://${hub}` } });
    await gone.print("sync");
    const seenAt = stateIn(await gone.print("dashboard", "--offline", "--out", "-")).seen_at;
    expect(seenAt).toMatch(/^\d{4}-.*Z$/);
  });
});

describe("hive dashboard --markdown, --badge and --redact", () => {
  const own = sandbox.folder("forms");
  const there = one.with({ directory: own });
  const read = (name: string) => readFileSync(join(own, name), "utf8");
  beforeAll(() => there.print("join", hub));

  it("writes no page where only another form is asked for, and prints the one that is -", async () => {
    const out = await there.print("dashboard", "--badge", "b.svg", "--markdown", "-");
    expect(out).toMatch(/^<!-- git-hive dashboard -->\n\n## \d alive, 1 open\n/);
    expect(out).toContain("Please </script> help");
    expect(read("b.svg")).toContain("<title>git-hive: ");
    expect(readdirSync(own)).toEqual(["b.svg"]);
  });

  it("writes each form that is named, writes over its own, and says with --json where they are", async () => {
    const argv = ["--out", "p.html", "--badge", "b.svg", "--markdown", "s.md"];
    for (let times = 0; times < 2; times++)
      expect(await there.json("dashboard", ...argv)).toMatchObject({
        ...{ file: join(own, "p.html"), badge: join(own, "b.svg"), markdown: join(own, "s.md") },
      });
    expect(readdirSync(own).sort()).toEqual(["b.svg", "p.html", "s.md"]);
  });

  it.each<[string, readonly string[], string]>([
    ["a page by a badge", ["--badge", "p.html"], "not_a_dashboard"],
    ["a badge by a summary", ["--markdown", "b.svg", "--badge", "new.svg"], "not_a_dashboard"],
    ["one form by another", ["--markdown", "same", "--badge", "same"], "usage"],
    ["nothing, but would print two forms", ["--markdown", "-", "--badge", "-"], "usage"],
    ["nothing, but would print beside JSON", ["--badge", "-"], "usage"],
    ["nothing, but serves", ["--serve", "--redact"], "usage"],
  ])("never replaces %s", async (_, argv, code) => {
    await there.print("dashboard", "--out", "p.html", "--badge", "b.svg");
    const before = [read("p.html"), read("b.svg")];
    expect(errorOf(await there.run("--json", "dashboard", ...argv))).toMatchObject({ code });
    expect([read("p.html"), read("b.svg")]).toEqual(before);
    expect(existsSync(join(own, "new.svg"))).toBe(false);
  });

  it("leaves out with --redact what others wrote, and the past, in every form", async () => {
    await there.print("dashboard", "--redact", "--out", "p.html", "--markdown", "s.md");
    for (const text of [read("p.html"), read("s.md"), await there.print("dashboard", "--redact", "--json")])
      expect(text).not.toMatch(/Please|Axes/);
    expect(read("p.html")).toContain('data-steps="0"><');
    expect(stateIn(read("p.html"))).toMatchObject({ redacted: true });
    expect(await there.print("dashboard", "--out", "-")).not.toContain('data-steps="0"');
  });
});

describe("hive dashboard writes over nothing else", () => {
  it.each<[string, string, () => void]>([
    ["a file of the user's", "notes.html", () => writeFileSync(at("notes.html"), "<!doctype html>\n<p>Mine")],
    ["an empty file", "empty.html", () => writeFileSync(at("empty.html"), "")],
    ["a folder", "folder", () => mkdirSync(at("folder"))],
    ["a link to a file of the user's", "link.html", () => symlinkSync(at("notes.html"), at("link.html"))],
    ["a device", "/dev/null", () => undefined],
  ])("%s", async (_, name, make) => {
    make();
    const before = existsSync(at("notes.html")) ? readFileSync(at("notes.html"), "utf8") : "";
    const ran = await here.run("dashboard", "--json", "--out", name);
    expect(ran.code).toBe(1);
    expect(errorOf(ran)).toMatchObject({ code: "not_a_dashboard" });
    expect(readFileSync(at("notes.html"), "utf8")).toBe(before);
  });

  it("says why where no file can be made", async () => {
    const ran = await here.run("dashboard", "--json", "--out", "missing/x.html");
    expect(errorOf(ran)).toMatchObject({
      code: "page_not_written",
      message: expect.stringContaining("ENOENT"),
    });
  });

  it.each([["--json"], ["--open"]])("does not print the page with %s", async (option) => {
    expect((await here.run("dashboard", "--out", "-", option)).code).toBe(2);
  });
});
