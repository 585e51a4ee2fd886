import { beforeEach, describe, expect, it } from "vitest";
import { Console, errorOf } from "../support/console.ts";
import { openSandbox } from "../support/git-sandbox.ts";
import { hubWith } from "../support/hub-with.ts";
import type { Sandbox } from "../support/sandbox.ts";

let sandbox: Sandbox;
let one: Console;
let two: Console;

beforeEach(async () => {
  sandbox = openSandbox();
  const hub = await hubWith(sandbox, "session-1", "session-2");
  const as = (session: string) =>
    new Console(sandbox, { env: { HIVE_HUB: hub, HIVE_SESSION: session, TZ: "Europe/Berlin" } });
  one = as("session-1");
  two = as("session-2");
});

interface Sent {
  readonly result: {
    readonly message: { readonly id: string; readonly body: string; readonly priority: string };
    readonly collaboration: {
      readonly request_id: string;
      readonly request: string;
      readonly urgency: string;
      readonly deadline?: string;
    };
  };
}

const sent = async (...argv: string[]) => {
  const { body, priority } = (await one.json<Sent>(...argv)).result.message;
  return [body, priority];
};
const asked = async (...argv: string[]) => (await one.json<Sent>(...argv)).result.collaboration;

describe("a text at the end of a command", () => {
  it.each([
    [["broadcast", "Hello", "all"], "Hello all", "normal"],
    [["broadcast", "Hello", "all", "of", "you"], "Hello all of you", "normal"],
    [["broadcast", "Down", "urgent"], "Down", "urgent"],
    [["broadcast", "We are down", "high"], "We are down", "high"],
    [["broadcast", "It", "is", "urgent"], "It is urgent", "normal"],
    [["broadcast", "Hello", "all", "--priority", "high"], "Hello all", "high"],
    [["broadcast", "Down", "urgent", "--priority", "urgent"], "Down", "urgent"],
    [["broadcast", "--", "--off", "is", "gone"], "--off is gone", "normal"],
    [["send", "session-2", "Which", "port"], "Which port", "normal"],
    [["send", "session-2", "Down", "urgent"], "Down", "urgent"],
    [["request", "session-2", "Need", "a", "UI"], "Need a UI", "normal"],
    [["request", "session-2", "Need a UI", "--priority", "high"], "Need a UI", "high"],
    [["need", "css", "Fix", "it"], "Fix it", "normal"],
    [["request", "--to-capability", "css", "Fix", "it", "now"], "Fix it now", "normal"],
  ])("%j is sent as %j, %s", async (argv, text, priority) => {
    expect(await sent(...argv)).toEqual([text, priority]);
  });

  it("is read from stdin for -, with a priority after it", async () => {
    const piped = one.with({ readInput: async () => "From a pipe" });
    expect(await piped.json("broadcast", "-", "urgent")).toMatchObject({
      result: { message: { body: "From a pipe", priority: "urgent" } },
    });
    expect(await piped.run("broadcast", "-", "soon")).toMatchObject({ code: 2, out: "" });
  });

  it("says where a last word is no priority", async () => {
    expect((await one.run("broadcast", "It", "is", "urgent")).err).toContain(
      "To make it the priority: --priority urgent",
    );
    const { err } = await one.run("broadcast", "We are down", "urgnet");
    expect(err).toBe(
      '"urgnet" is not a priority: normal, high or urgent.\nDid you mean urgent? If it belongs to the text, quote the whole text.\n',
    );
  });

  it("needs no quotes where it is a reply, a status, a skill or a task", async () => {
    const { id } = (await one.json<Sent>("send", "session-2", "Which port")).result.message;
    expect(await two.json("reply", id.slice(-4), "Port", "8005")).toMatchObject({
      result: { message: { body: "Port 8005", reply_to: id } },
    });
    expect(await one.print("status", "Review", "of", "the", "API")).toContain(": Review of the API");
    expect(await two.json("offer", "react", "native")).toMatchObject({
      result: { offer: { skill: "react native" } },
    });
    expect(await one.json("skills", "react", "native")).toMatchObject({
      skills: [{ skill: "react native" }],
    });
    expect(await one.json("find-help", "react", "native")).toMatchObject({ matches: [{ id: "session-2" }] });
    expect(await one.json("match", "react", "native", "app")).toMatchObject({ task: "react native app" });
    expect(await two.print("withdraw", "react", "native")).toContain("no longer offers react native");
  });
});

