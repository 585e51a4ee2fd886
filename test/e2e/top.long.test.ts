import { execFileSync } from "node:child_process";
import { existsSync, renameSync } from "node:fs";
import process from "node:process";
import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { MAIN, Machine } from "../support/processes.ts";
import { hasTerminals, PseudoTerminal } from "../support/pseudo-terminal.ts";
import { Sandbox } from "../support/sandbox.ts";

const sandbox = new Sandbox();
const machine = new Machine(sandbox, "a", { HIVE_SESSION: "session-1" });

beforeAll(async () => {
  await machine.print("init");
  await machine.print("register", "session-1", "--work", "Charts");
  await machine.print("register", "session-2-storage", "--as", "session-2-storage", "--work", "Axes");
  await machine.print("request", "session-2-storage", "Which index will you keep?", "high");
  await machine.print("claim", "issue-42");
});
afterAll(() => sandbox.close());

function open(columns: number, rows: number, env: object = {}, ...argv: string[]): PseudoTerminal {
  const terminal = new PseudoTerminal(machine, ["top", ...argv], columns, rows, env);
  onTestFinished(() => terminal.close());
  return terminal;
}

/** The program ended well, and the terminal is as it was before. */
async function expectRestored(terminal: PseudoTerminal): Promise<void> {
  await terminal.ended;
  expect(terminal).toMatchObject({
    code: 0,
    hasCursor: true,
    emulator: { isAlternate: false, isWrapping: true },
  });
  const [before, after, ...more] = terminal.settings;
  expect(before).toMatch(/^[0-9a-f:]+$/);
  expect([after, ...more]).toEqual([before]);
  expect(terminal.emulator.text).not.toContain("Waits for a person");
}

