import { basename, join } from "node:path";
import { TOOL_VARIABLES } from "../../domain/coding-tools/table.ts";
import type { ProjectSigns } from "../../domain/sessions/propose-profile.ts";
import { HiveError } from "../../errors.ts";
import { findProject, folderOf, projectOf } from "../../store/checkout/checkout.ts";
import { answersWithin } from "../../store/host/answers-within.ts";
import { fileName, unlink } from "../../store/host/files.ts";
import { Host, type HubName } from "../../store/host/state-directory.ts";
import type { HubAddress } from "../../store/hub/address.ts";
import { hubName, tipOf } from "../../store/hub/location.ts";
import { expectedHub } from "../../store/identity/choose-hub.ts";
import { GivenNames } from "../../store/identity/given-names.ts";
import { findIdentity, type Identity } from "../../store/identity/identity.ts";
import { toolSession } from "../../store/identity/terminal.ts";
import { loadToolMemory, Stamp, saveToolMemory, type ToolMemory } from "../../store/identity/tool-memory.ts";
import type { World } from "../../world.ts";
import type { Hive } from "../hive/hive.ts";

/** Identifies a session of a coding tool. */
export interface ToolSessionKey {
  /** The environment variable in which the tool gives its commands the session's id. */
  readonly variable: string;
  readonly id: string;
  /** The session's working directory. */
  readonly directory: string;
}

/** For how many seconds a hook tries to write to a hub on this disk. Short, because the tool waits for the hook. */
const WRITE_SECONDS = 1;

/** The time between two heartbeats of a working session, in seconds. A little less than the shell script in the plugin checks. */
const HEARTBEAT_SECONDS = 110;

/** For how many seconds a fetch counts as recent. */
const FETCH_SECONDS = 5;

/** How long the state directory may take to answer a hook, in milliseconds. */
const STATE_TIMEOUT_MS = 2000;

/** Whether this host's state directory answers. On a file server that is away it may never do so. */
export function isStateReachable({ env, home }: World): Promise<boolean> {
  return answersWithin(new Host(env, home).directory, STATE_TIMEOUT_MS);
}

/** Whether a coding tool's session sent a heartbeat within `HEARTBEAT_SECONDS`. Needs no hub, so that most events end here. */
export function hasRecentHeartbeat(world: World, { id }: Pick<ToolSessionKey, "id">): boolean {
  const { beatsDirectory } = new Host(world.env, world.home);
  return Stamp.named(beatsDirectory, id)?.isYoungerThan(HEARTBEAT_SECONDS, world.now()) === true;
}

/** A coding tool's session in the hub of its project, as this host knows it. It never uses the network itself. */
export class ToolSession {
  readonly world: World;
  readonly names: GivenNames;
  readonly tool: string;
  readonly project: string;
  readonly #givenEnv: World["env"];
  readonly #host: Host;
  readonly #address: HubAddress;
  readonly #hub: HubName;
  readonly #heartbeat: Stamp | undefined;
  readonly #memoryPath: string;

  private constructor(world: World, session: ToolSessionKey, host: Host, address: HubAddress) {
    const others = Object.values(TOOL_VARIABLES).filter((name) => name !== session.variable);
    const known = {
      ...Object.fromEntries(others.map((name) => [name, undefined])),
      [session.variable]: session.id,
    };
    this.#hub = hubName(host, address);
    const directory = host.toolsDirectory(this.#hub);
    this.world = { ...world, env: { ...world.env, ...known }, directory: session.directory };
    this.#givenEnv = world.env;
    this.tool = toolSession(this.world.env) ?? "";
    this.project = projectOf(session.directory);
    this.names = new GivenNames(host, this.#hub);
    this.#host = host;
    this.#address = address;
    this.#heartbeat = Stamp.named(host.beatsDirectory, session.id);
    this.#memoryPath = join(directory, "memory", `${fileName(this.tool)}.json`);
  }

  /** Returns undefined where no hub was chosen for the project. */
  static in(world: World, session: ToolSessionKey): ToolSession | undefined {
    const host = new Host(world.env, world.home);
    const address = expectedHub(world.env, host, session.directory);
    return address && new ToolSession(world, session, host, address);
  }

  /** Returns the session's identity; undefined where it is not known. */
  identity(): Identity | undefined {
    return this.#identityIn(this.world.env);
  }

  /** Returns the `--as` option that the session's commands need; an empty text where the tool's environment names the session. */
  authorOption(session: string): string {
    return this.#identityIn(this.#givenEnv)?.session === session ? "" : ` --as ${session}`;
  }

  #identityIn(env: World["env"]): Identity | undefined {
    try {
      return findIdentity(undefined, this.#hub, env, this.#host, this.world.directory);
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
    this.#heartbeat?.clear();
  }

  /** Opens the hub. Writes land at once in a hub on this disk, and are queued for a remote hub. */
  async open(): Promise<Hive> {
    const { Hive } = await import("../hive/hive.ts");
    return Hive.open(this.world, this.#host, this.#address, {
      isOffline: this.#isRemote,
      seconds: WRITE_SECONDS,
    });
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
    return this.#heartbeat?.isYoungerThan(HEARTBEAT_SECONDS, this.world.now()) !== true;
  }

  /** Records the time of a heartbeat. */
  noteHeartbeat(): void {
    this.#heartbeat?.set(this.world.now());
  }

  /** Whether the last fetch is too old. False for a hub on this disk. */
  get isFetchDue(): boolean {
    return this.#isRemote && !this.#lastSync.isYoungerThan(FETCH_SECONDS, this.world.now());
  }

  /** Starts a detached process that fetches from the hub and sends the outbox. Does nothing for a hub on this disk. */
  async startSync(): Promise<void> {
    if (!this.#isRemote) return;
    this.#lastSync.set(this.world.now());
    await this.world.startDetached(["hook", "exchange"], this.world.directory);
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