describe("an end", () => {
  it.each([
    [["--until", "tomorrow 9:00"], "2026-02-01T08:00:00Z"],
    [["--until", "4h"], "2026-01-31T16:00:00Z"],
    [["--for", "4h"], "2026-01-31T16:00:00Z"],
    [["--for", "1d12h"], "2026-02-02T00:00:00Z"],
    [["--deadline", "4h"], "2026-01-31T16:00:00Z"],
    [["--deadline", "fri 9:00"], "2026-02-06T08:00:00Z"],
    [["--deadline", "2026-12-01 14:00"], "2026-12-01T13:00:00Z"],
  ])("of a request is given by %j", async (flags, deadline) => {
    expect(await asked("request", "session-2", "Help", ...flags)).toMatchObject({ deadline });
    expect(
      await asked(
        "handoff",
        "session-2",
        "--goal",
        "Help",
        ...flags.map((each) => each.replace("--deadline", "--until")),
      ),
    ).toMatchObject({ deadline });
  });

  it("of a pause, a state and an offer takes the same forms", async () => {
    expect(await one.print("pause", "--until", "17:00")).toBe(
      "session-1 is paused until 2026-01-31T16:00:00Z.\n",
    );
    expect(await one.print("resume", "-m", "Back")).toBe("session-1 is active: Back\n");
    expect(await one.print("status", "--state", "idle", "--for", "90m")).toContain(
      "is idle until 2026-01-31T13:30:00Z",
    );
    expect(await one.print("offer", "css", "--for", "2d", "-m", "Charts")).toContain(
      "offers css until 2026-02-02T12:00:00Z",
    );
  });

  it.each([
    [
      ["--until", "tomorow"],
      'Cannot read "tomorow" as a time. Did you mean tomorrow?\nExamples: 4h, 17:00, tomorrow',
    ],
    [["--for", "fri"], "For an instant: --until"],
    [["--for", "2h", "--deadline", "17:00"], "exclude each other"],
    [["--deadline", "yesterday"], "has passed"],
    [["--until", "tomorrow", "9:00"], 'Quote the time: --until "tomorrow 9:00"'],
  ])("that is wrong is an error with examples: %j", async (flags, words) => {
    const ran = await one.run("request", "session-2", "Help", ...flags);
    expect([ran.code > 1, ran.out, ran.err]).toEqual([true, "", expect.stringContaining(words)]);
  });
});

describe("an old flag", () => {
  it.each([
    [["offer", "css", "--note", "Charts"], "--note is now --message.\n", "offer"],
    [["claim", "issue-1", "--note", "Parser"], "--note is now --message.\n", "claim"],
    [["pause", "--note", "Lunch"], "--note is now --message.\n", "pause"],
    [["heartbeat", "--status", "idle"], "--status is now --state.\n", "heartbeat"],
    [["status", "--status", "idle"], "--status is now --state.\n", "status"],
    [["broadcast", "Down", "--urgency", "high"], "--urgency is now --priority.\n", "broadcast"],
    [["log", "--collab", "collab-"], "--collab is now --request.\n", "log"],
    [["mute", "noise", "--off"], "--off is now hive unmute.\n", "mute"],
    [["follow", "deploy", "--off"], "--off is now hive unfollow.\n", "follow"],
  ])("%j works, and says its new name", async (argv, note, command) => {
    expect(await one.run(...argv)).toMatchObject({ code: 0, err: note });
    expect(await one.run("--quiet", ...argv)).toMatchObject({ code: 0, err: "" });
    expect(await one.run("--json", ...argv)).toMatchObject({ code: 0, err: note });
    const [flag = ""] = note.split(" ");
    expect(await one.print(command, "--help")).not.toMatch(new RegExp(`${flag}\\b`));
  });
});

