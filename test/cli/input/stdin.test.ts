import process from "node:process";
import { describe, expect, it } from "vitest";
import { Console, errorOf } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { hubWith } from "../../support/hub-with.ts";
import { MAIN, Machine } from "../../support/processes.ts";

it("a stdin that cannot be read is named, and nothing is written", async () => {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, "session-1", "session-2");
  const before = await sandbox.git(hub, "rev-parse", "main");
  const closed = Object.assign(new Error("EBADF: bad file descriptor, read"), { syscall: "read" });
  const env = { HIVE_HUB: hub, HIVE_SESSION: "session-1" };
  const console = new Console(sandbox, { readInput: () => Promise.reject(closed), env });
  for (const argv of [
    ["broadcast", "-"],
    ["send", "session-2", "-"],
    ["request", "session-2", "-"],
  ]) {
    const ran = await console.run("--json", ...argv);
    expect(ran.code).toBe(2);
    expect(errorOf(ran)).toMatchObject({
      code: "stdin_unreadable",
      message: expect.stringContaining("EBADF"),
    });
  }
  expect(await sandbox.git(hub, "rev-parse", "main")).toBe(before);
});

describe("a text that is not UTF-8", () => {
  const LATIN_1 = Buffer.from("Caf\u00e9 au lait", "latin1");
  const WORDS = ["One", "\u00fc", "\ufffd", "\u{1f600}"];

  it.each([
    ["Latin-1", LATIN_1],
    ["UTF-16", Buffer.from("\ufeffHello", "utf16le")],
    ["a character that is cut off", Buffer.from("Hello \u{1f600}").subarray(0, -1)],
  ])("is refused on stdin, and nothing is written: %s", async (_, input) => {
    const { machine, inbox } = await opened();
    for (const argv of WRITES("-")) {
      const ran = await machine.run(process.execPath, [MAIN, "--json", ...argv], { input });
      expect({ argv, ...ran }).toMatchObject({ code: 2 });
      expect(errorOf(ran)).toMatchObject({ code: "not_utf8", hint: expect.stringContaining("iconv") });
    }
    expect(await inbox()).toEqual([]);
  });

  it("is refused as an argument, and nothing is written", async () => {
    const { machine, inbox } = await opened();
    const line = (argv: readonly string[]) =>
      argv.map((word) => (word === "-" ? "\"$(printf 'Caf\\351')\"" : `'${word}'`)).join(" ");
    for (const argv of [...WRITES("-"), ["claim", "-"], ["status", "-m", "-"]]) {
      const call = `'${process.execPath}' '${MAIN}' --json ${line(argv)}`;
      const ran = await machine.run("sh", ["-c", call]);
      expect({ argv, ...ran }).toMatchObject({ code: 2 });
      expect(errorOf(ran)).toMatchObject({ code: "not_utf8" });
    }
    expect(await inbox()).toEqual([]);
  });

  it("has no likeness to one that is, with any characters", async () => {
    const { machine, inbox } = await opened();
    const input = WORDS.join(" ");
    await machine.run(process.execPath, [MAIN, "send", "session-2", "-"], { input: `\ufeff${input}` });
    expect(await inbox()).toMatchObject([{ body: input }]);
  });
});

const WRITES = (text: string) => [
  ["broadcast", text],
  ["send", "session-2", text],
  ["request", "session-2", text],
];

/** A machine with two sessions, of which the first acts, and the inbox of the second. */
async function opened() {
  const machine = new Machine(openSandbox(), "one", { HIVE_SESSION: "session-1" });
  await machine.print("init");
  for (const name of ["session-1", "session-2"]) await machine.print("register", name);
  const inbox = async () => {
    const read = await machine.json<{ messages: object[] }>("inbox", "--as", "session-2");
    return read.messages;
  };
  return { machine, inbox };
}
