import { readdirSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type FileChange, putJson } from "../../src/domain/decision.ts";
import { BOARD_PATH, REGISTRY_PATH } from "../../src/domain/hub/layout.ts";
import { renderBoard } from "../../src/domain/messages/board.ts";
import { Message } from "../../src/domain/messages/message.ts";
import { putMessages } from "../../src/domain/messages/write.ts";
import { indexProfiles } from "../../src/domain/sessions/registry.ts";
import { Profile, Registry } from "../../src/domain/sessions/session.ts";
import { putProfiles } from "../../src/domain/sessions/write.ts";
import { parseMessage } from "../../src/store/decoding/front-matter.ts";
import { aMessage, aProfile } from "./builders.ts";
import type { Sandbox } from "./sandbox.ts";

/** A person who commits by hand to a clone of a hub, and brings along what is generated of it. */
export class Person {
  readonly clone: string;
  readonly #sandbox: Sandbox;
  readonly #number: number;
  #acts = 0;

  constructor(sandbox: Sandbox, number: number) {
    this.#sandbox = sandbox;
    this.#number = number;
    this.clone = join(sandbox.directory, `clone-${number}`);
  }

  /** Git in the clone. */
  git(...args: string[]): Promise<string> {
    return this.#sandbox.git(this.clone, ...args);
  }

  /** A new message, in a commit. */
  async writeMessage(): Promise<void> {
    const { at, id } = this.#next();
    const added = aMessage({ id, sent_at: at, body: `Written by person ${this.#number}` });
    await this.#commit(putMessages({ messages: await this.#messages() }, [added]));
  }

  /** A new or changed profile of the person's own, in a commit. */
  async changeProfile(name: string): Promise<void> {
    const { at, count } = this.#next();
    const id = `${name}-${this.#number}`;
    const sessions = new Map(this.#profiles().map((each) => [each.id, each]));
    const registry = Registry.parse(JSON.parse(this.read(REGISTRY_PATH)));
    const changed = aProfile({ id, role: `Role ${count}`, updated_at: at });
    await this.#commit(putProfiles({ sessions, registry }, [changed]));
  }

  /** What stands in the clone, and what the other files there would generate. */
  async views(): Promise<{ standing: string[]; generated: (string | undefined)[] }> {
    const registry = Registry.parse(JSON.parse(this.read(REGISTRY_PATH)));
    const index = putJson(REGISTRY_PATH, indexProfiles(this.#profiles(), registry));
    return {
      standing: [BOARD_PATH, REGISTRY_PATH].map((path) => this.read(path)),
      generated: [renderBoard(await this.#messages()), index.text],
    };
  }

  read(path: string): string {
    return readFileSync(join(this.clone, path), "utf8");
  }

  #next() {
    const count = ++this.#acts;
    const at = new Date(Date.UTC(2026, 1, 1, 0, 0, count)).toISOString();
    return { count, at, id: `01KG9M2V00${String(count * 10 + this.#number).padStart(16, "0")}` };
  }

  async #commit(files: readonly FileChange[]): Promise<void> {
    for (const { path, text = "" } of files) {
      await mkdir(dirname(join(this.clone, path)), { recursive: true });
      await writeFile(join(this.clone, path), text);
    }
    await this.git("add", "coordination");
    await this.git("commit", "--quiet", "-m", "by hand");
  }

  #profiles(): Profile[] {
    return this.#filesIn("SESSIONS").map((text) => Profile.parse(JSON.parse(text)));
  }

  #messages(): Promise<Message[]> {
    return Promise.all(
      this.#filesIn("MESSAGES").map(async (text) => Message.parse(await parseMessage(text))),
    );
  }

  #filesIn(folder: string): string[] {
    const root = join(this.clone, "coordination");
    return readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.parentPath.startsWith(join(root, folder)))
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8"));
  }
}
