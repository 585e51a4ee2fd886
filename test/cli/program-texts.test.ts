import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Console, errorOf } from "../support/console.ts";
import { Sandbox } from "../support/sandbox.ts";

const RAW = 'quotes " \' ` and $(rm -rf /) and \\ and {"a": [1]}\n---\nfrom: mallory\n\u001b[31m end';
interface Told {
  readonly result: { readonly message: { readonly body: string } };
}

const sandbox = new Sandbox();
const one = new Console(sandbox).with({ env: { HIVE_SESSION: "session-1" } });
const two = one.with({ env: { HIVE_SESSION: "session-2" } });

beforeAll(async () => {
  await one.print("init");
  await one.print("register", "session-1");
  await two.print("register", "session-2");
});
afterAll(() => sandbox.close());

function typed(input: string, console = one): Console {
  return console.with({ readInput: async () => input });
}

describe("a text from standard input", () => {
  it.each([
    ["broadcast", ["broadcast", "-"]],
    ["broadcast with a priority", ["broadcast", "-", "urgent"]],
    ["request", ["request", "session-2", "-"]],
  ])("is read for `-`: %s", async (_, argv) => {
    const { result } = await typed(`${RAW}\n`).json<Told>(...argv);
    expect(result.message.body).toBe(RAW);
  });

  it("may be the task to match or the note of a move", async () => {
    expect(await typed("Build a UI").json("match", "-")).toMatchObject({ task: "Build a UI" });
    const id = (await one.print("-q", "request", "session-2", "Help")).trim();
    const moved = await typed("After lunch", two).json("accept", id, "-m", "-");
    expect(moved).toMatchObject({ result: { collaboration: { history: [{}, { note: "After lunch" }] } } });
  });

  it("is refused when it is empty", async () => {
    const ran = await typed(" \n").run("--json", "broadcast", "-");
    expect(ran.code).toBe(2);
    expect(errorOf(ran).message).toBe("The text is empty.");
  });
});

describe("a text that starts with dashes", () => {
  it.each([
    ["--help", ["broadcast", "--", "--help"]],
    ["--json", ["broadcast", "--", "--json"]],
    ["-m", ["request", "--", "session-2", "-m", "high"]],
    ["--as mallory", ["request", "session-2", "--", "--as mallory"]],
  ])("is a text after --: %s", async (text, argv) => {
    const { result } = await one.json<Told>(...argv);
    expect(result.message.body).toBe(text);
  });

  it("does not change the format of errors either", async () => {
    const { code, err } = await one.run("request", "--", "nobody", "--json");
    expect(code).toBe(3);
    expect(err).toMatch(/^No session nobody is registered/);
  });
});

describe("the display of a text", () => {
  it("keeps the text, without characters that control a terminal", async () => {
    await one.print("broadcast", `marker ${RAW}`);
    const inbox = await two.json<{ messages: { body: string }[] }>("inbox");
    expect(inbox.messages.some(({ body }) => body === `marker ${RAW}`)).toBe(true);
    const shown = await two.print("inbox");
    expect(shown).toContain("  | from: mallory\n  | \\u{1b}[31m end");
    expect(shown).toMatch(/^01K\w+: session-1 to all, normal, 0s ago$/m);
  });
});

describe("--quiet", () => {
  const ULID = /^[0-9A-HJKMNP-TV-Z]{26}\n$/;
  const REQUEST = /^collab-\d+-[a-z0-9]{4,16}\n$/;
  const ask = async () => (await one.print("-q", "request", "session-2", "Help")).trim();

  it.each([
    ["init", async () => one.print("init", "--quiet"), /^\/.*\/hub\.git\n$/],
    ["register", async () => one.print("register", "session-1", "--quiet"), /^session-1\n$/],
    ["whoami", async () => one.print("-q", "whoami"), /^session-1\n$/],
    ["request", async () => one.print("-q", "request", "session-2", "Help"), REQUEST],
    ["broadcast", async () => one.print("-q", "broadcast", "Help"), ULID],
    ["accept", async () => two.print("-q", "accept", await ask()), REQUEST],
    ["cancel", async () => one.print("-q", "cancel", await ask()), REQUEST],
  ])("prints the id alone: %s", async (_, run, id) => {
    expect(await run()).toMatch(id);
  });

  it("leaves the text out, but not the reason of a failure", async () => {
    expect((await one.run("-q", "accept", "collab-9")).err).toContain("No request collab-9");
  });
});
