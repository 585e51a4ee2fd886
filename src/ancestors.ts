import { readFileSync, readlinkSync } from "node:fs";
import process from "node:process";
import type { Ancestor } from "./domain/coding-tools/tool-process.ts";

/** A chain longer than this is not followed. */
const MAX_ANCESTORS = 40;

interface Fact extends Ancestor {
  readonly parent: number;
}

let known: readonly Ancestor[] | undefined;

/**
 * The processes that this process descends from, nearest first, without the first process of the system. Where there is
 * no `/proc`, they are read only with `thorough`, because that starts a program.
 */
export function ancestorsOf(thorough: boolean): readonly Ancestor[] {
  if (known !== undefined) return known;
  const facts = hasOwnProc() ? readProc : thorough ? listByPs() : undefined;
  if (facts === undefined) return [];
  const found: Ancestor[] = [];
  for (let id = process.ppid; id > 1 && found.length < MAX_ANCESTORS; ) {
    const fact = facts(id);
    if (fact === undefined) break;
    const { parent, ...ancestor } = fact;
    found.push(ancestor);
    id = parent;
  }
  known = found;
  return found;
}

/** Whether the numbers in `/proc` are meant as in this process. A container may have the `/proc` of its host. */
function hasOwnProc(): boolean {
  try {
    return readlinkSync("/proc/self") === String(process.pid);
  } catch {
    return false;
  }
}

function readProc(pid: number): Fact | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name of the command before these fields may contain any character.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    return { pid, parent: Number(fields[1]), start: fields[19] ?? "", command };
  } catch {
    return undefined;
  }
}

/** How long `ps` may take, in milliseconds. */
const PS_TIMEOUT_MS = 1000;

/** Reads every process with one `ps`, as macOS and the BSDs have it. Undefined where that fails. */
function listByPs(): ((pid: number) => Fact | undefined) | undefined {
  if (process.platform === "win32") return undefined;
  const { spawnSync } = process.getBuiltinModule("node:child_process");
  const env = { ...process.env, LC_ALL: "C" };
  const ran = spawnSync("ps", ["-axo", "pid=,ppid=,lstart=,command="], { env, timeout: PS_TIMEOUT_MS });
  const facts = parsePs(String(ran.stdout ?? ""));
  return facts.has(process.pid) ? (pid) => facts.get(pid) : undefined;
}

/** Parses lines such as `  12   1 Mon Nov 30 10:26:01 2026 /bin/sh -c x`. A start is seconds since the epoch. */
export function parsePs(text: string): Map<number, Fact> {
  const line = /^ *(\d+) +(\d+) +(\w{3} +\w{3} +\d+ +[\d:]+ +\d{4})(?: (.*))?$/gm;
  return new Map(
    [...text.matchAll(line)].map(([, id, parent, start = "", command = ""]) => [
      Number(id),
      {
        pid: Number(id),
        parent: Number(parent),
        start: (Date.parse(start) / 1000).toString(36),
        command: command.trim(),
      },
    ]),
  );
}
