import { beforeEach, describe, expect, it } from "vitest";
import { Console } from "../support/console.ts";
import { openSandbox } from "../support/git-sandbox.ts";
import { hubWith } from "../support/hub-with.ts";
import type { Sandbox } from "../support/sandbox.ts";

let sandbox: Sandbox;
let alice: Console;
let bob: Console;

beforeEach(async () => {
  sandbox = openSandbox();
  const hub = await hubWith(sandbox, "alice", "bob");
  const as = (session: string) => new Console(sandbox, { env: { HIVE_HUB: hub, HIVE_SESSION: session } });
  [alice, bob] = [as("alice"), as("bob")];
});

const ask = async () => (await alice.print("-q", "request", "bob", "Need a UI")).trim();

interface Moved {
  readonly result: { readonly collaboration: { readonly history: readonly { readonly note?: string }[] } };
}

/** The note of the last step of a request that was just moved. */
async function noteOf(by: Console, ...argv: string[]): Promise<string | undefined> {
  return (await by.json<Moved>(...argv)).result.collaboration.history.at(-1)?.note;
}

describe("-m gives the text", () => {
  it.each([
    ["send", ["send", "bob", "-m", "Hello there"], "normal"],
    ["send, with a priority", ["send", "bob", "-m", "Hello there", "--priority", "high"], "high"],
    ["send, with a priority after it", ["send", "bob", "urgent", "--message", "Hello there"], "urgent"],
    ["broadcast", ["broadcast", "-m", "Hello there", "high"], "high"],
    ["request", ["request", "bob", "-m", "Hello there", "high"], "high"],
    ["request of a skill", ["request", "--to-capability", "go", "-m", "Hello there"], "normal"],
    ["need", ["need", "go", "-m", "Hello there"], "normal"],
  ])("of %s", async (_, argv, priority) => {
    const { result } = await alice.json<{ result: { message: object } }>(...argv);
    expect(result.message).toMatchObject({ body: "Hello there", priority });
  });

  it("of a reply", async () => {
    const id = (await alice.print("-q", "send", "bob", "Which port?")).trim();
    expect(await bob.json("reply", id, "-m", "8005")).toMatchObject({
      result: { message: { body: "8005" } },
    });
  });

  it("of a handoff: its goal, or beside another goal how the work stands", async () => {
    const goal = (...argv: string[]) => alice.json("handoff", "bob", "--dry-run", ...argv);
    for (const argv of [["-m", "Finish the charts"], ["Finish the charts"], ["Finish", "the", "charts"]])
      expect(await goal(...argv)).toMatchObject({ goal: "Finish the charts" });
    expect(await goal("--goal", "Charts", "-m", "Half done", "--doing", "Axes")).toMatchObject({
      goal: "Charts",
      bundle: { in_progress: ["Axes", "Half done"] },
    });
    const id = await ask();
    await bob.print("accept", id);
    expect(
      await bob.json("handoff", "--open", "Stuck on the axes", "--request", id, "--dry-run"),
    ).toMatchObject({
      goal: "Need a UI",
      bundle: { in_progress: ["Stuck on the axes"] },
    });
  });

  it.each([
    [["send", "bob", "Hello", "-m", "Hi"]],
    [["send", "bob", "Hello", "all", "-m", "Hi"]],
    [["request", "bob", "Hello you", "high", "-m", "Hi"]],
    [["broadcast", "Hello", "-m", "Hi"]],
    [["handoff", "bob", "Finish it", "-m", "Hi", "--dry-run"]],
    [["pause", "Lunch", "-m", "Hi"]],
    [["leave", "Lunch", "-m", "Hi"]],
  ])("once: %j", async (argv) => {
    const ran = await alice.run(...argv);
    expect(ran).toMatchObject({ code: 2, out: "" });
    expect(ran.err).toContain("given twice");
  });

  it.each([[["send", "bob"]], [["broadcast"]], [["need", "go"]], [["send", "bob", "-m", " "]]])(
    "or the call has none: %j",
    async (argv) => {
      const ran = await alice.run(...argv);
      expect(ran).toMatchObject({ code: 2, out: "" });
      expect(ran.err).toMatch(/text is (?:empty|missing)|has no text/i);
    },
  );
});

