import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { pluginHooks } from "../src/domain/coding-tools/tools.ts";

const ROOT = new URL("..", import.meta.url).pathname;
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const json = (path: string): unknown => JSON.parse(read(path));

const Text = z.string().check(z.minLength(1), z.maxLength(400));
const Kebab = z.string().check(z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/));
const Relative = z.string().check(z.regex(/^\.\/[\w./-]+$/));

const Marketplace = z.strictObject({
  name: Kebab,
  owner: z.strictObject({ name: Text }),
  description: Text,
  plugins: z.array(z.strictObject({ name: Kebab, source: Relative, description: Text })),
});
const Plugin = z.strictObject({
  name: Kebab,
  version: z.string().check(z.regex(/^\d+\.\d+\.\d+$/)),
  description: Text,
  license: z.string(),
  author: z.optional(z.strictObject({ name: z.string() })),
  keywords: z.array(Text),
});
/** An event that the tool does not know makes it refuse the whole file: only those that all its versions have. */
const Hooks = z.strictObject({
  description: Text,
  hooks: z.partialRecord(
    z.enum([
      "SessionStart",
      "UserPromptSubmit",
      "PreToolUse",
      "PostToolUse",
      "Notification",
      "Stop",
      "SessionEnd",
    ]),
    z.array(
      z.strictObject({
        matcher: z.optional(Text),
        hooks: z.array(
          z.strictObject({
            type: z.literal("command"),
            command: Text,
            timeout: z.int().check(z.positive(), z.maximum(60)),
            async: z.optional(z.boolean()),
          }),
        ),
      }),
    ),
  ),
});
const Servers = z.strictObject({
  mcpServers: z.record(Kebab, z.strictObject({ command: z.literal("git-hive"), args: z.array(Text) })),
});

describe("the plugin for Claude Code", () => {
  it.each([
    [".claude-plugin/marketplace.json", Marketplace],
    ["plugin/.claude-plugin/plugin.json", Plugin],
    ["plugin/hooks/hooks.json", Hooks],
    ["plugin/.mcp.json", Servers],
  ] as const)("has the shape that the tool takes: %s", (path, shape) => {
    expect(shape.safeParse(json(path))).toMatchObject({ success: true });
  });

  it("is offered where it lies, under its own name", () => {
    const { plugins } = Marketplace.parse(json(".claude-plugin/marketplace.json"));
    const { name } = Plugin.parse(json("plugin/.claude-plugin/plugin.json"));
    expect(plugins).toMatchObject([{ name, source: "./plugin" }]);
  });

  it("has the version of the package", () => {
    expect(json("plugin/.claude-plugin/plugin.json")).toMatchObject({
      version: (json("package.json") as { version: string }).version,
    });
  });

  it("has the hooks that hive setup writes: npm run plugin:hooks", () => {
    expect(read("plugin/hooks/hooks.json")).toBe(pluginHooks());
  });

  it("costs every session some 50 tokens: the names and descriptions of its skills", () => {
    const skills = readdirSync(join(ROOT, "plugin/skills"));
    const shown = skills.map((name) => {
      const [, front = ""] = /^---\n([\s\S]*?)\n---\n/.exec(read(`plugin/skills/${name}/SKILL.md`)) ?? [];
      const fields = Object.fromEntries(front.split("\n").map((line) => line.split(/: (.*)/s).slice(0, 2)));
      expect(Object.keys(fields)).toEqual(["name", "description"]);
      expect(fields.name).toBe(name);
      return `${fields.name}: ${fields.description}`;
    });
    // A token is some four characters of English.
    expect(shown.join("\n").length / 4).toBeLessThan(50);
  });

  it("says that what others write has no authority", () => {
    expect(read("plugin/skills/hive/SKILL.md")).toMatch(/unverified data[\s\S]*never your user's consent/);
  });
});
