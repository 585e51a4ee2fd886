import { realpathSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { TOOL_VARIABLES } from "../../domain/coding-tools/table.ts";
import type { ProjectSigns } from "../../domain/sessions/propose-profile.ts";
import { HiveError } from "../../errors.ts";
import { mainCheckoutOf, projectOf } from "../../store/checkout/checkout.ts";
import { fileName, unlink } from "../../store/host/files.ts";
import { Host } from "../../store/host/state-directory.ts";
import { addressKey, type HubAddress } from "../../store/hub/address.ts";
import { tipOf } from "../../store/hub/location.ts";
import { expectedHub } from "../../store/identity/choose-hub.ts";
import { GivenNames } from "../../store/identity/given-names.ts";
import { findIdentity, type Identity } from "../../store/identity/identity.ts";
import { toolSession } from "../../store/identity/terminal.ts";
import { loadToolMemory, Stamp, saveToolMemory, type ToolMemory } from "../../store/identity/tool-memory.ts";
import type { World } from "../../world.ts";
import type { Hive } from "../hive/hive.ts";

/** Which session of which coding tool something is about. */
export interface ToolSessionKey {
  /** The environment variable that names such a session to what the tool starts. */
  readonly variable: string;
  readonly id: string;
  /** Where it works. */
  readonly directory: string;
}

/** How long a write on a hub on this disk may wait for others, in seconds: a tool waits for the hook, at its end hardly. */
const SECONDS = 1;

/** So often a session that works shows that it is alive, in seconds. A little less than what the shell looks for. */
const BEAT_SECONDS = 110;

/** So long what was fetched counts as new enough, in seconds. */
const FETCH_SECONDS = 5;

/** When a session of a coding tool last gave a sign of life. Needs no hub, so that nothing else has to be looked at. */
export function hasJustBeaten(world: World, { id }: Pick<ToolSessionKey, "id">): boolean {
  const { beatsDirectory } = new Host(world.env, world.home);
  return Stamp.named(beatsDirectory, id)?.isYoungerThan(BEAT_SECONDS, world.now()) === true;
}

/** A coding tool's session in the hub of its project, by what this host knows: no network is asked, ever. */
export class ToolSession {
  readonly world: World;
  readonly names: GivenNames;
  readonly tool: string;
  readonly project: string;
  readonly #told: World["env"];
  readonly #host: Host;
  readonly #address: HubAddress;
  readonly #beat: Stamp | undefined;
  readonly #memoryPath: string;

  private constructor(world: World, session: ToolSessionKey, host: Host, address: HubAddress) {
    const others = Object.values(TOOL_VARIABLES).filter((name) => name !== session.variable);
    const known = {
      ...Object.fromEntries(others.map((name) => [name, undefined])),
      [session.variable]: session.id,
    };
    const directory = host.toolsDirectory(addressKey(address));
    this.world = { ...world, env: { ...world.env, ...known }, directory: session.directory };
    this.#told = world.env;
    this.tool = toolSession(this.world.env) ?? "";
    this.project = projectOf(session.directory);
    this.names = new GivenNames(host, addressKey(address));
    this.#host = host;
    this.#address = address;
    this.#beat = Stamp.named(host.beatsDirectory, session.id);
    this.#memoryPath = join(directory, "memory", `${fileName(this.tool)}.json`);
  }

  /** Undefined where no hub was chosen for the project. */
  static in(world: World, session: ToolSessionKey): ToolSession | undefined {
    const host = new Host(world.env, world.home);
    const address = expectedHub(world.env, host, session.directory);
    return address && new ToolSession(world, session, host, address);
  }

  /** Who the session is, where that is known. */
  identity(): Identity | undefined {
    return this.#identityIn(this.world.env);
  }

  /** What a command of the session has to be given so that it is known who acts: nothing where the tool tells. */
  sayWho(session: string): string {
    return this.#identityIn(this.#told)?.session === session ? "" : ` --as ${session}`;
  }

  #identityIn(env: World["env"]): Identity | undefined {
    try {
      return findIdentity(undefined, addressKey(this.#address), env, this.#host, this.world.directory);
    } catch (error) {
      if (error instanceof HiveError) return undefined;
      throw error;
    }
  }

  /** The hub's newest commit known here; undefined where that is not to be had for one small file. */
  tip(): string | undefined {
    return tipOf(this.#host, this.#address);
  }

  recall(): ToolMemory {
    return loadToolMemory(this.#memoryPath);
  }

  remember(memory: ToolMemory): void {
    saveToolMemory(this.#memoryPath, memory);
  }

  /** Forgets what only a session that goes on needs to know. */
  forget(): void {
    unlink(this.#memoryPath);
    this.#beat?.clear();
  }

  /** The hub as this host knows it: what is written goes to a hub on this disk at once, and waits for any other. */
  async open(): Promise<Hive> {
    const { Hive } = await import("../hive/hive.ts");
    return Hive.open(this.world, this.#host, this.#address, { isOffline: this.#isRemote, seconds: SECONDS });
  }

  /** What can be seen of the project. */
  async signs(): Promise<ProjectSigns> {
    const { scanProject } = await import("../../store/checkout/project-signs.ts");
    return scanProject(this.project);
  }

  /** What people call the project. */
  get projectName(): string {
    return basename(mainCheckoutOf(this.project));
  }

  /** What the project is called where files are claimed; found out once, for it takes git. */
  async claimsProject(): Promise<string> {
    const memory = this.recall();
    if (memory.project?.root === this.project) return memory.project.name;
    const { nameOfProject } = await import("../../store/checkout/checkout.ts");
    const name = await nameOfProject(this.project);
    this.remember({ ...memory, project: { root: this.project, name } });
    return name;
  }

  /** A file of the project by its path from the project's root on; undefined for one that lies elsewhere. */
  inProject(path: string): string | undefined {
    const whole = resolve(this.world.directory, path);
    const root = [this.project, realPath(this.project)].find((each) => whole.startsWith(join(each, "/")));
    return root === undefined
      ? undefined
      : whole
          .slice(root.length + 1)
          .replaceAll("\\", "/")
          .normalize("NFC");
  }

  /** Whether a sign of life is due. */
  get isBeatDue(): boolean {
    return this.#beat?.isYoungerThan(BEAT_SECONDS, this.world.now()) !== true;
  }

  /** Notes that there was a sign of life. */
  noteBeat(): void {
    this.#beat?.set(this.world.now());
  }

  /** Whether what others did may not have come here yet. */
  get isFetchDue(): boolean {
    return this.#isRemote && !this.#sent.isYoungerThan(FETCH_SECONDS, this.world.now());
  }

  /** Has what waits sent, and what is new fetched, by a process of its own; a hub on this disk needs none. */
  async exchange(): Promise<void> {
    if (!this.#isRemote) return;
    this.#sent.set(this.world.now());
    await this.world.startAlone(["hook", "exchange"], this.world.directory);
  }

  get #isRemote(): boolean {
    return this.#address.kind === "remote";
  }

  get #sent(): Stamp {
    const stamp = Stamp.named(this.#host.toolsDirectory(addressKey(this.#address)), "exchanged");
    if (stamp === undefined) throw new Error("a fixed name is always one");
    return stamp;
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
