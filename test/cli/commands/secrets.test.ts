import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Console, errorOf } from "../../support/console.ts";
import { Sandbox } from "../../support/sandbox.ts";

const VALUE = "hunter2x";
const TEXT = `Log in to staging,\nthe password is ${VALUE}`;
const LINE = `Log in with the password ${VALUE}`;

const sandbox = new Sandbox();
const one = new Console(sandbox).with({ env: { HIVE_SESSION: "session-1" } });
const two = one.with({ env: { HIVE_SESSION: "session-2" } });
let [request, message] = ["", ""];

beforeAll(async () => {
  await one.print("init");
  await one.print("register", "session-1", "--skill", "go");
  await two.print("register", "session-2", "--skill", "go");
  request = (await one.print("-q", "request", "session-2", "Help")).trim();
  message = (await two.print("-q", "broadcast", "Hello")).trim();
});
afterAll(() => sandbox.close());

/** Every command that sends a text, with the secret in it. */
const CALLS: readonly (readonly [string, () => string[]])[] = [
  ["broadcast", () => ["broadcast", TEXT]],
  ["send", () => ["send", "session-1", TEXT]],
  ["send to a topic", () => ["send", "#deploy", TEXT]],
  ["reply", () => ["reply", message, TEXT]],
  ["needs", () => ["needs", LINE]],
  ["needs by an option", () => ["needs", "Which?", "--options", `a,${LINE}`]],
  ["tell", () => ["tell", "session-1", TEXT]],
  ["request", () => ["request", "session-1", TEXT]],
  ["request of a skill", () => ["request", "--to-capability", "go", TEXT]],
  ["need", () => ["need", "go", TEXT]],
  ["handoff by its goal", () => ["handoff", "session-1", "--goal", TEXT]],
  ["handoff by a part of the bundle", () => ["handoff", "session-1", "--goal", "Charts", "--tried", LINE]],
  [
    "handoff by its next command",
    () => ["handoff", "--open", "--goal", "x", "--next", `curl -u bob:${VALUE} x`],
  ],
  ["accept", () => ["accept", request, "-m", TEXT]],
  ["decline", () => ["decline", request, "-m", TEXT]],
  ["start", () => ["start", request, "-m", TEXT]],
  ["complete", () => ["complete", request, "-m", TEXT]],
  [
    "complete by its evidence",
    () => ["complete", request, "--evidence", `https://ci.example/1?token=${VALUE}`],
  ],
  ["cancel", () => ["cancel", request, "-m", TEXT]],
  ["status", () => ["status", LINE]],
  ["pause", () => ["pause", "-m", LINE]],
  ["heartbeat", () => ["heartbeat", "--work", LINE]],
  ["register by its work", () => ["register", "session-2", "--work", LINE]],
  ["register by its role", () => ["register", "session-2", "--role", LINE]],
  ["register by a skill", () => ["register", "session-2", "--skill", `go,password=${VALUE}`]],
  ["offer", () => ["offer", "deployment", "-m", LINE]],
  ["claim", () => ["claim", "issue-42", "-m", LINE]],
];

describe("a text that looks like it has a secret", () => {
  it.each(CALLS)("is refused before anything is stored: %s", async (_, argv) => {
    const before = await two.json<{ entries: unknown[] }>("log");
    const ran = await two.run("--json", ...argv());
    expect(ran).toMatchObject({ code: 3, out: "" });
    expect(errorOf(ran)).toMatchObject({ code: "looks_secret", hint: expect.stringContaining("--force") });
    expect(ran.err).not.toContain(VALUE);
    expect(await two.json("log")).toEqual(before);
    expect(await two.json("outbox")).toMatchObject({ operations: [] });
  });

  it("is told with its field, its place and its rule, and not by itself", async () => {
    const ran = await two.run("broadcast", TEXT);
    expect(ran.err).toContain("text has what looks like a value after a word such as password");
    expect(ran.err).toContain("(named-secret), at line 2, column 17");
    expect(ran.err).not.toContain(VALUE);
  });

  it("is sent with --force, as it is", async () => {
    const sent = await two.json<{ result: { message: { body: string } } }>("broadcast", TEXT, "--force");
    expect(sent.result.message.body).toBe(TEXT);
    expect(await two.json("status", LINE, "--force")).toMatchObject({ landed: true });
  });

  it("is refused offline too, so that it does not wait in the outbox", async () => {
    expect((await two.run("--offline", "broadcast", TEXT)).code).toBe(3);
    expect(await two.json("outbox")).toMatchObject({ operations: [] });
  });
});