describe.skipIf(!hasTerminals)("hive top on a terminal (needs script of util-linux)", () => {
  it.each([
    [80, 24],
    [130, 45],
  ])("shows the hub on %i columns and %i rows, and what others do", async (columns, rows) => {
    const terminal = open(columns, rows);
    await terminal.shows(/7 What happened[\s\S]*q end/);
    expect(terminal.emulator.isAlternate).toBe(true);
    expect(terminal.emulator.lines).toHaveLength(rows);
    expect(terminal.emulator.text).toMatch(
      /state of \d\d:\d\d:\d\d, \d+ s ago\n1 Waits for a person {2}nothing\n/,
    );
    const written = terminal.output.length;
    await machine.print("broadcast", `Freeze at ${columns}`);
    await terminal.shows(new RegExp(`session-1 to all: Freeze at ${columns}`));
    expect(terminal.output.slice(written)).not.toContain("\u001b[2J");
    terminal.press("q");
    await expectRestored(terminal);
  });

  it("obeys its keys: sections, selection, detail, filter, help", async () => {
    const terminal = open(100, 30);
    await terminal.shows(/q end/);
    terminal.press("4");
    await terminal.shows(/^> session-1 +working/m);
    terminal.press("\u001b[B");
    await terminal.shows(/^> session-2-storage/m);
    terminal.press("\r");
    await terminal.shows(/^What helps:\n {2}hive request session-2-storage/m);
    terminal.press("\u001b");
    await terminal.shows(/^> session-2-storage/m);
    terminal.press("\u001b");
    await terminal.shows(/^5 Open requests {2}1$/m);
    terminal.press("/storag");
    await terminal.shows(/^4 Sessions {2}1 of 2$[\s\S]*^\/storag_/m);
    expect(terminal.emulator.text).not.toMatch(/^ {2}session-1 +working/m);
    terminal.press("\u001b");
    await terminal.shows(/^4 Sessions {2}2$/m);
    terminal.press("?");
    await terminal.shows(/^PageUp, PageDown +go on by a page$/m);
    terminal.press("\u0003");
    await expectRestored(terminal);
  });

  it("fits itself to a new size", async () => {
    const terminal = open(120, 40);
    await terminal.shows(/q end[^\n]*$/);
    terminal.resize(60, 12);
    await terminal.shows(/^.*state of[\s\S]*\nq end[^\n]*$/);
    await terminal.shows(/^(?:[^\n]*\n){10}[^\n]*\nq end/);
    terminal.resize(100, 50);
    await terminal.shows(/^(?:[^\n]*\n){48}[^\n]*\nq end/);
    expect(terminal.emulator.text.match(/q end/g)).toHaveLength(1);
    terminal.press("q");
    await expectRestored(terminal);
  });

  it.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("gives the terminal back on %s", async (signal) => {
    const terminal = open(80, 24);
    await terminal.shows(/q end/);
    terminal.kill(signal);
    await expectRestored(terminal);
  });

  it("ends with its terminal, as when a connection breaks", async () => {
    const terminal = open(80, 24);
    await terminal.shows(/q end/);
    terminal.hangUp();
    while (terminal.isRunning) await setImmediate();
  });

  it("says that the hub is away, and when it is back", async () => {
    const hub = await sandbox.bareHub();
    const other = new Machine(sandbox, "b", { HIVE_SESSION: "session-1" });
    await other.print("init", "--remote", hub);
    await other.print("register", "session-1");
    const terminal = new PseudoTerminal(other, ["top"], 100, 24);
    onTestFinished(() => terminal.close());
    await terminal.shows(/q end/);
    renameSync(hub, `${hub}.away`);
    await terminal.shows(/^The hub at .*\n(?:.*\n)*1 Waits for a person[\s\S]*4 Sessions {2}1/m);
    renameSync(`${hub}.away`, hub);
    await terminal.shows(/state of .*\n1 Waits for a person/);
    terminal.press("q");
    await expectRestored(terminal);
  });

  it("has colors as the variables and options say", async () => {
    const colored = open(80, 24);
    await colored.shows(/q end/);
    colored.press("q");
    await colored.ended;
    expect(colored.output).toContain("\u001b[32m");
    for (const [env, argv] of [
      [{ NO_COLOR: "1" }, []],
      [{}, ["--color", "never"]],
    ] as const) {
      const plain = open(80, 24, env, ...argv);
      await plain.shows(/^4 Sessions[\s\S]*q end/m);
      plain.press("q");
      await plain.ended;
      expect(plain.output).not.toMatch(/\[(?:1|2|3[0-9])m/);
    }
  });

  it.each([
    ["--once", {}, ["--once"]],
    ["a terminal that can do nothing", { TERM: "dumb" }, []],
  ] as const)("prints the state once for %s", async (_, env, argv) => {
    const terminal = open(80, 24, env, ...argv);
    await terminal.ended;
    expect(terminal.code).toBe(0);
    expect(terminal.output).not.toContain("\u001b[?1049h");
    expect(terminal.output).toMatch(/^Sessions: 2\r$/m);
  });
});

const hasTmux = (process.env.PATH ?? "").split(":").some((folder) => existsSync(`${folder}/tmux`));

it.skipIf(!hasTmux)("hive top works in tmux (needs tmux)", async () => {
  const tmux = (...argv: string[]) =>
    execFileSync("tmux", ["-L", `hive-${process.pid}`, "-f", "/dev/null", ...argv], {
      env: { ...machine.variables, TERM: "xterm-256color" },
      cwd: machine.directory,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  const shows = async (wanted: RegExp) => {
    while (!wanted.test(tmux("capture-pane", "-p"))) await setImmediate();
  };
  tmux("new-session", "-d", "-x", "90", "-y", "20", process.execPath, MAIN, "top");
  onTestFinished(() => {
    if (!isGone()) tmux("kill-server");
  });
  const isGone = () => {
    try {
      return tmux("list-panes") === "";
    } catch {
      return true;
    }
  };
  await shows(/^4 Sessions {2}2$[\s\S]*^q end/m);
  await machine.print("broadcast", "Freeze in tmux");
  await shows(/session-1 to all: Freeze in tmux/);
  tmux("send-keys", "4", "Down", "Enter");
  await shows(/hive request session-2-storage/);
  tmux("resize-window", "-x", "60", "-y", "10");
  await shows(/^id +session-2-storage\n(?:.*\n){6}q end/m);
  tmux("send-keys", "Escape");
  await shows(/^> session-2-storage/m);
  tmux("send-keys", "q");
  // With its only program, tmux ends.
  while (!isGone()) await setImmediate();
});
