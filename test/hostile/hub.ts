import { join } from "node:path";
import type { Hive } from "../../src/app/hive/hive.ts";
import { commitByHand, type HandFile } from "../support/hand-commit.ts";
import { sessionId } from "../support/hub-with.ts";
import type { Sandbox } from "../support/sandbox.ts";

const FOLDER = "coordination";
const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The sessions of the hub before anybody did harm; the commands act as the first. */
export const [ME, OTHER] = ["session-1", "session-2"] as const;

/** A normal small hub with two sessions, and the ways to harm it by plain git. */
export class HarmedHub {
  readonly path: string;
  /** The request that waits for `ME`, the one that `ME` made, and a message of the other session. */
  readonly given: string;
  readonly asked: string;
  readonly message: string;
  readonly #sandbox: Sandbox;

  private constructor(
    sandbox: Sandbox,
    path: string,
    ids: { given: string; asked: string; message: string },
  ) {
    this.#sandbox = sandbox;
    this.path = path;
    this.given = ids.given;
    this.asked = ids.asked;
    this.message = ids.message;
  }

  static async open(sandbox: Sandbox): Promise<HarmedHub> {
    // The built program reads the machine's clock.
    sandbox.clock.now = Date.now();
    const path = await sandbox.bareHub();
    const hive = await sandbox.hive(path);
    await hive.submit("init", {}, sessionId("git-hive"));
    for (const id of [ME, OTHER]) await hive.submit("register", {}, sessionId(id));
    const given = await ask(hive, OTHER, ME);
    const asked = await ask(hive, ME, OTHER);
    const told = await hive.submit(
      "send",
      { to: ME, text: "Hello", priority: "normal", intent: "ask" },
      sessionId(OTHER),
    );
    const claim = { patterns: ["src/**"], project: "work" };
    await hive.submit("claim", claim, sessionId(OTHER));
    if (told.kind !== "landed") throw new Error("the message did not land");
    hive.close();
    return new HarmedHub(sandbox, path, { given, asked, message: told.result.message.id });
  }

  /** Commits files below the hub's folder; a path that starts with `/` is one of the repository. */
  put(...files: readonly HandFile[]): Promise<string> {
    const inFolder = ({ path, ...rest }: HandFile) => ({
      path: path.startsWith("/") ? path.slice(1) : join(FOLDER, path),
      ...rest,
    });
    return commitByHand(this.#sandbox, this.path, files.map(inFolder));
  }

  /** Commits the content of one file. */
  write(path: string, content: string | Uint8Array): Promise<string> {
    return this.put({ path, content });
  }

  git(...args: string[]): Promise<string> {
    return this.#sandbox.git(this.path, ...args);
  }

  /** Moves the branch to a new commit of the same files. */
  async commit(message: string, parents: readonly string[], at = this.#sandbox.clock.now): Promise<string> {
    const tree = await this.git("rev-parse", "main^{tree}");
    const commit = await this.commitTree(tree, message, parents, at);
    await this.git("update-ref", "refs/heads/main", commit);
    return commit;
  }

  async commitTree(
    tree: string,
    message: string,
    parents: readonly string[] = [],
    at?: number,
  ): Promise<string> {
    const { clock } = this.#sandbox;
    const before = clock.now;
    clock.now = at ?? before;
    const args = ["commit-tree", ...parents.flatMap((parent) => ["-p", parent]), tree];
    try {
      return await this.#sandbox.gitWith(message, this.path, ...args);
    } finally {
      clock.now = before;
    }
  }

  /** Publishes a commit with this message as the outbox of a host. */
  async publish(host: string, message: string): Promise<void> {
    const tree = await this.#sandbox.gitWith("", this.path, "mktree");
    await this.git("update-ref", `refs/hive/outbox/${host}`, await this.commitTree(tree, message));
  }

  /** The instant at which the hub was made. */
  get now(): string {
    return new Date(this.#sandbox.clock.now).toISOString();
  }

  profile(id: string, over: object = {}): HandFile {
    return json(`SESSIONS/${id}.json`, {
      ...{ id, name: id, role: "", status: "active", specialization: [], capabilities_offered: [] },
      ...{ current_work: "", registered_at: this.now, updated_at: this.now },
      ...over,
    });
  }

  heartbeat(id: string, over: object = {}): HandFile {
    return json(`HEARTBEATS/${id}.json`, {
      ...{ session_id: id, name: id, status: "active", last_heartbeat: this.now },
      ...{ capabilities_offered: [], current_work: "" },
      ...over,
    });
  }

  request(number: number, over: object = {}): HandFile {
    const id = requestId(number);
    return json(`ACTIVE/COLLABORATIONS/${id}.json`, {
      ...{ request_id: id, from_session: OTHER, to_session: ME, request: "Help", urgency: "high" },
      ...{ status: "pending", created_at: this.now, updated_at: this.now, history: [] },
      ...over,
    });
  }

  claim(number: number, over: object = {}): HandFile {
    const key = `issue-${number}`;
    return json(`ACTIVE/CLAIMS/${key}.json`, {
      ...{ claim_id: ulid(number), key, patterns: [key], session: OTHER, claimed_at: this.now },
      until: new Date(Date.parse(this.now) + 3_600_000).toISOString(),
      ...over,
    });
  }

  letter(number: number, over: object = {}, body = "Hello"): HandFile {
    const id = ulid(number);
    const head = { id, from: OTHER, to: ME, priority: "high", sent_at: this.now, ...over };
    const lines = Object.entries(head).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
    const day = this.now.slice(0, 10).replaceAll("-", "/");
    return { path: `MESSAGES/${day}/${id}.md`, content: `---\n${lines.join("\n")}\n---\n${body}\n` };
  }
}

/** An id that nothing else has. */
export function ulid(number: number): string {
  const digits = [15, 10, 5, 0].map((bits) => DIGITS[(number >> bits) & 31]);
  return `01KG9M2V0000000000000${digits.join("")}A`;
}

export function requestId(number: number): string {
  return `collab-${1_700_000_000 + number}-k3f9`;
}

export function json(path: string, value: unknown): HandFile {
  return { path, content: `${JSON.stringify(value, null, 2)}\n` };
}

async function ask(hive: Hive, from: string, to: string): Promise<string> {
  const input = { to, text: "Please help", urgency: "normal" } as const;
  const asked = await hive.submit("request", input, sessionId(from));
  if (asked.kind !== "landed") throw new Error("the request did not land");
  return asked.result.collaboration.request_id;
}
