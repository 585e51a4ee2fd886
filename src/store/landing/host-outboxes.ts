import type { HostOutboxContent, WaitingOperation } from "../../domain/stored-operation.ts";
import { ulidTime } from "../../domain/values/ulid.ts";
import type { Git } from "../git/git.ts";
import { OUTBOXES } from "../git/ref-names.ts";
import type { HubStore } from "../hub-store.ts";

/** What one host waits with, as it left it on the hub for others to carry. */
export interface HostOutbox {
  readonly host: string;
  readonly ref: string;
  readonly commit: string;
  readonly waiting: readonly WaitingOperation[];
}

/** More than this is not left on the hub, and not read from it. */
const MOST_BYTES = 262_144;
const MOST_OPERATIONS = 1000;

/** The kinds that make or fill a whole hub are carried by their own host alone. */
const OWN_ONLY = new Set(["init", "import"]);

/** The ref where a host leaves its operations. */
export function outboxRef(host: string): string {
  return `${OUTBOXES}/${host}`;
}

/** What hosts wait with, as of the last look at the hub. What cannot be read is passed over: its host has it still. */
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
  if (content.length > MOST_BYTES) return [];
  try {
    return schema.parse(JSON.parse(content)).waiting.filter(({ operation }) => !OWN_ONLY.has(operation.kind));
  } catch {
    return [];
  }
}

/** The operations, as many of the oldest as others will read. */
export function fitForOutbox(waiting: readonly WaitingOperation[]): WaitingOperation[] {
  const fit: WaitingOperation[] = [];
  let bytes = 100;
  for (const { operation, since } of waiting.filter(({ operation: { kind } }) => !OWN_ONLY.has(kind))) {
    bytes += Buffer.byteLength(JSON.stringify({ operation, since })) + 1;
    if (bytes > MOST_BYTES || fit.length === MOST_OPERATIONS) break;
    fit.push({ operation, since });
  }
  return fit;
}

/**
 * Writes a commit without a parent and without files, its message the operations; its id. From then on this host
 * counts them as seen by others, whatever becomes of the push.
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

/** Whether an operation of this host is where others may see it and carry it. */
export async function isSeenByOthers({ repository, host, random }: HubStore, op: string): Promise<boolean> {
  if (repository.ref !== undefined) return false;
  const mine = (await readOutboxes(repository.git)).find(({ ref }) => ref === outboxRef(host.id(random)));
  return mine?.waiting.some(({ operation }) => operation.op === op) === true;
}

const OUTDATED_MS = 3_600_000;

/**
 * Whether an outbox is older than anybody waits. To delete it loses nothing: an operation that has not landed is
 * still with its own host.
 */
export function isOutdated({ waiting }: HostOutbox, now: number): boolean {
  return Math.abs(now - ulidTime(waiting.at(-1)?.operation.op)) > OUTDATED_MS;
}
