import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NOTES } from "../../../src/domain/coding-tools/notes.ts";
import { TOOL_NAMES } from "../../../src/domain/coding-tools/table.ts";
import { TOOLS } from "../../../src/domain/coding-tools/tools.ts";
import { onPath } from "../../support/agent.ts";
import { errorOf } from "../../support/console.ts";
import { openUserProject } from "../../support/user-project.ts";

const SETTINGS = {
  claude: ".claude/settings.json",
  codex: ".codex/hooks.json",
  gemini: ".gemini/settings.json",
  cursor: ".cursor/hooks.json",
  copilot: ".github/hooks/git-hive.json",
  opencode: ".opencode/plugin/git-hive.js",
};
const FOREIGN = `{
    // mine
    "model": "m-1",
    "hooks": {
        "Stop": [{ "hooks": [{"type": "command", "command": "say done"}] }], // and this
        "PreToolUse": [
            {"matcher": "Bash", "hooks": [{"type": "command", "command": "guard"}]}
        ]
    },
    "permissions": { "allow": ["Bash(hive:*)"] }
}`;

/** The same without comments, which Claude Code does not take. */
const PLAIN = FOREIGN.replaceAll(/ *\/\/.*$/gm, "");

function open() {
  const { console, path, ...project } = openUserProject();
  return {
    ...project,
    console,
    path,
    read: (name: string) => readFileSync(path(name), "utf8"),
    setUp: (tool = "claude") => console.print("setup", tool),
    remove: () => console.print("setup", "claude", "--remove"),
  };
}

/** The files of instructions that are not AGENTS.md. */
const NOTES_FILES: Readonly<Record<string, string>> = { claude: "CLAUDE.md", gemini: "GEMINI.md" };

describe.each(TOOL_NAMES)("hive setup %s", (tool) => {
  it("writes its hooks and its notes, and nothing the second time", async () => {
    const { console, read, path } = open();
    await console.print("setup", tool);
    const first = read(SETTINGS[tool]);
    const { plugin, hooks } = TOOLS[tool];
    if (plugin !== undefined) expect(first).toBe(plugin);
    for (const [event, entry] of Object.entries(hooks.events))
      expect((JSON.parse(first) as { hooks: object }).hooks).toMatchObject({ [event]: [entry] });
    expect(read(NOTES_FILES[tool] ?? "AGENTS.md")).toBe(`${NOTES}\n`);
    const again = await console.json<{ files: { change: string }[] }>("setup", tool);
    expect(new Set(again.files.map(({ change }) => change))).toEqual(new Set(["unchanged"]));
    expect(read(SETTINGS[tool])).toBe(first);
    expect(existsSync(path(".git/hooks"))).toBe(false);
  });

  it("leaves nothing after --remove", async () => {
    const { console, project } = open();
    await console.print("setup", tool);
    await console.print("setup", tool, "--remove");
    expect(readdirSync(project)).toEqual([".git"]);
  });

  it("reports with --check whether it is set up, and the next step", async () => {
    const { console } = open();
    const before = await console.run("setup", tool, "--check");
    expect(before).toMatchObject({ code: 1, out: expect.stringContaining(`Next: hive setup ${tool}\n`) });
    await console.print("setup", tool);
    expect(await console.json("setup", tool, "--check")).not.toHaveProperty("next");
  });

  it("says that the hooks do nothing before a hub is chosen, and what they do then", async () => {
    const { console, sandbox } = open();
    const promise = "a session registers itself";
    for (const argv of [[], ["--check"]]) {
      const said = await console.print("setup", tool, ...argv);
      expect(said).toContain("No hub was chosen for this project yet");
      expect(said).toContain("hive join <url>");
      expect(said).not.toContain(promise);
      expect(await console.json("setup", tool, ...argv)).toMatchObject({ hub_chosen: false });
    }
    await console.print("init", "--remote", await sandbox.bareHub());
    expect(await console.print("setup", tool)).toContain(promise);
    expect(await console.print("setup", tool, "--check")).not.toContain("No hub");
  });

  it("prints with --print what it would write", async () => {
    const { console, project } = open();
    const { settings, plugin } = await console.json<{ settings: { hooks?: object }; plugin?: string }>(
      "setup",
      tool,
      "--print",
    );
    expect(Object.keys(settings.hooks ?? {})).toEqual(Object.keys(TOOLS[tool].hooks.events));
    expect(plugin).toBe(TOOLS[tool].plugin);
    expect(readdirSync(project)).toEqual([".git"]);
  });
});

