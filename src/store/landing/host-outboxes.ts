import type { HostOutboxContent, WaitingOperation } from "../../domain/stored-operation.ts";
import { ulidTime } from "../../domain/values/ulid.ts";
import { mayBePublished } from "../../domain/waiting.ts";
import type { Git } from "../git/git.ts";
import { ObjectReader } from "../git/objects.ts";
import { OUTBOXES } from "../git/ref-names.ts";
import type { HubStore } from "../hub-store.ts";
import { MAX_OUTBOXES } from "../replica/fetch-outboxes.ts";

/** The waiting operations of one host, as it published them on the hub for other hosts to land. */
export interface HostOutbox {
  readonly host: string;
  readonly ref: string;
  readonly commit: string;
  readonly waiting: readonly WaitingOperation[];
  /** Why it was not read, when it exceeds a limit. */
  readonly excess?: string;
}

/** Limits of a published outbox, both for writing and for reading. */
const MAX_OUTBOX_BYTES = 262_144;
const MAX_OUTBOX_OPERATIONS = 1000;

/** The most bytes of a commit that are not its message: a tree, an author and a committer. */
const MAX_COMMIT_HEADER_BYTES = 2048;

/** The ref where a host publishes its operations. */
export function outboxRef(host: string): string {
  return `${OUTBOXES}/${host}`;
}

/**
 * The published outboxes as of the last fetch: that of this host and a limited number of others, chosen by chance, so
 * that many worthless ones do not hide the same hosts each time. The size of each is known before it is read.
 * Unreadable content is skipped, because the host still has its operations.
 */
export async function readOutboxes(git: Git, own = "", random = Math.random): Promise<HostOutbox[]> {
  const format = "%(objectname)%00%(objecttype)%00%(objectsize)%00%(refname)";
  const { code, stdout } = git.runNow(["for-each-ref", `--format=${format}`, `${OUTBOXES}/`], "");
  if (code !== 0 || stdout.length === 0) return [];
  const listed = stdout.toString("utf8").split("\n").filter(Boolean).map(parseLine);
  const outboxes = choose(listed, own, random);
  const readable = outboxes.filter(({ excess }) => excess === undefined);
  const objects = new ObjectReader(git).readNow(readable.map(({ commit }) => commit));
  const { HostOutboxContent } = await import("../../domain/stored-operation.ts");
  const contents = new Map(
    readable.map(({ ref }, index) => [ref, parse(objects[index]?.bytes, HostOutboxContent)]),
  );
  return outboxes.map((outbox) => ({ ...outbox, waiting: contents.get(outbox.ref) ?? [] }));
}

function parseLine(line: string): HostOutbox {
  const [commit = "", type = "", size = "", ref = ""] = line.split("\0");
  const host = ref.slice(OUTBOXES.length + 1);
  const largest = MAX_OUTBOX_BYTES + MAX_COMMIT_HEADER_BYTES;
  if (type !== "commit") return { host, ref, commit, waiting: [], excess: `it is a ${type}` };
  return Number(size) > largest
    ? { host, ref, commit, waiting: [], excess: `it has ${size} bytes; at most ${largest} are read` }
    : { host, ref, commit, waiting: [] };
}

function choose(outboxes: readonly HostOutbox[], own: string, random: () => number): HostOutbox[] {
  if (outboxes.length <= MAX_OUTBOXES) return [...outboxes];
  const drawn = outboxes.map((outbox) => ({ outbox, rank: outbox.ref === own ? -1 : random() }));
  return drawn
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MAX_OUTBOXES)
    .map(({ outbox }) => outbox);
}

function parse(commit: Buffer | undefined, schema: typeof HostOutboxContent): readonly WaitingOperation[] {
  const content = commit?.subarray(commit.indexOf("\n\n") + 2) ?? Buffer.alloc(0);
  if (content.length > MAX_OUTBOX_BYTES) return [];
  try {
    return schema.parse(JSON.parse(content.toString("utf8"))).waiting;
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
 *
 * Each commit is unique. The same commit again would be pushed as the same pack, and a gc in the hub that has just chosen
 * to delete that pack would delete it after the push.
 */
export function writeOutbox(
  git: Git,
  host: string,
  waiting: readonly WaitingOperation[],
  random = Math.random,
): string | undefined {
  const ref = outboxRef(host);
  const message = `${JSON.stringify({ waiting, nonce: random() })}\n`;
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
  if (repository.isHub) return false;
  const own = outboxRef(host.id(random));
  const mine = (await readOutboxes(repository.git, own)).find(({ ref }) => ref === own);
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
