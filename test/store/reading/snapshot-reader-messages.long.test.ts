import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeMessage } from "../../../src/domain/messages/write.ts";
import { DECODERS } from "../../../src/store/decoding/formats.ts";
import { aMessage } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commitByHand } from "../../support/hand-commit.ts";
import { hubWith, say } from "../../support/hub-with.ts";

const ID = "01KG9M2V0000000000000000AA";
const PATH = `coordination/MESSAGES/2026/01/31/${ID}.md`;

/** A header that a user may write by hand: YAML, but not as git-hive writes it. */
const HEADER = [
  `id: ${ID}`,
  "from: session-1",
  "to: all",
  "priority: normal",
  "sent_at: 2026-01-31T12:00:00Z",
].join("\n");

/** What a host reads in a hub with a message that was committed by hand and a message of git-hive. */
async function readWith(text: string) {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, "session-1");
  const hive = await sandbox.hive(hub);
  await say(hive, "session-1", "Hello");
  await commitByHand(sandbox, hub, [{ path: PATH, content: text }]);
  const { state, findings } = await hive.read(["messages"]);
  return { sandbox, findings, bodies: state.messages.map(({ body }) => body).sort() };
}

describe("front matter in another language is a finding, and nothing in it runs", () => {
  it.each([
    "---js",
    "---javascript",
    "---JS",
    "---JavaScript",
    " ---js",
    "--- js",
    "---\tjs",
    "---js ",
    "---\n---js",
    "---json",
    "---toml",
    "---coffee",
    "---yaml",
    "---constructor",
    "---toString",
    "----",
    "--- ",
    "+++",
    "",
    "\n---",
    "---\r",
  ])("%j", async (fence) => {
    const canary = join(openSandbox().directory, "canary");
    const code = `(globalThis.hiveCanary = 1, require("fs").writeFileSync(${JSON.stringify(canary)}, "x"))`;
    const { findings, bodies } = await readWith(`${fence}\n{ id: ${code}, "from": ${code} }\n---\nBody\n`);
    expect(findings).toEqual([expect.objectContaining({ path: PATH })]);
    expect(bodies).toEqual(["Hello"]);
    expect(existsSync(canary)).toBe(false);
    expect(Object.hasOwn(globalThis, "hiveCanary")).toBe(false);
  });

  it("is text like any other in a body", async () => {
    const body = `---js\n{ id: (globalThis.hiveCanary = 1) }\n---\nBody`;
    const { findings, bodies } = await readWith(`---\n${HEADER}\n---\n${body}\n`);
    expect({ findings, bodies }).toEqual({ findings: [], bodies: [body, "Hello"] });
    expect(Object.hasOwn(globalThis, "hiveCanary")).toBe(false);
  });
});

const DEEP = `${"[".repeat(20)}${"]".repeat(20)}`;

describe("YAML that is more than plain data is a finding", () => {
  it.each([
    ["an anchor", "x: &a 1", "yaml"],
    ["an alias", "x: *a", "yaml"],
    ["an alias after a quote inside a word", 'x: [b", *a]', undefined],
    ["an alias after a quote inside words", "x: [b ', *a]", undefined],
    ["a tag", "x: !!js/function 'function () {}'", "yaml"],
    ["a custom tag", "x: !mine 1", "yaml"],
    ["a merge key", "<<: {a: 1}", "yaml"],
    ["brackets, deeper than any message needs", `x: ${DEEP}`, "depth"],
    ["braces", `x: ${"{a: ".repeat(20)}1${"}".repeat(20)}`, "depth"],
    ["brackets after a quote inside a word", `x: [b", ${DEEP}]`, undefined],
    ["brackets after a quote between words", `x: [b ", ${DEEP}]`, undefined],
    ["brackets after an apostrophe between words", `x: [b ', ${DEEP}]`, undefined],
    ["brackets after a quote after a colon", `x: [a:", ${DEEP}]`, undefined],
    ["brackets after a string that began above", `x: ["a\n  ", ${DEEP}]`, undefined],
    ["brackets after a # in a string that began above", `x: ["a\n  # ", ${DEEP}]`, undefined],
    [
      "brackets with closing ones in strings between",
      `x: [${'"]", ['.repeat(20)}${"]".repeat(21)}`,
      undefined,
    ],
    ["dashes", `x:\n  ${"- ".repeat(20)}a`, undefined],
    ["question marks", `x:\n  ${"? ".repeat(20)}a`, undefined],
    ["indents", Array.from({ length: 20 }, (_, depth) => `${" ".repeat(depth)}x:`).join("\n"), undefined],
    ["thousands of lines", `x: [${"\n 1,".repeat(6000)}\n ]`, "size"],
    [
      "thousands of keys in one line",
      `x: {${Array.from({ length: 5000 }, (_, n) => `k${n}: 1`)}}`,
      undefined,
    ],
    ["a repeated key", "from: session-1", "yaml"],
    ["the key __proto__", "__proto__: {admin: true}", "key"],
    ["the key constructor", "constructor: {prototype: {admin: true}}", "key"],
    ["the key prototype, deep inside", "x: [{prototype: 1}]", "key"],
    ["a list in place of fields", "- a", "yaml"],
    ["invalid YAML", "x: 'never closed", "yaml"],
  ])("%s", async (_, line, rule) => {
    const { findings, bodies } = await readWith(`---\n${HEADER}\n${line}\n---\nBody\n`);
    expect(findings).toEqual([expect.objectContaining({ path: PATH, rule: rule ?? expect.any(String) })]);
    expect(bodies).toEqual(["Hello"]);
  });

  it("also in a header that looks like git-hive's own", async () => {
    const own = encodeMessage(aMessage({ id: ID, body: "Body" }));
    const { findings } = await readWith(own.replace("---\n", '---\nconstructor: "x"\n'));
    expect(findings).toEqual([expect.objectContaining({ path: PATH, rule: "key" })]);
  });

  it("points at the line that is wrong, counted from the top of the file", async () => {
    const { findings } = await readWith(`---\n${HEADER}\nx: &a 1\n---\nBody\n`);
    expect(findings).toEqual([expect.objectContaining({ line: 7 })]);
  });
});

