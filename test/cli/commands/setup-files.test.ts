import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NOTES } from "../../../src/domain/coding-tools/notes.ts";
import { Host } from "../../../src/store/host/state-directory.ts";
import { errorOf } from "../../support/console.ts";
import { openUserProject } from "../../support/user-project.ts";

const SETTINGS = ".claude/settings.json";

function open() {
  const { project, console, path, ...rest } = openUserProject();
  const read = (name: string) => readFileSync(path(name));
  const setUp = (...words: string[]) => console.print("setup", ...words);
  /** Every file of the project with its bytes, every link with its end, every folder. */
  const picture = (folder = project): Record<string, string> =>
    Object.fromEntries(
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .sort()
        .map((name) => {
          const found = lstatSync(join(folder, name));
          if (found.isSymbolicLink()) return [name, `link to ${readlinkSync(join(folder, name))}`];
          const bytes = found.isFile() ? readFileSync(join(folder, name)).toString("base64") : "folder";
          return [name, `${found.mode.toString(8)} ${bytes}`];
        }),
    );
  return { ...rest, project, console, path, read, setUp, picture };
}

describe("notes in any encoding", () => {
  const TEXT = "# Règles\r\nof the “house”\nno end";
  const utf16be = (text: string) => Buffer.from(text, "utf16le").swap16();

  it.each([
    ["Latin-1", Buffer.from("R\xe8gles: caf\xe9\n", "latin1"), "latin1"],
    ["Windows-1252", Buffer.from("Quote \x93x\x94", "latin1"), "latin1"],
    ["UTF-8 with a mark and CRLF", Buffer.from("\ufeffRules\r\n"), "utf8"],
    ["UTF-16", Buffer.from(`\ufeff${TEXT}`, "utf16le"), "utf16le"],
    ["UTF-16 without a mark", Buffer.from(TEXT, "utf16le"), "utf16le"],
    ["UTF-16, big end first", utf16be(`\ufeff${TEXT}`), "utf16be"],
    ["UTF-16, big end first, without a mark", utf16be(TEXT), "utf16be"],
  ])("keep the user's bytes and are in the same: %s", async (_, before, encoding) => {
    const { write, read, setUp } = open();
    write("CLAUDE.md", before);
    await setUp("claude");
    const noted = read("CLAUDE.md");
    expect(noted.subarray(0, before.length)).toEqual(before);
    const added = Buffer.from(noted.subarray(before.length));
    const text =
      encoding === "utf16be" ? added.swap16().toString("utf16le") : added.toString(encoding as "utf8");
    expect(text.replaceAll("\r\n", "\n").trim()).toBe(NOTES);
    await setUp("claude");
    expect(read("CLAUDE.md")).toEqual(noted);
    await setUp("claude", "--remove");
    expect(read("CLAUDE.md")).toEqual(before);
  });

  it("are given back for any bytes, also where this host has lost the original", async () => {
    const { write, read, setUp, sandbox, path } = open();
    const bytes = fc.oneof(
      fc
        .uint8Array({ minLength: 1, maxLength: 40 })
        .filter(([one, two]) => (one ?? 0) + (two ?? 0) !== 0x1fd),
      fc.string({ minLength: 1, unit: "binary" }).map((text) => Buffer.from(text, "utf16le")),
      fc
        .array(fc.constantFrom("a", "\r\n", "\n", "\r", " "), { minLength: 1 })
        .map((parts) => Buffer.from(parts.join(""))),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.boolean(), async (given, isLost) => {
        rmSync(path("CLAUDE.md"), { force: true });
        write("CLAUDE.md", given);
        await setUp("claude");
        const once = read("CLAUDE.md");
        await setUp("claude");
        expect(read("CLAUDE.md")).toEqual(once);
        if (isLost) rmSync(join(sandbox.directory, "hosts"), { recursive: true, force: true });
        await setUp("claude", "--remove");
        expect(read("CLAUDE.md")).toEqual(Buffer.from(given));
      }),
      { numRuns: 20 },
    );
  });
});

