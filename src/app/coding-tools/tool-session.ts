import { basename, join } from "node:path";
import type { HookEvent } from "../../domain/coding-tools/event.ts";
import { type OwnProcess, TOOL_VARIABLES } from "../../domain/coding-tools/table.ts";
import type { ProjectSigns } from "../../domain/sessions/propose-profile.ts";
import type { SessionId } from "../../domain/values/ids.ts";
import { HiveError } from "../../errors.ts";
import { findProject, folderOf, projectOf } from "../../store/checkout/checkout.ts";
import { fileName, unlink } from "../../store/host/files.ts";
import { Host, type HubName } from "../../store/host/state-directory.ts";
import { type HubAddress, parseHubAddress } from "../../store/hub/address.ts";
import { hubName, tipOf } from "../../store/hub/location.ts";
import type { Caller } from "../../store/identity/acting-tool.ts";
import { GivenNames } from "../../store/identity/given-names.ts";
import { findIdentity, type Identity } from "../../store/identity/identity.ts";
import { LifeSigns } from "../../store/identity/life-signs.ts";
import { OpenQuestions } from "../../store/identity/open-questions.ts";
import {
  loadToolMemory,
  Stamp,
  saveToolMemory,
  ToldWorks,
  type ToolMemory,
} from "../../store/identity/tool-memory.ts";
import { ToolRecords, variableOf } from "../../store/identity/tool-records.ts";
import type { World } from "../../world.ts";
import type { Hive } from "../hive/hive.ts";
import { HEARTBEAT_SECONDS } from "./fast-path.ts";
import { ToolRun, type ToolSessionKey } from "./tool-run.ts";

/** For how many seconds a hook tries to write to a hub on this disk. Short, because the tool waits for the hook. */
const WRITE_SECONDS = 1;

/** The events that may answer what a session asks its user. */
const ANSWERING: ReadonlySet<HookEvent["kind"]> = new Set(["prompt", "beat", "stop", "end"]);

/** How often is looked whether a process that fetches has ended, in milliseconds. */
const LOOK_AGAIN_MS = 25;

/** For how many seconds a fetch counts as recent. */
const FETCH_SECONDS = 5;

/** A coding tool's session in the hub of its project, as this host knows it. It never uses the network itself. */
export class ToolSession {
  readonly world: World;
  readonly run: ToolRun;
  readonly names: GivenNames;
  /** What the session asks its user now. */
  readonly questions: OpenQuestions;
  readonly #givenWorld: World;
  readonly #host: Host;
  readonly #address: HubAddress;
  readonly #hub: HubName;
  readonly #signs: LifeSigns;
  readonly #memoryPath: string;

