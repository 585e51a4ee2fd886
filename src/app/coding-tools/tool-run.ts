import { toolProcesses } from "../../domain/coding-tools/tool-process.ts";
import { projectOf } from "../../store/checkout/checkout.ts";
import { Host } from "../../store/host/state-directory.ts";
import { locationOf } from "../../store/hub/address.ts";
import { expectedHub } from "../../store/identity/choose-hub.ts";
import { isRunning } from "../../store/identity/running.ts";
import { hubOfRecord, isHubOfRecord, recordIn } from "../../store/identity/session-home.ts";
import { isDead, processName, type ToolRecord, ToolRecords } from "../../store/identity/tool-records.ts";
import type { World } from "../../world.ts";

/** Identifies a session of a coding tool. */
export interface ToolSessionKey {
  /** The environment variable in which the tool gives its commands the session's id. */
  readonly variable: string;
  readonly id: string;
  /** The folder in which the session is now. */
  readonly directory: string;
  /** The session continues a cleared conversation, in the same process under another id. */
  readonly continues?: boolean;
}

/** How long after its end an event of a session may still arrive, in milliseconds: tools send some beside others. */
const LATE_EVENT_MS = 10_000;

/** Where a session of a coding tool runs on this host: for which hub and project, in which work tree and processes. */
export class ToolRun {
  readonly tool: string;
  readonly #world: World;
  readonly #host: Host;
  readonly #records: ToolRecords;
  readonly #directory: string;
  /** The root of the work tree in which the session is now. */
  readonly #tree: string;
  #record: ToolRecord;

  private constructor(world: World, host: Host, session: ToolSessionKey, record: ToolRecord) {
    this.tool = toolOf(session);
    this.#world = world;
    this.#host = host;
    this.#records = new ToolRecords(host);
    this.#directory = session.directory;
    this.#tree = projectOf(session.directory);
    this.#record = record;
  }

  /**
   * Returns the run of a session: for the hub of the project in which it was first seen, wherever it is now. Undefined
   * where no hub was chosen for that project.
   */
  static of(world: World, session: ToolSessionKey): ToolRun | undefined {
    const host = new Host(world.env, world.home);
    const records = new ToolRecords(host);
    const own =
      records.find(toolOf(session)) ?? (session.continues ? inherit(world, session, records) : undefined);
    const record = own ?? firstRecord(world, host, session.directory);
    if (record === undefined) return undefined;
    const hub = hubOfRecord(world.env, host, record);
    const formerHub = isHubOfRecord(host, record, hub) ? record.formerHub : record.hub;
    return new ToolRun(world, host, session, { ...record, hub, formerHub });
  }

  /** The hub's address, and the project in which the session chose it. */
  get hub(): string {
    return this.#record.hub;
  }

  get project(): string {
    return this.#record.project;
  }

  /** The hub to which the session belonged before its project's hub was chosen anew, until that hub has been told. */
  get formerHub(): string | undefined {
    return this.#record.formerHub;
  }

  /** The session whose cleared conversation this one continues. */
  get after(): string | undefined {
    return this.#record.after;
  }

  /** Records that the former hub has been told. */
  forgetFormerHub(): void {
    const { formerHub: _, ...record } = this.#record;
    this.#record = record;
    const stored = this.#records.find(this.tool);
    if (stored?.formerHub !== undefined) this.#records.note(this.tool, { ...stored, formerHub: undefined });
  }

  /** Records that the session belongs to another hub now. */
  moveHub(): void {
    const stored = this.#records.find(this.tool);
    const { hub, formerHub } = this.#record;
    if (stored !== undefined) this.#records.note(this.tool, { ...stored, hub, formerHub });
  }

  get hasEnded(): boolean {
    return this.#record.endedAt !== undefined;
  }