describe("files with several names", () => {
  const NAMES = ["CLAUDE.md", "AGENTS.md", "GEMINI.md"];
  const TOOLS = ["claude", "codex", "gemini"];

  async function takeOut(order: readonly string[], link: (target: string, path: string) => void) {
    const { write, path, read, setUp, picture, console } = open();
    write("CLAUDE.md", "# House rules\nUse tabs.");
    for (const name of NAMES.slice(1)) link(path("CLAUDE.md"), path(name));
    chmodSync(path("CLAUDE.md"), 0o600);
    const before = picture();
    for (const tool of TOOLS) await setUp(tool);
    for (const [index, tool] of order.entries()) {
      for (const name of NAMES) expect(read(name).toString().split("git-hive: begin").length).toBe(2);
      for (const left of order.slice(index))
        expect(await console.json("setup", left, "--check")).not.toHaveProperty("next");
      await setUp(tool, "--remove");
    }
    expect(picture()).toEqual(before);
  }

  it.each([
    ["links", (target: string, path: string) => symlinkSync(target.replace(/.*\//, ""), path)],
    ["hard links", linkSync],
  ])("have one block for all tools, until the last is taken out: %s", async (_, link) => {
    for (const order of [TOOLS, TOOLS.toReversed()]) await takeOut(order, link);
  });

  it("stay several names of one file", async () => {
    const { write, path, read, setUp } = open();
    write("house.md", "# House rules\n");
    linkSync(path("house.md"), path("CLAUDE.md"));
    await setUp("claude");
    expect(statSync(path("house.md")).ino).toBe(statSync(path("CLAUDE.md")).ino);
    expect(read("house.md")).toEqual(read("CLAUDE.md"));
  });
});

describe("set-up beside something odd", () => {
  it.each([
    [
      "a link that leads nowhere",
      /leads nowhere/,
      ({ path }: Odd) => symlinkSync(path("nowhere"), path(SETTINGS)),
    ],
    ["a link to itself", /leads nowhere/, ({ path }: Odd) => symlinkSync("settings.json", path(SETTINGS))],
    ["a folder in the place of the settings", /is a folder/, ({ path }: Odd) => mkdirSync(path(SETTINGS))],
    ["a folder in the place of the notes", /is a folder/, ({ path }: Odd) => mkdirSync(path("CLAUDE.md"))],
    [
      "notes that lead nowhere",
      /leads nowhere/,
      ({ path }: Odd) => symlinkSync("gone.md", path("CLAUDE.md")),
    ],
    [
      "settings in UTF-16",
      /not in UTF-8/,
      ({ write }: Odd) => write(SETTINGS, Buffer.from("\ufeff{}", "utf16le")),
    ],
    [
      "settings in Latin-1",
      /not in UTF-8/,
      ({ write }: Odd) => write(SETTINGS, Buffer.from('{"a":"\xe9"}', "latin1")),
    ],
    [
      "hooks turned off",
      /turns off all hooks \(disableAllHooks: true\)/,
      ({ write }: Odd) => write(SETTINGS, '{"disableAllHooks": true}'),
    ],
    [
      "hooks turned off for one user",
      /settings\.local\.json turns off/,
      ({ write }: Odd) => write(".claude/settings.local.json", '{"disableAllHooks": true}'),
    ],
    [
      "an event twice",
      /has "Stop" twice/,
      ({ write }: Odd) => write(SETTINGS, '{"hooks": {"Stop": [], "Stop": []}}'),
    ],
    ["a setting twice", /has "a" twice/, ({ write }: Odd) => write(SETTINGS, '{"a": 1, "a": 2}')],
  ])("says so, and changes nothing: %s", async (_, message, prepare) => {
    const odd = open();
    mkdirSync(odd.path(".claude"));
    prepare(odd);
    const before = odd.picture();
    const ran = await odd.console.run("--json", "setup", "claude");
    expect([ran.code, errorOf(ran).message]).toEqual([5, expect.stringMatching(message)]);
    expect(errorOf(ran).message).toContain("Nothing was changed.");
    expect(odd.picture()).toEqual(before);
  });

  it("is possible with a file that has its own indentation, and a folder that is a link", async () => {
    const { write, path, read, setUp, sandbox, picture } = open();
    const elsewhere = sandbox.folder("dotfiles");
    symlinkSync(elsewhere, path(".claude"));
    write(SETTINGS, '{\n\t"model": "m"\n}\n');
    chmodSync(path(SETTINGS), 0o600);
    const before = [picture(), picture(elsewhere)];
    await setUp("claude");
    expect(read(SETTINGS).toString()).toMatch(/^\{\n\t"model": "m",\n\t"hooks": \{\n\t\t"/);
    expect(statSync(path(SETTINGS)).mode & 0o777).toBe(0o600);
    await setUp("claude", "--remove");
    expect([picture(), picture(elsewhere)]).toEqual(before);
  });

  it("that is in no encoding is refused, because it could not be told apart afterwards", async () => {
    const { write, console, read } = open();
    for (const more of ["", "ab"]) {
      const bytes = Buffer.from(`\xff\xfea${more}`, "latin1");
      write("CLAUDE.md", bytes);
      const ran = await console.run("--json", "setup", "claude");
      if (ran.code !== 0) expect(errorOf(ran).message).toContain("in no encoding that is known");
      else await console.print("setup", "claude", "--remove");
      expect(read("CLAUDE.md")).toEqual(bytes);
    }
  });

  it.each(["setup", "removal"])(
    "gives everything back where the second file cannot be written: %s",
    async (what) => {
      const { write, path, setUp, picture, console, sandbox } = open();
      write("CLAUDE.md", "# Mine\n");
      if (what === "removal") await setUp("claude");
      const { env, home } = sandbox.host("a", {});
      const place = new Host(env, home).keptFile(path(what === "removal" ? SETTINGS : "CLAUDE.md"));
      rmSync(place, { force: true });
      mkdirSync(join(place, "in-the-way"), { recursive: true });
      const before = picture();
      const words = what === "removal" ? ["--remove"] : [];
      expect(await console.run("setup", "claude", ...words)).toMatchObject({ code: 1 });
      expect(picture()).toEqual(before);
    },
  );
});

type Odd = ReturnType<typeof open>;

it("settings of one user alone are not committed, and leave nothing behind", async () => {
  const { sandbox, project, setUp, picture, console, path } = open();
  await sandbox.git(project, "init", "--quiet");
  const before = picture();
  await setUp("claude", "--local");
  expect(existsSync(path(".claude/settings.local.json"))).toBe(true);
  expect(await sandbox.git(project, "status", "--porcelain", "--untracked-files=all")).toBe("");
  expect(await console.json("setup", "claude", "--local", "--check")).not.toHaveProperty("next");
  expect(await console.json("setup", "claude", "--local")).toMatchObject({
    files: [{ change: "unchanged" }, { change: "unchanged" }],
  });
  await setUp("claude", "--local", "--remove");
  expect(picture()).toEqual(before);
});
