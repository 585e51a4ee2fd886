import type { HostOutboxContent, WaitingOperation } from "../../domain/stored-operation.ts";
import { ulidTime } from "../../domain/values/ulid.ts";
import { mayBePublished } from "../../domain/waiting.ts";
import type { Git } from "../git/git.ts";
import { OUTBOXES } from "../git/ref-names.ts";
import type { HubStore } from "../hub-store.ts";

/** The waiting operations of one host, as it published them on the hub for other hosts to land. */
export interface HostOutbox {
  readonly host: string;
  readonly ref: string;
  readonly commit: string;
  readonly waiting: readonly WaitingOperation[];
}

/** Limits of a published outbox, both for writing and for reading. */
const MAX_OUTBOX_BYTES = 262_144;
const MAX_OUTBOX_OPERATIONS = 1000;

/** The ref where a host publishes its operations. */
export function outboxRef(host: string): string {
  return `${OUTBOXES}/${host}`;
}

/**
 * The published outboxes as of the last fetch. Unreadable content is skipped, because the host still has its
 * operations.
 */
export async function readOutboxes(git: Git): Promise<HostOutbox[]> {
  const format = "%(refname)%00%(objectname)%00%(contents)%00";
  const { code, stdout } = git.runNow(["for-each-ref", `--format=${format}`, `${OUTBOXES}/`], "");
  if (code !== 0 || stdout.length === 0) return [];
  const { HostOutboxContent } = await import("../../domain/stored-operation.ts");
  const fields = stdout.toString("utf8").split("\0");
  return Array.from({ length: Math.floor(fields.length / 3) }, (_, index) => {
    const [ref = "", commit = "", content = ""] = fields.slice(index * 3, index * 3 + 3);
    return {
      host: ref.trim().slice(OUTBOXES.length + 1),
      ref: ref.trim(),
      commit,
      waiting: parse(content, HostOutboxContent),
    };
  });
}

function parse(content: string, schema: typeof HostOutboxContent): readonly WaitingOperation[] {
  if (content.length > MAX_OUTBOX_BYTES) return [];
  try {
    return schema.parse(JSON.parse(content)).waiting;
  } catch {
    return [];
  }
}

/** The oldest operations that fit into a published outbox. */
export function publishable(waiting: readonly WaitingOperation[]): WaitingOperation[] {
  const published: WaitingOperation[] = [];
  let bytes = 100;
  for (const { operation, since } of waiting.filter(({ operation }) => mayBePublished(operation))) {
    bytes += Buffer.byteLength(JSON.stringify({ operation, since })) + 1;
    if (bytes > MAX_OUTBOX_BYTES || published.length === MAX_OUTBOX_OPERATIONS) break;
    published.push({ operation, since });
  }
  return published;
}

/**
 * Writes a commit that has no parent and no files and whose message is the operations; returns its id. From then on
 * this host treats the operations as visible to other hosts, whatever the result of the push is.
 */
export function writeOutbox(
  git: Git,
  host: string,
  waiting: readonly WaitingOperation[],
): string | undefined {
  const ref = outboxRef(host);
  const message = `${JSON.stringify({ waiting })}\n`;
  const date = Math.floor(ulidTime(waiting.at(-1)?.operation.op) / 1000);
  const stream = [
    `feature done\nreset ${ref}\n\ncommit ${ref}\nmark :1\n`,
    `committer ${host} <${host}@git-hive.invalid> ${date} +0000\n`,
    `data ${Buffer.byteLength(message)}\n${message}\nget-mark :1\ndone\n`,
  ];
  const args = ["fast-import", "--quiet", "--done", "--force", "--date-format=raw"];
  const { code, stdout } = git.runNow(args, stream.join(""));
  return code === 0 ? stdout.toString("utf8").trim() : undefined;
}

/** Whether an operation of this host is published, so that other hosts may land it. */
export async function isPublished({ repository, host, random }: HubStore, op: string): Promise<boolean> {
  if (repository.ref !== undefined) return false;
  const mine = (await readOutboxes(repository.git)).find(({ ref }) => ref === outboxRef(host.id(random)));
  return mine?.waiting.some(({ operation }) => operation.op === op) === true;
}

const OUTDATED_AFTER_MS = 3_600_000;

/**
 * Whether an outbox is older than any host waits. Deleting it loses nothing, because its host still has the
 * operations that have not landed.
 */
export function isOutdated({ waiting }: HostOutbox, now: number): boolean {
  return Math.abs(now - ulidTime(waiting.at(-1)?.operation.op)) > OUTDATED_AFTER_MS;
}
