import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMANDS } from "../../../src/cli/table.ts";
import { Console, errorOf } from "../../support/console.ts";
import { Sandbox } from "../../support/sandbox.ts";

const sandbox = new Sandbox();
const one = new Console(sandbox).with({ env: { HIVE_SESSION: "session-1" } });
const two = one.with({ env: { HIVE_SESSION: "session-2" } });
let [pending, accepted, hub] = ["", "", ""];

beforeAll(async () => {
  hub = await sandbox.bareHub();
  await one.print("init", "--remote", hub);
  await one.print("register", "session-1", "--role", "Frontend");
  await two.print("register", "session-2", "--role", "Back\u202eend: *");
  pending = (await one.print("-q", "request", "session-2", "Please\nhelp \u202e $(id)")).trim();
  accepted = (await one.print("-q", "request", "session-2", "And this")).trim();
  await two.print("accept", accepted);
});
afterAll(() => sandbox.close());

async function offered(...words: string[]): Promise<string[]> {
  const { candidates } = await one.json<{ candidates: { value: string }[] }>(
    "completion",
    "candidates",
    "--",
    ...words,
  );
  return candidates.map(({ value }) => value);
}

describe("the candidates at the cursor", () => {
  it("are all commands where none is given, also after global options", async () => {
    const names = [...Object.keys(COMMANDS), "help"];
    expect(await offered("")).toEqual(names);
    expect(await offered("--json", "--as", "session-1", "")).toEqual(names);
    expect(await offered("he")).toEqual(["heartbeat", "help"]);
    expect(await offered("help", "who")).toEqual(["whoami"]);
  });

  it.each(Object.entries(COMMANDS))("are all options of %s", async (name, { load }) => {
    const { options = [], lists = [] } = await load();
    const flags = [...options, ...lists].flatMap(([each]) => each.match(/--[a-z-]+/g) ?? []);
    expect(await offered(name, "--")).toEqual(expect.arrayContaining([...flags, "--json", "--help"]));
  });

  it.each([
    ["a session", ["request", ""], ["session-1", "session-2"]],
    ["a session by a prefix", ["request", "session-2"], ["session-2"]],
    ["a session for an option of every command", ["--as", ""], ["session-1", "session-2"]],
    [
      "a session for an option of one command",
      ["log", "--limit", "3", "--session", ""],
      ["session-1", "session-2"],
    ],
    ["an urgency", ["request", "session-2", "Help", ""], ["normal", "high", "urgent"]],
    ["a status", ["heartbeat", "--work", "--json", "--state", "i"], ["idle"]],
    ["a state", ["status", "--state", "p"], ["paused"]],
    ["an intent", ["reply", "01", "Yes", "--intent", "a"], ["ask", "ack"]],
    ["a shell", ["completion", "z"], ["zsh"]],
    ["a coding tool", ["setup", "c"], ["claude", "codex", "cursor", "copilot"]],
    ["a kind of operation", ["log", "--kind", "acc"], ["accept"]],
    ["a format", ["validate", "--format", ""], ["text", "json", "github"]],
    ["a word of a command", ["availability", "s"], ["set", "session-1", "session-2"]],
    ["parts of weekly hours", ["availability", "set", "M"], ["Mon-Fri", "Mon-Sun"]],
    ["more parts of weekly hours", ["availability", "set", "Mon-Fri", "0"], ["09:00-17:00", "00:00-24:00"]],
    ["a word that names a way to group", ["metrics", "--by", ""], ["session", "skill"]],
    ["what to do with the outbox", ["outbox", ""], ["drop", "move"]],
    ["a time zone", ["availability", "--zone", "Europe/Berl"], ["Europe/Berlin"]],
    ["what to wait for", ["wait", "--for", ""], ["request", "message"]],
    ["nothing after the last argument", ["whoami", ""], []],
    ["nothing for a text", ["broadcast", ""], []],
    ["nothing for an unknown command", ["nonsense", ""], []],
    ["no option after --", ["broadcast", "--", "--"], []],
    ["no inherited property of JavaScript objects", ["constructor", "--proto", ""], []],
  ])("are %s", async (_, words, expected) => {
    expect(await offered(...words)).toEqual(expected);
  });

  it("are requests on which the move is legal, and all open requests elsewhere", async () => {
    expect(await offered("accept", "")).toEqual([pending]);
    expect(await offered("start", "collab-")).toEqual([accepted]);
    expect((await offered("cancel", "")).sort()).toEqual([pending, accepted].sort());
    expect((await offered("log", "--request", "")).sort()).toEqual([pending, accepted].sort());
  });

  it("are the author's claims for release, all claims for claims, and none for claim", async () => {
    await one.print("claim", "issue-1", "-m", "Mine");
    await two.print("claim", "issue-2");
    for (const command of ["release", "renew"]) expect(await offered(command, "")).toEqual(["issue-1"]);
    expect(await offered("claims", "check", "")).toEqual(["issue-1", "issue-2"]);
    expect(await offered("claim", "")).toEqual([]);
    const stranger = one.with({ env: { HIVE_SESSION: "" } });
    expect(await stranger.print("completion", "candidates", "--", "release", "")).toBe("");
  });

  it("are followed topics, without their #", async () => {
    await two.print("follow", "#deploy");
    await two.print("mute", "#noise");
    for (const command of ["send", "follow", "mute"]) expect(await offered(command, "d")).toEqual(["deploy"]);
    expect(await offered("send", "")).toEqual(["session-1", "session-2", "deploy"]);
  });

  it("are unread messages for reply, offered skills, and operations that wait", async () => {
    await two.print("offer", "zig");
    const message = (await two.print("-q", "send", "session-1", "Is it done?")).trim();
    expect(await offered("reply", "")).toEqual(expect.arrayContaining([message]));
    expect(await offered("find-help", "z")).toEqual(["zig"]);
    expect(await offered("withdraw", "")).toEqual([]);
    await one.run("--offline", "broadcast", "Later");
    expect(await offered("outbox", "drop", "")).toHaveLength(1);
  });

  it("have text of other sessions on one line, made visible", async () => {
    const text = await one.print("completion", "candidates", "--", "accept", "");
    expect(text).toBe(`${pending}\tsession-1 (unverified): Please help \\u{202e} $(id)\n`);
    expect(await one.print("completion", "candidates", "--", "request", "session-2")).toBe(
      "session-2\talive  Back\\u{202e}end: *\n",
    );
  });

  it("are read from the hub in the command line", async () => {
    const other = one.with({ directory: sandbox.folder("other") });
    expect(
      await other.run("completion", "candidates", "--", "--hub", hub, "request", "session-1"),
    ).toMatchObject({ code: 0, out: "session-1\talive  Frontend\n" });
  });
});

describe("without a hub that answers", () => {
  it("are commands and options, and no ids", async () => {
    const nowhere = new Sandbox();
    const console = new Console(nowhere);
    expect(await console.print("completion", "candidates", "--", "sy")).toMatch(/^sync\t/);
    expect(await console.run("completion", "candidates", "--", "request", "")).toEqual({
      code: 0,
      out: "",
      err: "",
    });
    const away = console.with({ env: { HIVE_HUB: "https://127.0.0.1:1/hub.git" } });
    expect(await away.run("completion", "candidates", "--", "request", "")).toEqual({
      code: 0,
      out: "",
      err: "",
    });
    await nowhere.close();
  });

  it("an unknown shell is refused", async () => {
    const ran = await one.run("completion", "tcsh", "--json");
    expect(ran.code).toBe(2);
    expect(errorOf(ran)).toMatchObject({ code: "usage", hint: "The shells are: bash, zsh, fish" });
  });
});