  private constructor(world: World, session: ToolSessionKey, run: ToolRun) {
    const others = Object.values(TOOL_VARIABLES).filter((name) => name !== session.variable);
    const known = {
      ...Object.fromEntries(others.map((name) => [name, undefined])),
      [session.variable]: session.id,
    };
    const host = new Host(world.env, world.home);
    this.#address = parseHubAddress(run.hub, run.project);
    this.#hub = hubName(host, this.#address);
    this.world = { ...world, env: { ...world.env, ...known }, directory: session.directory };
    this.run = run;
    this.names = new GivenNames(host, this.#hub);
    this.#givenWorld = world;
    this.#host = host;
    this.#signs = new LifeSigns(host, session.id);
    const file = `${fileName(run.tool)}.json`;
    this.questions = new OpenQuestions(join(host.toolsDirectory(this.#hub), "questions", file));
    this.#memoryPath = join(host.toolsDirectory(this.#hub), "memory", file);
  }

  /** Returns the session at its hub. Undefined where no hub was chosen for its project. */
  static in(world: World, session: ToolSessionKey): ToolSession | undefined {
    const run = ToolRun.of(world, session);
    return run && new ToolSession(world, session, run);
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

  /** How this host names the session: by its tool's variable and its id. */
  get tool(): string {
    return this.run.tool;
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
    const { formerHub, project } = this.run;
    return formerHub === undefined ? undefined : parseHubAddress(formerHub, project);
  }

  /** Whether the session has or had a name at a hub. */
  isAt(address: HubAddress): boolean {
    const { name } = hubName(this.#host, address);
    return [this.#address, this.former].some((each) => each && hubName(this.#host, each).name === name);
  }

  /** Records at the hub to which the session belonged that it is gone there. */
  leaveFormer(): void {
    if (this.former === undefined) return;
    const names = new GivenNames(this.#host, hubName(this.#host, this.former));
    this.#takeName(names);
    if (names.find(this.tool) !== undefined) names.leave(this.tool);
  }

  /** Records where the session runs. With `starts`, its tool has just started it. */
  note(starts: boolean): void {
    this.run.note(starts);
    this.names.stay(this.tool);
  }

  /** Takes over the name of the session whose cleared conversation this one continues. */
  takeName(): void {
    this.#takeName(this.names);
  }

  #takeName(names: GivenNames): void {
    const { after } = this.run;
    if (after !== undefined && names.find(this.tool) === undefined) names.move(after, this.tool);
  }

  /** Records that the session's conversation was cleared. */
  clear(): void {
    this.run.clear();
    this.forget();
  }

  /** Records that the session ended, and that its hub has to be told. */
  leave(isGone = false): void {
    this.run.end(isGone);
    if (this.names.find(this.tool) !== undefined) this.names.leave(this.tool);
    this.leaveFormer();
    this.forget();
  }

  /** The sessions in the same work tree that have a name at the hub, and of which the session was not told yet. */
  untoldNeighbours(): SessionId[] {
    const { neighbours: told = [] } = this.recall();
    const own = this.identity()?.session;
    const names = this.run.neighbours().flatMap((tool) => this.names.find(tool)?.session ?? []);
    return names.filter((name) => name !== own && !told.includes(name));
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

  /** What was told of the work of a name, also before its conversation was cleared or resumed. */
  worksOf(session: SessionId): ToldWorks {
    return new ToldWorks(join(this.#host.toolsDirectory(this.#hub), "works", `${fileName(session)}.json`));
  }

  /** Deletes the memory of a session that ended. */
  forget(): void {
    unlink(this.#memoryPath);
    this.questions.close();
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
    return scanProject(this.run.project);
  }

  /** The project's display name. */
  get projectName(): string {
    return basename(folderOf(findProject(this.run.project)));
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

  /**
   * Notes which question of the session an event answers; whether one stays open. A prompt, the end of a turn and the end
   * of the session answer any, and the use of a tool answers the one about that tool: others may run beside it.
   */
  staysAsking({ kind, tool }: Pick<HookEvent, "kind" | "tool">): boolean {
    const open = ANSWERING.has(kind) ? this.questions.find() : undefined;
    if (open === undefined) return false;
    const isOther = kind === "beat" && tool !== "" && open.tool !== "" && tool !== open.tool;
    if (!isOther) this.questions.close();
    return isOther;
  }

  /** Makes the hook after the next use of a tool look, however short ago the hub was told of the last. */
  expectUse(): void {
    this.#signs.expectUse();
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

  /**
   * Fetches from the hub if that is due, and waits for it a while. After that it goes on by itself, and what this host
   * knew before has to do.
   */
  async syncWithin(milliseconds: number): Promise<void> {
    if (!this.isFetchDue) return;
    const { world } = this;
    const ended = this.#stamp("exchange-ended");
    const before = ended.setAt;
    const until = world.now() + milliseconds;
    await this.startSync();
    while (world.now() < until && ended.setAt === before)
      if ((await world.sleep(LOOK_AGAIN_MS)) === "interrupted") return;
  }

  /** Records that a process that fetches has ended, well or not. */
  noteSynced(): void {
    this.#stamp("exchange-ended").set(this.world.now());
  }

  /** Starts a detached process that does something for the session. It runs where a folder is sure to exist. */
  async startDetached(what: OwnProcess): Promise<void> {
    await this.world.startDetached(["hook", what, this.tool], this.world.home);
  }

  get #isRemote(): boolean {
    return this.#address.kind === "remote";
  }

  get #lastSync(): Stamp {
    return this.#stamp("exchanged");
  }

  #stamp(name: "exchanged" | "exchange-ended"): Stamp {
    const stamp = Stamp.named(this.#host.toolsDirectory(this.#hub), name);
    if (stamp === undefined) throw new Error("a fixed name is always a valid stamp");
    return stamp;
  }
}
