import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { describeGroups } from "../../scripts/manual/describe.ts";
import { pages } from "../../scripts/manual/pages.ts";
import { COMMANDS, GROUPS } from "../../src/cli/table.ts";
import { ROOT } from "../support/processes.ts";

const generated = await pages(manifest.version);
const commands = (await describeGroups()).flatMap((group) => group.commands);

function has(program: string): boolean {
  return (process.env.PATH ?? "").split(":").some((folder) => existsSync(join(folder, program)));
}

describe("the generated files", () => {
  it.each(Object.entries(generated))("are those of `npm run docs`: %s", (path, text) => {
    expect(readFileSync(join(ROOT, path), "utf8")).toBe(text);
  });

  it.each(commands)("describe $name, its options, its notes, its examples and its fields", (command) => {
    const page = generated["docs/commands.md"] ?? "";
    const section = page.split(`\n## ${command.name}\n`)[1]?.split("\n## ")[0] ?? "";
    for (const [flags] of command.options)
      expect(section).toContain(`| \`${flags.replaceAll("|", "\\|")}\` |`);
    for (const note of command.notes) expect(section).toContain(note);
    for (const example of command.examples) expect(section).toContain(`\n${example}\n`);
    expect(section).toContain(`JSON: \`${command.prints}\``);
  });

  it("leave out no command", () => {
    expect(commands.map(({ name }) => name)).toEqual(Object.keys(COMMANDS));
  });

  it("list the commands under the headings of --help, in the same order", () => {
    const page = generated["docs/commands.md"] ?? "";
    const order = GROUPS.flatMap((group) => [group.heading, ...Object.keys(group.commands)]);
    const contents = page.split("\n## ")[0]?.matchAll(/^\| (?:\[`(.+)`\].*?|(\w.*?)) \|/gm) ?? [];
    expect([...contents].map(([, command, heading]) => command ?? heading)).toEqual(order);
    const sections = [...page.matchAll(/^## (\S+)$/gm)].map(([, name]) => name);
    expect(sections).toEqual(Object.keys(COMMANDS));
  });
});

describe("the README", () => {
  it("lists commands in the order of --help, under the same headings", () => {
    const readme = readFileSync(join(ROOT, "README.md"), "utf8");
    const heads = [...readme.matchAll(/^\| (\w.*?) \| \|$/gm)].map(([, heading]) => heading);
    expect(heads.slice(0, GROUPS.length)).toEqual(GROUPS.map(({ heading }) => heading));
    const cells = [...readme.matchAll(/^\| (`.*?`) \| \D/gm)].map(([, cell = ""]) => cell);
    const named = cells.flatMap((cell) =>
      [...cell.matchAll(/(?:^|, )`([\w-]+)/g)].map(([, name = ""]) => name),
    );
    const listed = [...new Set(named)].filter((name) => Object.hasOwn(COMMANDS, name));
    expect(listed).toEqual(Object.keys(COMMANDS).filter((name) => listed.includes(name)));
    expect(listed.length).toBeGreaterThan(45);
  });
});

describe("the man page", () => {
  it("is shipped under both names of the program", () => {
    expect(manifest.man).toEqual(
      Object.keys(manifest.bin)
        .map((name) => `man/${name}.1`)
        .sort(),
    );
    expect(manifest.files).toContain("man");
  });

  it.skipIf(!has("mandoc"))("is clean for mandoc -Tlint", async () => {
    const page = join(ROOT, "man/git-hive.1");
    const lint = await promisify(execFile)("mandoc", ["-Tlint", page]).catch((error) => error);
    expect(lint.stdout).toBe("");
  });

  it("has no line that mandoc calls too long, and the date of a release", () => {
    const lines = (generated["man/git-hive.1"] ?? "").split("\n");
    expect(lines.filter((line) => line.length > 80 && !line.startsWith("."))).toEqual([]);
    expect(lines[1]).toMatch(/^\.TH GIT-HIVE 1 \d{4}-\d\d-\d\d /);
  });

  it("is ASCII, and no line is a roff request by accident", () => {
    const page = generated["man/git-hive.1"] ?? "";
    expect(page).toMatch(/^[\n -~]*$/);
    const requests = page.match(/^[.'].*$/gm) ?? [];
    expect(requests.filter((line) => !/^\.(?:\\"|TH|SH|SS|TP|PP|nf|fi)(?: |$)/.test(line))).toEqual([]);
  });

  it("describes the commands in the order of --help, with a section for each group", () => {
    const page = generated["man/git-hive.1"] ?? "";
    const told = [...page.matchAll(/^\.S([HS]) (.+)$/gm)].map(([, kind, title = ""]) =>
      kind === "H" ? title : (title.replaceAll("\\-", "-").split(" ")[1] ?? ""),
    );
    const order = GROUPS.flatMap(({ heading, commands }) => [
      heading.toUpperCase(),
      ...Object.keys(commands),
    ]);
    expect(told.slice(told.indexOf("OPTIONS") + 1, told.indexOf("EXIT STATUS"))).toEqual(order);
    const synopsis = [...page.matchAll(/^\\fBgit hive\\fR (\S+)/gm)].map(([, name]) =>
      name?.replaceAll("\\-", "-"),
    );
    expect(synopsis).toEqual(Object.keys(COMMANDS));
  });

  it.skipIf(!has("man"))("renders without a warning, and shows every command", async () => {
    const argv = ["--warnings", "--local-file", join(ROOT, "man/git-hive.1")];
    const env = { PATH: process.env.PATH, LC_ALL: "C.UTF-8", MANWIDTH: "200", MAN_KEEP_FORMATTING: "" };
    const { stdout, stderr } = await promisify(execFile)("man", argv, { env });
    expect(stderr).toBe("");
    for (const { name, examples } of commands) {
      expect(stdout).toMatch(new RegExp(`^ +git hive ${name}\\b`, "m"));
      for (const example of examples) expect(stdout).toContain(example);
    }
  });
});
