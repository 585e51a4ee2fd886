import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { calledElsewhere, NAMES_ELSEWHERE } from "../../src/cli/called-elsewhere.ts";
import { COMMANDS, commandNamed, GROUPS } from "../../src/cli/table.ts";
import { SETTINGS_PATH } from "../../src/domain/hub/layout.ts";
import { TEXT_LIMIT } from "../../src/domain/values/text.ts";
import { findProject } from "../../src/store/checkout/checkout.ts";
import { Host } from "../../src/store/host/state-directory.ts";
import { linkProject } from "../../src/store/identity/links.ts";
import { Console, errorOf } from "../support/console.ts";
import { Sandbox } from "../support/sandbox.ts";

const NAMES = Object.keys(COMMANDS);
const GLOBALS = ["--json", "--as <session>", "--hub <url|path>", "--offline", "--quiet", "--no-color"];

const sandbox = new Sandbox();
const stranger = new Console(sandbox, { directory: sandbox.folder("elsewhere") });
const one = new Console(sandbox).with({ env: { HIVE_SESSION: "session-1" } });

beforeAll(async () => {
  await one.print("init", "--remote", await sandbox.bareHub());
  await one.print("register", "session-1");
  await one.print("register", "session-2");
});
afterAll(() => sandbox.close());