describe("existing settings", () => {
  it("keep every other byte, in order and with comments", async () => {
    const { write, read, setUp } = open();
    write(SETTINGS.gemini, FOREIGN);
    await setUp("gemini");
    const text = read(SETTINGS.gemini);
    for (const line of FOREIGN.split("\n").slice(1, 4)) expect(text).toContain(line);
    const kept = text.split("\n").filter((line) => FOREIGN.includes(line.trim()));
    expect(kept.join("\n")).toContain("// and this");
    expect(text.indexOf('"model"')).toBeLessThan(text.indexOf('"hooks"'));
    expect(text.indexOf('"hooks"')).toBeLessThan(text.indexOf('"permissions"'));
    expect(text).toContain('"command": "say done"');
  });

  it("are restored by --remove, byte for byte", async () => {
    const { write, read, setUp, remove } = open();
    write(SETTINGS.claude, PLAIN);
    write("CLAUDE.md", "# Mine\r\nno end of line");
    await setUp();
    await setUp();
    await remove();
    expect([read(SETTINGS.claude), read("CLAUDE.md")]).toEqual([PLAIN, "# Mine\r\nno end of line"]);
  });

  it("keep later additions", async () => {
    const { write, read, setUp, remove } = open();
    write(SETTINGS.claude, PLAIN);
    await setUp();
    write(SETTINGS.claude, read(SETTINGS.claude).replace('"m-1"', '"m-2"'));
    write("CLAUDE.md", `# New\n\n${read("CLAUDE.md")}More\n`);
    await remove();
    expect(read(SETTINGS.claude)).toBe(PLAIN.replace('"m-1"', '"m-2"'));
    expect(read("CLAUDE.md")).toBe("# New\nMore\n");
  });

  it("get hooks of an older version replaced", async () => {
    const { write, read, console } = open();
    const old = { hooks: [{ type: "command", command: "hive hook claude" }] };
    write(SETTINGS.claude, JSON.stringify({ hooks: { Stop: [old], PreCompact: [old] } }));
    expect(await console.run("setup", "claude", "--check")).toMatchObject({
      out: expect.stringContaining("outdated: "),
    });
    await console.print("setup", "claude");
    const { hooks } = JSON.parse(read(SETTINGS.claude)) as { hooks: Record<string, unknown[]> };
    expect([hooks.Stop?.length, hooks.PreCompact]).toEqual([1, undefined]);
  });

  it.each([
    ['{\n  "a": 1,\n  oops\n}', /settings\.json:3 does not parse/],
    ["[]", /does not contain a JSON object/],
    ['{"hooks": []}', /has "hooks" that is not an object/],
    ['{"hooks": {"Stop": {}}}', /has "hooks\.Stop" that is not a list/],
    ['{"hooks": {}, "hooks": {"Stop": []}}', /has "hooks" twice/],
    ['{"a": 1,}', /does not parse/],
    ['{"a": 1} // mine', /has comments, so the tool ignores all of it/],
    ['\ufeff{/* mine */ "hooks": {}}', /has comments/],
  ])("are not changed where they are invalid: %s", async (text, message) => {
    const { write, read, console, path } = open();
    write(SETTINGS.claude, text);
    const ran = await console.run("--json", "setup", "claude");
    expect([ran.code, errorOf(ran).code, errorOf(ran).message]).toEqual([
      5,
      "bad_settings",
      expect.stringMatching(message),
    ]);
    expect(read(SETTINGS.claude)).toBe(text);
    expect(existsSync(path("CLAUDE.md"))).toBe(false);
  });

  it("stay links, and keep their permissions", async () => {
    const { write, path, read, setUp } = open();
    write("AGENTS.md", "# Shared\n");
    chmodSync(path("AGENTS.md"), 0o640);
    symlinkSync("AGENTS.md", path("CLAUDE.md"));
    await setUp();
    expect(read("AGENTS.md")).toBe(`# Shared\n\n${NOTES}\n`);
    expect(statSync(path("AGENTS.md")).mode & 0o777).toBe(0o640);
    expect(readFileSync(path("CLAUDE.md"), "utf8")).toBe(read("AGENTS.md"));
  });
});

const INSTALL = "npm ci && npm install --global . (in a clone of git-hive)";