describe("a note without -m", () => {
  it.each(["accept", "decline"])("follows the request: %s", async (move) => {
    expect(await noteOf(bob, move, await ask(), "After lunch")).toBe("After lunch");
    expect(await noteOf(bob, move, await ask(), "After", "my", "lunch")).toBe("After my lunch");
  });

  it("follows the request of start, complete and cancel", async () => {
    const id = await ask();
    await bob.print("accept", id);
    expect(await noteOf(bob, "start", id, "Now")).toBe("Now");
    expect(await noteOf(bob, "complete", id, "Merged in #42")).toBe("Merged in #42");
    expect(await noteOf(alice, "cancel", await ask(), "Solved")).toBe("Solved");
  });

  it("is never another request, and never given twice", async () => {
    const [one, other] = [await ask(), await ask()];
    for (const argv of [
      [one, other],
      [one, other.slice(-4)],
      [one, "collab-1-none"],
    ]) {
      const ran = await bob.run("accept", ...argv);
      expect(ran).toMatchObject({ code: 2, out: "" });
      expect(ran.err).toContain("takes one request");
    }
    expect(await bob.run("accept", one, "Yes", "-m", "No")).toMatchObject({ code: 2, out: "" });
    expect(await bob.json("inbox")).toMatchObject({
      requests: [{ status: "pending" }, { status: "pending" }],
    });
  });

  it("is the reason of a pause and of leaving, and what one does after a pause", async () => {
    expect(await bob.print("pause", "Out for lunch")).toBe("bob is paused: Out for lunch\n");
    expect(await bob.print("resume", "Review", "of", "the", "API")).toBe(
      "bob is active: Review of the API\n",
    );
    expect(await bob.print("leave", "Half", "done")).toContain("bob is offline.");
    expect(
      (await bob.json<{ entries: { subject: string }[] }>("log", "--limit", "1")).entries[0]?.subject,
    ).toBe("leave bob: Half done");
  });

  it.each([
    [["2h"], "2026-01-31T14:00:00Z"],
    [["for", "2h"], "2026-01-31T14:00:00Z"],
    [["until", "17:00"], "2026-01-31T17:00:00Z"],
    [["until 17:00"], "2026-01-31T17:00:00Z"],
  ])("is the end of a pause where it is a time: %j", async (words, until) => {
    expect(await bob.print("pause", ...words)).toBe(`bob is paused until ${until}.\n`);
  });

  it("is not taken for a time where the end is given", async () => {
    expect(await bob.print("pause", "2h", "--until", "17:00")).toContain("17:00:00Z: 2h");
    expect(await bob.print("pause", "for lunch")).toBe(
      "bob is paused until 2026-01-31T17:00:00Z: for lunch\n",
    );
  });
});

describe("--to", () => {
  it.each([
    [["request", "--to", "bob", "Hello there"]],
    [["request", "Hello", "there", "--to", "bob"]],
    [["send", "--to", "bob", "-m", "Hello there"]],
    [["send", "--to", "bob", "Hello", "there"]],
  ])("names the session instead of the first argument: %j", async (argv) => {
    const { result } = await alice.json<{ result: { message: object } }>(...argv);
    expect(result.message).toMatchObject({ to: "bob", body: "Hello there" });
  });

  it("also of a handoff", async () => {
    expect(await alice.json("handoff", "--to", "bob", "Finish it", "--dry-run")).toMatchObject({
      to: "bob",
      goal: "Finish it",
    });
    expect((await alice.run("handoff", "--to", "bob", "--open", "x")).code).toBe(2);
  });

  it.each([[["request"]], [["send"]], [["request", "--to", "bob"]]])(
    "or the argument is needed: %j",
    async (argv) => {
      expect(await alice.run(...argv)).toMatchObject({ code: 2, out: "" });
    },
  );
});

it("-n is short for --limit, as in git", async () => {
  expect(await alice.json("log", "-n", "1")).toMatchObject({ entries: [{ kind: "register" }] });
  for (const argv of [["inbox"], ["search", "port"]])
    expect((await alice.run(...argv, "-n", "1")).code).toBe(0);
});