describe("an id", () => {
  it("is taken by its end wherever one is taken", async () => {
    const { collaboration, message } = (await one.json<Sent>("request", "session-2", "Need a UI")).result;
    const id = collaboration.request_id;
    const end = id.slice(-4);
    expect(await two.print("accept", end)).toContain(
      `${id} is accepted. session-1 (unverified) asks: Need a UI\n`,
    );
    expect(await two.print("start", message.id)).toContain(id);
    expect(await one.json("thread", end)).toMatchObject({ messages: [{ id: message.id }] });
    expect(
      await two.json("handoff", "session-1", "--request", end, "--dry-run").catch(() => undefined),
    ).toBeDefined();
    expect(await one.json("wait", end)).toMatchObject({ happened: { collaboration: { request_id: id } } });
    expect(await two.print("complete", end.toUpperCase())).toContain(`${id} is completed.`);
    const { entries } = await one.json<{ entries: { kind: string }[] }>("log", "--request", end);
    expect(entries.map(({ kind }) => kind)).toEqual(["complete", "start", "accept", "request"]);
    expect(await one.print("log", "--request", end)).toContain(`session-2 completes ${id} «Need a UI»`);
  });

  it("of the only open request is never guessed", async () => {
    await one.print("request", "session-2", "Need a UI");
    for (const text of ["collab", "collab-", "coll"])
      expect(await two.run("accept", text)).toMatchObject({ code: 3, out: "" });
  });

  it("that is ambiguous is a wrong call that lists the candidates with their text", async () => {
    const ids = [];
    for (const text of ["Need a UI", "Need an API"])
      ids.push((await asked("request", "session-2", text)).request_id);
    const start = ids[0]?.slice(0, -4) ?? "";
    for (const argv of [
      ["accept", start],
      ["thread", start],
      ["log", "--request", start],
      ["wait", start],
    ]) {
      const ran = await two.run("--json", ...argv);
      expect([ran.code, errorOf(ran).code]).toEqual([2, expect.stringMatching(/^ambiguous_/)]);
      for (const text of ["«Need a UI»", "«Need an API»"]) expect(errorOf(ran).hint).toContain(text);
    }
  });

  it("of a waiting operation may be its end, and must be named", async () => {
    const { op } = await one
      .run("--json", "heartbeat", "--work", "A", "--offline")
      .then(({ out }) => JSON.parse(out));
    await one.run("heartbeat", "--work", "B", "--offline");
    expect((await one.run("outbox", "drop", "--yes")).err).toContain("No operation is named.");
    expect((await one.run("outbox", "drop", op.slice(0, 6), "--yes")).err).toContain(
      "(heartbeat by session-1: A)",
    );
    expect(await one.json("outbox", "drop", op.slice(-4), "--yes")).toMatchObject({ dropped: op });
  });

  it("of a message is followed by its end, unless a topic has that name", async () => {
    const { id } = (await one.json<Sent>("broadcast", "News")).result.message;
    const end = id.slice(-4).toLowerCase();
    expect(await two.json("follow", end)).toMatchObject({ result: { target: id } });
    await one.print("follow", `#${end}`);
    expect(await two.json("follow", end)).toMatchObject({ result: { target: `#${end}` } });
  });
});

describe("a list", () => {
  it("is separated by commas, or given in several options", async () => {
    const again = await one.json("register", "session-3", "--skill", "python, zig", "--skill", "docker");
    expect(again).toMatchObject({ result: { session: { specialization: ["python", "zig", "docker"] } } });
  });
});

describe("the end of an own request", () => {
  it("leaves the inbox when it was read, and not before", async () => {
    const { request_id } = await asked("request", "session-2", "Need a UI");
    await two.print("complete", request_id).catch(() => undefined);
    await two.print("accept", request_id);
    await two.print("complete", request_id, "-m", "Merged");
    const shown = `${request_id} is completed, 0s ago: Need a UI\n`;
    expect(await one.print("inbox")).toContain(shown);
    expect(await one.print("inbox", "--mark-read")).toContain(shown);
    expect(await one.print("inbox")).toContain("Nothing new for session-1.");
    expect(await one.json("inbox")).toMatchObject({ asked: [] });
    expect(await one.print("inbox", "--all")).toContain(shown);
  });

  it("stays while the request is open", async () => {
    const { request_id } = await asked("request", "session-2", "Need a UI");
    await two.print("accept", request_id);
    await one.print("inbox", "--mark-read");
    expect(await one.print("inbox")).toContain(`${request_id} is accepted, 0s ago: Need a UI`);
  });
});
