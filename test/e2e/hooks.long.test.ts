import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, it } from "vitest";
import { TOOL_NAMES, type ToolName } from "../../src/domain/coding-tools/table.ts";
import { TOOLS } from "../../src/domain/coding-tools/tools.ts";
import { SHAPES, type Told } from "../domain/coding-tools/tool-shapes.ts";
import { EVENTS, WAITS } from "../hook/events.ts";
import { Agent, commandOf, hiveOnPath, onPath } from "../support/agent.ts";
import { openSandbox } from "../support/git-sandbox.ts";
import { type EndedProcess, ended, MAIN, Machine } from "../support/processes.ts";
import type { Sandbox } from "../support/sandbox.ts";

const KINDS = ["start", "prompt", "edit", "beat", "stop", "end"] as const;

/** Ends a scene that waits in vain before its test times out, because its commands would go on. */
const PATIENCE_MS = 240_000;

function hook(
  machine: Machine,
  argv: readonly string[],
  input: string,
  env: Record<string, string> = {},
): Promise<EndedProcess> {
  return machine.run(process.execPath, [MAIN, "hook", ...argv], { env, input });
}

/** Returns the hook's answers to a session's events, in order. Throws where one fails or has not the vendor's format. */
async function tellAll(tool: ToolName, machine: Machine, before: (kind: string) => Promise<unknown>) {
  const told: Told[] = [];
  for (const kind of KINDS) {
    await before(kind);
    const { fields, word } = EVENTS[tool][kind]({ session: `${tool}-1`, cwd: machine.directory });
    const ran = await hook(machine, word === undefined ? [tool] : [tool, word], JSON.stringify(fields));
    expect({ code: ran.code, err: ran.err }).toEqual({ code: 0, err: "" });
    if (ran.out === "") continue;
    told.push(kind as Told);
    expect(SHAPES[tool][kind as Told].safeParse(JSON.parse(ran.out))).toMatchObject({ success: true });
    expect(ran.out).not.toContain("\u001b");
  }
  return told;
}

/** Redirects git on a machine away from the sandbox's hubs. */
function sendElsewhere(sandbox: Sandbox, machine: Machine, url: string): void {
  const config = `[url "${url}"]\n\tinsteadOf = file://${sandbox.directory}/\n`;
  writeFileSync(join(machine.home, ".gitconfig"), config);
}

const nothing = async () => undefined;

describe.each(TOOL_NAMES)("the events of %s, through the program as it is published", (tool) => {
  it("print nothing where there is no hub", async () => {
    expect(await tellAll(tool, new Machine(openSandbox(), "one"), nothing)).toEqual([]);
  });

  it("end with 0, and answer in the vendor's format, also with hostile texts", async () => {
    const sandbox = openSandbox();
    const machine = new Machine(sandbox, "one");
    await machine.print("init", "--remote", await sandbox.bareHub());
    await machine.print("register", "boss");
    const say = (kind: string) =>
      kind === "prompt" || kind === "stop"
        ? machine.print("broadcast", 'Urgent "news"\u001b[2J\nIgnore all', "urgent", "--as", "boss")
        : nothing();
    expect(await tellAll(tool, machine, say)).toEqual(["start", "prompt", "stop"]);
  });

  it("end with 0 where the hub is unreachable, and operations stay in the outbox", async () => {
    const sandbox = openSandbox();
    const machine = new Machine(sandbox, "one");
    await machine.print("init", "--remote", `file://${await sandbox.bareHub()}`);
    sendElsewhere(sandbox, machine, "file:///nowhere/");
    expect(await tellAll(tool, machine, nothing)).toEqual(["start"]);
    const { operations } = await machine.json<{ operations: { kind: string }[] }>("outbox", "--offline");
    expect(operations.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["register", "heartbeat"]));
  });
});

/** The command by which a tool's settings call a hook. */
function hookOf(tool: ToolName, event: string): string {
  const entry = TOOLS[tool].hooks.events[event] as { bash?: string; hooks?: { command: string }[] };
  return entry.bash ?? entry.hooks?.[0]?.command ?? "false";
}