describe("help", () => {
  it.each(NAMES)("of %s has one sentence, the usage, two examples, then the options", async (name) => {
    const { code, out, err } = await stranger.run(name, "--help");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const [what, usage, examples = "", ...rest] = out.split("\n\n");
    expect(what).toMatch(/^[A-Z][^.]*\.$/s);
    expect(usage).toMatch(new RegExp(`^Usage: hive ${name}(?: |$)`));
    expect(examples).toMatch(/^Examples:\n/);
    const calls = examples.match(/^ {2}.*\bhive .+$/gm) ?? [];
    expect(calls.filter((line) => line.includes(`hive ${name}`)).length).toBeGreaterThanOrEqual(2);
    const oneLine = rest.join("\n").replaceAll("\n", " ");
    for (const flags of GLOBALS) expect(oneLine).toContain(flags);
    expect(oneLine).toContain(`hive ${name} --help --json`);
  });

  it.each(NAMES)("of %s is data with --json, and its schema is one", async (name) => {
    const help = (await stranger.json(name, "--help")) as Record<string, unknown>;
    const { command, summary, examples, schema } = help;
    expect({ command, summary, examples }).toEqual({
      command: name,
      summary: expect.stringMatching(/^[A-Z].*\.$/),
      examples: expect.arrayContaining([expect.stringContaining(`hive ${name}`)]),
    });
    expect(() => new Ajv().compile(schema as object)).not.toThrow();
  });

  it("of hive itself is data with --json", async () => {
    expect(await stranger.json("--help")).toMatchObject({
      commands: NAMES.map((name) => ({ name })),
      exit_codes: { 0: "done", 124: "a wait timed out" },
    });
  });

  it.each(NAMES)("of %s leads only to commands that there are", (name) => {
    for (const other of COMMANDS[name]?.seeAlso ?? []) expect(NAMES).toContain(other);
  });

  it.each(NAMES)("of %s is the same with `hive help`", async (name) => {
    expect(await stranger.run("help", name)).toEqual(await stranger.run(name, "--help"));
  });

  it.each([["--help"], ["help"], ["-h"]])(
    "of hive itself lists every command and the exit codes: %s",
    async (flag) => {
      const { code, out } = await stranger.run(flag);
      expect(code).toBe(0);
      for (const name of NAMES) expect(out).toMatch(new RegExp(`^ {2}${name} `, "m"));
      expect(out).toContain("Exit codes: 0 done, 1 failed, 2 wrong usage");
    },
  );

  it("of hive itself has each command once, on one line, under the heading of its group", async () => {
    const help = await stranger.print("--help");
    const listed = help.slice(help.indexOf("Sessions:"), help.indexOf("\nOptions and examples"));
    const names = listed.split("\n").map((line) => /^ {2}(\S+) {2,}\S/.exec(line)?.[1] ?? line);
    const order = GROUPS.flatMap(({ heading, commands }) => [`${heading}:`, ...Object.keys(commands), ""]);
    expect(names).toEqual(order);
    expect(NAMES).toHaveLength(GROUPS.flatMap(({ commands }) => Object.keys(commands)).length);
  });

  it("of hive itself has the commands for other programs last", () => {
    expect(GROUPS.map(({ heading }) => heading)).toEqual([
      "Sessions",
      "Requests",
      "Messages",
      "Claims",
      "Skills and time",
      "Hub",
      "Tools and automation",
      "Called by other programs",
    ]);
    expect(NAMES.slice(-4)).toEqual(["hook", "statusline", "comment", "merge-driver"]);
  });

  it("of hive itself begins with a description, the usage, and the first steps", async () => {
    const [what, , usage, , make, join, register] = (await stranger.print("--help")).split("\n");
    expect(what).toBe("Coordinates coding sessions through Git.");
    expect(usage).toBe("Usage: hive [options] [command]");
    expect([make, join, register]).toEqual([
      expect.stringContaining("hive init"),
      expect.stringContaining("hive join <url>"),
      expect.stringContaining("hive register <session>"),
    ]);
  });

  it("is shown by hive without arguments where a hub is known", async () => {
    expect(await stranger.run()).toEqual(await stranger.run("--help"));
  });

  it.each(NAMES_ELSEWHERE)("names the command that is called %s elsewhere", (word) => {
    expect(commandNamed(word)).toBeUndefined();
    for (const call of calledElsewhere(word)) expect(NAMES).toContain(call.split(" ")[0]);
  });

  it.each([
    ["check", "hive claims check (files) or hive doctor (this setup)"],
    ["delete", "hive release (a claim), hive cancel (a request) or hive retire (a session)"],
    ["rm", "hive release (a claim), hive cancel"],
    ["unread", "hive inbox"],
    ["config", "hive setup"],
    ["grab", "hive claim"],
    ["chat", "hive send"],
    ["events", "hive log"],
  ])("leads on from %s, called or asked for", async (word, said) => {
    for (const argv of [
      [word, "x"],
      ["help", word],
      [word, "--help"],
    ]) {
      const ran = await stranger.run(...argv);
      expect(ran).toMatchObject({ code: 2, out: "" });
      expect(ran.err).toContain(said);
    }
  });

  it.each([
    [["help", "nosuch"], "Unknown command 'nosuch'."],
    [["help", "snyc"], "Did you mean sync?"],
    [["snyc", "--help"], "Did you mean sync?"],
    [["--json", "snyc", "-h"], "Did you mean sync?"],
    [["help", "claimz", "--json"], "Did you mean one of claim, claims?"],
  ])("of a command that is none is a wrong call: %j", async (argv, said) => {
    const ran = await stranger.run(...argv);
    expect(ran).toMatchObject({ code: 2, out: "" });
    expect(ran.err.replaceAll('\\"', '"')).toContain(said);
  });

  it("of help and version is that of hive itself", async () => {
    const all = await stranger.run("--help");
    for (const word of ["help", "version"]) expect(await stranger.run("help", word)).toEqual(all);
    expect(await stranger.run("help", "sync", "extra")).toEqual(await stranger.run("sync", "--help"));
  });

  it.each([
    ["ls", "sync"],
    ["who", "sync"],
    ["ask", "request"],
    ["lock", "claim"],
    ["unlock", "release"],
  ])("knows %s as %s", async (alias, name) => {
    expect(await stranger.run(alias, "--help")).toEqual(await stranger.run(name, "--help"));
    expect(await stranger.print(name, "--help")).toContain(`hive ${alias}`);
  });

  it.each([["-v"], ["-V"], ["version"], ["--version"]])("prints the version: %s", async (word) => {
    expect(await stranger.print(word)).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("ends an error with the call that helps with this command", async () => {
    expect((await stranger.run("claim", "x", "--frob")).err).toContain("See: hive claim --help");
    expect((await stranger.run("--json", "lock", "x", "--frob")).err).toContain("See: hive claim --help");
    expect((await stranger.run("frobnicate")).err).toContain("See: hive --help");
  });

  it.each([["--json"], ["-q"], ["--as", "session-1"]])(
    "or an error about the missing command is printed for %s",
    async (...argv) => {
      const { out, err } = await stranger.run(...argv);
      expect(out + err).not.toBe("");
    },
  );

  it("lists every command also after a global option", async () => {
    expect((await stranger.run("--json", "--help")).out).toContain("find-help");
  });

  it("has a version option", async () => {
    expect(await stranger.run("--version")).toMatchObject({ code: 0, out: "0.0.0\n" });
  });
});

describe("hive alone", () => {
  it("prints the first steps in three lines where no hub is known, and ends with 0", async () => {
    const nowhere = new Sandbox();
    const { code, out, err } = await new Console(nowhere).run();
    await nowhere.close();
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.split("\n")).toEqual([
      expect.stringMatching(/^Create a hub: +hive init/),
      expect.stringMatching(/^Or join a hub: +hive join <url>$/),
      expect.stringMatching(/^Then register: +hive register <session> .*hive --help/),
      "",
    ]);
  });

  it.each([
    ["HIVE_HUB names it", {}, { HIVE_HUB: "/nowhere.git" }],
    ["this project chose it", { project: "/nowhere.git" }, {}],
    ["it is this host's default", { other: "/nowhere.git" }, {}],
    ["the project is a clone of it", { clone: true }, {}],
  ])("shows the help where a hub is known, without the hub or git: %s", async (_, known, env) => {
    const somewhere = new Sandbox();
    const console = new Console(somewhere, {
      directory: prepare(somewhere, known),
      env: { ...env, PATH: "/nowhere" },
    });
    const [alone, help] = [await console.run(), await console.run("--help")];
    await somewhere.close();
    expect(alone).toEqual(help);
    expect(alone.out).toContain("Called by other programs:");
  });
});

/** Makes a project on a host that knows a hub in some way, and returns its folder. */
function prepare(on: Sandbox, known: { project?: string; other?: string; clone?: boolean }): string {
  const project = on.folder("project");
  const host = new Host(on.world().env, on.world().home);
  const choose = (directory: string, hub: string) =>
    linkProject(host, findProject(directory), hub, on.world().env);
  if (known.project !== undefined) choose(project, known.project);
  if (known.other !== undefined) choose(on.folder("other"), known.other);
  if (known.clone === true) {
    on.folder("project", ".git");
    on.folder("project", "coordination");
    writeFileSync(join(project, SETTINGS_PATH), "");
  }
  return project;
}

describe("a wrong call ends with 2 and says what is wrong", () => {
  it.each([
    ["an unknown command, with a suggestion", ["snyc"], "Did you mean sync?"],
    ["a command that has another name elsewhere", ["dm", "session-2", "Hi"], "hive send"],
    ["an unknown command after options", ["--json", "regster"], "Did you mean register?"],
    ["an unknown option", ["sync", "--fast"], "unknown option '--fast'"],
    ["an unknown option, with a suggestion", ["register", "ab", "--rol", "x"], "Did you mean --role?"],
    ["another flag", ["claim", "x", "--ttl", "2h"], "Did you mean --for <duration>?"],
    ["a short flag of another tool", ["sync", "-n", "5"], "unknown option '-n'"],
    ["a flag for the author", ["log", "--author", "session-1"], "Did you mean --session <session>?"],
    [
      "two addressees",
      ["request", "session-2", "--to", "session-3", "x", "--to-capability", "go"],
      "exclude each",
    ],
    ["a missing argument", ["request", "session-2"], "missing required argument 'text'"],
    ["a missing session", ["register"], "missing required argument 'session'"],
    ["a missing value", ["heartbeat", "--work"], "argument missing"],
    ["too many arguments", ["sync", "now"], "too many arguments"],
    ["no session id", ["register", "Session 1"], "is not a session id"],
    ["an empty session id", ["register", ""], "is not a session id"],
    ["no session id as the author", ["heartbeat", "--as", "../x"], "is not a session id"],
    ["no session id as the addressee", ["request", "ALL", "Help"], "is not a session id"],
    ["another urgency", ["request", "session-2", "Help me", "asap"], "normal, high or urgent"],
    ["another priority", ["broadcast", "Help", "--priority", "critical"], "normal, high or urgent"],
    ["an empty urgency", ["broadcast", "Help", ""], "normal, high or urgent"],
    ["an empty text", ["broadcast", ""], "text is empty"],
    ["a blank text", ["broadcast", " \n"], "text is empty"],
    ["an empty request", ["request", "session-2", ""], "text is empty"],
    ["an empty task", ["match", ""], "text is empty"],
    ["an empty capability", ["find-help", " "], "text is empty"],
    ["an empty note", ["accept", "collab-1", "-m", ""], "text is empty"],
    ["an empty role", ["register", "session-1", "--role", ""], "text is empty"],
    ["an empty request id", ["accept", ""], "request id"],
    ["a text that is too long", ["broadcast", "x".repeat(TEXT_LIMIT + 1)], `at most ${TEXT_LIMIT}`],
    ["a status of two words", ["heartbeat", "--state", "very busy"], "one lower-case word"],
    ["no number", ["inbox", "--limit", "0"], "is not a number from 1 to 999999"],
    ["a word as a number", ["log", "--limit", "ten"], "is not a number from 1 to 999999"],
    ["no time", ["log", "--since", "yesterdy"], "cannot read"],
    ["a time to come as a start", ["log", "--since", "tomorrow"], "is in the future"],
    ["no request id", ["log", "--request", "*"], "is not a request id"],
    ["no duration", ["heartbeat", "--every", "5"], "a duration is a number"],
    ["no time between heartbeats", ["heartbeat", "--every", "0s"], "--every needs a duration"],
    ["no time to come", ["pause", "--until", "tomorow"], "cannot read"],
    ["an instant as a duration", ["pause", "--for", "tomorrow"], "a duration is a number"],
    ["two ends", ["pause", "--for", "2h", "--until", "17:00"], "exclude each other"],
    ["two priorities", ["broadcast", "Help", "high", "--priority", "urgent"], "is given twice"],
    ["a state as the text", ["status", "paused"], "is a state"],
    ["an old flag beside its new name", ["offer", "css", "-m", "A", "--note", "B"], "both are given"],
    ["an empty status", ["status", ""], "text is empty"],
    ["a mistyped zone", ["availability", "set", "Mon-Fri 9-17 Europe/Berln"], "column 14"],
    ["a mistyped day", ["availability", "set", "Mno 9-17 UTC"], '"Mno" is not a day'],
    ["no hours", ["availability", "set"], "no hours are given"],
    ["words after a session", ["availability", "session-1", "9-17"], "too many arguments"],
    ["an unknown time zone", ["availability", "--zone", "Berln"], "is not a time zone"],
    ["no address", ["join", "ext::sh -c id"], "is not an address of a hub"],
    ["an option for an address", ["sync", "--hub", "--upload-pack=id"], "is not an address of a hub"],
  ])("%s", async (_, argv, reason) => {
    const text = await one.run(...argv);
    expect(text).toMatchObject({ code: 2, out: "" });
    expect(text.err.toLowerCase()).toContain(reason.toLowerCase());
    expect(text.err).not.toMatch(/\.\.\n|\bat .*\.ts:/);

    const json = await one.run("--json", ...argv);
    expect(json).toMatchObject({ code: 2, out: "" });
    expect(errorOf(json).message.toLowerCase()).toContain(reason.toLowerCase());
    expect(Object.keys(errorOf(json))).toEqual(["code", "message", "hint"]);
    expect(json.err.match(/\n/g)).toHaveLength(1);
  });

  it.each([["sync"], ["inbox"], ["whoami"], ["register", "ab"], ["broadcast", "Hi"], ["log"]])(
    "no hub, and the ways to name one: %s",
    async (...argv) => {
      const nowhere = new Sandbox();
      const ran = await new Console(nowhere).run("--json", ...argv);
      await nowhere.close();
      expect(ran).toMatchObject({ code: 2, out: "" });
      expect(errorOf(ran).code).toBe("no_hub");
      for (const way of ["hive init", "hive join", "--hub", "HIVE_HUB"])
        expect(errorOf(ran).hint).toContain(way);
    },
  );
});

describe("the exit code", () => {
  it("is 0 when it is done", async () => {
    expect(await one.run("sync")).toMatchObject({ code: 0, err: "" });
  });

  it.each([
    ["there is no hub", ["sync", "--hub", "nowhere.git"], "no_hub"],
    ["no session has hours for a calendar", ["availability", "--ics"], "no_hours"],
    ["there is no such directory to import", ["import", "nowhere"], "no_directory"],
    ["the hub is a checkout", ["sync", "--hub", "checkout"], "not_bare"],
    ["the remote is not there", ["sync", "--hub", "file:///nowhere.git"], "access_denied"],
    ["the repository is no hub yet", ["sync", "--hub", "empty.git"], "not_a_hub"],
  ])("is 1 when %s", async (_, argv, code) => {
    sandbox.folder("work", "checkout", ".git");
    await sandbox.git(sandbox.folder("work"), "init", "--quiet", "--bare", "empty.git");
    const ran = await one.run("--json", ...argv);
    expect(ran).toMatchObject({ code: 1, out: "" });
    expect(errorOf(ran).code).toBe(code);
  });

  it.each([
    ["an unregistered session writes", ["broadcast", "Hi", "--as", "stranger"], "not_registered"],
    ["the session of the hours is unknown", ["availability", "nobody"], "unknown_session"],
    ["a pause ends before it begins", ["pause", "--until", "0s"], "over_already"],
    ["the addressee is unknown", ["request", "nobody", "Hi"], "unknown_session"],
    ["a session asks itself", ["request", "session-1", "Hi"], "same_session"],
    ["there is no such request", ["accept", "collab-9"], "unknown_request"],
  ])("is 3 when the rules refuse: %s", async (_, argv, code) => {
    const ran = await one.run("--json", ...argv);
    expect(ran).toMatchObject({ code: 3, out: "" });
    expect(errorOf(ran).code).toBe(code);
    expect((await one.run(...argv)).err).toBe(`${errorOf(ran).message}\n${errorOf(ran).hint}\n`);
  });
});

describe("a path that cannot be written is not reported as a bug", () => {
  const LONG = "会".repeat(60);

  it.each([
    ["a project in a folder with a long name in Chinese", { directory: LONG }, ["init"]],
    ["a hub below a file", {}, ["init", "--remote", "file.txt/hub.git"]],
    ["a hub with a long address", {}, ["sync", "--hub", `https://127.0.0.1:1/${"x".repeat(300)}`]],
    ["a state directory below a file", { state: "file.txt/state" }, ["init"]],
  ])("%s", async (_, { directory = "plain", state }: { directory?: string; state?: string }, argv) => {
    const work = sandbox.folder("projects", directory);
    writeFileSync(join(work, "file.txt"), "");
    const env = state === undefined ? {} : { HIVE_STATE_DIR: join(work, state) };
    const ran = await new Console(sandbox, { directory: work, env }).run("--json", ...argv);
    if (ran.code !== 0) expect(errorOf(ran)).toMatchObject({ code: expect.not.stringMatching(/^bug$/) });
  });
});
