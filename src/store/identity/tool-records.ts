import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Ancestor } from "../../domain/coding-tools/tool-process.ts";
import { fileName, listNames, readText, removeDirectory, unlink, writeAtomically } from "../host/files.ts";
import {
  formatProcessId,
  type Liveness,
  livenessOf as livenessOfProcess,
  parseProcessId,
  thisMachine,
  thisProcess,
} from "../host/process-id.ts";
import type { Host } from "../host/state-directory.ts";

/** What this host knows of a coding tool's session, whatever folder it works in and whatever hub it belongs to. */
export interface ToolRecord {
  /** The hub's address, and the root of the project in which the session chose it. */
  readonly hub: string;
  readonly project: string;
  /** Distinguishes the project from another one that takes its path. */
  readonly stamp?: string | undefined;
  /** The root of the work tree in which it was when it was last noted. */
  readonly tree: string;
  /** The processes that the session's hooks descend from, nearest first. The last one is the tool. */
  readonly processes: readonly string[];
  /** The hub to which it belonged before its project's hub was chosen anew, until that hub has been told. */
  readonly formerHub?: string | undefined;
  /** The session whose cleared conversation this one continues. */
  readonly after?: string | undefined;
  /** When the session ended; undefined while it runs. */
  readonly endedAt?: number | undefined;
  /** Its process was found dead. If it goes on all the same, another process is the tool, and it is never judged. */
  readonly isGone?: boolean | undefined;
  /** When its conversation was cleared. The next conversation in its process continues it. */
  readonly clearedAt?: number | undefined;
}

/** How long a cleared conversation can be continued where its process is not known. */
const CLEARED_MS = 15_000;

/** How many conversations in a row are followed. */
const MAX_SUCCESSORS = 1000;

/**
 * The records of coding tools' sessions on this host. A session is named by its tool's variable and its id, such as
 * `CLAUDE_CODE_SESSION_ID=abc`. Each fact has its own small file, so that concurrent writes do not conflict.
 */
export class ToolRecords {
  readonly #directory: string;

  constructor(host: Pick<Host, "directory">) {
    this.#directory = join(host.directory, "tool-sessions");
  }