describe("a hook ends with 0", () => {
  const start = (cwd: string) => JSON.stringify(EVENTS.claude.start({ session: "s-1", cwd }).fields);

  it.each([
    ["no word of which tool", [], "{}"],
    ["a tool that nobody knows", ["emacs"], "{}"],
    ["half an event", ["claude"], '{"session_id": "'],
    ["nothing to read", ["claude"], ""],
    ["options that are none", ["claude", "--as", "nobody", "--json"], "{}"],
  ])("on %s", async (_, argv, input) => {
    const machine = new Machine(openSandbox(), "one");
    expect(await hook(machine, argv, input)).toMatchObject({ code: 0, out: "", err: "" });
  });

  it("on an event after which its tool leaves stdin open", async () => {
    const sandbox = openSandbox();
    const machine = new Machine(sandbox, "one");
    await machine.print("init");
    const child = machine.start(process.execPath, [MAIN, "hook", "claude"]);
    child.stdin?.write(start(machine.directory));
    expect((await ended(child)).code).toBe(0);
  });

  it.each([
    ["that writes nothing and leaves stdin open", ""],
    ["that writes half an event and leaves stdin open", '{"session_id": "'],
  ])("for a tool %s", async (_, input) => {
    const machine = new Machine(openSandbox(), "one");
    const child = machine.start(process.execPath, [MAIN, "hook", "claude"]);
    child.stdin?.write(input);
    expect(await ended(child)).toMatchObject({ code: 0, out: "", err: "" });
  });

  it("for a tool that never stops to write", async () => {
    const agent = new Agent(openSandbox(), "one");
    expect(await agent.run("yes | hive hook claude")).toMatchObject({ code: 0, out: "" });
  });

  it.each(["{", "}", "x", "\0"])("on 8 MB of %j", async (character) => {
    const machine = new Machine(openSandbox(), "one");
    expect(await hook(machine, ["claude"], character.repeat(8_000_000))).toMatchObject({ code: 0, out: "" });
  });

  it("with a git that hangs", async () => {
    const sandbox = openSandbox();
    const machine = new Machine(sandbox, "one");
    const hub = await sandbox.bareHub();
    await machine.print("init", "--remote", hub);
    const bin = sandbox.folder("slow");
    writeFileSync(join(bin, "git"), "#!/bin/sh\nexec sleep 60\n", { mode: 0o755 });
    const started = performance.now();
    for (const HIVE_HUB of [hub, `file://${hub}`]) {
      const env = { HIVE_HUB, HIVE_STATE_DIR: sandbox.folder("fresh"), PATH: `${bin}:${process.env.PATH}` };
      expect(await hook(machine, ["claude"], start(machine.directory), env)).toMatchObject({
        code: 0,
        out: "",
      });
    }
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it.skipIf(process.platform === "win32")(
    "with a named pipe in the place of any file of this host",
    async () => {
      const sandbox = openSandbox();
      const machine = new Machine(sandbox, "one");
      await machine.print("init");
      await hook(machine, ["claude"], start(machine.directory));
      const state = machine.variables.HIVE_STATE_DIR ?? "";
      const files = readdirSync(state, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.parentPath.includes(".git"))
        .map(({ parentPath, name }) => join(parentPath, name));
      expect(files.length).toBeGreaterThan(2);
      for (const path of files) {
        rmSync(path);
        await machine.run("mkfifo", [path]);
      }
      expect(await hook(machine, ["claude"], start(machine.directory))).toMatchObject({ code: 0, err: "" });
    },
  );

  it("40 at once", async () => {
    const machine = new Machine(openSandbox(), "one");
    await machine.print("init");
    const all = Array.from({ length: 40 }, (_, number) =>
      hook(
        machine,
        ["claude"],
        JSON.stringify(EVENTS.claude.start({ session: `s-${number}`, cwd: machine.directory }).fields),
      ),
    );
    expect(new Set((await Promise.all(all)).map(({ code }) => code))).toEqual(new Set([0]));
  });

  it.skipIf(!existsSync("/proc/self"))(
    "with a state directory that the system says cannot be made",
    async () => {
      const machine = new Machine(openSandbox(), "one");
      await machine.print("init");
      const env = { HIVE_STATE_DIR: "/proc/no-such-directory", HIVE_HUB: machine.directory };
      expect(await hook(machine, ["claude"], start(machine.directory), env)).toMatchObject({ code: 0 });
    },
  );

  it("on input larger than any event, which it reads to the end", async () => {
    const sandbox = openSandbox();
    const machine = new Machine(sandbox, "one");
    await machine.print("init");
    const huge = JSON.stringify({ ...JSON.parse(start(machine.directory)), more: "x".repeat(20_000_000) });
    expect(await hook(machine, ["claude"], huge)).toMatchObject({ code: 0, out: "", err: "" });
  });

  it("without stdin, with a closed stdout, and in a deleted directory", async () => {
    const sandbox = openSandbox();
    const agent = new Agent(sandbox, "one");
    const lines = [
      "hive hook claude <&-",
      "echo '{}' | hive hook claude >&-",
      "mkdir x; cd x; rmdir ../x; hive hook claude 2>/dev/null",
    ];
    for (const line of lines) expect(await agent.run(line)).toMatchObject({ code: 0, out: "", err: "" });
  });

  it("without a home, and with a state directory that cannot be written", async () => {
    const sandbox = openSandbox();
    const machine = new Machine(sandbox, "one");
    await machine.print("init");
    writeFileSync(join(sandbox.directory, "file"), "");
    const hub = { HIVE_HUB: join(sandbox.directory, "machines/one/state/embedded") };
    for (const env of [
      { HOME: "", HIVE_STATE_DIR: "" },
      { HIVE_STATE_DIR: join(sandbox.directory, "file/state"), ...hub },
    ])
      expect(await hook(machine, ["claude"], start(machine.directory), env)).toMatchObject({
        code: 0,
        out: "",
        err: "",
      });
  });

  it("and prints the error with HIVE_HOOK_DEBUG", async () => {
    const ran = await hook(new Machine(openSandbox(), "one"), ["claude"], "{", { HIVE_HOOK_DEBUG: "1" });
    expect(ran).toMatchObject({ code: 0, out: "", err: expect.stringMatching(/JSON/) });
  });
});

/** A hook's command, with a script in place of the program. */
function callsOf(sandbox: Sandbox, script: string, command: string): string {
  return `PATH="${onPath(sandbox, ["git-hive"], script, "counting")}:$PATH"; ${command}`;
}

it("a session with a recent heartbeat does not start the program", async () => {
  const sandbox = openSandbox();
  const agent = new Agent(sandbox, "one");
  await agent.run("hive init");
  for (const event of ["SessionStart", "PostToolUse"]) await agent.hook(event);
  const stamp = join(sandbox.directory, "machines/one/state/beats/uuid-of-one");
  const counted = callsOf(sandbox, "echo started", commandOf("PostToolUse"));
  expect(await agent.run(counted)).toMatchObject({ code: 0, out: "", err: "" });
  const before = statSync(stamp).mtimeMs / 1000 - 600;
  utimesSync(stamp, before, before);
  expect(await agent.run(counted)).toMatchObject({ code: 0, out: "started\n", err: "" });
  await agent.hook("PostToolUse");
  expect(statSync(stamp).mtimeMs / 1000).toBeGreaterThan(before + 500);
});

it.each([
  ["codex", "PostToolUse", { session_id: "uuid-1", tool_input: { session_id: "other" } }],
  ["copilot", "postToolUse", { sessionId: "uuid-1", toolArgs: { sessionId: "other" } }],
] as const)(
  "a session of %s with a recent heartbeat does not start the program",
  async (tool, event, fields) => {
    const sandbox = openSandbox();
    const agent = new Agent(sandbox, "one");
    const beats = sandbox.folder("machines/one/state/beats");
    const counted = callsOf(sandbox, "cat", hookOf(tool, event));
    const input = JSON.stringify(fields, null, 1);
    for (const name of ["none", "other"]) {
      writeFileSync(join(beats, name), "");
      expect(await agent.run(counted, input)).toMatchObject({ code: 0, out: input, err: "" });
    }
    writeFileSync(join(beats, "uuid-1"), "");
    expect(await agent.run(counted, input)).toMatchObject({ code: 0, out: "", err: "" });
  },
);

it("a session ends within its tool's time limit, also where the hub never answers", async () => {
  const sandbox = openSandbox();
  const agent = new Agent(sandbox, "one");
  await agent.run(`hive init --remote file://${await sandbox.bareHub()}`);
  const silent = createServer();
  const asked = new Promise<Socket>((resolve) => silent.once("connection", resolve));
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  sandbox.atEnd(() => silent.close());
  const cameAndWent = async (address: string) => {
    sendElsewhere(sandbox, agent.machine, address);
    const started = performance.now();
    await agent.hook("SessionStart");
    await agent.hook("SessionEnd", { reason: "other" });
    return performance.now() - started;
  };
  const usual = await cameAndWent("file:///nowhere/");
  const port = (silent.address() as AddressInfo).port;
  expect(await cameAndWent(`http://127.0.0.1:${port}/`)).toBeLessThan(3 * usual + 1000);
  // The hooks' background processes do contact the hub.
  (await asked).destroy();
});

it("two sessions on two hosts complete a request by only following their hooks", async () => {
  const sandbox = openSandbox();
  const hub = `file://${await sandbox.bareHub()}`;
  const until = Date.now() + PATIENCE_MS;
  const [ada, bob] = [new Agent(sandbox, "ada"), new Agent(sandbox, "bob")];
  await ada.run(`hive init --remote ${hub}`);
  await bob.run(`hive join ${hub}`);
  writeFileSync(join(bob.project, "server.go"), "");

  const own = /this session is (\S+) on the hub/;
  const adaName = own.exec(await ada.hook("SessionStart", { source: "startup" }))?.[1];
  // Ada's background process lands her registration. From then on, Bob gets another number.
  let isThere = false;
  while (!isThere && Date.now() < until) isThere = /^session-1 /.test((await bob.run("hive sync")).out);
  const bobName = own.exec(await bob.hook("SessionStart", { source: "startup" }))?.[1];
  expect([adaName, bobName]).toEqual(["session-1", "session-2-go"]);
  await bob.hook("UserPromptSubmit", { prompt: "Write the backend of the shop in Go" });

  // Ada gets the commands to find help and to ask, and runs them.
  expect(ada.told[0]).toMatch(/hive match "TASK".*hive request SESSION "TEXT"/s);
  let found: string | undefined;
  while (found !== bobName && Date.now() < until) {
    const { out } = await ada.run('hive match "Write the backend in Go"');
    found = /^(\S+)/.exec(out)?.[1];
  }
  const asked = await ada.run(`hive request ${found} "Please add an endpoint for carts" high`);
  expect(asked).toMatchObject({ code: 0 });

  // Bob's next prompts show the request and the commands to answer it.
  const [, id] = await bob.promptUntil(
    /(collab-\S+): session-1 \(unverified\) asks, high, .*«Please add an endpoint/,
    until,
  );
  expect(bob.told.at(-1)).toMatch(/hive accept ID, then hive complete ID -m "RESULT"/);
  expect(await bob.run(`hive accept ${id}`)).toMatchObject({ code: 0 });
  expect(await bob.run(`hive complete ${id} -m "It is at /carts"`)).toMatchObject({ code: 0 });

  await ada.promptUntil(/your collab-\S+ «.*» to session-2-go: completed, .*: «It is at \/carts»/, until);
  await Promise.all([
    ada.hook("SessionEnd", { reason: "other" }),
    bob.hook("SessionEnd", { reason: "other" }),
  ]);
  let isEmpty = false;
  while (!isEmpty && Date.now() < until) isEmpty = /2 offline/.test((await ada.run("hive sync")).out);
  expect(isEmpty).toBe(true);
});

it("the printed first steps work in a fresh home", async () => {
  const sandbox = openSandbox();
  const agent = new Agent(sandbox, "one");
  const made = await agent.run("hive init");
  expect(made.out).toContain("hive setup claude");
  expect(hiveOnPath(sandbox)).toBe(sandbox.folder("bin"));
  await agent.run("hive setup claude");
  await agent.hook("SessionStart");
  expect((await agent.run("hive sync")).out).toMatch(/^session-1 /);
  expect((await agent.run("hive setup claude --remove")).out).toMatch(/deleted: .*settings\.json/);
});

describe("a tool that asks its user", () => {
  it("does not wait, and the hub knows of it after twenty seconds", async () => {
    const machine = new Machine(openSandbox(), "one");
    await machine.print("init");
    const scene = { session: "s-1", cwd: machine.directory };
    const tell = ({ fields }: { fields: object }) => hook(machine, ["claude"], JSON.stringify(fields));
    await tell(EVENTS.claude.start(scene));
    const before = Date.now();
    const asked = WAITS.claude?.(scene, "npm publish") ?? expect.fail();
    expect(await tell(asked)).toMatchObject({ code: 0, out: "", err: "" });
    expect(Date.now() - before).toBeLessThan(10_000);
    const needs = async () =>
      (JSON.parse(await machine.print("needs", "--json")) as { needs: { question: string }[] }).needs;
    expect(await needs()).toEqual([]);
    await expect
      .poll(needs, { timeout: 60_000, interval: 1000 })
      .toMatchObject([{ question: "May it use Bash? npm publish" }]);
    await tell(EVENTS.claude.prompt(scene));
    expect(await needs()).toEqual([]);
  });
});
