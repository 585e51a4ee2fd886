import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderAnnotations } from "../../../src/cli/render/annotations.ts";
import { renderFinding, renderSummary } from "../../../src/cli/render/findings.ts";
import type { Finding } from "../../../src/domain/values/finding.ts";
import { aProfile } from "../../support/builders.ts";
import { Console, errorOf } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commitByHand } from "../../support/hand-commit.ts";
import { hostileText } from "../../support/hostile.ts";
import { hubWith } from "../../support/hub-with.ts";
import { Sandbox } from "../../support/sandbox.ts";
import { isOneVisibleLine, isSafeToShow } from "../../support/unsafe.ts";

const THIRD = "coordination/SESSIONS/session-3.json";
const BROKEN = JSON.stringify({ ...aProfile({ id: "session-3" }), name: 3 }, null, 2);

const sandbox = new Sandbox();
let hub: string;
let checkout: string;
let here: Console;

beforeAll(async () => {
  hub = await hubWith(sandbox, "session-1", "session-2");
  checkout = sandbox.folder("checkout");
  await sandbox.git(checkout, "clone", "--quiet", hub, ".");
  here = new Console(sandbox, { directory: sandbox.folder("checkout", "deep", "inside") });
});
afterAll(() => sandbox.close());

/** Runs with a broken profile in the checkout, and removes it afterwards. */
async function withBroken(...argv: string[]) {
  writeFileSync(join(checkout, THIRD), BROKEN);
  try {
    return await here.run(...argv);
  } finally {
    await sandbox.git(checkout, "clean", "-fdq", "coordination");
  }
}