  /** Whether any session was noted on this host. */
  areAny(): boolean {
    return existsSync(this.#directory);
  }

  find(tool: string): ToolRecord | undefined {
    const value = parse(readText(this.#record(tool)));
    const { hub, project, stamp, tree, processes, formerHub, after, endedAt, isGone, clearedAt } =
      value as Partial<ToolRecord>;
    if (typeof hub !== "string" || typeof project !== "string") return undefined;
    return {
      hub,
      project,
      ...(typeof stamp === "string" ? { stamp } : {}),
      tree: typeof tree === "string" ? tree : project,
      processes: Array.isArray(processes) ? processes.filter((each) => typeof each === "string") : [],
      ...(typeof formerHub === "string" ? { formerHub } : {}),
      ...(typeof after === "string" ? { after } : {}),
      ...(typeof endedAt === "number" ? { endedAt } : {}),
      ...(isGone === true ? { isGone } : {}),
      ...(typeof clearedAt === "number" ? { clearedAt } : {}),
    };
  }

  /** Saves the record of a running session, and where it runs. */
  note(tool: string, record: ToolRecord): void {
    const before = this.find(tool);
    if (JSON.stringify(before) === JSON.stringify(record) && this.#isNoted(tool, record)) return;
    writeAtomically(this.#record(tool), JSON.stringify(record));
    const gone = placesOf(before).filter((place) => !placesOf(record).includes(place));
    for (const place of gone) this.#remove(place, tool);
    for (const place of placesOf(record)) writeAtomically(join(this.#directory, place, fileName(tool)), tool);
  }

  #isNoted(tool: string, record: ToolRecord): boolean {
    return placesOf(record).every((place) => readText(join(this.#directory, place, fileName(tool))) === tool);
  }

  /** Records that a session ended. It stays known, because it may be resumed. */
  end(tool: string, now: number, isGone = false): void {
    const record = this.find(tool);
    if (record === undefined) return;
    const { clearedAt: _, isGone: __, ...kept } = record;
    writeAtomically(
      this.#record(tool),
      JSON.stringify({ ...kept, endedAt: now, ...(isGone ? { isGone } : {}) }),
    );
    for (const place of placesOf(record)) this.#remove(place, tool);
  }

  /** Records that a session's conversation was cleared. */
  clear(tool: string, now: number): void {
    const record = this.find(tool);
    if (record !== undefined && record.endedAt === undefined) this.note(tool, { ...record, clearedAt: now });
  }

  /**
   * The session whose conversation was cleared, so that a new one continues it: the one in the same process. Where
   * processes are not known, the only one that was cleared in the work tree just now. Undefined where there are several,
   * because sessions are never told apart by guessing.
   */
  predecessorOf(tool: string, tree: string, processes: readonly string[], now: number): string | undefined {
    const others = (tools: readonly string[]) =>
      tools.filter((each) => each !== tool && variableOf(each) === variableOf(tool));
    for (const process of processes) {
      const here = others(this.runningIn(process));
      const cleared = here.filter((each) => this.find(each)?.clearedAt !== undefined);
      const [one, second] = cleared.length > 0 ? cleared : here;
      if (one !== undefined) return second === undefined ? one : undefined;
    }
    const [one, second] = others(this.runningAt(tree)).filter((each) => {
      const record = this.find(each);
      const isUnknown = processes.length === 0 || record?.processes.length === 0;
      return isUnknown && Math.abs(now - (record?.clearedAt ?? Number.NEGATIVE_INFINITY)) < CLEARED_MS;
    });
    return second === undefined ? one : undefined;
  }

  /** The running sessions whose hooks descended from a process. */
  runningIn(process: string): string[] {
    return this.#toolsAt(join("processes", fileName(process)));
  }

  /** The running sessions in a work tree. */
  runningAt(tree: string): string[] {
    return this.#toolsAt(treePlace(tree));
  }

  /** The running sessions by the record of a process that is dead on this host. */
  bereft(): string[] {
    const names = listNames(join(this.#directory, "processes"));
    const found = names.filter(isDead).flatMap((name) => {
      const tools = this.#toolsAt(join("processes", name));
      if (tools.length === 0) removeDirectory(join(this.#directory, "processes", name));
      return tools;
    });
    return [...new Set(found)].filter((tool) => isDead(this.find(tool)?.processes.at(-1) ?? ""));
  }

  /** Every session that was noted on this host. */
  all(): string[] {
    return listNames(join(this.#directory, "records")).flatMap((name) => toolOfFile(name) ?? []);
  }

  /** When the record of a session last changed; 0 where there is none. */
  changedAt(tool: string): number {
    return statSync(this.#record(tool), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  }

  /** Deletes what is known of a session. */
  forget(tool: string): void {
    for (const place of placesOf(this.find(tool))) this.#remove(place, tool);
    unlink(join(this.#directory, "continued", fileName(tool)));
    unlink(this.#record(tool));
  }

  /** Records that a conversation was cleared, and continues under another id. */
  continue(tool: string, successor: string): void {
    writeAtomically(join(this.#directory, "continued", fileName(tool)), successor);
  }

  /** The session and, in order, those that continued it after its conversation was cleared. */
  successors(tool: string): string[] {
    const found = [tool];
    for (let last: string | undefined = tool; last !== undefined && found.length < MAX_SUCCESSORS; ) {
      last = readText(join(this.#directory, "continued", fileName(last)));
      if (last === undefined || found.includes(last)) break;
      found.push(last);
    }
    return found;
  }

  #toolsAt(place: string): string[] {
    const directory = join(this.#directory, place);
    return listNames(directory)
      .filter((name) => !name.endsWith(".tmp"))
      .flatMap((name) => readText(join(directory, name)) ?? []);
  }

  #remove(place: string, tool: string): void {
    unlink(join(this.#directory, place, fileName(tool)));
    removeDirectory(join(this.#directory, place));
  }

  #record(tool: string): string {
    return join(this.#directory, "records", `${fileName(tool)}.json`);
  }
}

/** The variable of a tool, without the id of its session. */
export function variableOf(tool: string): string {
  return tool.slice(0, Math.max(tool.indexOf("="), 0));
}

/** The session of a record's file; undefined where its name was too long to tell. */
function toolOfFile(name: string): string | undefined {
  try {
    const tool = decodeURIComponent(name.replace(/\.json$/, ""));
    return name === `${fileName(tool)}.json` ? tool : undefined;
  } catch {
    return undefined;
  }
}

/** The folders in which a running session is found. */
function placesOf(record: ToolRecord | undefined): string[] {
  if (record === undefined || record.endedAt !== undefined) return [];
  const processes = record.processes.map((process) => join("processes", fileName(process)));
  return [...processes, treePlace(record.tree)];
}

function treePlace(tree: string): string {
  return join("trees", fileName(tree));
}

/**
 * The name of a process here. No later process has it, and no process of another container. It says on which machine the
 * process runs, where that is sure.
 */
export function processName({ pid, start }: Pick<Ancestor, "pid" | "start">): string {
  return formatProcessId({ ...thisProcess(), pid, start, nonce: machineName() });
}

const NO_MACHINE = "0";
let machine: string | undefined;

function machineName(): string {
  machine ??= thisMachine() ?? NO_MACHINE;
  return machine;
}

/**
 * Whether a process runs. One of which the start is not known cannot be judged. A process of this machine that is not of
 * this start of its system ended with it.
 */
export function livenessOf(process: string): Liveness {
  const id = parseProcessId(process);
  if (id === undefined || id.start === "") return "unknown";
  const isOfOtherStart = id.space !== thisProcess().space;
  const isEarlier = isOfOtherStart && id.nonce !== NO_MACHINE && id.nonce === machineName();
  return isEarlier ? "dead" : livenessOfProcess(id);
}

export function isDead(process: string): boolean {
  return livenessOf(process) === "dead";
}

/** Only this host's user writes these files. An unreadable file counts as missing. */
function parse(text: string | undefined): object {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
