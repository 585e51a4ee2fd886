import { basename, join } from "node:path";
import { TOOL_VARIABLES } from "../../domain/coding-tools/table.ts";
import { toolProcesses } from "../../domain/coding-tools/tool-process.ts";
import type { ProjectSigns } from "../../domain/sessions/propose-profile.ts";
import type { SessionId } from "../../domain/values/ids.ts";
import { HiveError } from "../../errors.ts";
import { findProject, folderOf, projectOf } from "../../store/checkout/checkout.ts";
import { realPath } from "../../store/checkout/git-files.ts";
import { fileName, unlink } from "../../store/host/files.ts";
import { Host, type HubName } from "../../store/host/state-directory.ts";
import { type HubAddress, locationOf, parseHubAddress } from "../../store/hub/address.ts";
import { hubName, tipOf } from "../../store/hub/location.ts";
import type { Caller } from "../../store/identity/acting-tool.ts";
import { expectedHub } from "../../store/identity/choose-hub.ts";
import { GivenNames } from "../../store/identity/given-names.ts";
import { findIdentity, type Identity } from "../../store/identity/identity.ts";
import { LifeSigns } from "../../store/identity/life-signs.ts";
import { hubOfRecord } from "../../store/identity/session-home.ts";
import { loadToolMemory, Stamp, saveToolMemory, type ToolMemory } from "../../store/identity/tool-memory.ts";
import {
  isDead,
  livenessOf,
  processName,
  type ToolRecord,
  ToolRecords,
  variableOf,
} from "../../store/identity/tool-records.ts";
import type { World } from "../../world.ts";
import type { Hive } from "../hive/hive.ts";
import { HEARTBEAT_SECONDS } from "./fast-path.ts";

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

/** For how many seconds a hook tries to write to a hub on this disk. Short, because the tool waits for the hook. */
const WRITE_SECONDS = 1;

/** For how many seconds after its last heartbeat a session counts as running where its process cannot be judged. */
const ALIVE_SECONDS = 900;

/** How long after its end an event of a session may still arrive, in milliseconds: tools send some beside others. */
const LATE_EVENT_MS = 10_000;

/** For how many seconds a fetch counts as recent. */
const FETCH_SECONDS = 5;

/** A coding tool's session in the hub of its project, as this host knows it. It never uses the network itself. */
export class ToolSession {
  readonly world: World;
  readonly names: GivenNames;
  readonly tool: string;
  readonly project: string;
  readonly #givenWorld: World;
  readonly #host: Host;
  #record: ToolRecord;
  readonly #address: HubAddress;
  readonly #hub: HubName;
  readonly #signs: LifeSigns;
  readonly #memoryPath: string;