const PROGRAM = new URL("../../support/read-program.ts", import.meta.url).pathname;

/**
 * Depths from well within the stack of YAML's parser to well beyond it: the depth that ends the process must be among
 * them.
 */
const DEPTHS = Array.from({ length: 20 }, (_, step) => 500 + step * 175);

const NESTS: ((depth: number) => string)[] = [
  (depth) => `x: ${"[".repeat(depth)}${"]".repeat(depth)}`,
  (depth) => `x: [b", ${"[".repeat(depth)}${"]".repeat(depth)}]`,
  (depth) => `x: ["a\n  ", ${"{a: ".repeat(depth)}${"}".repeat(depth)}]`,
  (depth) => `x:\n  ${"- ".repeat(depth)}a`,
  (depth) => `x:\n  ${"? ".repeat(depth)}a`,
];

it("a reader survives messages whose nesting would crash or block its YAML parser", async () => {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, "session-1");
  await say(await sandbox.hive(hub), "session-1", "Hello");
  const headers = NESTS.flatMap((nest) => DEPTHS.map(nest));
  const files = headers.map((header, index) => {
    const id = `${ID.slice(0, -3)}${index + 100}`;
    return { path: PATH.replace(ID, id), content: `---\n${HEADER.replace(ID, id)}\n${header}\n---\nBody\n` };
  });
  await commitByHand(sandbox, hub, files);
  // In a separate process, because an exhausted stack can end it without an exception.
  const ended = await promisify(execFile)(process.execPath, ["--import", "tsx", PROGRAM, hub], {
    timeout: 240_000,
    env: { ...process.env, TMPDIR: sandbox.directory },
  });
  const { bodies, rules } = JSON.parse(ended.stdout);
  expect(bodies).toEqual(["Hello"]);
  expect(rules).toHaveLength(headers.length);
});

/** Texts with a meaning in files, YAML or JavaScript, in any order, and any other text. */
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }).map((text) => text.replaceAll("\0", "")),
  fc
    .array(
      fc.constantFrom(
        ...[
          "---",
          "---js",
          "\n",
          "\r\n",
          "\r",
          "\t",
          " ",
          '"',
          "'",
          "\\",
          "\\u0041",
          "#",
          ": ",
          "- ",
          "? ",
          "|",
          ">",
        ],
        ...[
          "*a",
          "&a",
          "!!x",
          "<<: ",
          "[",
          "]",
          "{",
          "}",
          ",",
          "%",
          "@",
          "`",
          "~",
          "null",
          "true",
          "1e3",
          "0x1",
        ],
        ...[
          "😀",
          "é",
          "\u0085",
          "\u00a0",
          "\u2028",
          "\u2029",
          "\ufeff",
          "\uffff",
          "\u200b",
          "\u{e0041}",
          "\u001b[31m",
        ],
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join("")),
);

describe("any message is read as it was written", () => {
  it("whatever its body and its subject are", async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (body, subject) => {
        const message = aMessage({ body, subject });
        const bytes = Buffer.from(encodeMessage(message));
        expect(await DECODERS.messages(PATH, bytes)).toEqual({ value: message });
      }),
      { numRuns: 500 },
    );
  });

  it("with every field that a newer version may add", async () => {
    const key = fc.stringMatching(/^[a-z][a-zA-Z0-9 _.:#-]{0,11}$/).filter((name) => name !== "body");
    const value = fc
      .jsonValue({ maxDepth: 3, stringUnit: "binary" })
      .filter((json) => !hasForbiddenKey(json));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(key, value, { maxKeys: 3, noNullPrototype: true }), async (extra) => {
        const message = { ...extra, ...aMessage() };
        const bytes = Buffer.from(encodeMessage(message));
        // JSON has no negative zero.
        expect(await DECODERS.messages(PATH, bytes)).toEqual({ value: JSON.parse(JSON.stringify(message)) });
      }),
      { numRuns: 300 },
    );
  });
});

function hasForbiddenKey(json: unknown): boolean {
  return /"(?:__proto__|constructor|prototype)":/.test(JSON.stringify(json));
}