  /** Whether the session ended so short ago that an event of the time before may still arrive. */
  get hasJustEnded(): boolean {
    const { endedAt } = this.#record;
    return endedAt !== undefined && Math.abs(this.#world.now() - endedAt) < LATE_EVENT_MS;
  }

  /** Whether the session is in another work tree than when this was last recorded. */
  get hasMoved(): boolean {
    return this.#record.tree !== this.#tree;
  }

  /** Records where the session runs. With `starts`, its tool has just started it, so earlier processes do not count. */
  note(starts: boolean): void {
    const chain = toolProcesses(this.#world.ancestors(true)).map(processName);
    const { endedAt, isGone, clearedAt: _, ...before } = this.#record;
    const record = { ...before, tree: this.#tree };
    // A session whose process was dead goes on: what was taken for the tool is a process of its hooks.
    const isUnjudged = isGone === true && !starts;
    const isAnew = starts || endedAt !== undefined;
    this.#record = isUnjudged
      ? { ...record, isGone, processes: [] }
      : { ...record, processes: isAnew ? chain : together(record.processes, chain) };
    this.#records.note(this.tool, this.#record);
    this.#endPredecessor();
  }

  /** Records that the session ended which this one continues, unless it was resumed in another process. */
  #endPredecessor(): void {
    const { after = "", processes } = this.#record;
    const before = this.#records.find(after);
    const process = before?.processes.at(-1);
    const isSame = process !== undefined && process === processes.at(-1);
    if (before?.endedAt === undefined && (isSame || before?.clearedAt !== undefined))
      this.#records.end(after, this.#world.now());
  }

  /** Records that the session may go on in another process, if it was found gone. Its next prompt shows whether. */
  resume(): void {
    const { endedAt, isGone } = this.#records.find(this.tool) ?? {};
    if (isGone === true && endedAt !== undefined) this.#records.end(this.tool, endedAt);
  }

  /** Records that the session's conversation was cleared. The next one in its process continues it. */
  clear(): void {
    this.#records.clear(this.tool, this.#world.now());
  }

  /** Records that the session ended; `isGone` where its process was found dead. */
  end(isGone: boolean): void {
    this.#records.end(this.tool, this.#world.now(), isGone);
  }

  /** Whether the event comes from another process than the one in which the session runs on. */
  get runsElsewhere(): boolean {
    const process = this.#record.processes.at(-1);
    const chain = toolProcesses(this.#world.ancestors(false)).map(processName);
    return process !== undefined && chain.length > 0 && !chain.includes(process) && !isDead(process);
  }

  /** The other sessions that run in the work tree in which this one is. */
  neighbours(): string[] {
    const others = this.#records.runningAt(this.#tree).filter((tool) => tool !== this.tool);
    return others.filter((tool) => isRunning(this.#host, tool, this.#world.now()));
  }

  /** The command that makes a work tree of the session's own; undefined where it is in no checkout. */
  async treeCommand(name: string): Promise<string | undefined> {
    const [{ freeTree }, { realPath }] = await Promise.all([
      import("../../store/checkout/free-tree.ts"),
      import("../../store/checkout/git-files.ts"),
    ]);
    return freeTree(this.#tree, realPath(this.#directory), name);
  }
}

function toolOf({ variable, id }: ToolSessionKey): string {
  return `${variable}=${id}`;
}

/** The processes that both events of a session descend from. Another tool's process in their place is what counts now. */
function together(before: readonly string[], now: readonly string[]): readonly string[] {
  if (now.length === 0) return before;
  const common = now.filter((process) => before.includes(process));
  return common.at(-1) === undefined || common.at(-1) !== before.at(-1) ? now : common.slice(0, 1);
}

/** The record of a session that was not seen before; undefined where no hub was chosen for its project. */
function firstRecord(world: World, host: Host, directory: string): ToolRecord | undefined {
  const address = expectedHub(world.env, host, projectOf(directory));
  return address && recordIn(directory, locationOf(address));
}

/** The record of the session whose cleared conversation this one continues, under the new id. */
function inherit(world: World, session: ToolSessionKey, records: ToolRecords): ToolRecord | undefined {
  const processes = toolProcesses(world.ancestors(true)).map(processName);
  const tree = projectOf(session.directory);
  const former = records.predecessorOf(toolOf(session), tree, processes, world.now());
  const record = former === undefined ? undefined : records.find(former);
  if (former === undefined || record === undefined) return undefined;
  records.continue(former, toolOf(session));
  const { clearedAt: _, ...kept } = record;
  return { ...kept, processes, after: former };
}