describe("the call of the hooks", () => {
  it.each([
    ["git-hive", 'echo "git-hive 9.9.9"', 0, undefined],
    ["another program", "exit 1", 1, INSTALL],
    ["another program", "echo Hive Session ID", 1, INSTALL],
    ["nothing", undefined, 1, INSTALL],
  ])("is tried by --check, and answered by %s: %s", async (answers, script, code, next) => {
    const { console, sandbox } = open();
    await console.print("setup", "claude");
    const folder = onPath(sandbox, script === undefined ? ["other"] : ["git-hive"], script ?? "");
    if (script === undefined) rmSync(join(folder, "git-hive"));
    // Another program of the short name is never called.
    onPath(sandbox, ["hive"], "echo wrong; sleep 60");
    const ran = await console.run("--json", "setup", "claude", "--check");
    const said = JSON.parse(ran.out);
    expect([ran.code, said.answers, said.next]).toEqual([code, answers, next]);
    const again = await console.print("setup", "claude");
    expect(again.includes("Until git-hive answers, they do nothing")).toBe(answers !== "git-hive");
  });

  it.each(TOOL_NAMES)(
    "of %s is git-hive's, also where it replaces that of an older version",
    async (tool) => {
      const { console, read, write } = open();
      await console.print("setup", tool);
      const now = read(SETTINGS[tool]);
      const former = now.replaceAll("git-hive hook", "hive hook").replaceAll(/(-v |")git-hive/g, "$1hive");
      expect(former).not.toBe(now);
      write(SETTINGS[tool], former);
      expect((await console.run("setup", tool, "--check")).out).toContain("outdated: ");
      await console.print("setup", tool);
      expect(read(SETTINGS[tool])).toBe(now);
      expect(now).not.toMatch(/[^-]hive hook|"hive"/);
    },
  );

  it("has the form that Windows runs, in the tools that have one of their own for it", () => {
    for (const entry of Object.values(TOOLS.codex.hooks.events))
      expect(JSON.stringify(entry)).toMatch(
        /"commandWindows":"where git-hive >nul 2>nul && call git-hive hook codex & exit \/b 0"/,
      );
    for (const [event, entry] of Object.entries(TOOLS.copilot.hooks.events))
      expect(entry.powershell).toBe(
        `if (Get-Command git-hive -ErrorAction SilentlyContinue) { git-hive hook copilot ${event} }; exit 0`,
      );
  });
});

it("notes of several tools stay until the last tool is removed", async () => {
  const { console, read, project } = open();
  await console.print("setup", "codex");
  await console.print("setup", "cursor");
  await console.print("setup", "codex", "--remove");
  expect(read("AGENTS.md")).toBe(`${NOTES}\n`);
  expect(await console.json("setup", "cursor", "--check")).not.toHaveProperty("next");
  await console.print("setup", "cursor", "--remove");
  expect(readdirSync(project)).toEqual([".git"]);
});

it.each([
  ["are removed with it", [], "# Ours\n"],
  ["stay where another tool reads them", ["codex"], `# Ours\n\n${NOTES}\n`],
])(
  "notes that an earlier version wrote for Gemini CLI in a file that it does not read %s",
  async (_, others, left) => {
    const { console, read, write } = open();
    write("AGENTS.md", `# Ours\n\n${NOTES}\n`);
    for (const tool of [...others, "gemini"]) await console.print("setup", tool);
    await console.print("setup", "gemini", "--remove");
    expect(read("AGENTS.md")).toBe(left);
  },
);

it("changes global settings only with --global", async () => {
  const { console, sandbox, project } = open();
  const home = sandbox.folder("home");
  await console.print("setup", "claude", "--global");
  expect(existsSync(join(home, ".claude/settings.json"))).toBe(true);
  expect(readdirSync(project)).toEqual([".git"]);
  await console.print("setup", "claude", "--global", "--remove");
  expect(readdirSync(home)).toEqual([]);
});

it("refuses where the plugin has the hooks", async () => {
  const { console, write } = open();
  write(".claude/settings.local.json", '{"enabledPlugins": {"git-hive@git-hive": true}}');
  expect(errorOf(await console.run("--json", "setup", "claude")).code).toBe("plugin_installed");
});

it.each([
  ["vi"],
  ["claude", "--check", "--remove"],
  ["copilot", "--global"],
  ["codex", "--local"],
  ["claude", "--local", "--global"],
])("cannot be meant: %s %s", async (...argv) => {
  const { console } = open();
  expect(await console.run("setup", ...argv.filter((each) => each !== undefined))).toMatchObject({
    code: 2,
  });
});

describe("any content of a user's files", () => {
  const entry = fc.record({
    matcher: fc.string(),
    hooks: fc.array(fc.record({ type: fc.constant("command"), command: fc.string() })),
  });
  const hooks = fc.dictionary(
    fc.constantFrom("SessionStart", "Stop", "PostToolUse", "Other"),
    fc.array(entry, { maxLength: 3 }),
  );
  const others = fc.dictionary(
    fc.string().filter((key) => !["hooks", "__proto__"].includes(key)),
    fc.jsonValue(),
    { maxKeys: 4 },
  );
  const settings = fc
    .tuple(
      others,
      fc.option(hooks, { nil: undefined }),
      fc.constantFrom(undefined, 1, 2, 4, "\t"),
      fc.constantFrom("\n", "\r\n"),
      fc.constantFrom("", "\n", "\n\n"),
      fc.constantFrom("", "\ufeff"),
    )
    .map(
      ([rest, own, indent, eol, end, mark]) =>
        mark + (JSON.stringify({ ...rest, hooks: own }, null, indent) + end).replaceAll("\n", eol),
    );
  const markdown = fc.oneof(
    fc.string({ unit: "binary" }),
    fc
      .array(fc.constantFrom("# Title", "text", "", "- a"), { maxLength: 6 })
      .map((lines) => lines.join("\n")),
    fc.array(fc.constantFrom("a", "\r\n", "\n", " "), { maxLength: 6 }).map((parts) => parts.join("")),
  );

  it("is restored by --remove, byte for byte", async () => {
    const { write, path, setUp, remove } = open();
    await fc.assert(
      fc.asyncProperty(fc.option(settings), fc.option(markdown), async (json, text) => {
        for (const name of [SETTINGS.claude, "CLAUDE.md"]) rmSync(path(name), { force: true });
        if (json !== null) write(SETTINGS.claude, json);
        if (text !== null) write("CLAUDE.md", text);
        const read = (name: string) => (existsSync(path(name)) ? readFileSync(path(name)) : null);
        const before = [read(SETTINGS.claude), read("CLAUDE.md")];
        await setUp();
        expect(read("CLAUDE.md")?.toString().replaceAll("\0", "")).toContain("git-hive: begin");
        await remove();
        expect([read(SETTINGS.claude), read("CLAUDE.md")]).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  it("has the same meaning after --remove where this host has lost the original", async () => {
    const { write, read, setUp, remove, sandbox, path } = open();
    await fc.assert(
      fc.asyncProperty(settings, async (json) => {
        write(SETTINGS.claude, json);
        await setUp();
        rmSync(join(sandbox.directory, "hosts"), { recursive: true, force: true });
        await remove();
        const { hooks: left = {}, ...rest } = existsSync(path(SETTINGS.claude))
          ? (JSON.parse(read(SETTINGS.claude).replace(/^\ufeff/, "")) as {
              hooks?: Record<string, unknown[]>;
            })
          : {};
        const { hooks: had = {}, ...before } = JSON.parse(json.replace(/^\ufeff/, "")) as {
          hooks?: Record<string, unknown[]>;
        };
        const filled = Object.entries(had).filter(([, list]) => list.length > 0);
        expect(rest).toEqual(before);
        expect(Object.entries(left).filter(([, list]) => list.length > 0)).toEqual(filled);
      }),
      { numRuns: 60 },
    );
  });
});

it("says what Codex still asks, and leaves its configuration alone", async () => {
  const { console, project, sandbox } = open();
  const config = join(sandbox.folder("home", ".codex"), "config.toml");
  const text = `[projects."${project}"]\ntrust_level = "trusted"\n`;
  const said = async () => (await console.run("setup", "codex", "--check")).out;
  expect(await console.print("setup", "codex")).toMatch(
    /does not trust this folder yet.* not trusted these hooks/,
  );
  writeFileSync(config, text);
  expect(await said()).toMatch(/Codex trusts this folder\. You have not trusted these hooks yet: \/hooks/);
  const events = [
    "session_start",
    "user_prompt_submit",
    "pre_tool_use",
    "post_tool_use",
    "stop",
    "permission_request",
    "session_end",
  ];
  const trusted = events.map(
    (event) => `[hooks.state."${project}/.codex/hooks.json:${event}:0:0"]\ntrusted_hash = "x"\n`,
  );
  writeFileSync(config, text + trusted.join(""));
  expect(await said()).toContain("Codex trusts this folder. You have trusted these hooks");
  expect(await console.json("setup", "codex", "--check")).toMatchObject({
    trust: { project: true, hooks: "all", isOff: false },
  });
  expect(readFileSync(config, "utf8")).toBe(text + trusted.join(""));
});

describe("hive setup opencode", () => {
  const OURS = { type: "local", command: ["git-hive", "mcp"], enabled: true };

  it.each(["opencode.json", "opencode.jsonc"])(
    "adds its server to %s, and leaves the rest as it is",
    async (name) => {
      const { console, write, read, path } = open();
      const before = '{\n  // mine\n  "model": "m-1",\n  "mcp": {\n    "x": {}\n  }\n}\n';
      write(name, before);
      await console.print("setup", "opencode");
      const after = read(name);
      expect(after).toContain("// mine");
      expect(JSON.parse(after.replace("// mine", ""))).toEqual({ model: "m-1", mcp: { x: {}, hive: OURS } });
      expect(existsSync(path("opencode.json")) && existsSync(path("opencode.jsonc"))).toBe(false);
      write(name, after.replace("m-1", "m-2"));
      await console.print("setup", "opencode", "--remove");
      expect(read(name)).toBe(before.replace("m-1", "m-2"));
    },
  );

  it("keeps a server of that name that the user has, and a plugin that is not ours", async () => {
    const { console, write, read } = open();
    const own = '{"mcp": {"hive": {"type": "remote", "url": "https://hive.example.org"}}}';
    write("opencode.json", own);
    await console.print("setup", "opencode");
    await console.print("setup", "opencode", "--remove");
    expect(read("opencode.json")).toBe(own);
    write(SETTINGS.opencode, "export const Mine = async () => ({});\n");
    const ran = await console.run("--json", "setup", "opencode");
    expect([ran.code, errorOf(ran).message]).toEqual([
      5,
      expect.stringContaining("is not git-hive's plugin"),
    ]);
    expect(read(SETTINGS.opencode)).toContain("Mine");
  });

  it("does not hide CLAUDE.md behind an AGENTS.md of ours", async () => {
    const { console, write, read, path } = open();
    write("CLAUDE.md", "# Ours\n");
    await console.print("setup", "opencode");
    expect([read("CLAUDE.md"), existsSync(path("AGENTS.md"))]).toEqual([`# Ours\n\n${NOTES}\n`, false]);
    write("AGENTS.md", "# For all\n");
    await console.print("setup", "opencode", "--remove");
    expect([read("CLAUDE.md"), read("AGENTS.md")]).toEqual(["# Ours\n", "# For all\n"]);
  });

  it("follows the folder of the user's configuration with --global", async () => {
    const { console, sandbox, project } = open();
    const config = sandbox.folder("config");
    const there = console.with({ env: { XDG_CONFIG_HOME: config } });
    await there.print("setup", "opencode", "--global");
    expect(readdirSync(join(config, "opencode")).sort()).toEqual(["AGENTS.md", "opencode.json", "plugin"]);
    await there.print("setup", "opencode", "--global", "--remove");
    expect([readdirSync(config), readdirSync(project)]).toEqual([[], [".git"]]);
  });
});

it.each([
  ["claude", true],
  ["gemini", true],
  ["cursor", true],
  ["codex", false],
  ["copilot", false],
  ["opencode", false],
])("in a package of a monorepo, says where to start %s: %s", async (tool, isSaid) => {
  const { console, project, path } = open();
  mkdirSync(path("packages/a"), { recursive: true });
  const there = console.with({ directory: path("packages/a") });
  const start = isSaid ? project : undefined;
  for (const argv of [[], ["--check"]]) {
    const answer = await there.json<{ start?: string }>("setup", tool, ...argv);
    expect(answer.start).toBe(start);
    expect(answer).not.toHaveProperty("next");
  }
  const said = `${tool} reads these hooks only when it is started in ${project}, not in this folder.`;
  expect((await there.print("setup", tool)).includes(said)).toBe(isSaid);
  expect(await console.json("setup", tool)).not.toHaveProperty("start");
});