describe("hive validate", () => {
  it("checks the files of the current checkout, and asks no hub", async () => {
    expect(await here.run("validate")).toEqual({
      code: 0,
      out: expect.stringMatching(/^no findings in \d+ files: .*checkout, files on disk\n$/),
      err: "",
    });
    expect(await withBroken("validate")).toEqual({
      code: 5,
      out: expect.stringMatching(
        /^coordination\/SESSIONS\/session-3\.json:3:3: name is a number; expected a text \[schema\]\n1 finding in /,
      ),
      err: "",
    });
  });

  it("checks a commit of the checkout, not its files on disk", async () => {
    expect((await withBroken("validate", "HEAD")).code).toBe(0);
    const id = (await sandbox.git(checkout, "rev-parse", "HEAD")).slice(0, 8);
    expect((await here.run("validate", id)).out).toContain(`${id}\n`);
  });

  it("checks a range of the checkout", async () => {
    const { code, out } = await here.run("validate", "HEAD~1..HEAD");
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("HEAD~1..HEAD\n") });
  });

  it("checks a worktree, whose repository is elsewhere", async () => {
    const path = join(sandbox.directory, "worktree");
    await sandbox.git(checkout, "worktree", "add", "--quiet", path);
    const there = new Console(sandbox, { directory: path });
    for (const target of [[], ["HEAD~1..HEAD"]])
      expect((await there.run("validate", ...target)).code).toBe(0);
  });

  it("does not change the checkout", async () => {
    const before = await sandbox.git(checkout, "status", "--porcelain", "--ignored");
    await here.run("validate");
    await here.run("validate", "HEAD~2..");
    expect(await sandbox.git(checkout, "status", "--porcelain", "--ignored")).toBe(before);
  });

  it("checks the chosen hub outside a checkout, and the hub of --hub also in a checkout", async () => {
    const elsewhere = new Console(sandbox, { env: { HIVE_HUB: hub } });
    expect((await elsewhere.run("validate")).out).toContain(`${hub}, newest state\n`);
    expect((await here.run("validate", "--hub", hub)).out).toContain(`${hub}, newest state\n`);
    expect((await elsewhere.run("validate", "main~1..main")).code).toBe(0);
  });

  it("checks a checkout without settings", async () => {
    const broken = openSandbox();
    const folder = broken.folder("checkout");
    await broken.git(folder, "clone", "--quiet", hub, ".");
    await broken.git(folder, "rm", "--quiet", "coordination/hive.yaml");
    const { code, out } = await new Console(broken, { directory: folder }).run("validate");
    expect({ code, out }).toEqual({
      code: 5,
      out: expect.stringMatching(/^coordination\/hive\.yaml:1:1: .*\[missing\]\n/),
    });
  });

  it("prints one JSON document, and ends with 5 where it has findings", async () => {
    for (const flags of [["--json"], ["--format", "json"], ["--format", "json", "--quiet"]]) {
      const { code, out } = await withBroken("validate", ...flags);
      expect(code).toBe(5);
      expect(out).toMatch(/^[^\n]+\n$/);
      expect(JSON.parse(out)).toEqual({
        files: expect.any(Number),
        findings: [
          { path: THIRD, line: 3, column: 3, rule: "schema", message: "name is a number; expected a text" },
        ],
        subject: expect.any(String),
        warnings: [],
      });
    }
  });

  it("warns of what looks like a secret without repeating it, and the hub stays valid", async () => {
    const own = await hubWith(openSandbox(), "session-1");
    const console = new Console(sandbox).with({ env: { HIVE_SESSION: "session-1", HIVE_HUB: own } });
    const text = "Log in,\nthe password is hunter2x";
    await console.print("broadcast", text, "--force");
    const place = /coordination\/MESSAGES\/[\w/]+\.md/;
    const told = await console.run("validate", "--hub", own);
    expect(told).toMatchObject({ code: 0, out: expect.stringMatching(/^warning: coordination\/MESSAGES\//) });
    expect(told.out).toMatch(/\(named-secret\).* \[secret\]\nno findings, 1 warning in /);
    const { out } = await console.run("validate", "--hub", own, "HEAD~1..HEAD", "--format", "github");
    expect(out).toMatch(/^::warning file=coordination\/MESSAGES\//);
    const json = await console.json("validate", "--hub", own);
    expect(json).toMatchObject({
      findings: [],
      warnings: [{ path: expect.stringMatching(place), rule: "secret" }],
    });
    for (const printed of [told.out, out, JSON.stringify(json)]) expect(printed).not.toContain("hunter2x");
  });

  it("prints annotations for a workflow run", async () => {
    const { code, out } = await withBroken("validate", "--format", "github");
    expect(code).toBe(5);
    expect(out).toMatch(
      /^::error file=coordination\/SESSIONS\/session-3\.json,line=3,col=3,title=git-hive schema::name is a number; expected a text\n/,
    );
  });

  it("appends a summary to the given file", async () => {
    const path = join(sandbox.directory, "summary.md");
    writeFileSync(path, "# Before\n");
    await withBroken("validate", "--summary", path);
    expect(readFileSync(path, "utf8")).toMatch(
      /^# Before\n1 finding in .*\n\n```text\ncoordination\/.*\n```\n$/,
    );
  });

  it("with --quiet prints only findings", async () => {
    expect((await here.run("validate", "--quiet")).out).toBe("");
    expect((await withBroken("validate", "--quiet")).out).toMatch(/^coordination[^\n]+\n$/);
  });

  it.each([
    ["a commit that is not there", ["validate", "nothing"], 2, "unknown_commit"],
    ["an id that is not there", ["validate", "1".repeat(40)], 2, "unknown_commit"],
    ["an option for git", ["validate", "--", "--output=x"], 2, "unknown_commit"],
    ["two lines", ["validate", "HEAD\nHEAD"], 2, "usage"],
    ["nothing", ["validate", ""], 2, "usage"],
    ["four dots", ["validate", "HEAD~1....HEAD"], 2, "usage"],
    ["two ranges", ["validate", "HEAD~2..HEAD~1..HEAD"], 2, "usage"],
    ["a format that it does not have", ["validate", "--format", "xml"], 2, "usage"],
    ["two formats", ["validate", "--format", "github", "--json"], 2, "usage"],
    ["a summary in a missing folder", ["validate", "--summary", "/nowhere/x"], 1, "system"],
  ])("refuses %s", async (_, argv, exit, code) => {
    const ran = await here.run(...argv.slice(0, 1), "--json", ...argv.slice(1));
    expect({ exit: ran.code, code: errorOf(ran).code }).toEqual({ exit, code });
  });

  it("makes text of other sessions visible on the terminal", async () => {
    const hostile = openSandbox();
    const own = await hubWith(hostile, "session-1");
    const path = '"coordination/SESSIONS/\\033[31m::error::x.json"';
    await commitByHand(hostile, own, [
      { path, content: "{" },
      { path: "coordination/taxonomy.yaml", content: "ui: 3\n" },
    ]);
    for (const format of ["text", "github"]) {
      const ran = await new Console(hostile, { env: { HIVE_HUB: own } }).run("validate", "--format", format);
      expect(ran.code).toBe(5);
      expect(isSafeToShow(ran.out)).toBe(true);
      expect(ran.out).not.toMatch(/^::error::x/m);
    }
  });
});

/** How the runner reads a line of output: version 2 at its trimmed start, version 1 anywhere (actions/runner). */
function commandsIn(
  line: string,
): { command: string; properties: Record<string, string>; data: string } | undefined {
  const [, command = "", list = "", data = ""] = /^\s*::([^ :]+)(?: (.*?))?::(.*)$/s.exec(line) ?? [];
  if (command === "") return undefined;
  const decode = (text: string) =>
    [
      ["%0D", "\r"],
      ["%0A", "\n"],
      ["%3A", ":"],
      ["%2C", ","],
      ["%25", "%"],
    ].reduce((decoded, [from = "", to = ""]) => decoded.replaceAll(from, to), text);
  const pairs = list.split(",").map((pair) => pair.split(/=(.*)/s).slice(0, 2).map(decode));
  return { command, properties: Object.fromEntries(pairs), data: decode(data) };
}

const anyFinding: fc.Arbitrary<Finding> = fc.record({
  path: hostileText.map((text) => `coordination/${text}`),
  line: fc.nat(),
  column: fc.nat(),
  rule: fc.constantFrom("schema", "name"),
  message: hostileText,
});

describe("a finding with any quoted text", () => {
  it("is one line of text", () => {
    return fc.assert(
      fc.property(anyFinding, (finding) => {
        expect(isOneVisibleLine(renderFinding(finding))).toBe(true);
      }),
    );
  });

  it("is one command for the runner, with its path and line", () => {
    return fc.assert(
      fc.property(fc.array(anyFinding, { minLength: 1, maxLength: 10 }), (findings) => {
        const lines = renderAnnotations(findings);
        expect(lines).toHaveLength(findings.length);
        for (const [index, line] of lines.entries()) {
          expect(line).not.toMatch(/[\r\n]/);
          expect(isSafeToShow(line)).toBe(true);
          expect(commandsIn(line)).toMatchObject({
            command: "error",
            properties: { line: String(findings[index]?.line), col: String(findings[index]?.column) },
          });
          expect(Object.keys(commandsIn(line)?.properties ?? {})).toEqual(["file", "line", "col", "title"]);
        }
      }),
    );
  });

  it("does not leave its block in a summary", () => {
    return fc.assert(
      fc.property(fc.array(anyFinding, { minLength: 1, maxLength: 5 }), (findings) => {
        const lines = renderSummary("Found", findings).split("\n");
        const fence = lines[2]?.replace("text", "") ?? "";
        expect(fence).toMatch(/^`{3,}$/);
        const inside = lines.slice(3, -2);
        expect(inside).toHaveLength(findings.length);
        expect(inside.some((line) => line.includes(fence))).toBe(false);
        expect(lines.at(-2)).toBe(fence);
      }),
    );
  });
});

describe("more findings than GitHub shows", () => {
  const many = Array.from({ length: 12 }, (_, index) => ({
    path: "coordination/x",
    line: index + 1,
    column: 1,
    rule: "name",
    message: "x",
  }));

  it("are nine, and the number of the others", () => {
    const lines = renderAnnotations(many);
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toContain("and 3 more findings");
    expect(renderAnnotations(many.slice(0, 10))).toHaveLength(10);
  });

  it("are cut in a summary before GitHub refuses it", () => {
    const summary = renderSummary("Found", Array(20_000).fill({ ...many[0], message: "m".repeat(100) }));
    expect(Buffer.byteLength(summary)).toBeLessThan(1_000_000);
    expect(summary).toMatch(/\nand \d+ more\n$/);
  });
});
