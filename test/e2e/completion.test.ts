import { chmodSync, existsSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MAIN, Machine } from "../support/processes.ts";
import { Sandbox } from "../support/sandbox.ts";

const sandbox = new Sandbox();
const machine = new Machine(sandbox, "typist", { HIVE_SESSION: "session-1-dashboard" });
const bin = sandbox.folder("bin");
let request: string;

beforeAll(async () => {
  chmodSync(MAIN, 0o755);
  for (const name of ["hive", "git-hive"]) symlinkSync(MAIN, join(bin, name));
  await machine.print("init");
  await machine.print("register", "session-1-dashboard", "--role", "UI: $(touch ran) `touch ran` * %F{red}");
  await machine.print("register", "session-2-backend", "--as", "session-2-backend");
  request = (await machine.print("-q", "request", "session-2-backend", "Help: * $(touch ran)")).trim();
});
afterAll(async () => {
  expect(existsSync(join(machine.directory, "ran"))).toBe(false);
  await sandbox.close();
});

function has(program: string): boolean {
  return (process.env.PATH ?? "").split(":").some((folder) => existsSync(join(folder, program)));
}

async function shell(program: string, argv: readonly string[], script: string): Promise<string> {
  const env = { PATH: `${bin}:${process.env.PATH}`, TERM: "dumb" };
  const { out, err } = await machine.run(program, argv, { env, input: script });
  if (err !== "") throw new Error(err);
  return out;
}

/** Returns bash's candidates for the words of a command line. */
async function bash(...words: string[]): Promise<string[]> {
  const quoted = words.map((word) => `'${word}'`).join(" ");
  const script = `eval "$(hive completion bash)"
complete -p hive git-hive | grep -c -- '-F _hive' | grep -qx 2 || echo not bound
COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}
_hive
printf '%s\\n' "\${COMPREPLY[@]}"
`;
  return (await shell("bash", ["--norc", "--noprofile"], script)).split("\n").filter(Boolean);
}

describe("completion in bash", () => {
  it("completes commands, options, sessions and requests", async () => {
    expect(await bash("hive", "find")).toEqual(["find-help"]);
    expect(await bash("hive", "log", "--si")).toEqual(["--since"]);
    expect(await bash("hive", "request", "")).toEqual(["session-1-dashboard", "session-2-backend"]);
    expect(await bash("git-hive", "accept", "collab-")).toEqual([request]);
    expect(await bash("hive", "nonsense", "")).toEqual([]);
  });

  it("is called by git's completion for `git hive`", async () => {
    const script = `eval "$(hive completion bash)"
words=(git hive accept collab-); cword=3
_git_hive
printf '%s\\n' "\${COMPREPLY[@]}"
`;
    expect((await shell("bash", ["--norc"], script)).trim()).toBe(request);
  });
});

describe.skipIf(!has("fish"))("completion in fish", () => {
  it("completes commands, options, sessions and requests with descriptions, else files", async () => {
    writeFileSync(join(machine.directory, "seeds.json"), "{}");
    const offered = (line: string) =>
      shell(
        "fish",
        ["--no-config", "-c", `hive completion fish | source; complete -C ${JSON.stringify(line)}`],
        "",
      );
    expect(await offered("hive find")).toBe("find-help\tfind the sessions that offer a capability\n");
    expect(await offered("hive log --si")).toMatch(/^--since\tonly since an instant/);
    expect(await offered("git-hive accept ")).toBe(
      `${request}\tsession-1-dashboard (unverified): Help: * $(touch ran)\n`,
    );
    expect(await offered("hive import see")).toContain("seeds.json");
  });
});

/** Types a line and a tab into an interactive zsh, and returns its screen. */
async function zsh(line: string, wanted: string): Promise<string> {
  const script = `zmodload zsh/zpty
zpty typist zsh -f -i
typeset out=
until_seen() {
  local chunk; integer n=0
  while [[ $out != *$1* ]] && (( n++ < 2000 )); do
    zpty -r -t typist chunk && out+=$chunk || zselect -t 1
  done
}
zmodload zsh/zselect
zpty -w typist 'autoload -Uz compinit; compinit -u -D; source <(hive completion zsh); PS1=; print rea""dy'
until_seen ready
out=
zpty -w -n typist ${JSON.stringify(line)}$'\\t'$'\\t'
until_seen ${JSON.stringify(wanted)}
print -r -- "$out"
zpty -d typist
`;
  return shell("zsh", ["-f"], script);
}

describe.skipIf(!has("zsh"))("completion in zsh", () => {
  it.each([
    ["a command", "hive find", "find-help"],
    ["an option", "hive log --sin", "--since"],
    ["one of several sessions, with what it does", "hive request ", "session-2-backend"],
    ["a request", "git-hive accept ", "collab-"],
  ])("completes %s", async (_, line, wanted) => {
    expect(await zsh(line, wanted)).toContain(wanted);
  });
});