  private constructor(world: World, session: ToolSessionKey, host: Host, record: ToolRecord) {
    const others = Object.values(TOOL_VARIABLES).filter((name) => name !== session.variable);
    const known = {
      ...Object.fromEntries(others.map((name) => [name, undefined])),
      [session.variable]: session.id,
    };
    this.#address = addressIn(record, record.hub);
    this.#hub = hubName(host, this.#address);
    const directory = host.toolsDirectory(this.#hub);
    this.world = { ...world, env: { ...world.env, ...known }, directory: session.directory };
    this.#givenWorld = world;
    this.tool = `${session.variable}=${session.id}`;
    this.project = record.project;
    this.names = new GivenNames(host, this.#hub);
    this.#host = host;
    this.#record = record;
    this.#signs = new LifeSigns(host, session.id);
    this.#memoryPath = join(directory, "memory", `${fileName(this.tool)}.json`);
  }

  /**
   * Returns the session at its hub: the one of the project in which it was first seen, wherever it is now. Undefined
   * where no hub was chosen for that project.
   */
  static in(world: World, session: ToolSessionKey): ToolSession | undefined {
    const host = new Host(world.env, world.home);
    const records = new ToolRecords(host);
    const tool = `${session.variable}=${session.id}`;
    const own =
      records.find(tool) ?? (session.continues ? inherit(world, session, records, tool) : undefined);
    const record = own ?? firstRecord(world, host, session.directory);
    if (record === undefined) return undefined;
    const hub = hubOfRecord(world.env, host, record);
    const isMoved =
      record.hub !== hub && !isSameHub(host, addressIn(record, record.hub), addressIn(record, hub));
    const formerHub = isMoved ? record.hub : record.formerHub;
    return new ToolSession(world, session, host, { ...record, hub, formerHub });
  }

  /** Returns the session of a record; undefined where it has none. */
  static ofTool(world: World, tool: string): ToolSession | undefined {
    const [variable, id] = [variableOf(tool), tool.slice(variableOf(tool).length + 1)];
    return ToolSession.in(world, { variable, id, directory: world.directory });
  }

  /** The folder in which paths of a session are meant: this one, or its project where it has another. */
  static folderOf(world: World, tool: string): string {
    const project = new ToolRecords(new Host(world.env, world.home)).find(tool)?.project;
    return project === undefined || project === projectOf(world.directory) ? world.directory : project;
  }

  /** Returns the session's identity; undefined where it is not known. */
  identity(): Identity | undefined {
    const { HIVE_SESSION } = this.world.env;
    if (HIVE_SESSION) return this.#identityIn(this.world);
    const given = this.names.find(this.tool);
    return (
      given && { session: given.session, registration: given.registration, source: "this tool's session" }
    );
  }

  /** Returns the `--as` option that the session's commands need; an empty text where its processes show the session. */
  authorOption(session: string): string {
    return this.#identityIn(this.#givenWorld)?.session === session ? "" : ` --as ${session}`;
  }

  get address(): HubAddress {
    return this.#address;
  }

  /** The hub to which the session belonged before its project's hub was chosen anew, until that hub has been told. */
  get former(): HubAddress | undefined {
    const { formerHub } = this.#record;
    return formerHub === undefined ? undefined : addressIn(this.#record, formerHub);
  }

  /** Whether the session has or had a name at a hub. */
  isAt(address: HubAddress): boolean {
    return [this.#address, this.former].some((each) => each && isSameHub(this.#host, each, address));
  }

  /** Records at the hub to which the session belonged that it is gone there. */
  leaveFormer(): void {
    if (this.former === undefined) return;
    const names = new GivenNames(this.#host, hubName(this.#host, this.former));
    if (names.find(this.tool) !== undefined) names.leave(this.tool);
  }

  /** Records that the hub to which the session belonged has been told. */
  forgetFormer(): void {
    const records = new ToolRecords(this.#host);
    const { formerHub: _, ...record } = this.#record;
    this.#record = record;
    const stored = records.find(this.tool);
    if (stored?.formerHub !== undefined) records.note(this.tool, { ...stored, formerHub: undefined });
  }

  /** Records that the session belongs to another hub now. */
  moveHub(): void {
    const records = new ToolRecords(this.#host);
    const stored = records.find(this.tool);
    const { hub, formerHub } = this.#record;
    if (stored !== undefined) records.note(this.tool, { ...stored, hub, formerHub });
  }

  get hasEnded(): boolean {
    return this.#record.endedAt !== undefined;
  }

  /** Whether the session ended so short ago that an event of the time before may still arrive. */
  get hasJustEnded(): boolean {
    const { endedAt } = this.#record;
    return endedAt !== undefined && Math.abs(this.world.now() - endedAt) < LATE_EVENT_MS;
  }

  /** Records where the session runs. With `starts`, its tool has just started it, so earlier processes do not count. */
  note(starts: boolean): void {
    const chain = toolProcesses(this.world.ancestors(true)).map(processName);
    const { endedAt, isGone, clearedAt: _, ...record } = this.#record;
    // A session whose process was dead goes on: what was taken for the tool is a process of its hooks.
    const isUnjudged = isGone === true && !starts;
    const isAnew = starts || endedAt !== undefined;
    this.#record = isUnjudged
      ? { ...record, isGone, processes: [] }
      : { ...record, processes: isAnew ? chain : together(record.processes, chain) };
    const records = new ToolRecords(this.#host);
    records.note(this.tool, this.#record);
    this.#endPredecessor(records);
    this.names.stay(this.tool);
  }

  /** Records that the session ended which this one continues, unless it was resumed in another process. */
  #endPredecessor(records: ToolRecords): void {
    const { after = "", processes } = this.#record;
    const before = records.find(after);
    const process = before?.processes.at(-1);
    const isSame = process !== undefined && process === processes.at(-1);
    if (before?.endedAt === undefined && (isSame || before?.clearedAt !== undefined))
      records.end(after, this.world.now());
  }

  /** Takes over the name of the session whose cleared conversation this one continues. */
  takeName(): void {
    const { after } = this.#record;
    if (after !== undefined && this.names.find(this.tool) === undefined) this.names.move(after, this.tool);
  }

  /** Records that the session may go on in another process, if it was found gone. Its next prompt shows whether. */
  resume(): void {
    const records = new ToolRecords(this.#host);
    const { endedAt, isGone } = records.find(this.tool) ?? {};
    if (isGone === true && endedAt !== undefined) records.end(this.tool, endedAt);
  }

  /** Records that the session's conversation was cleared. The next one in its process continues it. */
  clear(): void {
    new ToolRecords(this.#host).clear(this.tool, this.world.now());
    this.forget();
  }

  /** Whether the event comes from another process than the one in which the session runs on. */
  get runsElsewhere(): boolean {
    const process = this.#record.processes.at(-1);
    const chain = toolProcesses(this.world.ancestors(false)).map(processName);
    return process !== undefined && chain.length > 0 && !chain.includes(process) && !isDead(process);
  }

  /** Records that the session ended, and that its hub has to be told. */
  leave(isGone = false): void {
    new ToolRecords(this.#host).end(this.tool, this.world.now(), isGone);
    if (this.names.find(this.tool) !== undefined) this.names.leave(this.tool);
    this.leaveFormer();
    this.forget();
  }

  /** The other sessions that run in the session's work tree, and have a name at its hub. */
  neighbours(): SessionId[] {
    const records = new ToolRecords(this.#host);
    const running = records.runningAt(this.#record.tree).filter((tool) => tool !== this.tool);
    const alive = running.filter((tool) => this.#isAlive(tool, records.find(tool)));
    const own = this.identity()?.session;
    return alive.flatMap((tool) => this.names.find(tool)?.session ?? []).filter((name) => name !== own);
  }

  #isAlive(tool: string, record: ToolRecord | undefined): boolean {
    const liveness = livenessOf(record?.processes.at(-1) ?? "");
    if (liveness !== "unknown") return liveness === "alive";
    const signs = new LifeSigns(this.#host, tool.slice(variableOf(tool).length + 1));
    return signs.areYoungerThan(ALIVE_SECONDS, this.world.now());
  }

  /** The neighbours of which the session was not told yet. */
  untoldNeighbours(): SessionId[] {
    const { neighbours = [] } = this.recall();
    return this.neighbours().filter((name) => !neighbours.includes(name));
  }

  /** The command that makes a work tree of the session's own; undefined where the project is no checkout. */
  async treeCommand(name: SessionId): Promise<string | undefined> {
    const { freeTree } = await import("../../store/checkout/free-tree.ts");
    return freeTree(this.#record.tree, realPath(this.world.directory), name);
  }

  #identityIn(caller: Caller): Identity | undefined {
    try {
      return findIdentity(undefined, this.#hub, caller, this.#host, this.world.directory);
    } catch (error) {
      if (error instanceof HiveError) return undefined;
      throw error;
    }
  }

  /** Returns the hub's newest commit on this host; undefined where one small file does not contain it. */
  tip(): string | undefined {
    return tipOf(this.#host, this.#address);
  }

  recall(): ToolMemory {
    return loadToolMemory(this.#memoryPath);
  }

  remember(memory: ToolMemory): void {
    saveToolMemory(this.#memoryPath, memory);
  }

  /** Deletes the memory of a session that ended. */
  forget(): void {
    unlink(this.#memoryPath);
    this.#signs.clear();
  }

  /** Opens the hub. Writes land at once in a hub on this disk, and are queued for a remote hub. */
  async open(): Promise<Hive> {
    const { Hive } = await import("../hive/hive.ts");
    return Hive.open(this.world, this.#host, this.#address, {
      isOffline: this.#isRemote,
      seconds: WRITE_SECONDS,
    });
  }

  /** Opens a hub for a process that no tool waits for. */
  async openOnline(address: HubAddress): Promise<Hive> {
    const { Hive } = await import("../hive/hive.ts");
    return Hive.open(this.world, this.#host, address);
  }

  /** Returns the signs of what the project is about. */
  async signs(): Promise<ProjectSigns> {
    const { scanProject } = await import("../../store/checkout/project-signs.ts");
    return scanProject(this.project);
  }

  /** The project's display name. */
  get projectName(): string {
    return basename(folderOf(findProject(this.project)));
  }

  /** Whether a heartbeat is due. */
  get isHeartbeatDue(): boolean {
    return !this.#signs.areYoungerThan(HEARTBEAT_SECONDS, this.world.now());
  }

  /** Records that the hub was told now that the session lives; `isNew` where it knew it under no or another name. */
  noteHeartbeat({ isNew }: { readonly isNew: boolean }): void {
    if (isNew) this.#signs.clear();
    this.#signs.noteLife(this.world.now());
  }

  /** Records that the hub was told now that the session used a tool. */
  noteToolUse(): void {
    this.#signs.noteUse(this.world.now());
  }

  /** Whether the last fetch is too old. False for a hub on this disk. */
  get isFetchDue(): boolean {
    return this.#isRemote && !this.#lastSync.isYoungerThan(FETCH_SECONDS, this.world.now());
  }

  /** Starts a detached process that fetches from the hub and sends the outbox. Does nothing for a hub on this disk. */
  async startSync(): Promise<void> {
    if (!this.#isRemote) return;
    this.#lastSync.set(this.world.now());
    await this.startDetached("exchange");
  }

  /** Starts a detached process that does something for the session. It runs where a folder is sure to exist. */
  async startDetached(what: "exchange" | "leave"): Promise<void> {
    await this.world.startDetached(["hook", what, this.tool], this.world.home);
  }

  get #isRemote(): boolean {
    return this.#address.kind === "remote";
  }

  get #lastSync(): Stamp {
    const stamp = Stamp.named(this.#host.toolsDirectory(this.#hub), "exchanged");
    if (stamp === undefined) throw new Error("a fixed name is always a valid stamp");
    return stamp;
  }
}

/** The processes that both events of a session descend from. Another tool's process in their place is what counts now. */
function together(before: readonly string[], now: readonly string[]): readonly string[] {
  if (now.length === 0) return before;
  const common = now.filter((process) => before.includes(process));
  return common.at(-1) === undefined || common.at(-1) !== before.at(-1) ? now : common.slice(0, 1);
}

function addressIn({ project }: ToolRecord, hub: string): HubAddress {
  return parseHubAddress(hub, project);
}

/** Whether two addresses are of one hub, as far as this host knows. */
function isSameHub(host: Host, one: HubAddress, other: HubAddress): boolean {
  return hubName(host, one).name === hubName(host, other).name;
}

/** The record of a session that was not seen before; undefined where no hub was chosen for its project. */
function firstRecord(world: World, host: Host, directory: string): ToolRecord | undefined {
  const project = projectOf(directory);
  const address = expectedHub(world.env, host, project);
  return address && { hub: locationOf(address), project, tree: project, processes: [] };
}

/** The record of the session whose cleared conversation this one continues, under the new id. */
function inherit(
  world: World,
  session: ToolSessionKey,
  records: ToolRecords,
  tool: string,
): ToolRecord | undefined {
  const processes = toolProcesses(world.ancestors(true)).map(processName);
  const tree = projectOf(session.directory);
  const former = records.predecessorOf(tool, tree, processes, world.now());
  const record = former === undefined ? undefined : records.find(former);
  if (former === undefined || record === undefined) return undefined;
  records.continue(former, tool);
  const { clearedAt: _, ...kept } = record;
  return { ...kept, processes, after: former };
}
