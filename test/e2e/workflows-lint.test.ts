import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { expression } from "../../src/domain/maintenance/workflows/parts.ts";
import { WORKFLOW_FILES } from "../../src/domain/maintenance/workflows/table.ts";
import { ROOT } from "../support/processes.ts";
import { lintAction, lintWithActionlint, lintWithGitHub } from "../support/workflows/linters.ts";
import { checkPins, checkPolicy, checkStep } from "../support/workflows/policy.ts";

const FOLDER = join(ROOT, ".github/workflows");
const HOME = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".yml"))
  .map((name) => ["here", name, readFileSync(join(FOLDER, name), "utf8")] as const);
const HUB = Object.entries(WORKFLOW_FILES).map(
  ([name, make]) => ["in a hub", name, make({ kind: "hub", version: "1.2.3" })] as const,
);
const textOf = (name: keyof typeof WORKFLOW_FILES) => WORKFLOW_FILES[name]({ kind: "hub", version: "1.2.3" });

describe("each workflow", () => {
  it.each([...HOME, ...HUB])(
    "%s, %s, is what actionlint, GitHub's parser and our policy want",
    async (_, name, text) => {
      expect(await lintWithActionlint(name, text)).toEqual([]);
      expect(await lintWithGitHub(text)).toEqual([]);
      expect(checkPolicy(name, text)).toEqual([]);
    },
  );

  it("in a hub runs the version that installed it, and nothing else from a registry", () => {
    for (const [, , text] of HUB) {
      expect(text).toContain("npx --yes git-hive@1.2.3 ");
      expect(
        text.match(/\b(?:npx|npm)\b.*/g)?.every((call) => call.startsWith("npx --yes git-hive@1.2.3 ")),
      ).toBe(true);
    }
  });
});

describe("the action", () => {
  const text = readFileSync(join(ROOT, ".github/actions/hive/action.yml"), "utf8");

  it("passes GitHub's parser and our policy", async () => {
    expect(await lintAction(text)).toEqual([]);
    expect(checkPins(text)).toEqual([]);
    const { runs } = parse(text) as { runs: { steps: Parameters<typeof checkStep>[0][] } };
    expect(runs.steps.flatMap((step) => checkStep(step, true))).toEqual([]);
  });

  it("is refused when it is broken", async () => {
    expect(await lintAction(text.replace("using: composite", "using: node99"))).not.toEqual([]);
    expect(await lintAction(text.replace("      shell: bash\n", ""))).not.toEqual([]);
  });
});

type Checker = "actionlint" | "GitHub" | "policy";

/** A deliberate fault, and the checker that must find it. */
const BROKEN: readonly (readonly [string, keyof typeof WORKFLOW_FILES, RegExp, string, Checker])[] = [
  ["an unknown key", "expire.yml", /timeout-minutes/, "timeout-minuts", "GitHub"],
  ["a cron that is none", "expire.yml", /17 \* \* \* \*/, "61 * * * *", "GitHub"],
  ["a cron at the full hour", "expire.yml", /17 \* \* \* \*/, "0 * * * *", "policy"],
  ["a job that nothing defines", "expire.yml", /needs: expire/, "needs: exprie", "actionlint"],
  ["a context that is none", "comment.yml", /github\.event\.comment\.id/, "githb.event.comment.id", "GitHub"],
  ["a broken expression", "comment.yml", /startsWith\(/, "startsWith((", "GitHub"],
  ["an input that an action does not take", "validate.yml", /fetch-depth/, "fetch-dept", "GitHub"],
  ["a permission that is none", "expire.yml", /contents: write/, "contents: wirte", "actionlint"],
  [
    "an event's text in a script",
    "comment.yml",
    /publish$/m,
    `publish ${expression("github.event.comment.body")}`,
    "actionlint",
  ],
  [
    "any expression in a script",
    "expire.yml",
    /3 expire$/m,
    `3 expire ${expression("github.repository")}`,
    "policy",
  ],
  ["an action by its tag", "expire.yml", /@[0-9a-f]{40} # v7\.0\.0/, "@v7", "policy"],
  ["an action at another commit", "expire.yml", /@820762/, "@820763", "policy"],
  ["an action that is not known", "expire.yml", /actions\/setup-node/, "actions/setup-nodes", "policy"],
  [
    "a target for forks with secrets",
    "validate.yml",
    / {2}pull_request:/,
    "  pull_request_target:",
    "policy",
  ],
  ["rights for all jobs", "expire.yml", /permissions: \{\}/, "permissions: write-all", "policy"],
  ["no rights said", "validate.yml", / {4}permissions:\n {6}contents: read\n/, "", "policy"],
  ["more rights than it needs", "broadcast.yml", /contents: read/, "contents: write", "policy"],
  ["a token for the site where the page is made", "dashboard.yml", /pages: read/, "pages: write", "policy"],
  ["an output that no step gives", "dashboard.yml", /steps\.deploy\./, "steps.deplyo.", "actionlint"],
  ["an input that a deployment does not take", "dashboard.yml", /retention-days/, "retention-dais", "GitHub"],
  ["no timeout", "expire.yml", / {4}timeout-minutes: 10\n/, "", "policy"],
  ["no shell", "expire.yml", /shell: bash/, "shell: sh", "policy"],
  ["credentials on the disk", "validate.yml", / {10}persist-credentials: false\n/, "", "policy"],
  ["a cache in a job that writes", "expire.yml", / {10}package-manager-cache: false\n/, "", "policy"],
  ["a script that is none", "validate.yml", /; fi$/m, "; if", "policy"],
  ["a runner that moves", "comment.yml", /ubuntu-24\.04/, "ubuntu-latest", "policy"],
];

describe("a broken copy", () => {
  it.each(BROKEN)("with %s (%s) is noticed", async (_, name, fault, replacement, checker) => {
    const text = textOf(name).replace(fault, () => replacement);
    expect(text).not.toBe(textOf(name));
    const checks = {
      actionlint: lintWithActionlint(name, text),
      GitHub: lintWithGitHub(text),
      policy: checkPolicy(name, text),
    };
    expect(await checks[checker]).not.toEqual([]);
  });
});
